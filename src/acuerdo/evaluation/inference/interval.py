"""Intervals and p-values from a standard error."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import final

import numpy as np
from numpy.typing import NDArray

from acuerdo.evaluation.optional import library


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Uncertain:
    """A number with what is known of its uncertainty.

    Attributes:
        value: The number.
        standard_error: None where it cannot be had.
        low: Lower end of the interval; None together with ``high``.
        high: Upper end.
        p_value: Of the null that the number is zero, two-sided.
    """

    value: float
    standard_error: float | None = None
    low: float | None = None
    high: float | None = None
    p_value: float | None = None


def from_standard_error(
    value: float, standard_error: float | None, *, level: float, freedom: float | None = None
) -> Uncertain:
    """Interval and p-value by Student's t, or by the normal where the degrees of freedom are None.

    A standard error of zero, or one that is not a number, carries no information: there is no interval then.
    """
    if standard_error is None or not math.isfinite(standard_error) or standard_error <= 0:
        return Uncertain(value=value)
    if freedom is None:
        reach = NormalDist().inv_cdf(0.5 + level / 2) * standard_error
        p_value = math.erfc(abs(value) / standard_error / math.sqrt(2))
    else:
        law = library("scipy.stats").t(freedom)
        reach = float(law.ppf(0.5 + level / 2)) * standard_error
        p_value = min(1.0, float(2 * law.sf(abs(value) / standard_error)))
    return Uncertain(
        value=value,
        standard_error=standard_error,
        low=value - reach,
        high=value + reach,
        p_value=p_value,
    )


def of_sum(
    weights: NDArray[np.float64],
    values: NDArray[np.float64],
    *,
    covariance: NDArray[np.float64],
    level: float,
    freedom: float | None,
) -> Uncertain:
    """A weighted sum of coefficients with its interval.

    Args:
        weights: Shape (K,).
        values: Shape (K,).
        covariance: Shape (K, K).
        level: Coverage of the interval.
        freedom: Degrees of freedom of Student's t; None for the normal.
    """
    error = math.sqrt(max(float(weights @ covariance @ weights), 0.0))
    return from_standard_error(float(weights @ values), error, level=level, freedom=freedom)
