"""One number, or one path, from the effects of many cohorts and periods.

A weighted mean of cohort effects, weighted by the sizes of the cohorts, errs twice: in the effects and, the sizes
being a sample's own, in the weights. Both enter its scores.

References:
    Callaway and Sant'Anna (2021), section 3 and corollary 2.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, final

import numpy as np
from numpy.typing import NDArray

from acuerdo.evaluation.differences.group_time import Cohort

Array = NDArray[np.float64]
Aggregation = Literal["simple", "event", "cohort", "calendar"]


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Mean:
    """A weighted mean of effects.

    Attributes:
        value: The mean.
        scores: Shape (units,); their sum is its error.
    """

    value: float
    scores: Array


def overall(cohorts: Sequence[Cohort], aggregation: Aggregation, *, horizon: int | None) -> Mean | None:
    """The one effect; None where no cohort has an effect after its treatment.

    Args:
        cohorts: Effects of every cohort.
        aggregation: ``simple`` weighs every treated cell alike, so that cohorts treated early weigh more; ``event``
            is the mean over time since treatment, ``cohort`` over cohorts, ``calendar`` over periods.
        horizon: How many periods from the first treated one enter; all if None.
    """
    cells = _treated_cells(cohorts, horizon)
    if not cells:
        return None
    if aggregation == "simple":
        return _weighted(cohorts, cells)
    if aggregation == "cohort":
        return _over_cohorts(cohorts, cells)
    places = {at: (t - cohorts[at[0]].start if aggregation == "event" else t) for at in cells for t in at[1:]}
    groups = [[at for at in cells if places[at] == place] for place in sorted(set(places.values()))]
    means = [_weighted(cohorts, group) for group in groups]
    return Mean(
        value=float(np.mean([one.value for one in means])),
        scores=np.mean([one.scores for one in means], axis=0),
    )


def after_end(cohorts: Sequence[Cohort]) -> Mapping[int, Mean]:
    """The mean effect at each time after the end of a treatment, 1 in the first period without it."""
    cells: dict[int, list[tuple[int, int]]] = {}
    for number, cohort in enumerate(cohorts):
        for column in range(cohort.end, cohort.effects.size):
            if not np.isnan(cohort.effects[column]):
                cells.setdefault(column - cohort.end + 1, []).append((number, column))
    return {since: _weighted(cohorts, cells[since]) for since in sorted(cells)}


def by_event(cohorts: Sequence[Cohort]) -> Mapping[int, Mean]:
    """The mean effect at each time since treatment, 0 in the first treated period, negative before."""
    cells: dict[int, list[tuple[int, int]]] = {}
    for number, cohort in enumerate(cohorts):
        for column in np.flatnonzero(~np.isnan(cohort.effects[: cohort.end])):
            cells.setdefault(int(column) - cohort.start, []).append((number, int(column)))
    return {event: _weighted(cohorts, cells[event]) for event in sorted(cells)}


def by_cohort(cohorts: Sequence[Cohort], *, horizon: int | None) -> Mapping[int, Mean]:
    """The mean effect after the treatment of each cohort, by its first treated column."""
    cells = _treated_cells(cohorts, horizon)
    numbers = sorted({number for number, _ in cells})
    return {
        cohorts[number].start: _weighted(cohorts, [at for at in cells if at[0] == number])
        for number in numbers
    }


def _treated_cells(cohorts: Sequence[Cohort], horizon: int | None) -> list[tuple[int, int]]:
    cells = []
    for number, cohort in enumerate(cohorts):
        end = cohort.end if horizon is None else min(cohort.end, cohort.start + horizon)
        cells += [(number, t) for t in range(cohort.start, end) if not np.isnan(cohort.effects[t])]
    return cells


def _weighted(cohorts: Sequence[Cohort], cells: Sequence[tuple[int, int]]) -> Mean:
    """The mean over cells, each weighted by the share of its cohort in all units."""
    columns: dict[int, list[int]] = {}
    for number, column in cells:
        columns.setdefault(number, []).append(column)
    shares = {number: float(cohorts[number].members.mean()) for number in columns}
    total = sum(shares[number] * len(where) for number, where in columns.items())
    effects = {number: cohorts[number].effects[where] for number, where in columns.items()}
    value = sum(shares[number] * float(one.sum()) for number, one in effects.items()) / total
    scores = np.zeros(cohorts[0].members.size)
    for number, where in columns.items():
        cohort = cohorts[number]
        scores += shares[number] / total * cohort.scores[:, where].sum(axis=1)
        share_error = (cohort.members - shares[number]) / cohort.members.size
        scores += share_error * float((effects[number] - value).sum()) / total
    return Mean(value=value, scores=scores)


def _over_cohorts(cohorts: Sequence[Cohort], cells: Sequence[tuple[int, int]]) -> Mean:
    numbers = sorted({number for number, _ in cells})
    means = {number: _weighted(cohorts, [at for at in cells if at[0] == number]) for number in numbers}
    shares = {number: float(cohorts[number].members.mean()) for number in numbers}
    total = sum(shares.values())
    value = sum(shares[number] * means[number].value for number in numbers) / total
    scores = np.zeros(cohorts[0].members.size)
    for number in numbers:
        share_error = (cohorts[number].members - shares[number]) / cohorts[number].members.size
        scores += (
            shares[number] * means[number].scores + share_error * (means[number].value - value)
        ) / total
    return Mean(value=value, scores=scores)
