"""Made panels of units that share common movements: what a synthetic control is meant for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np

from acuerdo.core.period import Period
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

    def panel(self, random: np.random.Generator) -> Panel:
        """One draw."""
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
