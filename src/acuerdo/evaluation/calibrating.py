"""Looks at a contract blind: what the data cover, how alike the units were, and how often its rule is wrong.

Nothing here sees an outcome after the cut-off: the panel comes from a reader that holds it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

import acuerdo
from acuerdo.core.errors import CheckFailed, Problem
from acuerdo.core.result import Result
from acuerdo.core.text import Text
from acuerdo.evaluation import kept, writing
from acuerdo.evaluation.assembling import assemble
from acuerdo.evaluation.reader import OutcomeReader
from acuerdo.evaluation.running import answer_of, describe
from acuerdo.evaluation.trying import characteristics_of

if TYPE_CHECKING:
    from acuerdo.data.store import Store
    from acuerdo.evaluation.contract import Contract, Plan
    from acuerdo.evaluation.panel import Panel

_FIT_SHARE: Final = 4
"""The last quarter of the blind periods is held back to see how well a counterfactual of the rest forecasts it."""


def calibrate(contract: Contract, store: Store) -> Result:
    """Everything that can be known about a contract before its outcome is.

    Raises:
        CheckFailed: If the contract is not evaluable, or the data before the cut-off do not carry it.
        MissingExtra: If an optional part is not installed.
    """
    plan = contract.plan
    if plan is None:
        raise CheckFailed(_nothing_to_calibrate(contract.id))
    reader = OutcomeReader(store, known_on=plan.data.known_on, cut_off=plan.window.cut_off)
    panel = assemble(plan, reader)
    answer: dict[str, Any] = {
        "panel": describe(panel),
        "coverage": _coverage(panel),
        "pre_trends": _trends(plan, panel),
        "fit": _fit(plan, panel),
        **characteristics_of(plan, panel),
        "environment": kept.environment(),
    }
    return Result(
        question=contract.id, inputs=kept.inputs(contract, reader), version=acuerdo.__version__, answer=answer
    )


def _coverage(panel: Panel) -> list[dict[str, Any]]:
    """The units with gaps, and how many periods they lack; a panel without any gives an empty list."""
    lacking = np.isnan(panel.outcome).sum(axis=1)
    return [
        {"unit": panel.units[row], "missing": int(lacking[row])} for row in np.flatnonzero(lacking).tolist()
    ]


def _trends(plan: Plan, panel: Panel) -> dict[str, Any] | None:
    """Yearly change before the cut-off, treated against the others, in the outcome's unit; None without both."""
    rows = _treated_rows(plan, panel)
    others = [row for row in range(len(panel.units)) if row not in rows]
    if not rows or not others:
        return None
    steps = _steps_a_year(panel)
    slopes = np.array([_slope(row) * steps for row in panel.outcome])
    spread = float(np.nanstd(slopes[others], ddof=1)) if len(others) > 1 else None
    gap = float(np.nanmean(slopes[rows]) - np.nanmean(slopes[others]))
    return {
        "treated": writing.rounded(float(np.nanmean(slopes[rows]))),
        "others": writing.rounded(float(np.nanmean(slopes[others]))),
        "gap": writing.rounded(gap),
        "spread": writing.rounded(spread),
        "unit": panel.measure.id,
    }


def _fit(plan: Plan, panel: Panel) -> dict[str, Any] | None:
    """How the primary method would have forecast the end of the blind span, had the treatment begun there."""
    rows = _treated_rows(plan, panel)
    if not rows or len(rows) == len(panel.units):
        return None
    start = len(panel.periods) - max(2, len(panel.periods) // _FIT_SHARE)
    trial = panel.with_treatment([start if row in rows else None for row in range(len(panel.units))])
    finding = answer_of(plan, trial, design=plan.primary)
    return {
        "start": panel.periods[start].code,
        "code": str(finding.code),
        "outcome": finding.outcome.both(),
        "estimate": writing.rounded(finding.estimate.value),
        "p_value": writing.rounded(finding.p_value),
        "pre_rmspe": finding.diagnostics.get("pre_rmspe"),
        "weights": {name: writing.rounded(weight) for name, weight in sorted(finding.weights.items())},
    }


def _treated_rows(plan: Plan, panel: Panel) -> list[int]:
    """The rows of the units that will be treated; in a blind panel none of them is yet."""
    named = set(plan.treatment.units) if plan.treatment else set[str]()
    return [row for row, unit in enumerate(panel.units) if unit in named]


def _slope(values: np.ndarray) -> float:
    known = ~np.isnan(values)
    if known.sum() < 2:
        return float("nan")
    return float(np.polyfit(np.flatnonzero(known), values[known], 1)[0])


def _steps_a_year(panel: Panel) -> float:
    days = (panel.periods[-1].start - panel.periods[0].start).days / max(1, len(panel.periods) - 1)
    return 365.25 / days if days else 1.0


def _nothing_to_calibrate(contract: str) -> Problem:
    return Problem(
        what=Text(
            "The question is not evaluable; there is nothing to calibrate.",
            "La pregunta no es evaluable; no hay nada que calibrar.",
        ),
        where=contract,
    )
