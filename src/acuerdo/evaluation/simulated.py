"""Panels whose truth is known, and how often a method's interval holds it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, final

import numpy as np

from acuerdo.core.period import Period
from acuerdo.evaluation.method import AbstractMethod, AbstractSettings
from acuerdo.evaluation.panel import Panel

_FIRST_YEAR = 1900


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class FactorModel:
    """Units that share a few common movements, each in its own measure, plus noise of their own.

    Outcome = level + loadings of the unit x common factors of the period + noise. Loadings are drawn alike for all
    units, so before any effect the units are exchangeable.

    Attributes:
        units: N.
        periods: T.
        treated: How many of the first units are treated.
        start: Index of the first treated period.
        effect: Added to the treated outcomes from then on.
        factors: How many common movements.
        noise: Standard deviation of the noise.
        persistence: Autocorrelation of the noise, and of the factors' steps.
    """

    units: int = 20
    periods: int = 40
    treated: int = 1
    start: int = 30
    effect: float = 0.0
    factors: int = 2
    noise: float = 1.0
    persistence: float = 0.0

    def panel(self, seed: int) -> Panel:
        """One draw."""
        random = np.random.default_rng(seed)
        common = random.standard_normal((self.factors, self.periods)).cumsum(axis=1)
        loadings = random.dirichlet(np.ones(self.factors), self.units)
        shocks = random.standard_normal((self.units, self.periods)) * self.noise
        for period in range(1, self.periods):
            shocks[:, period] = (
                self.persistence * shocks[:, period - 1]
                + np.sqrt(1 - self.persistence**2) * shocks[:, period]
            )
        outcome = 20 + 3 * loadings @ common + shocks
        outcome[: self.treated, self.start :] += self.effect
        return Panel(
            outcome=outcome,
            units=tuple(f"unit {number:02}" for number in range(self.units)),
            periods=tuple(Period.year(_FIRST_YEAR + number) for number in range(self.periods)),
            first_treated=tuple(self.start if row < self.treated else None for row in range(self.units)),
        )


class Coverage(NamedTuple):
    """How a method did over simulated panels.

    Attributes:
        panels: How many there were.
        answered: Share with an interval.
        covered: Share of all panels whose interval holds the truth; one without an end holds everything.
        rejected: Share in which no effect was rejected at one less the level.
        bias: Mean estimate less the truth.
        error: Standard deviation of the estimates.
    """

    panels: int
    answered: float
    covered: float
    rejected: float
    bias: float
    error: float


def coverage(
    method: AbstractMethod[Any], settings: AbstractSettings, *, model: FactorModel, seeds: Sequence[int]
) -> Coverage:
    """Runs a method on one simulated panel per seed.

    Raises:
        MissingExtra: If the method's optional part is not installed.
    """
    values: list[float] = []
    answered = covered = rejected = 0
    for seed in seeds:
        finding = method.run(model.panel(seed), settings=settings, seed=seed)
        one = finding.estimate
        if one.value is not None:
            values.append(one.value)
        answered += one.low is not None
        covered += one.low is None or one.high is None or one.low <= model.effect <= one.high
        rejected += finding.p_value is not None and finding.p_value <= 1 - settings.level + 1e-12
    count = len(seeds)
    return Coverage(
        panels=count,
        answered=answered / count,
        covered=covered / count,
        rejected=rejected / count,
        bias=float(np.mean(values)) - model.effect if values else float("nan"),
        error=float(np.std(values)) if values else float("nan"),
    )
