"""The mean of many effects that differ among themselves, and where the next one would lie.

Restricted maximum likelihood for the variance between effects, Hartung and Knapp's errors for their mean, and a
prediction interval.

References:
    Viechtbauer (2005), Bias and efficiency of meta-analytic variance estimators in the random-effects model, Journal of
    Educational and Behavioral Statistics 30(3).
    Hartung and Knapp (2001), A refined method for the meta-analysis of controlled clinical trials with binary outcome,
    Statistics in Medicine 20(24).
    Higgins, Thompson and Spiegelhalter (2009), A re-evaluation of random-effects meta-analysis, JRSS A 172(1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, final

import numpy as np
from numpy.typing import NDArray

from acuerdo.core.errors import CheckFailed, Problem
from acuerdo.core.text import Text
from acuerdo.evaluation.inference.interval import Uncertain, from_standard_error
from acuerdo.evaluation.optional import library

Array = NDArray[np.float64]
_TOLERANCE: Final = 1e-12
_STEPS: Final = 200


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Pooled:
    """What many effects say together.

    Attributes:
        mean: The mean effect with its interval (Hartung-Knapp).
        predicted: The interval in which the effect of one more evaluation would lie; None ends with two effects.
        between: Variance between effects (tau squared).
        between_error: Its standard error.
        inconsistency: Per cent of the spread that is not chance (I squared).
        heterogeneity: Cochran's Q.
        heterogeneity_p: Its p-value.
        weights: Share of each effect in the mean.
        count: How many effects.
    """

    mean: Uncertain
    predicted: tuple[float, float] | None
    between: float
    between_error: float
    inconsistency: float
    heterogeneity: float
    heterogeneity_p: float
    weights: tuple[float, ...]
    count: int


def pooled(effects: Sequence[float], standard_errors: Sequence[float], *, level: float = 0.95) -> Pooled:
    """The random-effects mean of independent effects.

    Args:
        effects: One for each evaluation.
        standard_errors: Of the same.
        level: Coverage of both intervals.

    Raises:
        CheckFailed: If there are fewer than two effects, or an error is not positive.
        MissingExtra: If SciPy is not installed.
    """
    values, variances = np.array(effects, dtype=np.float64), np.array(standard_errors, dtype=np.float64) ** 2
    _check(values, variances)
    laws = library("scipy.stats")
    between = between_variance(values, variances)
    weights = 1 / (variances + between)
    mean = float(weights @ values / weights.sum())
    count = values.size
    spread = float(weights @ (values - mean) ** 2) / (count - 1)
    error = float(np.sqrt(spread / weights.sum()))
    fixed = 1 / variances
    around = float(fixed @ (values - fixed @ values / fixed.sum()) ** 2)
    typical = (count - 1) * fixed.sum() / (fixed.sum() ** 2 - (fixed**2).sum())
    return Pooled(
        mean=from_standard_error(mean, error, level=level, freedom=count - 1),
        predicted=_predicted(mean, np.sqrt(between + error**2), count=count, level=level),
        between=between,
        between_error=_between_error(weights),
        inconsistency=float(100 * between / (between + typical)),
        heterogeneity=around,
        heterogeneity_p=float(laws.chi2(count - 1).sf(around)),
        weights=tuple(float(one) for one in weights / weights.sum()),
        count=count,
    )


def between_variance(values: Array, variances: Array) -> float:
    """The restricted maximum likelihood of the variance between effects, zero at least.

    The score is followed by Fisher's steps, halved where the likelihood would fall.
    """
    tau = max(float(values.var(ddof=1) - variances.mean()), 0.0)
    for _ in range(_STEPS):
        weights = 1 / (variances + tau)
        squared = weights**2
        total = weights.sum()
        mean = weights @ values / total
        score = squared @ (values - mean) ** 2 - total + squared.sum() / total
        information = squared.sum() - 2 * (weights**3).sum() / total + (squared.sum() / total) ** 2
        step = float(score / information)
        here = _likelihood(values, variances, tau=tau)
        while tau + step < 0 or (
            _likelihood(values, variances, tau=tau + step) < here and abs(step) > _TOLERANCE
        ):
            if tau + step < 0 and tau < _TOLERANCE:
                return 0.0
            step /= 2
        tau += step
        if abs(step) < _TOLERANCE * max(1.0, tau):
            break
    return tau if tau > _TOLERANCE else 0.0


def _likelihood(values: Array, variances: Array, *, tau: float) -> float:
    weights = 1 / (variances + tau)
    mean = weights @ values / weights.sum()
    return -0.5 * float(-np.log(weights).sum() + np.log(weights.sum()) + weights @ (values - mean) ** 2)


def _between_error(weights: Array) -> float:
    squared, total = weights**2, weights.sum()
    information = squared.sum() - 2 * (weights**3).sum() / total + (squared.sum() / total) ** 2
    return float(np.sqrt(2 / information))


def _predicted(mean: float, deviation: float, *, count: int, level: float) -> tuple[float, float] | None:
    """By Student's t with two degrees of freedom fewer than effects; with two effects there is none."""
    if count < 3:
        return None
    reach = float(library("scipy.stats").t(count - 2).ppf(0.5 + level / 2)) * float(deviation)
    return mean - reach, mean + reach


def _check(values: Array, variances: Array) -> None:
    problems = []
    if values.size < 2 or values.size != variances.size:
        problems.append(
            Problem(
                what=Text(
                    f"{values.size} effects and {variances.size} standard errors; two of each are needed at least.",
                    f"{values.size} efectos y {variances.size} errores estándar; se requieren dos de cada uno o más.",
                )
            )
        )
    elif not (np.isfinite(values).all() and np.isfinite(variances).all() and (variances > 0).all()):
        problems.append(
            Problem(
                what=Text(
                    "An effect is not a number, or a standard error is not positive.",
                    "Un efecto no es un número, o un error estándar no es positivo.",
                ),
                fix=Text(
                    "Leave out evaluations without an interval, and say so.",
                    "Excluya las evaluaciones sin intervalo, y dígalo.",
                ),
            )
        )
    if problems:
        raise CheckFailed(problems)
