"""Deadlines and recurring duties: what is due, what was late and by how much, what is overdue."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import final

from acuerdo.core.period import Period
from acuerdo.spec.commitment import Recurring
from acuerdo.tracking.codebook import Timeliness
from acuerdo.tracking.coding import Code
from acuerdo.tracking.item import Item
from acuerdo.tracking.timeliness import timeliness


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One deadline, or one round of a recurring duty.

    Attributes:
        item: The promise.
        due: The period within which it is due.
        recurring: Whether it is a round of a duty that comes back.
        timeliness: How it was met.
        days: Days late or overdue; None where it is neither.
        done: When it was done, if that is on record.
        as_of: The day of the judgement.
    """

    item: Item
    due: Period
    recurring: bool
    timeliness: Timeliness
    days: int | None
    done: Period | None
    as_of: date


def duties(codes: Iterable[Code]) -> tuple[Duty, ...]:
    """Every deadline with a date, in order of its last day."""
    found: list[Duty] = []
    for one in codes:
        promised = one.item.commitment
        recurring = promised is not None and isinstance(promised.deadline, Recurring)
        for each in one.rounds:
            if each.due is None:
                continue
            met, days = timeliness(each, as_of=one.as_of)
            found.append(
                Duty(
                    item=one.item,
                    due=each.due,
                    recurring=recurring,
                    timeliness=met,
                    days=days,
                    done=each.done,
                    as_of=one.as_of,
                )
            )
    return tuple(sorted(found, key=lambda duty: (duty.due.end, duty.due.start, duty.item.id)))
