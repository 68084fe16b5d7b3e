"""Whether commitments were kept in time: computed from deadlines and dated statements, never typed in."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, final

from acuerdo.core.period import Period, PeriodKind
from acuerdo.spec.check import origin_of
from acuerdo.spec.commitment import Commitment, RecordEntry, Recurring, Relative
from acuerdo.spec.contents import AbstractFramework
from acuerdo.spec.source import Withheld

TimingOutcome = Literal["kept", "late", "unknown", "not_yet_due", "no_deadline", "deadline_not_public"]
_RHYTHM_KINDS: Final = {
    "year": PeriodKind.YEAR,
    "half": PeriodKind.HALF,
    "quarter": PeriodKind.QUARTER,
    "month": PeriodKind.MONTH,
}


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """How one deadline, or one round of a recurring one, was met.

    Attributes:
        outcome: Kept, late, unknown, not yet due, no deadline, or deadline not public.
        due: The period within which it was due, if there is one.
        done: When it was completed, if that is on record.
        days_late: Days from the end of ``due`` to the first day of ``done``; ``None`` unless late.
        entry: The statement that says so.
    """

    outcome: TimingOutcome
    due: Period | None = None
    done: Period | None = None
    days_late: int | None = None
    entry: RecordEntry | None = None


def timings(framework: AbstractFramework, commitment: Commitment, *, as_of: date) -> tuple[Timing, ...]:
    """How a commitment's deadline was met: one result, or one for each round of a recurring deadline.

    Args:
        framework: The framework that holds the commitment.
        commitment: The commitment.
        as_of: The day of the judgement; later statements do not count.
    """
    record = [entry for entry in commitment.record if entry.completes and entry.date.start <= as_of]
    deadline = commitment.deadline
    if isinstance(deadline, Recurring):
        rounds = _rounds(deadline, as_of)
        return tuple(
            _judge(due, [one for one in record if _within(one.date, due)], as_of=as_of) for due in rounds
        )
    if isinstance(deadline, Withheld):
        return (_without_deadline("deadline_not_public", record),)
    due = _relative_due(framework, deadline) if isinstance(deadline, Relative) else deadline
    if isinstance(due, Period):
        return (_judge(due, record, as_of=as_of),)
    return (_without_deadline("no_deadline" if deadline == "none" else "unknown", record),)


def _judge(due: Period, record: list[RecordEntry], *, as_of: date) -> Timing:
    """One deadline against the earliest completion on record.

    A completion known only by its month or year counts as late when all of it lies after the deadline, as
    kept when all of it lies within, and as unknown when the deadline falls inside it.
    """
    if not record:
        return Timing(outcome="not_yet_due" if as_of <= due.end else "unknown", due=due)
    entry = min(record, key=lambda one: one.date)
    done = entry.date
    if done.start > due.end:
        return Timing(outcome="late", due=due, done=done, days_late=(done.start - due.end).days, entry=entry)
    return Timing(outcome="kept" if done.end <= due.end else "unknown", due=due, done=done, entry=entry)


def _without_deadline(outcome: TimingOutcome, record: list[RecordEntry]) -> Timing:
    entry = min(record, key=lambda one: one.date) if record else None
    return Timing(outcome=outcome, done=entry.date if entry else None, entry=entry)


def _rounds(deadline: Recurring, as_of: date) -> tuple[Period, ...]:
    """Every round from the first to the last, or to the one that holds ``as_of``."""
    end = deadline.last.end if deadline.last else as_of
    rounds: list[Period] = []
    current = _enclosing(deadline)
    while current.start <= end:
        rounds.append(current)
        current = current.shift(1)
    return tuple(rounds)


def _enclosing(deadline: Recurring) -> Period:
    """The whole year, half, quarter or month in which the first round falls."""
    first = deadline.first.start
    number = {
        PeriodKind.YEAR: f"{first.year:04}",
        PeriodKind.HALF: f"{first.year:04}-H{(first.month - 1) // 6 + 1}",
        PeriodKind.QUARTER: f"{first.year:04}-Q{(first.month - 1) // 3 + 1}",
        PeriodKind.MONTH: f"{first.year:04}-{first.month:02}",
    }
    return Period.parse(number[_RHYTHM_KINDS[deadline.every]])


def _within(inner: Period, outer: Period) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _relative_due(framework: AbstractFramework, deadline: Relative) -> Period | None:
    """The day on which a delay ends, counted from the last day of what it follows; ``None`` if undated."""
    start = _date_of(framework, deadline.after)
    if start is None:
        return None
    if deadline.unit == "days":
        return Period.parse(date.fromordinal(start.end.toordinal() + deadline.within).isoformat())
    months = deadline.within * (12 if deadline.unit == "years" else 1)
    year, month = divmod(start.end.year * 12 + start.end.month - 1 + months, 12)
    day = min(start.end.day, calendar.monthrange(year, month + 1)[1])
    return Period.parse(date(year, month + 1, day).isoformat())


def _date_of(framework: AbstractFramework, target: str) -> Period | None:
    if target in framework.meetings:
        return framework.meetings[target].until or framework.meetings[target].date
    if target in framework.documents:
        return framework.documents[target].date
    if target in framework.events:
        return framework.events[target].date
    commitment = framework.commitments.get(target)
    return origin_of(framework, commitment) if commitment else None
