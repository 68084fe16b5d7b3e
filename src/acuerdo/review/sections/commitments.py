"""Who promised what, until when, and what is on record about it since."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from acuerdo.core.unit import UNITS
from acuerdo.review import promise
from acuerdo.review.accounts import accounts
from acuerdo.review.dossier import Dossier
from acuerdo.review.entries import met, refs, structure_links
from acuerdo.review.grid import grids, legend, score_line
from acuerdo.review.page import Amount, Link, Page
from acuerdo.review.wording import say
from acuerdo.spec.check import origin_of
from acuerdo.spec.commitment import Commitment
from acuerdo.spec.sides import obliged_sides


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
            "grids": grids(dossier),
            "legend": legend(),
            "score": score_line(dossier),
            **accounts(dossier),
            "groups": [
                {
                    "id": origin,
                    "origin": promise.origin(dossier, origin),
                    "when": origin_of(framework, found[0]),
                    "commitments": [_entry(dossier, one) for one in found],
                }
                for origin, found in ordered
            ],
        },
    )


def _made(dossier: Dossier, one: Commitment) -> str:
    period = origin_of(dossier.framework, one)
    return period.start.isoformat() if period else "9999"


def _entry(dossier: Dossier, one: Commitment) -> dict[str, Any]:
    framework = dossier.framework
    code = dossier.standing.codes.get(one.id)
    follows = framework.commitments.get(one.follows) if one.follows else None
    return {
        "id": one.id,
        "link": Link(one.title, promise.path(one.id)),
        "level": promise.level_state(code) if code else None,
        "wording": promise.quoted(one.wording) if one.wording else None,
        "obliged": obliged_sides(framework)[one.obliged],
        "agencies": promise.agencies(dossier, one),
        "serves": structure_links(framework, one.objectives),
        "deadline": promise.deadline(dossier, one),
        "quantity": Amount(float(one.quantity.value), UNITS[one.quantity.unit], with_unit=True)
        if one.quantity
        else None,
        "states": met(dossier, one),
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
