"""Intervals that hold although trends were not quite parallel, by moderndid.

References:
    Rambachan and Roth (2023), A more credible approach to parallel trends, Review of Economic Studies 90(5).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal, final

import numpy as np
from numpy.typing import NDArray

from acuerdo.core.errors import CheckFailed, Problem
from acuerdo.core.text import Text
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

    Raises:
        CheckFailed: If the shapes do not fit together, fewer than two lie before the reference, or the covariance is
            not one.
    """

    values: Array
    covariance: Array
    before: int
    weights: Array

    def __post_init__(self) -> None:
        count = self.values.size
        if (
            self.values.ndim != 1
            or self.covariance.shape != (count, count)
            or self.weights.shape != (count - self.before,)
            or self.before < 2
        ):
            raise CheckFailed(_SHAPES)
        numbers = np.concatenate([self.values, self.weights, self.covariance.ravel()])
        if not np.isfinite(numbers).all() or not self.weights.any() or not _is_covariance(self.covariance):
            raise CheckFailed(_NO_COVARIANCE)

    @property
    def target(self) -> float:
        """The effect as estimated."""
        return float(self.weights @ self.values[self.before :])

    @property
    def error(self) -> float:
        """Its standard error if trends were parallel."""
        after = self.covariance[self.before :, self.before :]
        return float(np.sqrt(self.weights @ after @ self.weights))


def _is_covariance(matrix: Array) -> bool:
    symmetric = np.allclose(matrix, matrix.T, rtol=1e-6, atol=1e-10 * np.abs(matrix).max())
    return symmetric and bool(np.linalg.eigvalsh(matrix)[0] >= -1e-8 * np.abs(matrix).max())


_SHAPES: Final = Problem(
    what=Text(
        "The coefficients, their covariance and the weights of the target do not fit together.",
        "Los coeficientes, su covarianza y los pesos del objetivo no corresponden entre sí.",
    ),
    fix=Text(
        "Give n coefficients in order of time without the reference, n x n covariances, at least two coefficients "
        "before the reference, and a weight for each of the others.",
        "Dé n coeficientes en orden de tiempo sin el de referencia, n x n covarianzas, al menos dos coeficientes antes "
        "de la referencia y un peso para cada uno de los demás.",
    ),
)
_NO_COVARIANCE: Final = Problem(
    what=Text(
        "A coefficient or a weight is no number, all weights are zero, or the covariance is not symmetric or has a "
        "negative variance.",
        "Un coeficiente o un peso no es un número, todos los pesos son cero, o la covarianza no es simétrica o tiene "
        "una varianza negativa.",
    ),
)


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
