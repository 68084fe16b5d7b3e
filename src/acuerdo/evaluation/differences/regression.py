"""Regressions with unit and period effects, by pyfixest, and what is read from them.

References:
    Gaure (2013), OLS with multiple high dimensional category variables, Computational Statistics & Data Analysis 66.
    Correia, Guimarães and Zylkin (2020), Fast Poisson estimation with high-dimensional fixed effects, Stata
    Journal 20(1).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, final

import numpy as np
from numpy.typing import NDArray

from acuerdo.evaluation.inference.interval import Uncertain, of_sum
from acuerdo.evaluation.optional import library, quietly

Array = NDArray[np.float64]
Family = Literal["linear", "poisson"]


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fit:
    """Coefficients and their clustered covariance.

    Attributes:
        names: K names.
        values: Shape (K,).
        covariance: Shape (K, K), clustered, with the usual small-sample factor.
        freedom: Degrees of freedom of Student's t: clusters less one.
        rows: Rows that entered.
        residuals: Shape (rows,), not weighted; None unless linear.
        weighted_by: Column of what each row counted; None where all counted alike.
    """

    names: tuple[str, ...]
    values: Array
    covariance: Array
    freedom: float
    rows: int
    residuals: Array | None = None
    weighted_by: str | None = None

    def combined(self, weights: Array, *, level: float) -> Uncertain:
        """A weighted sum of the coefficients with its interval."""
        return of_sum(weights, self.values, covariance=self.covariance, level=level, freedom=self.freedom)


def fit(
    table: Any,
    terms: Sequence[str],
    *,
    family: Family,
    offset: str | None = None,
    weights: str | None = None,
) -> Fit | None:
    """The regression of ``outcome`` on the terms with effects of ``unit`` and ``period``; None where it is singular.

    Args:
        table: A long table; see :func:`~acuerdo.evaluation.differences.long_table.long_table`.
        terms: Right-hand side, in the library's formula language.
        family: Least squares, or Poisson pseudo maximum likelihood.
        offset: Column of the logarithm of the exposure, for the Poisson.
        weights: Column of what each row counts, for least squares; all alike if not given.

    Raises:
        MissingExtra: If the library is not installed.
    """
    fixest = library("pyfixest")
    formula = f"outcome ~ {' + '.join(terms)} | unit + period"
    # The cluster is a column of its own even where it is the unit: of an effect that is also the cluster the library
    # (0.60) counts the levels by the order of a set, so that its errors differ from one run to the next
    shared: dict[str, Any] = {"data": table, "vcov": {"CRV1": "cluster"}, "copy_data": False}
    with quietly():
        try:
            if family == "linear":
                model = fixest.feols(formula, weights=weights, **shared)
            else:
                # Units with no event at all say nothing about a ratio and would be fitted at minus infinity.
                model = fixest.fepois(
                    formula, offset=offset, separation_check=["fe"], iwls_maxiter=100, **shared
                )
        except (ValueError, np.linalg.LinAlgError, ZeroDivisionError, RuntimeError):
            return None
        return _read(model, family=family, weighted_by=weights)


def _read(model: Any, *, family: Family, weighted_by: str | None) -> Fit | None:
    values = model.coef()
    covariance = np.asarray(model._vcov, dtype=np.float64)  # noqa: SLF001 (the library has no public name for it)
    if len(values) == 0 or not np.isfinite(values.to_numpy()).all() or not np.isfinite(covariance).all():
        return None
    return Fit(
        names=tuple(str(name) for name in values.index),
        values=values.to_numpy(dtype=np.float64),
        covariance=covariance,
        freedom=float(model._G[0] - 1),  # noqa: SLF001
        rows=int(model._N),  # noqa: SLF001
        residuals=np.asarray(model.resid(), dtype=np.float64) if family == "linear" else None,
        weighted_by=weighted_by,
    )


def without_effects(table: Any, column: str, *, weights: str | None = None) -> Array:
    """A column less its unit and period effects, in which each row counts its weight; shape (rows,)."""
    with quietly():
        model = library("pyfixest").feols(
            f"{column} ~ 1 | unit + period", data=table, weights=weights, copy_data=False
        )
    return np.asarray(model.resid(), dtype=np.float64)


def by_event_time(found: Fit) -> Mapping[int, int]:
    """The place of each coefficient of ``i(event, ...)`` by its time since treatment."""
    places: dict[int, int] = {}
    for place, name in enumerate(found.names):
        number = re.search(r"event(?:::|\[[^\]]*?)(-?\d+)", name)
        if number:
            places[int(number[1])] = place
    return dict(sorted(places.items()))
