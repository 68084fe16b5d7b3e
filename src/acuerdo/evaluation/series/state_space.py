"""A structural time series fitted before the treatment and carried on after it.

The states (level, slope, season) are Gaussian, so that given the variances the forecast's law is exact and conjugate;
the variances are put at their maximum of the likelihood, and no chain is run.

References:
    Harvey (1989), Forecasting, Structural Time Series Models and the Kalman Filter.
    Brodersen, Gallusser, Koehler, Remy and Scott (2015), Inferring causal impact using Bayesian structural time-series
    models, Annals of Applied Statistics 9(1).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, final

import numpy as np
from numpy.typing import NDArray

from acuerdo.evaluation.optional import library, quietly
from acuerdo.evaluation.series.single import Single

Array = NDArray[np.float64]
Level = Literal["local_level", "local_linear_trend"]
_SHARP = 1e-13
_SLACK = 1e-6
_WORDS: dict[Level, str] = {"local_level": "local level", "local_linear_trend": "local linear trend"}


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Forecast:
    """What would have been.

    Attributes:
        mean: Values up to the end of the effect; before the treatment, one period ahead.
        low: Lower ends of each period's interval.
        high: Upper ends.
        mean_error: Standard deviation of the mean forecast error over the treated periods.
        residual_deviation: Of the one-step errors before the treatment.
    """

    mean: Array
    low: Array
    high: Array
    mean_error: float
    residual_deviation: float


def forecast(
    single: Single, controls: Array | None, *, level: Level, season: int, coverage: float
) -> Forecast | None:
    """The forecast; None where the likelihood has no maximum.

    Args:
        single: The series.
        controls: Series that the treatment does not touch, shape (periods, series); None for none.
        level: A level that wanders, or one with a slope that wanders too.
        season: Periods in a cycle; 0 for none.
        coverage: Of each period's interval.
    """
    models = library("statsmodels.tsa.statespace.structural")
    begin, end = single.start, single.end
    scale = float(single.values[:begin].std()) or 1.0
    before = None if controls is None else controls[:begin]
    ahead = None if controls is None else controls[begin:end]
    with quietly():
        try:
            model = models.UnobservedComponents(
                single.values[:begin] / scale, level=_WORDS[level], seasonal=season or None, exog=before
            )
            found = _sharpened(model, model.fit(disp=0, maxiter=500))
            told = found.get_forecast(end - begin, exog=ahead)
        except (ValueError, np.linalg.LinAlgError):
            return None
        if not np.isfinite(found.llf):
            return None
        band = np.asarray(told.conf_int(alpha=1 - coverage)) * scale
        error = scale * _mean_error(found, steps=end - begin)
        fitted = np.asarray(found.fittedvalues) * scale
        mean = np.asarray(told.predicted_mean) * scale
    burnt = int(found.loglikelihood_burn)
    residuals = (single.values[:begin] - fitted)[burnt:]
    blank = np.full(begin, np.nan)
    fitted[:burnt] = np.nan
    return Forecast(
        mean=np.concatenate([fitted, mean]),
        low=np.concatenate([blank, band[:, 0]]),
        high=np.concatenate([blank, band[:, 1]]),
        mean_error=error,
        residual_deviation=float(residuals.std()),
    )


def _sharpened(model: Any, found: Any) -> Any:
    """The same maximum to the last digits, so that every machine forecasts the same.

    The optimiser stops where rounding, which differs between processors, hides the slope of the likelihood. The slope
    itself, taken by a complex step, has a root that does not depend on it.
    """
    optimise = library("scipy.optimize")

    def slope(params: Array) -> Array:
        return model.score(params, transformed=False, approx_complex_step=True)

    root = optimise.root(slope, model.untransform_params(found.params), tol=_SHARP)
    if not root.success:
        return found
    again = model.smooth(model.transform_params(root.x), cov_type="none")
    return again if np.isfinite(again.llf) and again.llf >= found.llf - _SLACK else found


def _mean_error(found: Any, *, steps: int) -> float:
    """The standard deviation of the mean of the forecast errors, exactly, by carrying the states on.

    The states of all steps are linear in the last filtered state and the shocks since; their sum's variance is added up
    backwards over the shocks.
    """
    design, transition, selection, state, noise = (
        _constant(found.model.ssm[name])
        for name in ("design", "transition", "selection", "state_cov", "obs_cov")
    )
    design, shocks = design[0], selection @ state @ selection.T
    start = found.predicted_state_cov[:, :, -1]
    # weights[k]: what a unit of state adds to the sum of the k + 1 last outcomes
    weight, total = np.zeros_like(design), 0.0
    for _ in range(steps):
        if weight.any():
            total += float(weight @ shocks @ weight)
        weight = design + weight @ transition
    total += float(weight @ start @ weight) + steps * float(noise[0, 0])
    return float(np.sqrt(total)) / steps


def _constant(matrix: Array) -> Array:
    """A system matrix that does not change over time, without the axis of time that some carry."""
    return matrix[:, :, 0] if matrix.ndim == 3 else matrix
