"""What is known of each promise over time: its level at the beginning, every later step, until when it is followed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, final

from acuerdo.core.period import Period
from acuerdo.spec.commitment import Recurring
from acuerdo.spec.timing import Timing
from acuerdo.tracking.coding import Code
from acuerdo.tracking.item import Item
from acuerdo.tracking.statement import statements

QUARTER_DAYS: Final = 365.25 / 4
"""Days of a period, counted from the day of the promise.

A quarter, because the public record cannot bear more: the two governments speak at meetings that are months apart,
and several statements give only the year or the month in which a thing was done.
"""
COMPLETE: Final = 3
# The quarters of a calendar year have 90 to 92 days; the last one of a yearly round must count as a whole one.
_SHORT_BY: Final = 2


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """One promise, or one round of a recurring duty, as far as was public on a day.

    Attributes:
        item: The promise's framework and id.
        goals: The goals it serves, with their framework; that of no goal if it names none.
        decision: Whether it is a decision of a meeting rather than a commitment.
        dated: Whether it was to be done by some time, public or not.
        verifiable: Whether it can be told from outside that it is complete, by its own words.
        begun: The day on which it was made, or the day before its round begins, which may be to come.
        level: The level on that day, 0 to 3; no evidence counts as 0, for nothing is known to have begun.
        steps: The days, all later, on which the level changed, and the level from then on.
        until: The last day on which it is followed.
    """

    item: tuple[str, str]
    goals: tuple[str, ...]
    decision: bool
    dated: bool
    verifiable: bool
    begun: date
    level: int
    steps: tuple[tuple[date, int], ...]
    until: date

    def level_on(self, day: date) -> int:
        """The level at the end of a day."""
        return next((level for when, level in reversed(self.steps) if when <= day), self.level)

    def completed(self) -> date | None:
        """The day on which it first was complete; the first day of all if it was complete from the beginning."""
        if self.level == COMPLETE:
            return self.begun
        return next((when for when, level in self.steps if level == COMPLETE), None)


def histories(codes: Iterable[Code]) -> tuple[History, ...]:
    """The history of every coded item; a recurring duty has one for each of its rounds.

    Args:
        codes: Codes of one day; nothing that became public later is used.
    """
    return tuple(one for code in codes if code.item.made_on is not None for one in _of_code(code))


def _of_code(code: Code) -> Iterator[History]:
    promised = code.item.commitment
    if promised is not None and isinstance(promised.deadline, Recurring):
        yield from (of_round(code, each, due=each.due) for each in code.rounds if each.due is not None)
    else:
        yield of_promise(code)


def of_promise(code: Code) -> History:
    """A promise that is to be kept once."""
    made = _made_on(code.item, code.as_of)
    told = statements(code.item.framework)
    # What is known by its month or year is put on the last day that it can have been: not after it could be read.
    days = [
        (min(one.happened.end, told[one.statement].first_seen.end, code.as_of), one.level)
        for one in code.changes
    ]
    return History(
        item=(code.item.framework, code.item.id),
        goals=_goals(code.item),
        decision=code.item.kind == "decision",
        dated=code.item.commitment is not None and code.item.commitment.deadline != "none",
        verifiable=code.verifiable == "yes",
        begun=made,
        level=next((level for day, level in reversed(days) if day <= made), 0),
        steps=tuple((day, level) for day, level in days if day > made),
        until=code.as_of,
    )


def of_round(code: Code, each: Timing, *, due: Period) -> History:
    """One round of a recurring duty: nothing is done at its beginning, and it is over at its end."""
    # It can be kept from its first day on, so its clock begins the day before.
    begun = max(_made_on(code.item, code.as_of), due.start - timedelta(days=1))
    until = min(due.end, code.as_of)
    done = None if each.done is None else min(each.done.end, until)
    return History(
        item=(code.item.framework, code.item.id),
        goals=_goals(code.item),
        decision=False,
        dated=True,
        verifiable=code.verifiable == "yes",
        begun=begun,
        level=COMPLETE if done is not None and done <= begun else 0,
        steps=((done, COMPLETE),) if done is not None and done > begun else (),
        until=max(until, begun),
    )


def _made_on(item: Item, as_of: date) -> date:
    """The last day on which it can have been made, and at the latest the day of the judgement."""
    return as_of if item.made_on is None else min(item.made_on.end, as_of)


def _goals(item: Item) -> tuple[str, ...]:
    return tuple(f"{item.framework}:{goal}" for goal in item.goals or ("",))


def quarters(begun: date, until: date) -> float:
    """Quarters from one day to another; 0 if it is not later."""
    return max((until - begun).days, 0) / QUARTER_DAYS


def whole_quarters(begun: date, until: date) -> int:
    """The quarters that are over."""
    return int(((until - begun).days + _SHORT_BY) / QUARTER_DAYS)


def quarter_end(begun: date, number: int) -> date:
    """The last day of a quarter counted from a day, the first being 0."""
    return begun + timedelta(days=int((number + 1) * QUARTER_DAYS))
