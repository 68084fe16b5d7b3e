"""Something that happened, or was due, by a date: "finalized in January 2022"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal, final

from acuerdo.claims.ground import Ground
from acuerdo.claims.reading import Reading, Role
from acuerdo.claims.wording import during, filled, joined, listed
from acuerdo.core.period import Period, PeriodKind
from acuerdo.core.text import Text, same
from acuerdo.spec.fields import AbstractSpec, Plain, When
from acuerdo.spec.meeting import Document, Event, Meeting
from acuerdo.spec.timing import Timing, timings

TABLES = ("meetings", "documents", "events")
_IT_WAS: Final = Text("it was", "fue")
_KEPT: Final = Text("it was kept for {rounds}", "se cumplió para {rounds}")
_LATE: Final = Text("it was kept late for {rounds}", "se cumplió con retraso para {rounds}")
_NOT: Final = Text("no completion is on record for {rounds}", "no consta su cumplimiento para {rounds}")
_CLOSE: Final = Text(
    "it was kept for {rounds}, by the deadline or just after it",
    "se cumplió para {rounds}, dentro del plazo o poco después",
)


@final
class EventCheck(AbstractSpec):
    """An event of a framework, or a commitment with its deadlines.

    Attributes:
        happened: ``framework:id`` of a meeting, a document or an event.
        or_else: Other events that the words could mean.
        when: On that date, by it, or after it.
        date: The date.
        kept: ``framework:id`` of a commitment that the words say was kept, round by round, instead of an event.
    """

    happened: Plain | None = None
    or_else: tuple[Plain, ...] = ()
    when: Literal["on", "by", "after"] = "by"
    date: When | None = None
    kept: Plain | None = None


def readings(check: EventCheck, ground: Ground) -> tuple[Reading, ...]:
    """When it happened, by the event that the words name and by the others."""
    if check.kept is not None:
        return _kept(check.kept, ground)
    named = [one for one in (check.happened, *check.or_else) if one is not None]
    return tuple(
        _event(check, one, ground=ground, role="measure" if number else "stated")
        for number, one in enumerate(named)
    )


def pointers(check: EventCheck) -> Iterator[tuple[tuple[str | int, ...], str, tuple[str, ...]]]:
    """Every pointer into a framework: where it stands, what it says, and the tables that may hold it."""
    if check.happened is not None:
        yield ("happened",), check.happened, TABLES
    for number, one in enumerate(check.or_else):
        yield ("or_else", number), one, TABLES
    if check.kept is not None:
        yield ("kept",), check.kept, ("commitments",)


def _event(check: EventCheck, pointer: str, *, ground: Ground, role: Role) -> Reading:
    framework_id, _, key = pointer.partition(":")
    framework = ground.frameworks[framework_id]
    found: Meeting | Document | Event = {**framework.meetings, **framework.documents, **framework.events}[key]
    words = found.text if isinstance(found, Event) else found.title
    by = words if isinstance(words, Text) else framework.name
    on: Period | None = found.date
    if on is None or (isinstance(found, Meeting) and found.state != "held"):
        told = Text("no date or outcome is on record", "no consta fecha ni desenlace")
        return Reading(role=role, by=by, told=told, holds=None)
    if ground.day is not None and on.start > ground.day:
        told = Text("it still lay ahead", "aún no ocurría")
        return Reading(role=role, by=by, told=told, holds=None)
    return Reading(
        role=role,
        by=by,
        told=during(on),
        lead=_IT_WAS,
        holds=_fits(check, on),
        cause="definition" if role == "measure" else None,
    )


def _fits(check: EventCheck, on: Period) -> bool:
    if check.date is None:
        return True
    match check.when:
        case "on":
            return check.date.start <= on.start and on.end <= check.date.end
        case "by":
            return on.end <= check.date.end
        case "after":
            return on.start > check.date.end


def _kept(pointer: str, ground: Ground) -> tuple[Reading, ...]:
    framework_id, _, key = pointer.partition(":")
    framework = ground.frameworks[framework_id]
    commitment = framework.commitments[key]
    title = commitment.title
    found = timings(framework, commitment, as_of=ground.day or ground.today)
    if len(found) == 1 and found[0].due is None:
        return (_without_date(found[0], title),)
    due = [one for one in found if one.outcome in {"kept", "late", "unknown"} and one.due is not None]
    if not due:
        told = Text("no round of it was due yet", "aún no vencía ninguna de sus rondas")
        return (Reading(role="stated", by=title, told=told, holds=None),)
    fates: dict[Text, list[Text]] = {words: [] for words in (_KEPT, _LATE, _CLOSE, _NOT)}
    for one in due:
        fates[_fate(one)].append(_round(one))
    told = {words: filled(words, rounds=listed(rounds)) for words, rounds in fates.items() if rounds}
    if set(told) == {_KEPT, _NOT}:
        # Silence is no proof of a failure, so the words stand or fall with what it is taken for
        silent = Reading(role="silence", by=None, told=told[_NOT], holds=False, cause="silence")
        return Reading(role="stated", by=title, told=told[_KEPT], holds=True), silent
    holds = False if _LATE in told else True if set(told) == {_KEPT} else None
    return (Reading(role="stated", by=title, told=joined(list(told.values()), same("; ")), holds=holds),)


def _fate(one: Timing) -> Text:
    """What is known of one round, in words."""
    match one.outcome:
        case "kept":
            return _KEPT
        case "late":
            return _LATE
        case _:
            return _CLOSE if one.done else _NOT


def _round(one: Timing) -> Text:
    if one.due is None:
        return same("–")
    article = "el " if one.due.kind is PeriodKind.DAY else ""
    return Text(one.due.label("en"), article + one.due.label("es"))


def _without_date(one: Timing, title: Text) -> Reading:
    """A commitment without a date: done, or nothing on record, which is not the same as not done."""
    if one.done is None:
        told = Text(
            "it had no date, and nothing on record says that it was done",
            "no tenía fecha, y no consta que se haya hecho",
        )
        return Reading(role="stated", by=title, told=told, holds=None)
    told = filled(
        Text("it had no date; it was completed {when}", "no tenía fecha; se cumplió {when}"),
        when=during(one.done),
    )
    return Reading(role="stated", by=title, told=told, holds=True)
