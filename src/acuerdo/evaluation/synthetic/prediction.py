"""Prediction intervals from two sources of doubt: the weights, and the outcome about them.

What the weights could have been is simulated from the residuals before the treatment; what the outcome could still do
is bounded as a sub-Gaussian shock with the residuals' variance. Half of the doubt is given to each, so that the
interval covers at least at its level.

Reference:
    Cattaneo, M. D., Feng, Y. and Titiunik, R. (2021). Journal of the American Statistical Association 116, 1865-1880.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from acuerdo.evaluation.synthetic.solver import prediction_kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Prediction:
    """Bounds of the effect.

    Attributes:
        average: Least and greatest mean effect over the periods that count.
        low: Least effect in each of them.
        high: Greatest.
    """

    average: tuple[float, float]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


def prediction_interval(
    gap: NDArray[np.float64], weights: NDArray[np.float64], *, donors: NDArray[np.float64], start: int,
    level: float, draws: NDArray[np.float64],
) -> Prediction:  # fmt: skip
    """The bounds of the effect.

    Args:
        gap: T gaps of the treated unit, up to the last period that counts.
        weights: J weights.
        donors: J x T outcomes of the donors.
        start: Index of the first treated period.
        draws: S x start standard normal draws.

    Raises:
        MissingExtra: If the compiled solver is not installed.
    """
    centred = donors - donors.mean(axis=0)
    before, after = centred[:, :start], centred[:, start:]
    residuals = gap[:start] - gap[:start].mean()
    spent = max(int((np.abs(weights) > 1e-9).sum()) - 1, 0)
    inflation = np.sqrt(start / max(start - spent - 1, 1))
    noises = (draws * residuals * inflation) @ before.T
    targets = np.vstack([after.T, after.mean(axis=1)])
    lows, highs = prediction_kernel().extremes(
        before @ before.T, weights, noises, np.ascontiguousarray(targets), np.ones(len(donors), dtype=bool)
    )
    share = (1 - level) / 4
    # The fitted weights miss the true ones by what the draws move them, so the ends change places
    least = -np.quantile(highs, 1 - share, axis=0)
    greatest = -np.quantile(lows, share, axis=0)
    horizon = len(gap) - start
    shock = np.sqrt(2 * np.log(1 / share)) * inflation
    reach = np.full(horizon + 1, residuals.std() * shock)
    reach[-1] = np.sqrt(_variance_of_mean(residuals, horizon)) * shock
    effects = np.append(gap[start:], gap[start:].mean())
    low, high = effects - greatest - reach, effects - least + reach
    return Prediction(average=(float(low[-1]), float(high[-1])), low=low[:-1], high=high[:-1])


def _variance_of_mean(residuals: NDArray[np.float64], horizon: int) -> float:
    """Variance of the mean of so many successive residuals: with their autocovariances, and not below independence."""
    count = len(residuals)
    lags = np.arange(1, min(horizon, count // 2))
    own = float(residuals @ residuals) / count
    along = np.array([float(residuals[lag:] @ residuals[:-lag]) / count for lag in lags])
    total = horizon * own + 2 * float(((horizon - lags) * along).sum())
    return max(total, horizon * own) / horizon**2
