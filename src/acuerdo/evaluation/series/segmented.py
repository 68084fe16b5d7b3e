"""Segmented regression: a level and a slope before, and what changes in them after.

References:
    Wagner, Soumerai, Zhang and Ross-Degnan (2002), Segmented regression analysis of interrupted time series studies,
    Journal of Clinical Pharmacy and Therapeutics 27(4).
    Newey and West (1987), A simple, positive semi-definite, heteroskedasticity and autocorrelation consistent
    covariance matrix, Econometrica 55(3).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, final

import numpy as np
from numpy.typing import NDArray

from acuerdo.evaluation.inference.interval import Uncertain, of_sum
from acuerdo.evaluation.optional import library, quietly
from acuerdo.evaluation.series.single import Single

Array = NDArray[np.float64]
Change = Literal["step", "step_and_slope"]
Errors = Literal["independent", "newey_west", "autoregressive"]
Counts = Literal["poisson", "negative_binomial"]


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Segments:
    """A fitted segmented regression.

    Attributes:
        values: Coefficients; the last one or two are the changes (step, then slope).
        covariance: Their covariance.
        fitted: T fitted values of the linear predictor, with the treatment.
        without: T fitted values of the linear predictor, without it.
        changes: How many coefficients are changes.
        freedom: Periods less coefficients.
        autocorrelation: Of the residuals, at lag 1.
        dispersion: Variance of a count beyond its mean, as a share of the squared mean; None unless negative binomial.
    """

    values: Array
    covariance: Array
    fitted: Array
    without: Array
    changes: int
    freedom: int
    autocorrelation: float
    dispersion: float | None = None

    def combined(self, weights: Array, *, level: float) -> Uncertain:
        """A weighted sum of the changes with its interval."""
        last = slice(-self.changes, None)
        return of_sum(
            weights,
            self.values[last],
            covariance=self.covariance[last, last],
            level=level,
            freedom=self.freedom,
        )


def design(single: Single, *, change: Change, season: int) -> Array:
    """Constant, time, season, step, slope; shape (periods, coefficients).

    Args:
        single: The series.
        change: Whether the slope may change too.
        season: Periods in a cycle, each with a level of its own; 0 for none.
    """
    time = np.arange(single.values.size, dtype=np.float64)
    columns = [np.ones_like(time), (time - single.start) / 12.0]
    columns += [(time % season == place).astype(np.float64) for place in range(1, season)]
    after = (time >= single.start).astype(np.float64)
    columns.append(after)
    if change == "step_and_slope":
        columns.append(after * (time - single.start))
    return np.column_stack(columns)


def linear(single: Single, regressors: Array, *, changes: int, errors: Errors, lags: int) -> Segments | None:
    """The regression by least squares; None where the design is singular.

    Args:
        single: The series.
        regressors: Its design.
        changes: How many of the last columns are changes.
        errors: Independent, Newey-West, or autoregressive (iterated, Cochrane-Orcutt).
        lags: Of the errors.
    """
    if np.linalg.matrix_rank(regressors) < regressors.shape[1]:
        return None
    models = library("statsmodels.api")
    with quietly():
        if errors == "autoregressive":
            found = models.GLSAR(single.values, regressors, rho=lags).iterative_fit(maxiter=50)
        else:
            how = {"cov_type": "HAC", "cov_kwds": {"maxlags": lags, "use_correction": True}}
            found = models.OLS(single.values, regressors).fit(**(how if errors == "newey_west" else {}))
    residuals = single.values - regressors @ found.params
    return _segments(found, regressors, changes=changes, residuals=residuals)


def counts(single: Single, regressors: Array, *, changes: int, family: Counts, lags: int) -> Segments | None:
    """The regression of a count with the logarithm of its exposure; None where it does not converge.

    The covariance is Newey-West's over the scores; a negative binomial's dispersion is estimated by maximum
    likelihood first.
    """
    if np.linalg.matrix_rank(regressors) < regressors.shape[1]:
        return None
    models = library("statsmodels.api")
    offset = None if single.exposure is None else np.log(single.exposure)
    dispersion = None
    with quietly():
        kind = models.families.Poisson()
        if family == "negative_binomial":
            dispersion = _dispersion(single, regressors, offset=offset)
            if dispersion is None:
                return None
            kind = models.families.NegativeBinomial(alpha=dispersion)
        model = models.GLM(single.values, regressors, family=kind, offset=offset)
        robust = {"cov_type": "HAC", "cov_kwds": {"maxlags": lags}} if lags else {"cov_type": "HC1"}
        found = model.fit(maxiter=200, **robust)
    if not found.converged or not np.isfinite(found.params).all():
        return None
    residuals = np.asarray(found.resid_pearson)
    return _segments(found, regressors, changes=changes, residuals=residuals, dispersion=dispersion)


def _dispersion(single: Single, regressors: Array, *, offset: Array | None) -> float | None:
    models = library("statsmodels.api")
    try:
        found = models.NegativeBinomial(single.values, regressors, offset=offset).fit(disp=0, maxiter=500)
    except (ValueError, np.linalg.LinAlgError):
        return None
    alpha = float(found.params[-1])
    # A count without more spread than a Poisson has its maximum at zero, where the family is no longer defined.
    return max(alpha, 1e-8) if np.isfinite(alpha) else None


def _segments(
    found: Any, regressors: Array, *, changes: int, residuals: Array, dispersion: float | None = None
) -> Segments | None:
    values = np.asarray(found.params, dtype=np.float64)
    covariance = np.asarray(found.cov_params(), dtype=np.float64)
    if not np.isfinite(covariance).all():
        return None
    before = regressors.copy()
    before[:, -changes:] = 0.0
    spread = float(residuals @ residuals)
    return Segments(
        values=values,
        covariance=covariance,
        fitted=regressors @ values,
        without=before @ values,
        changes=changes,
        freedom=regressors.shape[0] - regressors.shape[1],
        autocorrelation=float(residuals[1:] @ residuals[:-1]) / spread if spread > 0 else 0.0,
        dispersion=dispersion,
    )
