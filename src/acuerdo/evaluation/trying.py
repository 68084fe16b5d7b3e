"""Tries the decision rule of a contract on placebos from before the cut-off: how often it errs, what it can see.

A placebo takes units and a date at which nothing is known to have happened, puts an effect of a known size into them
(none, for the false-positive rate), and asks the rule. A plan without treatment is tried on shuffled data instead:
the predictors among the units where there are any, the periods otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from acuerdo.core.errors import CheckFailed
from acuerdo.evaluation import writing
from acuerdo.evaluation.assembling import LOG_POINTS
from acuerdo.evaluation.decision import decide
from acuerdo.evaluation.panel import Panel
from acuerdo.evaluation.ruling import Verdict
from acuerdo.evaluation.running import answer_of

if TYPE_CHECKING:
    from acuerdo.evaluation.contract import Plan

_DETECTED: Final = 0.8
_FEWEST_BEFORE: Final = 12


def characteristics_of(plan: Plan, panel: Panel) -> dict[str, Any]:
    """The rule's false-positive rate, its power, and the smallest effect that it sees 80 times in 100.

    Args:
        panel: A blind panel: nothing in it is treated yet.

    Returns:
        ``size`` (share of placebos without effect in which the test rejects, on either side), ``support_share`` (share
        that the rule calls supported), ``void_share``, ``power`` by effect, ``detectable``, ``draws``.
    """
    effects = [0.0, *(float(one) for one in plan.trial.effects)]
    sign = -1.0 if plan.decision.hypothesis == "decrease" else 1.0
    placebos = list(_placebos(plan, panel))
    found = {
        effect: [_judge(plan, _with(plan, one, sign * effect)) for one in placebos] for effect in effects
    }
    if plan.treatment is None:
        found = {0.0: found[0.0]}
    power = {effect: _share(verdicts) for effect, verdicts in found.items() if effect}
    tests = [rejects for _, rejects in found[0.0]]
    return {
        "draws": len(placebos),
        "size": writing.rounded(sum(tests) / len(tests)) if tests else None,
        "support_share": writing.rounded(_share(found[0.0])) if placebos else None,
        "void_share": writing.rounded(_share(found[0.0], of="void")) if placebos else None,
        "power": {f"{effect:g}": writing.rounded(share) for effect, share in power.items()},
        "detectable": next((effect for effect, share in sorted(power.items()) if share >= _DETECTED), None),
    }


def _judge(plan: Plan, panel: Panel) -> tuple[Verdict, bool]:
    settings = {**plan.primary.settings, **plan.trial.settings}
    design = plan.primary.model_copy(update={"settings": settings})
    try:
        finding = answer_of(plan, design, panel, trial=True)
    except CheckFailed:
        return "void", False
    rejects = finding.p_value is not None and finding.p_value <= plan.decision.level
    return decide(finding, plan.decision).verdict, rejects


def _share(found: Sequence[tuple[Verdict, bool]], *, of: Verdict = "supported") -> float:
    return sum(verdict == of for verdict, _ in found) / len(found) if found else 0.0


def _placebos(plan: Plan, panel: Panel) -> Iterator[Panel]:
    draw = np.random.default_rng(plan.trial.seed)
    for _ in range(plan.trial.draws):
        one = _shuffled(panel, draw) if plan.treatment is None else _assigned(plan, panel, draw)
        if one is not None:
            yield one


def _assigned(plan: Plan, panel: Panel, draw: np.random.Generator) -> Panel | None:
    """Other units, treated from another date on, with the true spread of dates among them."""
    offsets = _offsets(plan, panel)
    horizon = plan.estimand.horizon or len(panel.periods) // 4
    count, width = len(panel.units), len(panel.periods)
    before = min(max(_FEWEST_BEFORE, width // 3), width // 2)
    last = width - max(1, min(horizon, width // 3))
    if last < before:
        return None
    start = int(draw.integers(before, last + 1))
    rows = draw.choice(count, size=min(len(offsets), count), replace=False)
    starts: list[int | None] = [None] * count
    for row, offset in zip(rows, offsets, strict=False):
        at = start + offset
        starts[row] = at if at < width else None
    return panel.with_treatment(starts)


def _offsets(plan: Plan, panel: Panel) -> list[int]:
    """Periods between the first treatment of any unit and each one's own."""
    if plan.treatment is None:
        return []
    starts = sorted(one.since.start for key, one in plan.treatment.units.items() if key in panel.units)
    days = (panel.periods[-1].start - panel.periods[0].start).days / max(1, len(panel.periods) - 1)
    return [round((one - starts[0]).days / days) for one in starts]


def _with(plan: Plan, panel: Panel, effect: float) -> Panel:
    """The same data with an effect in the treated cells."""
    if not effect:
        return panel
    under = panel.under_treatment()
    values = panel.outcome.copy()
    if plan.decision.scale == "percent" and panel.measure is LOG_POINTS:
        values[under] += np.log1p(effect / 100)
    elif plan.decision.scale == "percent":
        values[under] *= 1 + effect / 100
    else:
        values[under] += effect
    return replace(panel, outcome=values)


def _shuffled(panel: Panel, draw: np.random.Generator) -> Panel:
    """Predictors dealt out anew among the units; without any, the periods in another order."""
    if panel.predictors:
        order = draw.permutation(len(panel.units))
        dealt: Mapping[str, Any] = {name: values[order] for name, values in panel.predictors.items()}
        return replace(panel, predictors=dealt)
    return replace(panel, outcome=panel.outcome[:, draw.permutation(len(panel.periods))])
