"""When a promise was kept against when it was due: computed from its deadline and the statements that tell of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from acuerdo.spec.commitment import Commitment, RecordEntry
from acuerdo.spec.contents import AbstractFramework
from acuerdo.spec.timing import Timing, timings
from acuerdo.tracking.codebook import Timeliness
from acuerdo.tracking.statement import FiledStatement

_WORST_FIRST: Final[tuple[Timeliness, ...]] = (
    "overdue",
    "late",
    "cannot_tell",
    "deadline_not_public",
    "on_time",
    "not_due",
)


def rounds_of(
    one: AbstractFramework, promised: Commitment | None, *, finished: Iterable[FiledStatement], as_of: date
) -> tuple[Timing, ...]:
    """Each deadline of a commitment against the completions on record.

    Args:
        one: The framework.
        promised: The commitment; None for a decision, which has no deadline.
        finished: The statements that tell of a completion, or of one of a round.
        as_of: The day of the judgement.
    """
    if promised is None:
        return ()
    record = tuple(
        RecordEntry(date=said.happened, text=said.text, completes=True, sources=said.sources)
        for said in finished
    )
    return timings(one, promised.model_copy(update={"record": record}), as_of=as_of)


def highest_level(rounds: Sequence[Timing]) -> int:
    """The highest level that a recurring duty can have: every round due is on record, half are, or fewer."""
    due = [one for one in rounds if one.outcome != "not_yet_due"]
    kept = sum(one.done is not None for one in due)
    if kept == len(due):
        return 3
    return 2 if kept * 2 >= len(due) else 1


def timeliness(one: Timing, *, as_of: date) -> tuple[Timeliness, int | None]:
    """The code of one deadline, and the days late or overdue.

    A deadline that has passed with no completion on record is overdue *on the public record*: what was done
    without anybody saying so cannot be known.
    """
    match one.outcome:
        case "kept":
            return "on_time", None
        case "late":
            return "late", one.days_late
        case "not_yet_due":
            return "not_due", None
        case "unknown" if one.done is None and one.due is not None:
            return "overdue", (as_of - one.due.end).days
        case "unknown":
            return "cannot_tell", None
        case "deadline_not_public":
            return "deadline_not_public", None
        case _:
            return "no_deadline", None


def worst(rounds: Iterable[Timing], *, as_of: date) -> tuple[Timeliness, int | None]:
    """The worst code of several deadlines, and the most days of those that have it."""
    met = [timeliness(one, as_of=as_of) for one in rounds]
    for code in _WORST_FIRST:
        found = [days for one, days in met if one == code]
        if found:
            return code, max((days for days in found if days is not None), default=None)
    return "no_deadline", None
