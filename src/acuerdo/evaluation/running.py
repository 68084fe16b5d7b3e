"""Runs a contract: one panel, one method, one rule; then every other defensible choice, beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, final

import numpy as np

import acuerdo
from acuerdo.core.errors import AcuerdoError, CheckFailed, MissingExtra, Problem
from acuerdo.core.result import Result, fingerprint
from acuerdo.core.text import Text, percent, same
from acuerdo.evaluation import kept, writing
from acuerdo.evaluation.assembling import Choices, assemble
from acuerdo.evaluation.certainty import Facts, certainty, disagrees
from acuerdo.evaluation.decision import Effect, decide, effect_of
from acuerdo.evaluation.library import method
from acuerdo.evaluation.method import Finding
from acuerdo.evaluation.panel import Panel
from acuerdo.evaluation.reader import OutcomeReader

if TYPE_CHECKING:
    from datetime import date

    from acuerdo.data.store import Store
    from acuerdo.evaluation.contract import Contract, Design, Plan, Variant


_RATED: Final = frozenset({"supported", "refuted", "inconclusive"})
"""Verdicts whose number counts; a void one has no certainty either."""
_IN_TRIALS: Final[Mapping[str, Any]] = {"leave_one_out": False, "interval": "none", "sets": 199, "draws": 199}


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One choice of the robustness set and what it found; no finding where the data did not carry it.

    Attributes:
        effect: What it found, on the scale of the decision; without a number where it found none.
        disagrees: Whether that is another answer than the primary one.
        refusal: Why the data did not carry it.
    """

    variant: Variant
    finding: Finding | None
    effect: Effect
    disagrees: bool
    refusal: Text | None = None


def run(
    contract: Contract, store: Store, *, calibration: Result | None = None, known_on: date | None = None
) -> Result:
    """The answer of a contract.

    Args:
        store: Where the published files lie.
        calibration: The kept calibration; without it the size of the rule is unknown, and the run void.
        known_on: Another vintage than the signed one, to see what newer data would say.

    Raises:
        CheckFailed: If the data do not carry the plan.
        MissingExtra: If an optional part is not installed.
    """
    plan = contract.plan
    if plan is None:
        return _not_evaluable(contract)
    reader = OutcomeReader(store, known_on=known_on or plan.data.known_on, cut_off=None)
    panel = assemble(plan, reader)
    finding = answer_of(plan, panel, design=plan.primary)
    measured = dict(calibration.answer) if calibration else {}
    void = tuple(_void(plan, panel, finding=finding, measured=measured))
    ruling = decide(finding, plan.decision, void=void)
    effect = effect_of(finding, plan.decision)
    tried = tuple(_tried(plan, reader, primary=effect))
    answer: dict[str, Any] = {
        "verdict": ruling.verdict,
        "because": ruling.because.both(),
        "effect": writing.effect(effect),
        "scale": plan.decision.scale,
        "design": method(plan.primary.method).about.design,
        "primary": writing.finding(finding),
        "certainty": None,
        "robustness": [_written(one) for one in tried],
        "panel": describe(panel),
        "environment": kept.environment(),
    }
    if ruling.verdict in _RATED:
        facts = _facts(plan, effect, tried=tried, measured=measured)
        answer["certainty"] = writing.certainty(certainty(facts))
    return Result(
        question=contract.id, inputs=kept.inputs(contract, reader), version=acuerdo.__version__, answer=answer
    )


def answer_of(plan: Plan, panel: Panel, *, design: Design, trial: bool = False) -> Finding:
    """What one design finds on a panel; ``trial`` leaves out what no verdict on a placebo needs."""
    settings = settings_of(plan, design)
    if trial:
        unneeded = {name: value for name, value in _IN_TRIALS.items() if name in type(settings).model_fields}
        settings = settings.model_copy(update=unneeded)
    return method(design.method).run(panel, settings=settings, seed=design.seed)


def settings_of(plan: Plan, design: Design) -> Any:
    """The settings of a design, whole: what they leave out and the plan says comes from the plan."""
    takes = method(design.method).settings
    said: dict[str, Any] = {
        "level": round(1 - 2 * float(plan.decision.level), 6),
        "horizon": plan.estimand.horizon,
        "treated_in_placebo_pool": plan.comparison.treated_in_placebo_pool,
    }
    said = {name: value for name, value in said.items() if name in takes.model_fields}
    return takes.model_validate({**said, **design.settings}, strict=False)


def describe(panel: Panel) -> dict[str, Any]:
    """The panel in numbers, with a fingerprint of every cell."""
    cells = [writing.drawn(row) for row in panel.outcome]
    return {
        "units": list(panel.units),
        "treated": {
            panel.units[row]: panel.periods[first].code
            for row, first in enumerate(panel.first_treated)
            if first is not None
        },
        "first": panel.periods[0].code,
        "last": panel.periods[-1].code,
        "periods": len(panel.periods),
        "missing_share": writing.rounded(float(np.isnan(panel.outcome).mean())),
        "fingerprint": fingerprint(cells),
    }


def _void(plan: Plan, panel: Panel, *, finding: Finding, measured: Mapping[str, Any]) -> Iterator[Text]:
    rule = plan.void_if
    missing = float(np.isnan(panel.outcome).mean())
    if missing > rule.missing_share_over:
        share = percent(missing, 1)
        yield Text(f"{share.en} of the outcome is missing", f"falta el {share.es} del resultado")
    donors = len(panel.never_treated)
    if plan.treatment is not None and donors < rule.donors_fewer_than:
        yield Text(f"only {donors} units to compare with", f"solo {donors} unidades con que comparar")
    disputed = plan.treatment.disputed_share if plan.treatment else 0.0
    if disputed > rule.disputed_share_over:
        share = percent(disputed)
        yield Text(
            f"the treatment of {share.en} of the units is disputed",
            f"se disputa el tratamiento del {share.es} de las unidades",
        )
    yield from _unfit(plan, panel, finding=finding)
    size = measured.get("size")
    if size is None:
        yield Text(
            "the rule was never tried where there is no effect: its size on this panel is unknown",
            "la regla nunca se probó donde no hay efecto: se desconoce su tamaño en este panel",
        )
    elif size > rule.size_over:
        often, allowed = percent(size), percent(float(rule.size_over))
        yield Text(
            f"on its own panel the rule finds an effect where there is none {often.en} of the time, more than the "
            f"{allowed.en} allowed",
            f"en su propio panel la regla halla un efecto donde no lo hay el {often.es} de las veces, más del "
            f"{allowed.es} admitido",
        )


def _unfit(plan: Plan, panel: Panel, *, finding: Finding) -> Iterator[Text]:
    fit = finding.diagnostics.get("pre_rmspe")
    if plan.void_if.pre_fit_over is None or not isinstance(fit, (int, float)):
        return
    before = [panel.outcome[row, : panel.first_treated[row]] for row in panel.treated]
    level = float(np.nanmean(np.concatenate(before)))
    if fit > plan.void_if.pre_fit_over * abs(level):
        missed = percent(fit / abs(level))
        yield Text(
            f"before the treatment the counterfactual misses by {missed.en} of the outcome's mean",
            f"antes del tratamiento el contrafactual yerra en {missed.es} de la media del resultado",
        )


def _tried(plan: Plan, reader: OutcomeReader, *, primary: Effect) -> Iterator[Tried]:
    for variant in plan.robustness.values():
        try:
            panel = assemble(plan, reader, choices=_choices(variant))
            finding = answer_of(plan, panel, design=variant.design or plan.primary)
        except MissingExtra:
            raise
        except AcuerdoError as error:
            yield Tried(
                variant=variant, finding=None, effect=Effect(value=None), disagrees=True,
                refusal=error.problems[0].what,
            )  # fmt: skip
        else:
            found = effect_of(finding, plan.decision)
            yield Tried(
                variant=variant,
                finding=finding,
                effect=found,
                disagrees=_disagrees(plan, primary, other=found),
            )


def _disagrees(plan: Plan, primary: Effect, *, other: Effect) -> bool:
    rule = plan.decision
    smallest, margin = float(rule.smallest_effect), float(rule.equivalence_margin)
    return primary.value is not None and disagrees(
        primary.value, other.value, smallest=smallest, margin=margin
    )


def _choices(variant: Variant) -> Choices:
    return Choices(
        outcome=variant.outcome,
        without=variant.without,
        since=variant.since,
        until=variant.until,
        shift=variant.shift,
    )


def _facts(plan: Plan, effect: Effect, *, tried: tuple[Tried, ...], measured: Mapping[str, Any]) -> Facts:
    return Facts(
        design=method(plan.primary.method).about.design,
        effect=effect,
        in_percent=plan.decision.scale == "percent",
        level=float(plan.decision.level),
        smallest=float(plan.decision.smallest_effect),
        size=measured.get("size"),
        detectable=measured.get("detectable"),
        trial_p_value=(measured.get("fit") or {}).get("p_value"),
        tried=bool(measured.get("power")),
        disagree=[one.disagrees for one in tried],
        disputed_share=plan.treatment.disputed_share if plan.treatment else 0.0,
    )


def _written(one: Tried) -> dict[str, Any]:
    found = one.finding
    words = found.outcome if found else one.refusal
    return {
        "id": one.variant.id,
        "label": one.variant.label.both(),
        "code": str(found.code) if found else "refused",
        "outcome": (words or same("–")).both(),
        "effect": writing.effect(one.effect) if found else None,
        "disagrees": one.disagrees,
    }


def _not_evaluable(contract: Contract) -> Result:
    reasons = contract.not_evaluable
    if reasons is None:
        raise CheckFailed(
            Problem(what=Text("The contract has no plan.", "El contrato no tiene plan."), where=contract.id)
        )
    answer = {
        "verdict": "not_evaluable",
        "because": reasons.why.both(),
        "would_need": reasons.would_need.both(),
    }
    return Result(
        question=contract.id, inputs={"contract": contract.digest}, version=acuerdo.__version__, answer=answer
    )
