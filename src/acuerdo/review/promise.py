"""The pieces of a promise that its own page and the list of promises share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, Literal

from acuerdo.core.text import LANGS, Text, same
from acuerdo.review.charts.waffle import Level
from acuerdo.review.dossier import Dossier
from acuerdo.review.entries import judged, refs, title
from acuerdo.review.page import Link, State
from acuerdo.review.wording import say
from acuerdo.spec.commitment import Commitment, Quote, Recurring, Relative
from acuerdo.spec.source import Withheld
from acuerdo.tracking.codebook import LEVELS, LevelCode, codebook
from acuerdo.tracking.coding import Code

_EVERY: Final = {
    "year": "deadline.every_year",
    "half": "deadline.every_half",
    "quarter": "deadline.every_quarter",
    "month": "deadline.every_month",
}
LEVEL_SIGNS: Final[dict[LevelCode, str]] = {
    **{code: f"level_{number}" for number, code in enumerate(LEVELS)},  # type: ignore[dict-item]
    "no_evidence": "level_none",
}


def path(item_id: str) -> str:
    """The page of a promise."""
    return f"commitments/{item_id}"


def promise_link(code: Code) -> Link:
    """A promise, leading to its page."""
    return Link(code.item.title, path(code.item.id))


def level_state(code: Code) -> State:
    """How far a promise got, with its sign."""
    return level_of(code.level)


def level_of(level: Level) -> State:
    """A level in words, with its sign."""
    code: LevelCode = "no_evidence" if level is None else LEVELS[level]
    return State(LEVEL_SIGNS[code], codebook().label("level", code))


def quoted(quote: Quote) -> dict[str, Any]:
    """The words of a promise or a statement in their own language, with the translation."""
    other: Literal["en", "es"] = "es" if quote.language == "en" else "en"
    return {
        "words": quote.words,
        "language": quote.language,
        "translation": quote.translation,
        "other": other,
        "ours": quote.translated_by == "ours",
    }


def deadline(dossier: Dossier, one: Commitment) -> Any:
    """When a commitment is due, as far as that is public."""
    match one.deadline:
        case Recurring() as rhythm:
            last = say("deadline.until", period=rhythm.last) if rhythm.last else say("deadline.no_end")
            return (say(_EVERY[rhythm.every], period=rhythm.first), last)
        case Relative() as delay:
            timing = judged(dossier, one)[0]
            return timing.due or say(f"deadline.within_{delay.unit}", n=delay.within)
        case Withheld():
            return say("deadline.not_public")
        case "none":
            return say("deadline.none")
        case due:
            return due


def agencies(dossier: Dossier, one: Commitment) -> list[Text]:
    """The agencies that a commitment names, by abbreviation where they have one."""
    known = {
        key: each for party in dossier.framework.parties.values() for key, each in party.agencies.items()
    }
    named = [known[key] for key in one.agencies if key in known]
    return [same(each.abbreviation) if each.abbreviation else each.name for each in named]


def origin(dossier: Dossier, key: str) -> Link:
    """The meeting or document that made a promise."""
    framework = dossier.framework
    if key in framework.meetings:
        return Link(framework.meetings[key].title, f"meetings#{key}")
    return Link(title(framework, framework.documents[key].title), f"documents#{key}")


def cited(dossier: Dossier, keys: Iterable[str]) -> list[Link]:
    """Sources: those of the framework's file lead to its list, those of a statement's file to where they lie."""
    found: list[Link] = []
    for key in keys:
        if key in dossier.framework.references:
            found += refs(dossier.framework, (key,))
            continue
        ref = dossier.standing.references[key]
        words = Text(*(f"{ref.publisher}, {ref.shown_title.in_(lang)}" for lang in LANGS))
        found.append(Link(words, _address(ref.url or "")))
    return found


def _address(url: str) -> str:
    return url if url.startswith("http") or not url else f"https://{url}"
