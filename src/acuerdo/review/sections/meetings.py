"""The meetings that were held and those that were not, what each decided and said; the bodies; the turns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from acuerdo.core.text import Text
from acuerdo.core.unit import UNITS
from acuerdo.review import promise
from acuerdo.review.dossier import Dossier
from acuerdo.review.entries import MEETING_SIGNS, refs, structure_links
from acuerdo.review.page import Amount, Link, Page, State
from acuerdo.review.wording import say
from acuerdo.spec.meeting import BODY_LEVELS, MEETING_KINDS, MEETING_STATES, Body, Meeting, Statement


def pages(dossier: Dossier) -> Iterator[Page]:
    """The page of meetings and bodies."""
    framework = dossier.framework
    meetings = sorted(framework.meetings.values(), key=lambda one: one.date)
    held = sum(one.state == "held" for one in meetings)
    yield Page(
        kind="meetings",
        path="meetings",
        title=say("meetings.title"),
        summary=say("meetings.summary", held=held, other=len(meetings) - held, bodies=len(framework.bodies)),
        content={
            "meetings": [_meeting(dossier, one) for one in meetings],
            "bodies": [_body(dossier, one) for one in framework.bodies.values()],
            "events": [
                {"id": one.id, "when": one.date, "text": one.text, "refs": refs(framework, one.sources)}
                for one in sorted(framework.events.values(), key=lambda one: one.date)
            ],
        },
    )


def _meeting(dossier: Dossier, one: Meeting) -> dict[str, Any]:
    framework = dossier.framework
    sign = MEETING_SIGNS[one.state]
    body = framework.bodies.get(one.body) if one.body else None
    return {
        "id": one.id,
        "when": one.date,
        "until": one.until,
        "title": one.title,
        "state": State(sign, MEETING_STATES[one.state]),
        "kind": MEETING_KINDS[one.kind],
        "body": body.name if body else None,
        "place": one.place,
        "attendees": one.attendees,
        "numbering": [
            {
                "number": say("meetings.ordinal", number=str(given.number), who=given.said_by),
                "refs": refs(framework, given.sources),
            }
            for given in one.numbering
        ],
        "decisions": [
            {
                "link": Link(decision.text, promise.path(decision.id)),
                "serves": structure_links(framework, decision.objectives),
                "refs": refs(framework, decision.sources),
            }
            for decision in one.decisions.values()
        ],
        "statements": [_statement(dossier, said) for said in one.statements.values()],
        "note": one.note,
        "refs": refs(framework, one.sources),
    }


def _statement(dossier: Dossier, said: Statement) -> dict[str, Any]:
    return {
        "text": said.text,
        "said_by": said.said_by,
        "quantities": [Amount(float(one.value), UNITS[one.unit], with_unit=True) for one in said.quantities],
        "refs": refs(dossier.framework, said.sources),
    }


def _body(dossier: Dossier, one: Body) -> dict[str, Any]:
    framework = dossier.framework
    agencies = {
        key: agency.name for party in framework.parties.values() for key, agency in party.agencies.items()
    }
    members: list[Text] = [agencies[key] for key in one.members if key in agencies]
    parent = framework.bodies.get(one.parent) if one.parent else None
    return {
        "id": one.id,
        "name": one.name,
        "level": BODY_LEVELS[one.level],
        "parties": tuple(framework.parties[key].name for key in one.parties),
        "members": members,
        "installed": one.installed,
        "dissolved": one.dissolved,
        "parent": parent.name if parent else None,
        "meets": one.meets,
        "note": one.note,
        "refs": refs(framework, one.sources),
    }
