"""Intervals that learn from their own failures: conformal, with a level that adapts to how often it has failed.

The errors of a series in a quiet decade are no measure of those in the next. At each origin the level asked of the
past errors is moved by what the intervals before it missed, so that in the long run the share that holds is the
nominal one, whatever the series does. Only failures that an origin could know of count.

Reference:
    Gibbs and Candès (2021), Adaptive conformal inference under distribution shift, NeurIPS 34.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, final

from acuerdo.tracking.outlook.misses import quantile

# How fast the level moves: the value of the authors' own studies
_STEP: Final = 0.05


@final
@dataclass(frozen=True, slots=True)
class Reach:
    """How far forecasts reached at one level and so many steps ahead.

    Attributes:
        at: For each origin, how far; None where the errors known were too few.
        next: How far the forecast of now reaches; None likewise.
    """

    at: tuple[float | None, ...]
    next: float | None


def adapt(errors: Sequence[float | None], *, step: int, level: float, fewest: int) -> Reach:
    """The reach at each origin, and now.

    Args:
        errors: The error of each origin, oldest first; None where it has not come yet.
        step: How many steps ahead: an origin knows the errors of those at least so many before it.
        level: The nominal share inside.
        fewest: With fewer known errors there is no interval.
    """
    sizes: list[float] = []
    reached: list[float | None] = []
    asked = level
    for origin in range(len(errors) + step):
        told = origin - step
        if 0 <= told < len(errors):
            size = errors[told]
            if size is not None:
                before = reached[told]
                if before is not None:
                    asked += _STEP * (level - float(abs(size) <= before))
                sizes.append(abs(size))
        if origin < len(errors):
            reached.append(_reach(sizes, asked, fewest=fewest))
    return Reach(tuple(reached), _reach(sizes, asked, fewest=fewest))


def _reach(sizes: Sequence[float], asked: float, *, fewest: int) -> float | None:
    """The quantile asked for; beyond the largest error, that one, and more by as much as is asked beyond it."""
    if len(sizes) < fewest:
        return None
    if asked <= 0:
        return 0.0
    found = quantile(sorted(sizes), asked) if asked < 1 else None
    return found if found is not None else max(sizes) * max(1.0, 1.0 + asked - len(sizes) / (len(sizes) + 1))
