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
        members: Shape (units,), what each unit that belongs counts; zero for everybody else.
        effects: Shape (periods,); NaN where there is nothing to compare with.
        scores: Shape (units, periods); a column's sum over units is the error of that effect.
    """

    start: int
    end: int
    members: Array
    effects: Array
    scores: Array

    @property
    def size(self) -> int:
        """How many units belong."""
        return int(np.count_nonzero(self.members))


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


def cohorts_of(panel: Panel, comparison: Comparison, *, weights: Array | None = None) -> Iterator[Cohort]:
    """The cohorts in order of their first treated period; one without a period to compare with is left out.

    Args:
        panel: The data.
        comparison: What each cohort is compared with.
        weights: Shape (units,), what each unit counts; all alike if not given.
    """
    counted = np.ones(len(panel.units)) if weights is None else weights
    width = len(panel.periods)
    first = np.array([np.inf if one is None else float(one) for one in panel.first_treated])
    ends = np.array(
        [width if one is None else one + 1 for one in panel.last_treated or (None,) * len(panel.units)]
    )
    spans = sorted({(int(a), int(b)) for a, b in zip(first, ends, strict=True) if np.isfinite(a)})
    for start, end in spans:
        if start - 1 - comparison.anticipation >= 0:
            members = ((first == start) & (ends == end)) * counted
            others, base = _compared(first, width, start=start, comparison=comparison)
            change = panel.outcome - panel.outcome[:, np.maximum(base, 0)]
            effects, scores = _effects(change, members, others=others * counted[:, None])
            effects[base < 0] = np.nan
            scores[:, np.isnan(effects)] = 0.0
            yield Cohort(start=start, end=end, members=members, effects=effects, scores=scores)


def _effects(change: Array, members: Array, *, others: Array) -> tuple[Array, Array]:
    """How much more the treated changed than the others, and what every unit adds to the error of that.

    Args:
        change: Shape (units, periods), from the period that each is compared with.
        members: Shape (units,), what each treated unit counts; zero for everybody else.
        others: Shape (units, periods) or (units, 1), what each unit that is compared with counts; zero for the rest.
    """
    total = others.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        untreated = np.where(total > 0, (change * others).sum(axis=0) / total, np.nan)
        scores = -np.where(others > 0, (change - untreated) * others, 0.0) / total
    there = members > 0
    shares = (members / members.sum())[there, None]
    mean = (change[there] * shares).sum(axis=0)
    scores[there] += (change[there] - mean) * shares
    return mean - untreated, scores


def _base_columns(width: int, *, start: int, comparison: Comparison) -> NDArray[np.intp]:
    """The column that each period is compared with; -1 where there is none."""
    last_before = start - 1 - comparison.anticipation
    base = np.full(width, last_before)
    if comparison.base == "varying":
        base[: last_before + 1] = np.arange(last_before + 1) - 1
    return base


def _compared(
    first: Array, width: int, *, start: int, comparison: Comparison
) -> tuple[NDArray[np.bool_], NDArray[np.intp]]:
    """Who is compared with, shape (units, periods) or (units, 1), and the column that each period is compared with."""
    base = _base_columns(width, start=start, comparison=comparison)
    if comparison.controls == "never_treated":
        return np.isinf(first)[:, None], base
    latest = np.maximum(np.arange(width), base) + comparison.anticipation
    return (first[:, None] > latest) & (first[:, None] != start), base
