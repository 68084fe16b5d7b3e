"""What a contract fixes before its outcome is read, as its page tells it: all that decides the answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from acuerdo.core.place import places
from acuerdo.core.text import LANGS, Text, percent, same
from acuerdo.evaluation.library import method
from acuerdo.evaluation.outcome import STEPS, TRANSFORMS
from acuerdo.evaluation.running import settings_of
from acuerdo.review.page import Code, Link, Short
from acuerdo.review.wording import say
from acuerdo.review.writing import number, short_period_text

if TYPE_CHECKING:
    from acuerdo.evaluation.contract import Contract, Plan, Treatment
    from acuerdo.evaluation.ruling import Decision, VoidIf

Rows = Iterator[tuple[Text, Any]]


def asked(plan: Plan) -> Rows:
    """What is measured, on whom, when."""
    outcome, window, horizon = plan.outcome, plan.window, plan.estimand.horizon
    step = STEPS[outcome.of.step]
    yield say("evaluation.population"), plan.estimand.population
    yield say("evaluation.contrast"), plan.estimand.contrast
    yield (
        say("evaluation.outcome"),
        Link(outcome.title, f"indicators/{outcome.indicator}") if outcome.indicator else outcome.title,
    )
    yield say("evaluation.series"), Code(outcome.of.series)
    yield say("evaluation.transform"), TRANSFORMS[outcome.transform]
    yield say("evaluation.definition"), same(outcome.definition) if outcome.definition else _NO_DEFINITION
    ends = [short_period_text(end) for end in (window.since, window.until)]
    yield (
        say("evaluation.window"),
        joined(step, Text(*(" – ".join(end.in_(lang) for end in ends) for lang in LANGS))),
    )
    yield (
        say("evaluation.horizon"),
        say("evaluation.horizon_of", n=horizon) if horizon else say("evaluation.horizon_all"),
    )
    yield say("evaluation.cut_off"), Short(plan.window.cut_off)
    yield say("evaluation.known_on"), Short(plan.data.known_on)
    yield say("evaluation.revisions"), plan.data.revisions


def compared(plan: Plan) -> Rows:
    """What is thought to have acted, and with whom the treated are compared."""
    if plan.treatment is not None:
        yield from _treated(plan.treatment)
    comparison = plan.comparison
    yield say("evaluation.who"), comparison.who
    if comparison.only:
        yield say("evaluation.only"), [place_name(one) for one in comparison.only]
    left = [joined(place_name(unit.id), unit.why) for unit in comparison.leave_out.values()]
    if left:
        yield say("evaluation.left_out"), left
    yield say("evaluation.spillover"), comparison.spillover
    if plan.treatment is not None and method(plan.primary.method).about.design == "comparison":
        kept_in = comparison.treated_in_placebo_pool
        yield say("evaluation.placebo_pool"), say(f"evaluation.placebo_pool_{'yes' if kept_in else 'no'}")


def _treated(treatment: Treatment) -> Rows:
    units = treatment.units.values()
    yield say("evaluation.treatment"), treatment.what
    yield (
        say("evaluation.treated"),
        [joined(place_name(one.id), short_period_text(one.since)) for one in units],
    )
    disputed = [joined(place_name(one.id), one.disputed) for one in units if one.disputed is not None]
    told = [*disputed, *([treatment.disputed] if treatment.disputed else [])]
    yield say("evaluation.disputed"), told or say("evaluation.disputed_none")
    yield (
        say("evaluation.disputed_share"),
        say(
            "evaluation.disputed_of",
            n=len(disputed),
            units=len(units),
            share=percent(treatment.disputed_share),
        ),
    )
    wait = treatment.anticipation
    yield (
        say("evaluation.anticipation"),
        say("evaluation.anticipation_of", n=wait) if wait else say("evaluation.anticipation_none"),
    )


def decided(plan: Plan) -> Rows:
    """The method that decides, and the rule."""
    about = method(plan.primary.method).about
    yield say("evaluation.method"), about.name
    yield say("evaluation.settings"), Code(_settings(plan))
    yield say("evaluation.assumes"), list(about.assumptions)
    yield say("evaluation.breaks"), list(about.breaks)
    yield say("evaluation.hypothesis"), say(f"evaluation.{plan.decision.scale}_{plan.decision.hypothesis}")
    yield say("evaluation.rule"), plan.decision.rule
    yield from _sizes(plan.decision)
    yield say("evaluation.void_if"), [*_void(plan.void_if)]


def _settings(plan: Plan) -> str:
    """Every setting in force, those that the plan leaves to the method among them."""
    given = settings_of(plan, plan.primary).model_dump()
    return "; ".join(f"{name}={value}" for name, value in {**given, "seed": plan.primary.seed}.items())


def _sizes(rule: Decision) -> Rows:
    in_percent = rule.scale == "percent"
    for key, value in (("smallest", rule.smallest_effect), ("margin", rule.equivalence_margin)):
        size = float(value)
        plain = Text(*(number(size, 0 if size.is_integer() else 2, lang=lang) for lang in LANGS))
        yield say(f"evaluation.{key}"), percent(size / 100) if in_percent else plain
    yield say("evaluation.level"), percent(float(rule.level))


def _void(rule: VoidIf) -> Iterator[Text]:
    yield say("evaluation.void_missing", share=percent(float(rule.missing_share_over)))
    if rule.donors_fewer_than:
        yield say("evaluation.void_donors", n=rule.donors_fewer_than)
    if rule.pre_fit_over is not None:
        yield say("evaluation.void_fit", share=percent(float(rule.pre_fit_over)))
    yield say("evaluation.void_disputed", share=percent(float(rule.disputed_share_over)))
    yield say("evaluation.void_size", share=percent(float(rule.size_over)))


def changed(contract: Contract) -> Rows:
    """The version, and what each version changed against the one before."""
    yield say("evaluation.version"), contract.version
    deviations = [
        joined(say("evaluation.version_of", n=one.version, day=one.on), one.what)
        for one in contract.deviations
    ]
    yield say("evaluation.deviations"), deviations or say("evaluation.deviations_none")


def place_name(code: str) -> Text:
    """The name of a place; any other unit as it is called."""
    return places()[code].name if code in places() else same(code)


def joined(first: Text, second: Text) -> Text:
    """Two words with a colon between."""
    return Text(*(f"{first.in_(lang)}: {second.in_(lang)}" for lang in LANGS))


_NO_DEFINITION: Final = say("evaluation.definition_none")
