"""Ridge-augmented weights: the synthetic unit's remaining misfit is regressed away.

Reference:
    Ben-Michael, E., Feller, A. and Rothstein, J. (2021). Journal of the American Statistical Association 116,
    1789-1803.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from acuerdo.evaluation.synthetic.comparison import Comparison
from acuerdo.evaluation.synthetic.solver import gram, simplex_weights
from acuerdo.evaluation.synthetic.weighing import AbstractWeighing, Weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

_PENALTIES = 20
_SMALLEST = 1e-8


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class RidgeAugmented(AbstractWeighing):
    """Simplex weights plus a ridge correction of what they miss; a weight may turn negative.

    Attributes:
        penalty: The ridge penalty; None to choose each unit's by leaving out one period at a time: the greatest
            penalty whose error is within one standard error of the least.
    """

    penalty: float | None = None

    def weights(self, comparison: Comparison) -> Weights:
        """See :meth:`AbstractWeighing.weights`."""
        before = comparison.before
        matrix, _ = _simplex(before, comparison.allowed)
        grids = self._grids(before, comparison)
        chosen = {unit: float(grid[0]) for unit, grid in grids.items()}
        if self.penalty is None:
            chosen = _cross_validated(before, comparison, grids=grids)
        for unit in comparison.fitted:
            donors = np.flatnonzero(comparison.allowed[unit])
            points, own = _centred(before, donors, unit=int(unit))
            added = _corrections(
                points, own - matrix[unit, donors] @ points, penalties=np.array([chosen[int(unit)]])
            )
            matrix[unit, donors] += added[0]
        return Weights(matrix=matrix, level=np.zeros(len(before)), bound=np.zeros(len(before)))

    def _grids(self, before: NDArray[np.float64], comparison: Comparison) -> dict[int, NDArray[np.float64]]:
        """The penalties to be tried for each unit, greatest first: fractions of the largest singular value squared."""
        grids: dict[int, NDArray[np.float64]] = {}
        for unit in comparison.fitted:
            points, _ = _centred(before, np.flatnonzero(comparison.allowed[unit]), unit=int(unit))
            greatest = float(np.linalg.norm(points, 2) ** 2)
            steps = np.arange(_PENALTIES + 1) / _PENALTIES
            grid = greatest * _SMALLEST**steps
            grids[int(unit)] = grid if self.penalty is None else np.array([self.penalty])
        return grids


def _simplex(
    points: NDArray[np.float64], allowed: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    products = gram(points)
    return simplex_weights(products, products, allowed=allowed)


def _centred(
    before: NDArray[np.float64], donors: NDArray[np.intp], *, unit: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Donors and unit about the donors' mean in each period."""
    mean = before[donors].mean(axis=0)
    return before[donors] - mean, before[unit] - mean


def _corrections(
    points: NDArray[np.float64], missed: NDArray[np.float64], *, penalties: NDArray[np.float64]
) -> NDArray[np.float64]:
    """What each penalty adds to the weights, penalties x donors; each row sums to zero."""
    values, vectors = np.linalg.eigh(points @ points.T)
    along = vectors.T @ (points @ missed)
    below = np.maximum(values, 0.0) + penalties[:, None]
    # Donors that do not vary have neither spread nor penalty; there is nothing to correct then.
    return np.divide(along, below, out=np.zeros_like(below), where=below > 0) @ vectors.T


def _cross_validated(
    before: NDArray[np.float64], comparison: Comparison, *, grids: dict[int, NDArray[np.float64]]
) -> dict[int, float]:
    periods = before.shape[1]
    errors = {unit: np.empty((periods, len(grid))) for unit, grid in grids.items()}
    for left in range(periods):
        kept = np.delete(np.arange(periods), left)
        matrix, _ = _simplex(before[:, kept], comparison.allowed)
        for unit, grid in grids.items():
            donors = np.flatnonzero(comparison.allowed[unit])
            points, own = _centred(before, donors, unit=unit)
            weights = matrix[unit, donors]
            added = _corrections(points[:, kept], own[kept] - weights @ points[:, kept], penalties=grid)
            errors[unit][left] = (own[left] - (weights + added) @ points[:, left]) ** 2
    return {unit: _within_one_error(errors[unit], grid) for unit, grid in grids.items()}


def _within_one_error(errors: NDArray[np.float64], grid: NDArray[np.float64]) -> float:
    means = errors.mean(axis=0)
    best = int(np.argmin(means))
    allowance = errors[:, best].std(ddof=1) / np.sqrt(len(errors))
    return float(grid[means <= means[best] + allowance].max())
