"""Scenario discovery: the simplest conditions under which a policy fails, found in the draws themselves.

The patient rule induction method takes a small share off one end of one parameter at a time, whichever leaves the
largest share of failures behind, and keeps every box on the way; a reader chooses between covering many failures and
naming them exactly. The one maintained package that offers it brings a dependency under the GPL, so the method is
written here; tests hold it against that package.

Reference:
    J. H. Friedman and N. I. Fisher (1999), "Bump hunting in high-dimensional data", Statistics and Computing 9.
    B. P. Bryant and R. J. Lempert (2010), "Thinking inside the box", Technological Forecasting and Social Change 77.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from acuerdo.core.errors import Problem, UsageError
from acuerdo.core.text import Text
from acuerdo.foresight.model import Floats

Flags = NDArray[np.bool_]
PEEL = 0.05
"""The share taken off at a time; Friedman and Fisher advise 0.05 to 0.1."""
SMALLEST = 0.05
"""A box that holds a smaller share of all draws is not looked for."""
CHANCE = 0.05
"""A condition that chance would give this often is not told."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Conditions on parameters, all at once.

    Attributes:
        limits: For each restricted parameter the lowest and highest value inside.
        coverage: The share of all failures that lie inside.
        density: The share of the draws inside that fail.
        mass: The share of all draws that lie inside.
        chance: For each restricted parameter, how often chance alone would give this density or more once the other
            conditions hold (a one-sided binomial test).
    """

    limits: Mapping[str, tuple[float, float]]
    coverage: float
    density: float
    mass: float
    chance: Mapping[str, float]


def boxes(draws: Mapping[str, Floats], fails: Flags) -> tuple[Box, ...]:
    """The peeling trajectory, from everything to the smallest box.

    Args:
        draws: Each parameter's value in each draw; shape (draws,).
        fails: Whether the policy fails in the draw; shape (draws,).

    Raises:
        UsageError: If the lengths differ, a value is not a number, or no draw or every draw fails.
    """
    _check(draws, fails)
    values = np.column_stack([*draws.values()])
    inside = np.ones(len(fails), dtype=bool)
    found = [_box(draws, fails, inside=inside)]
    while True:
        inside = _peeled(values, fails, inside=inside)
        if inside.mean() < SMALLEST or inside.sum() == 0:
            return tuple(found)
        found.append(_box(draws, fails, inside=inside))
        if found[-1].density == 1.0 or found[-1].mass == found[-2].mass:
            return tuple(found)


def fails_when(draws: Mapping[str, Floats], fails: Flags, *, density: float = 0.8) -> Box:
    """The box that covers most failures among those that name them well enough; the densest if none does.

    Only conditions that chance does not explain are left in it.

    Args:
        draws: Each parameter's value in each draw; shape (draws,).
        fails: Whether the policy fails in the draw; shape (draws,).
        density: The share of the draws inside that must fail.

    Raises:
        UsageError: As :func:`boxes`.
    """
    found = boxes(draws, fails)
    exact = [box for box in found if box.density >= density]
    best = max(exact, key=lambda box: box.coverage) if exact else max(found, key=lambda box: box.density)
    told = {name: limits for name, limits in best.limits.items() if best.chance[name] <= CHANCE}
    inside = np.ones(len(fails), dtype=bool)
    for name, (low, high) in told.items():
        inside &= (draws[name] >= low) & (draws[name] <= high)
    return _box(draws, fails, inside=inside, only=frozenset(told))


def _peeled(values: Floats, fails: Flags, *, inside: Flags) -> Flags:
    """What is left after the best peel; the draws' order never matters, ties go to the first parameter's low end."""
    best, best_density = inside, -1.0
    for column in values.T:
        within = column[inside]
        for keep in (column > np.quantile(within, PEEL), column < np.quantile(within, 1.0 - PEEL)):
            left = inside & keep
            if 0 < left.sum() < inside.sum():
                density = float(fails[left].mean())
                if density > best_density:
                    best, best_density = left, density
    return best


def _box(
    draws: Mapping[str, Floats], fails: Flags, *, inside: Flags, only: frozenset[str] | None = None
) -> Box:
    limits = {
        name: (float(column[inside].min()), float(column[inside].max()))
        for name, column in draws.items()
        if (only is None or name in only)
        and (column[inside].min() > column.min() or column[inside].max() < column.max())
    }
    return Box(
        limits=limits,
        coverage=float(fails[inside].sum() / fails.sum()),
        density=float(fails[inside].mean()),
        mass=float(inside.mean()),
        chance={name: _chance(draws, fails, limits=limits, without=name) for name in limits},
    )


def _chance(
    draws: Mapping[str, Floats], fails: Flags, *, limits: Mapping[str, tuple[float, float]], without: str
) -> float:
    """How often as many failures or more would be inside if this one condition made no difference."""
    others = np.ones(len(fails), dtype=bool)
    for name, (low, high) in limits.items():
        if name != without:
            others &= (draws[name] >= low) & (draws[name] <= high)
    low, high = limits[without]
    inside = others & (draws[without] >= low) & (draws[without] <= high)
    return _at_least(int(fails[inside].sum()), int(inside.sum()), share=float(fails[others].mean()))


def _at_least(hits: int, of: int, *, share: float) -> float:
    """The upper tail of a binomial distribution."""
    if share in {0.0, 1.0}:
        return 1.0
    logs = [
        math.lgamma(of + 1)
        - math.lgamma(k + 1)
        - math.lgamma(of - k + 1)
        + k * math.log(share)
        + (of - k) * math.log1p(-share)
        for k in range(hits, of + 1)
    ]
    return min(1.0, math.fsum(math.exp(one) for one in logs))


def _check(draws: Mapping[str, Floats], fails: Flags) -> None:
    problems = [
        Problem(
            what=Text(
                f"There are {len(column):,} values for {len(fails):,} draws, or one is not a number.",
                f"Hay {len(column):,} valores para {len(fails):,} sorteos, o alguno no es un número.",
            ),
            where=name,
        )
        for name, column in draws.items()
        if len(column) != len(fails) or not np.isfinite(column).all()
    ]
    if not problems and (not fails.any() or fails.all()):
        which = (
            Text("every draw", "en todos los sorteos") if fails.any() else Text("no draw", "en ningún sorteo")
        )
        problems.append(
            Problem(
                what=Text(
                    f"The policy fails in {which.en}: there is nothing to tell apart.",
                    f"La política falla {which.es}: no hay nada que distinguir.",
                ),
                where="fails",
            )
        )
    if problems:
        raise UsageError(problems)
