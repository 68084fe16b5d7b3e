"""The calendar: what comes next and how likely, recurring duties, what passed unrecorded or was late; its file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from acuerdo.core.text import LANGS, Text
from acuerdo.review import promise
from acuerdo.review.dossier import Dossier
from acuerdo.review.entries import timeliness_state
from acuerdo.review.page import Column, Download, Link, Page, Table, headed
from acuerdo.review.upcoming import ahead, undated, worth
from acuerdo.review.wording import say
from acuerdo.tracking.deadlines import Duty
from acuerdo.tracking.icalendar import icalendar

_FILE = "calendar.ics"


def pages(dossier: Dossier) -> Iterator[Page]:
    """The page of the calendar."""
    duties = dossier.standing.duties
    counts = Counter(one.timeliness for one in duties)
    yield Page(
        kind="calendar",
        path="calendar",
        title=say("calendar.title"),
        summary=say(
            "calendar.summary", n=len(duties), kept=counts["on_time"], late=counts["late"],
            overdue=counts["overdue"], ahead=counts["not_due"],
        ),
        content={
            "ahead": ahead(dossier),
            "recurring": [_recurring(found) for found in _by_promise(duties)],
            "overdue": _overdue([one for one in duties if one.timeliness == "overdue"]),
            "slippage": _slippage([one for one in duties if one.timeliness == "late"]),
            "undated": undated(dossier),
            "worth": worth(dossier),
            "file": _FILE if duties else None,
        },
        downloads=(Download(path=_FILE, text=Text(*(icalendar(duties, lang) for lang in LANGS))),) if duties else (),
    )  # fmt: skip


def _by_promise(duties: Sequence[Duty]) -> list[list[Duty]]:
    recurring = [one for one in duties if one.recurring]
    ids = dict.fromkeys(one.item.id for one in recurring)
    return [[one for one in recurring if one.item.id == key] for key in ids]


def _recurring(found: Sequence[Duty]) -> Table:
    return Table(
        caption=say("calendar.recurring_caption", name=found[0].item.title),
        columns=headed("calendar", "due", "done", "state"),
        rows=[
            {"due": one.due, "done": one.done, "state": timeliness_state(one.timeliness, one.days)}
            for one in found
        ],
        stacks=True,
    )


def _overdue(found: Sequence[Duty]) -> Table | None:
    if not found:
        return None
    return Table(
        caption=say("calendar.overdue_caption"),
        columns=(
            Column("what", say("calendar.what")),
            Column("due", say("calendar.due")),
            Column("days", say("calendar.days"), True),
        ),
        rows=[_row(one) for one in sorted(found, key=lambda one: (-(one.days or 0), one.item.id))],
        stacks=True,
    )


def _slippage(found: Sequence[Duty]) -> Table | None:
    if not found:
        return None
    return Table(
        caption=say("calendar.slippage_caption"),
        columns=(
            Column("what", say("calendar.what")),
            Column("due", say("calendar.due")),
            Column("done", say("calendar.done")),
            Column("days", say("calendar.days"), True),
        ),
        rows=[_row(one) for one in sorted(found, key=lambda one: (-(one.days or 0), one.item.id))],
        stacks=True,
    )


def _row(one: Duty) -> dict[str, Any]:
    return {
        "what": Link(one.item.title, promise.path(one.item.id)),
        "due": one.due,
        "done": one.done,
        "days": one.days,
    }
