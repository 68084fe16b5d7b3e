"""The answers of the evaluation contracts as pages show them: the sign, the sentence, the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from acuerdo.core.text import LANGS, Lang, Text
from acuerdo.evaluation.certainty import GRADES
from acuerdo.evaluation.ruling import VERDICTS
from acuerdo.review.page import Column, Link, State, Table
from acuerdo.review.wording import say
from acuerdo.review.writing import change, number

if TYPE_CHECKING:
    from acuerdo.evaluation.answers import Answered

SIGNS: Final[Mapping[str, str]] = {
    "supported": "kept",
    "refuted": "not_held",
    "inconclusive": "event",
    "void": "late",
    "not_evaluable": "no_evidence",
}
_DECIDED: Final = ("supported", "refuted", "inconclusive")
_NOT_RUN: Final = say("evaluation.not_run")


def path(one: Answered) -> str:
    """Where the page of a contract lies."""
    return f"evaluations/{one.contract.id}"


def link(one: Answered) -> Link:
    """The question in a few words, leading to its page."""
    return Link(one.contract.title, path(one))


def verdict(one: Answered) -> State:
    """The verdict with its sign."""
    if one.result is None:
        return State("pending", _NOT_RUN)
    found = one.result.answer["verdict"]
    return State(SIGNS[found], VERDICTS[found])


def grade(one: Answered) -> Text | None:
    """The certainty in a word; None where there is nothing to be certain of."""
    sure = one.result.answer.get("certainty") if one.result else None
    decided = one.result is not None and one.result.answer["verdict"] in _DECIDED
    return GRADES[sure["grade"]] if sure and decided else None


def sentence(one: Answered) -> Text:
    """The answer in one sentence, with its certainty."""
    if one.result is None:
        return _NOT_RUN
    answer = one.result.answer
    because = text(answer["because"])
    sure = grade(one)
    if sure is None:
        return say(f"evaluation.{answer['verdict']}", because=because)
    told = say("evaluation.sure", grade=sure)
    return say(f"evaluation.{answer['verdict']}", effect=effect(one), certainty=told)


def effect(one: Answered) -> Text:
    """The effect of the primary method in words, with its interval."""
    answer = one.result.answer if one.result else {}
    found = answer["effect"]
    value, low, high = found["value"], found["low"], found["high"]
    if value is None:
        return text(answer["primary"]["estimate"]["outcome"])
    plan = one.contract.plan
    compared = plan is not None and plan.treatment is not None
    interval = (
        say("evaluation.interval_none")
        if low is None
        else say("evaluation.interval", low=sized(one, low), high=sized(one, high))
    )
    if answer["scale"] == "units":
        label = text(answer["primary"]["estimate"]["unit_label"])
        return say("evaluation.effect_units", value=sized(one, value), unit=label, interval=interval)
    kind = ("effect" if compared else "change") + ("_rise" if value >= 0 else "_fall")
    return say(f"evaluation.{kind}", value=_bare(value), interval=interval)


def sized(one: Answered, value: float) -> Text:
    """A size on the scale of the decision, with its sign."""
    return Text(*(written(one, value, lang=lang) for lang in LANGS))


def written(one: Answered, value: float, *, lang: Lang) -> str:
    """A size on the scale of the decision, in one language."""
    plan = one.contract.plan
    if plan is not None and plan.decision.scale == "percent":
        return change(value / 100, lang)
    decimals = 0 if float(value).is_integer() else 2
    return number(value, decimals, lang=lang)


def table(found: Sequence[Answered], *, caption: Text) -> Table:
    """The honest table: question, answer, certainty, and the answer in a sentence."""
    return Table(
        caption=caption,
        columns=tuple(
            Column(key, say(f"evaluation.{key}")) for key in ("question", "answer", "certainty", "sentence")
        ),
        rows=[
            {
                "question": link(one),
                "answer": verdict(one),
                "certainty": grade(one) or "–",
                "sentence": sentence(one),
            }
            for one in found
        ],
        stacks=True,
    )


def bearing_on(found: Sequence[Answered], claim_id: str, *, contract: str | None) -> tuple[Link, ...]:
    """The questions that bear on a public claim: those that name it, and the one that it points to itself."""
    return tuple(link(one) for one in found if claim_id in one.contract.claims or one.contract.id == contract)


def text(record: Mapping[str, Any]) -> Text:
    """A text as a kept result has it."""
    return Text(record["en"], record["es"])


def _bare(value: float) -> Text:
    return Text(*(change(abs(value) / 100, lang).lstrip("+") for lang in LANGS))
