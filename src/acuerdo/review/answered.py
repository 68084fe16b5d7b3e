"""The answers of the evaluation contracts as pages show them: the sign, the sentence, the table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from acuerdo.core.text import LANGS, Lang, Text
from acuerdo.evaluation.certainty import GRADES
from acuerdo.evaluation.ruling import VERDICTS
from acuerdo.review.page import Link, State, Table, headed
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
_LEAST_P: Final = 0.001
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


def grade(one: Answered) -> Text:
    """The certainty in a word; that there is none to rate, where the number does not count or there is none."""
    sure = one.result.answer.get("certainty") if one.result else None
    if not sure:
        return say("evaluation.not_rated")
    found = GRADES[sure["grade"]]
    return say("evaluation.as_to_cause", grade=found) if _design(one) == "description" else found


def sentence(one: Answered) -> Text:
    """The answer in one sentence with its certainty, and what a reader must not miss in a few more."""
    if one.result is None:
        return _NOT_RUN
    answer = one.result.answer
    sure = answer.get("certainty")
    if not sure:
        return say(f"evaluation.{answer['verdict']}", because=text(answer["because"]))
    told = say(f"evaluation.sure_{_design(one)}", grade=GRADES[sure["grade"]])
    first = say(f"evaluation.{answer['verdict']}", effect=effect(one), certainty=told)
    parts = (first, *_not_to_be_missed(one, answer))
    return Text(*(" ".join(part.in_(lang) for part in parts) for lang in LANGS))


def _not_to_be_missed(one: Answered, answer: Mapping[str, Any]) -> Iterator[Text]:
    """What else belongs to the answer: what is counted, no cause where none can be told, and who disagrees."""
    if answer["scale"] == "units" and one.contract.plan is not None:
        yield say("evaluation.counted", what=_begun_small(one.contract.plan.estimand.contrast))
    found = answer["effect"]
    inconclusive = answer["verdict"] == "inconclusive"
    if inconclusive and one.calibration is not None:
        yield from _seen(one, one.calibration.answer)
    doubtful = inconclusive and found["p_value"] is not None
    if doubtful and found["low"] is not None and not found["low"] <= 0 <= found["high"]:
        yield say("evaluation.tension", p=Text(*(number(found["p_value"], 2, lang=lang) for lang in LANGS)))
    if any(step["rule"] == "early" for step in answer["certainty"]["steps"]):
        yield say("evaluation.early_sentence")
    against = [row for row in answer["robustness"] if row["disagrees"]]
    if against:
        named = Text(*("; ".join(_named(one, row).in_(lang) for row in against) for lang in LANGS))
        yield say("evaluation.disagree", n=len(against), tried=len(answer["robustness"]), named=named)
    if answer["design"] == "single_series":
        yield say("evaluation.no_cause")


def _seen(one: Answered, measured: Mapping[str, Any]) -> Iterator[Text]:
    """Beside an effect that was not found: which one would have been, as far as placebos show."""
    least, tried = measured["detectable"], [float(size) for size in measured["power"]]
    if least is not None:
        yield say("evaluation.seen_from", least=_size(one, least))
    elif tried:
        yield say("evaluation.seen_none", most=_size(one, max(tried)))


def _named(one: Answered, row: Mapping[str, Any]) -> Text:
    """Another choice, with what it gives."""
    value = (row["effect"] or {}).get("value")
    given = say("evaluation.no_answer") if value is None else sized(one, value)
    return Text(*(f"{text(row['label']).in_(lang)}, {given.in_(lang)}" for lang in LANGS))


def _begun_small(words: Text) -> Text:
    """Words that began a sentence, inside of one."""
    return Text(*(f"{one[:1].lower()}{one[1:].rstrip('.')}" for one in (words.en, words.es)))


def _design(one: Answered) -> str:
    return one.result.answer["design"] if one.result else ""


def effect(one: Answered) -> Text:
    """The effect of the primary method in words, with its interval."""
    answer = one.result.answer if one.result else {}
    found = answer["effect"]
    value, low, high = found["value"], found["low"], found["high"]
    if value is None:
        return text(answer["primary"]["estimate"]["outcome"])
    interval = (
        say("evaluation.interval_none")
        if low is None
        else say("evaluation.interval", low=sized(one, low), high=sized(one, high))
    )
    if answer["scale"] == "units":
        unit = text(answer["primary"]["estimate"]["unit_label"])
        return say("evaluation.effect_units", value=sized(one, value), unit=unit, interval=interval)
    way = "rise" if value >= 0 else "fall"
    return say(f"evaluation.{answer['design']}_{way}", value=_bare(value), interval=interval)


def p_value(value: float | None) -> Text | None:
    """A p-value; one that three decimals do not show is only said to be below."""
    if value is None:
        return None
    if value < _LEAST_P:
        return say("evaluation.p_below", least=Text(*(number(_LEAST_P, 3, lang=lang) for lang in LANGS)))
    return Text(*(number(value, 3, lang=lang) for lang in LANGS))


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
        columns=headed("evaluation", "question", "answer", "certainty", "sentence"),
        rows=[
            {
                "question": link(one),
                "answer": verdict(one),
                "certainty": grade(one),
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


def _size(one: Answered, value: float) -> Text:
    """A size on the scale of the decision, of either sign."""
    in_percent = one.contract.plan is not None and one.contract.plan.decision.scale == "percent"
    return _bare(value) if in_percent else sized(one, value)


def _bare(value: float) -> Text:
    return Text(*(change(abs(value) / 100, lang).lstrip("+") for lang in LANGS))
