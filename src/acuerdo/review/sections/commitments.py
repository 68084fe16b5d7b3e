"""Who promised what, until when, and what is on record about it since."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from acuerdo.core.text import Text
from acuerdo.core.unit import UNITS
from acuerdo.review.dossier import Dossier
from acuerdo.review.entries import judged, refs, structure_links, timing_state, title
from acuerdo.review.page import Amount, Link, Page
from acuerdo.review.wording import say
from acuerdo.spec.check import origin_of
from acuerdo.spec.commitment import OBLIGED_SIDES, Commitment, Quote, Recurring, Relative
from acuerdo.spec.source import Withheld

_EVERY = {
    "year": "deadline.every_year",
    "half": "deadline.every_half",
    "quarter": "deadline.every_quarter",
    "month": "deadline.every_month",
}


def pages(dossier: Dossier) -> Iterator[Page]:
    """The page of commitments, grouped by the meeting or document that made them."""
    framework = dossier.framework
    groups: dict[str, list[Commitment]] = {}
    for one in framework.commitments.values():
        groups.setdefault(one.origin, []).append(one)
    ordered = sorted(groups.items(), key=lambda group: _made(dossier, group[1][0]))
    yield Page(
        kind="commitments",
        path="commitments",
        title=say("commitments.title"),
        summary=say(
            "commitments.summary", n=len(framework.commitments), origins=len(groups), day=dossier.day
        ),
        content={
            "groups": [
                {
                    "id": origin,
                    "origin": _origin(dossier, origin),
                    "when": origin_of(framework, found[0]),
                    "commitments": [_entry(dossier, one) for one in found],
                }
                for origin, found in ordered
            ]
        },
    )


def _made(dossier: Dossier, one: Commitment) -> str:
    period = origin_of(dossier.framework, one)
    return period.start.isoformat() if period else "9999"


def _origin(dossier: Dossier, key: str) -> Link:
    framework = dossier.framework
    if key in framework.meetings:
        return Link(framework.meetings[key].title, f"meetings#{key}")
    return Link(title(framework, framework.documents[key].title), f"documents#{key}")


def _entry(dossier: Dossier, one: Commitment) -> dict[str, Any]:
    framework = dossier.framework
    agencies = {key: agency for party in framework.parties.values() for key, agency in party.agencies.items()}
    named = [agencies[key] for key in one.agencies if key in agencies]
    follows = framework.commitments.get(one.follows) if one.follows else None
    return {
        "id": one.id,
        "title": one.title,
        "wording": _quote(one.wording) if one.wording else None,
        "obliged": OBLIGED_SIDES[one.obliged],
        "agencies": [
            Text(agency.abbreviation, agency.abbreviation) if agency.abbreviation else agency.name
            for agency in named
        ],
        "serves": structure_links(framework, one.objectives),
        "deadline": _deadline(dossier, one),
        "quantity": Amount(float(one.quantity.value), UNITS[one.quantity.unit], with_unit=True)
        if one.quantity
        else None,
        "states": [
            {
                "state": timing_state(timing),
                "due": timing.due if isinstance(one.deadline, Recurring) else None,
            }
            for timing in judged(dossier, one)
        ],
        "follows": Link(follows.title, f"#{follows.id}") if follows else None,
        "record": [
            {
                "when": entry.date,
                "text": entry.text,
                "completes": entry.completes,
                "refs": refs(framework, entry.sources),
            }
            for entry in sorted(one.record, key=lambda entry: entry.date)
        ],
        "note": one.note,
        "refs": refs(framework, one.sources),
    }


def _quote(quote: Quote) -> dict[str, Any]:
    other = "es" if quote.language == "en" else "en"
    ours = quote.translated_by == "ours"
    return {
        "words": quote.words,
        "language": quote.language,
        "translation": quote.translation,
        "other": other,
        "ours": ours,
    }


def _deadline(dossier: Dossier, one: Commitment) -> Any:
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
