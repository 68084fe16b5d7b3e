"""Effects by cohort and period, each a difference of four means, with what every unit adds to their error.

On a complete panel without covariates the estimator of Callaway and Sant'Anna is a closed form over the matrix of
outcomes; it needs no regression and no long table, and is exact.

References:
    Callaway and Sant'Anna (2021), Difference-in-differences with multiple time periods, Journal of Econometrics
    225(2), sections 2 to 4.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, final

import numpy as np
from numpy.typing import NDArray

from acuerdo.evaluation.panel import Panel

Array = NDArray[np.float64]
Controls = Literal["never_treated", "not_yet_treated"]
Base = Literal["varying", "universal"]


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cohort:
    """The units that are treated over the same periods, and their effects.

    Attributes:
        start: Column of the first treated period.
        end: Column after the last treated period.
        members: Shape (units,), whether a unit belongs.
        effects: Shape (periods,); NaN where there is nothing to compare with.
        scores: Shape (units, periods); a column's sum over units is the error of that effect.
    """

    start: int
    end: int
    members: NDArray[np.bool_]
    effects: Array
    scores: Array

    @property
    def size(self) -> int:
        """How many units belong."""
        return int(self.members.sum())


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What a cohort is compared with.

    Attributes:
        controls: Units never treated, or also those not treated yet.
        anticipation: Periods before the first treated one that may already be affected.
        base: Before the treatment, each period against the one before (``varying``) or all against the last
            untreated one (``universal``).
    """

    controls: Controls = "never_treated"
    anticipation: int = 0
    base: Base = "varying"


def cohorts_of(panel: Panel, comparison: Comparison) -> Iterator[Cohort]:
    """The cohorts in order of their first treated period; one without a period to compare with is left out."""
    width = len(panel.periods)
    first = np.array([np.inf if one is None else float(one) for one in panel.first_treated])
    ends = np.array(
        [width if one is None else one + 1 for one in panel.last_treated or (None,) * len(panel.units)]
    )
    spans = sorted({(int(a), int(b)) for a, b in zip(first, ends, strict=True) if np.isfinite(a)})
    for start, end in spans:
        if start - 1 - comparison.anticipation >= 0:
            members = (first == start) & (ends == end)
            yield _cohort(panel.outcome, first, span=(start, end), members=members, comparison=comparison)


def _cohort(
    outcome: Array,
    first: Array,
    *,
    span: tuple[int, int],
    members: NDArray[np.bool_],
    comparison: Comparison,
) -> Cohort:
    start, end = span
    base = _base_columns(outcome.shape[1], start=start, comparison=comparison)
    change = outcome - outcome[:, np.maximum(base, 0)]
    others = _others(first, base, start=start, comparison=comparison)
    count = others.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        untreated = np.where(count > 0, (change * others).sum(axis=0) / count, np.nan)
        scores = -np.where(others, change - untreated, 0.0) / count
    effects = change[members].mean(axis=0) - untreated
    scores[members] += (change[members] - change[members].mean(axis=0)) / members.sum()
    effects[base < 0] = np.nan
    scores[:, np.isnan(effects)] = 0.0
    return Cohort(start=start, end=end, members=members, effects=effects, scores=scores)


def _base_columns(width: int, *, start: int, comparison: Comparison) -> NDArray[np.intp]:
    """The column that each period is compared with; -1 where there is none."""
    last_before = start - 1 - comparison.anticipation
    base = np.full(width, last_before)
    if comparison.base == "varying":
        base[: last_before + 1] = np.arange(last_before + 1) - 1
    return base


def _others(first: Array, base: NDArray[np.intp], *, start: int, comparison: Comparison) -> NDArray[np.bool_]:
    """Shape (units, periods) or (units, 1): who is compared with in each period."""
    if comparison.controls == "never_treated":
        return np.isinf(first)[:, None]
    latest = np.maximum(np.arange(base.size), base) + comparison.anticipation
    return (first[:, None] > latest) & (first[:, None] != start)
