"""Every unit against the others by mlsynth: its solver on outcomes alone, and its search for predictor weights.

mlsynth is called below its data-frame interface, as its own placebo loop does, so that only the fitting is timed.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable

import numpy as np
from mlsynth.utils.bilevel import BilevelSCM


class Outcome:
    """Outcomes alone."""

    def __init__(self, outcomes: np.ndarray, start: int) -> None:
        self.before = outcomes[:, :start]
        self.engine = BilevelSCM(backend="outcome-only")

    def misfit(self, unit: int) -> float:
        """Root mean squared miss of one unit."""
        others = np.delete(self.before, unit, axis=0)
        fitted = self.engine.fit(self.before[unit], others.T)
        return float(np.sqrt(np.mean((self.before[unit] - fitted.counterfactual(others.T)) ** 2)))

    def misfits(self, units: Iterable[int]) -> np.ndarray:
        """Of several units."""
        return np.array([self.misfit(unit) for unit in units])


class Nested:
    """With predictors, in their standard deviations."""

    def __init__(self, outcomes: np.ndarray, predictors: np.ndarray, *, start: int) -> None:
        self.before = outcomes[:, :start]
        self.scaled = predictors / predictors.std(axis=0, ddof=1)
        self.engine = BilevelSCM(backend="mscmt")

    def misfit(self, unit: int) -> float:
        """Root mean squared miss of one unit."""
        others, donors = (np.delete(values, unit, axis=0) for values in (self.before, self.scaled))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            fitted = self.engine.fit(self.before[unit], others.T, X1=self.scaled[unit], X0=donors.T)
        return float(np.sqrt(np.mean((self.before[unit] - fitted.counterfactual(others.T)) ** 2)))

    def misfits(self, units: Iterable[int]) -> np.ndarray:
        """Of several units."""
        return np.array([self.misfit(unit) for unit in units])
