"""The verdicts of claims as pages show them: the sign, the sentence, the count."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from acuerdo.claims.verdict import VERDICTS
from acuerdo.core.period import Period
from acuerdo.core.text import LANGS, Text
from acuerdo.review.dossier import Dossier
from acuerdo.review.page import Link, Short, State
from acuerdo.review.times import mentions_later
from acuerdo.review.wording import say

if TYPE_CHECKING:
    from acuerdo.claims.checking import Checked
    from acuerdo.claims.verdict import Verdict

SIGNS: Final[dict[Verdict, str]] = {
    "holds": "kept",
    "holds_now": "done",
    "held_then": "late",
    "depends": "event",
    "does_not_hold": "not_held",
    "cannot_be_checked": "no_evidence",
}


def tally(dossier: Dossier) -> list[dict[str, Any]]:
    """How many claims met each verdict."""
    counts = Counter(one.outcome.verdict for one in dossier.claims)
    return [
        {"label": State(SIGNS[key], words), "value": counts[key], "id": key}
        for key, words in VERDICTS.items()
        if counts[key]
    ]


def verdict(one: Checked) -> State:
    """The verdict with its sign."""
    return State(SIGNS[one.outcome.verdict], one.verdict)


def link(one: Checked) -> Link:
    """The quote, leading to the page of the claim."""
    return Link(one.claim.headline, path(one))


def when(one: Checked) -> Period | Text:
    """When it was said, as exactly as it is known."""
    return one.dated or say("claims.undated")


def briefly(one: Checked) -> Short | Text:
    """The same, as a list has room for it."""
    dated = when(one)
    return dated if isinstance(dated, Text) else Short(dated)


def told(dossier: Dossier, one: Checked) -> Text:
    """The verdict in a sentence; in a review of an earlier day, without words that speak of later years."""
    return as_of_then(dossier, one.sentence, instead=_bare(one))


def _bare(one: Checked) -> Text:
    return Text(*(f"{words[:1].upper()}{words[1:]}." for words in (one.verdict.in_(lang) for lang in LANGS)))


def as_of_then(dossier: Dossier, words: Text, *, instead: Text) -> Text:
    """Words of the claim's file as they could have been written on the day of the review."""
    return instead if dossier.retold and mentions_later(words, dossier.day) else words


def path(one: Checked) -> str:
    """The page of a claim."""
    return f"claims/{one.id.replace(':', '.')}"
