"""Intervals that hold although trends were not quite parallel, by moderndid.

References:
    Rambachan and Roth (2023), A more credible approach to parallel trends, Review of Economic Studies 90(5).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, final

import numpy as np
from numpy.typing import NDArray

from acuerdo.evaluation.optional import library, quietly

Array = NDArray[np.float64]
Restriction = Literal["relative_magnitude", "smoothness"]


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Coefficients:
    """An event study in order of time, the reference left out.

    Attributes:
        values: Shape (before + after,).
        covariance: Shape (before + after, before + after).
        before: How many lie before the reference.
        weights: Shape (after,): what the target makes of the later ones.
    """

    values: Array
    covariance: Array
    before: int
    weights: Array

    @property
    def target(self) -> float:
        """The effect as estimated."""
        return float(self.weights @ self.values[self.before :])

    @property
    def error(self) -> float:
        """Its standard error if trends were parallel."""
        after = self.covariance[self.before :, self.before :]
        return float(np.sqrt(self.weights @ after @ self.weights))


def honest_interval(
    found: Coefficients, bound: float, *, restriction: Restriction, level: float, seed: int
) -> tuple[float, float] | None:
    """The robust interval; None where it is empty or reaches past what was searched.

    Args:
        found: The event study; two periods before the reference at least.
        bound: Of ``relative_magnitude``: how many times the largest departure between two periods before the
            treatment a departure after it may be. Of ``smoothness``: by how much the slope of the departure may
            change from one period to the next.
        restriction: Which of the two.
        level: Coverage.
        seed: For the critical values of the hybrid test.

    Raises:
        MissingExtra: If the library is not installed.
    """
    with quietly():
        if restriction == "smoothness":
            return _smooth(found, bound, level=level)
        return _relative(found, bound, level=level, seed=seed)


def _smooth(found: Coefficients, bound: float, *, level: float) -> tuple[float, float] | None:
    optimal = library("moderndid.didhonest.fixed_length_ci").compute_flci(
        beta_hat=found.values,
        sigma=found.covariance,
        smoothness_bound=bound,
        n_pre_periods=found.before,
        n_post_periods=found.weights.size,
        post_period_weights=found.weights[:, None],
        alpha=1 - level,
    )
    low, high = (float(end) for end in optimal.flci)
    return (low, high) if np.isfinite([low, high]).all() else None


def _relative(found: Coefficients, bound: float, *, level: float, seed: int) -> tuple[float, float] | None:
    # Half as far again as the reference implementation, so that an end is an end and not the edge of the search.
    steps = np.arange(1, found.weights.size + 1)
    largest = float(np.abs(np.diff([*found.values[: found.before], 0.0])).max())
    reach = 1.5 * (bound * float(steps @ np.abs(found.weights)) * largest + 20 * found.error)
    accepted: Any = library("moderndid.didhonest.delta.rm.rm").compute_conditional_cs_rm(
        betahat=found.values,
        sigma=found.covariance,
        num_pre_periods=found.before,
        num_post_periods=found.weights.size,
        l_vec=found.weights[:, None],
        m_bar=bound,
        alpha=1 - level,
        grid_points=1000,
        grid_lb=found.target - reach,
        grid_ub=found.target + reach,
        seed=seed,
    )
    inside = np.flatnonzero(accepted["accept"])
    grid = accepted["grid"]
    if inside.size == 0 or inside[0] == 0 or inside[-1] == grid.size - 1:
        return None
    return float(grid[inside[0]]), float(grid[inside[-1]])
