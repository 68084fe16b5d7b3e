"""Group-time effects where trends may differ with covariates, by moderndid.

Effects and every unit's share in their error come in the shape of :mod:`acuerdo.evaluation.differences.group_time`, so
that means, clusters and distances are those of every other comparison.

References:
    Sant'Anna and Zhao (2020), Doubly robust difference-in-differences estimators, Journal of Econometrics 219(1).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from acuerdo.core.errors import not_found
from acuerdo.core.text import Text
from acuerdo.evaluation.differences.group_time import Cohort, Comparison, cohorts_of
from acuerdo.evaluation.differences.long_table import long_table
from acuerdo.evaluation.method import OutcomeCode, Refusal
from acuerdo.evaluation.naming import some
from acuerdo.evaluation.optional import library, quietly
from acuerdo.evaluation.panel import Panel

Adjustment = Literal["doubly_robust", "inverse_probability", "regression"]

_NAMES: Final[Mapping[Adjustment, str]] = {
    "doubly_robust": "dr", "inverse_probability": "ipw", "regression": "reg",
}  # fmt: skip
_A_PREDICTOR: Final = Text("a predictor of the panel", "un predictor del panel")


def adjusted(
    panel: Panel,
    comparison: Comparison,
    *,
    covariates: Sequence[str],
    adjustment: Adjustment,
    weights: NDArray[np.float64] | None = None,
) -> tuple[Cohort, ...] | Refusal:
    """The cohorts with their adjusted effects, or why there are none.

    Args:
        panel: The data.
        comparison: What each cohort is compared with.
        covariates: Names of predictors.
        adjustment: How the comparison allows for them.
        weights: Shape (units,), what each unit counts; all alike if not given.

    Raises:
        NotFound: If a covariate is not among the panel's predictors.
        MissingExtra: If the library is not installed.
    """
    for name in covariates:
        if name not in panel.predictors:
            raise not_found(_A_PREDICTOR, name, known=panel.predictors)
    empty = np.isnan(np.column_stack([panel.predictors[name] for name in covariates])).any(axis=1)
    if empty.any():
        return Refusal(
            code=OutcomeCode.MISSING_OUTCOME,
            words=_missing([panel.units[row] for row in np.flatnonzero(empty)]),
        )
    plain = tuple(cohorts_of(panel, comparison, weights=weights))
    cells = _cells(panel, comparison, covariates=covariates, adjustment=adjustment, weights=weights)
    found = tuple(_with_cells(cohort, cells) for cohort in plain)
    lost = any(
        (np.isfinite(before.effects) & np.isnan(after.effects))[before.start :].any()
        for before, after in zip(plain, found, strict=True)
    )
    return Refusal(code=OutcomeCode.SINGULAR, words=_NOBODY_ALIKE) if lost or not cells else found


def _cells(
    panel: Panel,
    comparison: Comparison,
    *,
    covariates: Sequence[str],
    adjustment: Adjustment,
    weights: NDArray[np.float64] | None,
) -> dict[tuple[int, int], tuple[float, NDArray[np.float64]]]:
    """By first treated column and column: the effect, and every unit's share in its error."""
    estimate: Any = library("moderndid").att_gt
    counted = np.ones(len(panel.units)) if weights is None else weights
    kept, table = _in_its_order(panel, anticipation=comparison.anticipation, weights=counted)
    named = {f"x_{name}": f"covariate_{number}" for number, name in enumerate(covariates)}
    with quietly():
        try:
            found = estimate(
                table.rename(columns=named),
                "outcome",
                "period",
                idname="unit",
                gname="first",
                xformla="~" + "+".join(named.values()),
                est_method=_NAMES[adjustment],
                control_group=comparison.controls.replace("_", ""),
                anticipation=comparison.anticipation,
                base_period=comparison.base,
                weightsname=None if weights is None else "weight",
            )
        except (ValueError, np.linalg.LinAlgError):
            return {}
    scores = np.zeros((len(panel.units), len(found.att_gt)))
    scores[kept] = np.asarray(found.influence_func) / kept.size
    cells = zip(found.groups, found.times, found.att_gt, strict=True)
    return {
        (int(start) - 1, int(at) - 1): (float(effect), scores[:, number])
        for number, (start, at, effect) in enumerate(cells)
    }


def _in_its_order(
    panel: Panel, *, anticipation: int, weights: NDArray[np.float64]
) -> tuple[NDArray[np.intp], Any]:
    """The units with a period to compare with, cohort by cohort, and the long table with their numbers in that order.

    The library gives back every unit's share in this order, without their names.
    """
    first = np.array([np.inf if one is None else float(one) for one in panel.first_treated])
    order = np.argsort(first, kind="stable")
    kept = order[first[order] > anticipation]
    table = long_table(panel)
    place = np.full(len(panel.units), -1)
    place[kept] = np.arange(kept.size)
    rows = table["unit"].to_numpy()
    numbered = table.assign(unit=place[rows], weight=weights[rows])
    return kept, numbered[numbered["unit"] >= 0].sort_values(["unit", "period"])


def _with_cells(cohort: Cohort, cells: Mapping[tuple[int, int], tuple[float, NDArray[np.float64]]]) -> Cohort:
    effects, scores = np.full_like(cohort.effects, np.nan), np.zeros_like(cohort.scores)
    for column in range(effects.size):
        effect, shares = cells.get((cohort.start, column), (np.nan, scores[:, column]))
        if np.isfinite(effect):
            effects[column], scores[:, column] = effect, np.nan_to_num(shares)
    return replace(cohort, effects=effects, scores=scores)


_NOBODY_ALIKE: Final = Text(
    "The covariates tell the treated from the others so well, or each other so badly, that nobody comparable is left.",
    "Las covariables separan tan bien a los tratados de los demás, o se repiten tanto entre sí, que no queda nadie "
    "comparable.",
)


def _missing(units: Sequence[str]) -> Text:
    return Text(
        f"A covariate is missing for these units; it is not made up: {some(units)}.",
        f"Falta una covariable en estas unidades; no se inventa: {some(units)}.",
    )
