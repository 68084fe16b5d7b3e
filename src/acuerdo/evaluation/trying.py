"""Tries the decision rule of a contract on placebos from before the cut-off: how often it errs, what it can see.

A plan without treatment is tried on shuffled data instead: the predictors among the units where there are any, the
periods otherwise.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from acuerdo.core.errors import CheckFailed
from acuerdo.evaluation import writing
from acuerdo.evaluation.assembling import LOG_POINTS
from acuerdo.evaluation.characteristics import (
    NOT_REJECTED,
    REJECTED,
    Characteristics,
    Judge,
    operating_characteristics,
    random_sets,
)
from acuerdo.evaluation.decision import decide
from acuerdo.evaluation.panel import Panel
from acuerdo.evaluation.running import answer_of

if TYPE_CHECKING:
    from acuerdo.evaluation.contract import Plan

_DETECTED: Final = 0.8
_FEWEST_BEFORE: Final = 12
_SUPPORTED, _VOID = "supported", "void"


def characteristics_of(plan: Plan, panel: Panel) -> dict[str, Any]:
    """The rule's false-positive rate, its power, and the smallest effect that it sees 80 times in 100.

    Args:
        panel: A blind panel: nothing in it is treated yet.

    Returns:
        ``size`` (share of placebos without effect in which the test rejects, on either side), ``support_share`` (share
        that the rule calls supported), ``void_share``, ``power`` by effect, ``detectable``, ``draws``.
    """
    found = _treated(plan, panel) if plan.treatment else _shuffled(plan, panel)
    sizes = {
        effect: abs(_back(effect, panel, percent=plan.decision.scale == "percent")) for effect in found.shares
    }
    seen = Characteristics(
        trials=found.trials,
        shares={
            sizes[effect]: {REJECTED: _share(words, _SUPPORTED)} for effect, words in found.shares.items()
        },
    )
    nothing = found.shares[0.0]
    return {
        "draws": found.trials,
        "size": writing.rounded(_share(nothing, REJECTED)) if found.trials else None,
        "support_share": writing.rounded(_share(nothing, _SUPPORTED)),
        "void_share": writing.rounded(_share(nothing, _VOID)),
        "power": {f"{size:g}": writing.rounded(seen.share(size)) for size in seen.shares if size},
        "detectable": writing.rounded(seen.detectable(_DETECTED)),
    }


def _treated(plan: Plan, panel: Panel) -> Characteristics:
    """Other units, treated from another date on, with the true spread of dates among them."""
    offsets = _offsets(plan, panel)[: len(panel.units)]
    starts = _starts(plan, panel, reach=offsets[-1])
    if not starts:
        return Characteristics(trials=0, shares={0.0: {}})
    sign = -1.0 if plan.decision.hypothesis == "decrease" else 1.0
    percent = plan.decision.scale == "percent"
    logarithm = percent and panel.measure is LOG_POINTS
    effects = [sign * float(one) / (100 if percent else 1) for one in plan.trial.effects]
    return operating_characteristics(
        panel,
        _judge_of(plan),
        placebos=list(
            random_sets(panel, offsets=offsets, starts=starts, draws=plan.trial.draws, seed=plan.trial.seed)
        ),
        effects=[math.log1p(one) for one in effects] if logarithm else effects,
        scale="share" if percent and not logarithm else "units",
    )


def _back(effect: float, panel: Panel, *, percent: bool) -> float:
    """The size of an effect as the decision states it: per cent, or units."""
    if percent and panel.measure is LOG_POINTS:
        effect = math.expm1(effect)
    return round(100 * effect, 6) if percent else effect


def _shuffled(plan: Plan, panel: Panel) -> Characteristics:
    judge = _judge_of(plan)
    said = [judge(one) for one in _orders(panel, plan)]
    return Characteristics(
        trials=len(said), shares={0.0: {word: said.count(word) / len(said) for word in sorted(set(said))}}
    )


def _orders(panel: Panel, plan: Plan) -> Iterator[Panel]:
    """Predictors dealt out anew among the units; without any, the periods in another order."""
    draw = np.random.default_rng(plan.trial.seed)
    for _ in range(plan.trial.draws):
        if panel.predictors:
            order = draw.permutation(len(panel.units))
            yield replace(
                panel, predictors={name: values[order] for name, values in panel.predictors.items()}
            )
        else:
            yield replace(panel, outcome=panel.outcome[:, draw.permutation(len(panel.periods))])


def _judge_of(plan: Plan) -> Judge:
    """The rule in a word: its verdict, and whether the test rejected."""
    settings = {**plan.primary.settings, **plan.trial.settings}
    design = plan.primary.model_copy(update={"settings": settings})

    def judge(panel: Panel) -> str:
        try:
            finding = answer_of(plan, panel, design=design, trial=True)
        except CheckFailed:
            return f"{_VOID} {NOT_REJECTED}"
        rejects = finding.p_value is not None and finding.p_value <= plan.decision.level
        return f"{decide(finding, plan.decision).verdict} {REJECTED if rejects else NOT_REJECTED}"

    return judge


def _share(words: Mapping[str, float], word: str) -> float:
    """The share of the placebos of which the rule said a word, as its verdict or as what the test did."""
    return sum(share for said, share in words.items() if word in {said.split()[0], said.partition(" ")[2]})


def _starts(plan: Plan, panel: Panel, *, reach: int) -> Sequence[int]:
    """The periods at which a placebo may begin: enough before it, and room for the horizon after."""
    width = len(panel.periods)
    horizon = plan.estimand.horizon or width // 4
    before = min(max(_FEWEST_BEFORE, width // 3), width // 2)
    return range(before, width - max(reach, min(horizon, width // 3) - 1, 0))


def _offsets(plan: Plan, panel: Panel) -> list[int]:
    """Periods between the first treatment of any unit and each one's own."""
    if plan.treatment is None:
        return []
    starts = sorted(one.since.start for key, one in plan.treatment.units.items() if key in panel.units)
    days = (panel.periods[-1].start - panel.periods[0].start).days / max(1, len(panel.periods) - 1)
    return [round((one - starts[0]).days / days) for one in starts]
