"""The hazard of level transitions, fitted on every coded item, and what it says of one promise."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final, final

import numpy as np

from acuerdo.tracking.prospects.history import COMPLETE, History, quarters
from acuerdo.tracking.prospects.pooled_logit import Matrix, Posterior, fit, probability
from acuerdo.tracking.prospects.trials import COLUMNS, Trials, first_step, further_step, trials

DRAWS: Final = 2000
LEVEL: Final = 0.9
"""Coverage of the intervals."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """A probability with its interval: what the coefficients' posterior leaves open, 90 per cent of it."""

    value: float
    low: float
    high: float


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Hazard:
    """A fitted model.

    Attributes:
        trials: What it was fitted on.
        posterior: What is known of its coefficients and of each goal's effect.
        draws: Draws from it, by parameters.
    """

    trials: Trials
    posterior: Posterior
    draws: Matrix

    def completion(self, one: History, *, since: date, by: date) -> Chance:
        """The probability that a promise reaches *complete* by a day.

        Args:
            one: The promise; its level at the end of its history is where it starts from.
            since: The day of the forecast; a round that has not begun is counted from its beginning.
            by: The day until which it may be completed.
        """
        drawn = self.drawn(one, since=since, by=by)
        low, high = np.quantile(drawn, ((1 - LEVEL) / 2, (1 + LEVEL) / 2))
        value = float(drawn.mean())
        # A mean may leave the quantiles of a very skewed posterior; an interval holds its point.
        return Chance(value=value, low=min(float(low), value), high=max(float(high), value))

    def drawn(self, one: History, *, since: date, by: date) -> Matrix:
        """The probability under each draw."""
        begin = max(since, one.begun)
        effect = self.draws[:, len(COLUMNS) :] @ self._share(one.goals)
        further = [self._probability(further_step(one, level), effect) for level in range(COMPLETE)]
        at = np.zeros((len(self.draws), COMPLETE + 1))
        at[:, one.level_on(begin)] = 1
        for number, part in _parts(quarters(one.begun, begin), quarters(begin, by)):
            rises = [
                1 - (1 - self._probability(first_step(one, level, age=number), effect)) ** part
                for level in range(COMPLETE)
            ]
            at = _moved(at, rises, further=further)
        # A sum of parts that make up the whole may pass it in the last digit.
        return np.minimum(at[:, COMPLETE], 1.0)

    def _probability(self, row: tuple[float, ...], effect: Matrix) -> Matrix:
        return probability(self.draws[:, : len(COLUMNS)] @ np.array(row) + effect)

    def _share(self, goals: tuple[str, ...]) -> Matrix:
        return np.array([(goal in goals) / len(goals) for goal in self.trials.goals])


def hazard(histories: Sequence[History], *, pooled: bool = True) -> Hazard:
    """The model fitted on histories.

    Args:
        histories: Every item, also those whose goal has no record yet.
        pooled: Whether each goal has an effect of its own, drawn towards the others.
    """
    recorded = trials(histories)
    shares = recorded.shares if pooled else recorded.shares[:, :0]
    posterior = fit(recorded.design, recorded.outcome, shares=shares)
    drawn = posterior.draws(DRAWS, stream="prospects")
    if not pooled:
        drawn = np.concatenate([drawn, np.zeros((len(drawn), len(recorded.goals)))], axis=1)
    return Hazard(trials=recorded, posterior=posterior, draws=drawn)


def _parts(age: float, length: float) -> list[tuple[int, float]]:
    """The quarters of its own clock that a stretch of time touches, and how much of each."""
    last = age + length
    ends = [age, *range(math.floor(age) + 1, math.ceil(last)), last]
    return [(math.floor(begin), end - begin) for begin, end in pairwise(ends) if end > begin]


def _moved(at: Matrix, rises: Sequence[Matrix], *, further: Sequence[Matrix]) -> Matrix:
    """Where the levels are after a quarter, or a part of one."""
    after = at.copy()
    for level, rise in enumerate(rises):
        moving = at[:, level] * rise
        after[:, level] -= moving
        for reached in range(level + 1, COMPLETE):
            after[:, reached] += moving * (1 - further[reached])
            moving = moving * further[reached]
        after[:, COMPLETE] += moving
    return after
