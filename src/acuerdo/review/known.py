"""What of a framework was known on a day: nothing dated later, nothing that only a later source says.

Prose without a date (summaries, notes) speaks from the day on which the framework's file was written; a review
as of an earlier day leaves it out rather than let it tell what came after.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

from acuerdo.core.period import Period
from acuerdo.core.text import same
from acuerdo.review.times import mentions_later
from acuerdo.spec.fields import AbstractSpec
from acuerdo.spec.model import Framework
from acuerdo.spec.source import Reference
from acuerdo.spec.table import Table

# An item is known from its own date on, wherever its kind writes that date.
_DATES: Final = (
    "made_on",
    "stated_on",
    "report_date",
    "date",
    "begins",
    "since",
    "when",
    "as_of",
    "installed",
)
# What an item rests on: if that was not known, neither was the item.
_ORIGINS: Final = ("origin", "published_in", "stated_in", "here")
# What it merely mentions: the mention is dropped.
_MENTIONS: Final = ("document", "meeting", "follows", "body", "parent")
_LATER_ENDS: Final = ("until", "ends", "dissolved")


def last_day(frameworks: Iterable[Framework]) -> date:
    """The latest day of anything that the files of some frameworks hold."""
    return max((day for one in frameworks for day in _days(one)), default=date.min)


def _days(item: Any) -> Iterator[date]:
    """The days on which an item and its parts happened, were published or were read."""
    fields = type(item).model_fields
    for name in (*_DATES, "accessed"):
        value = getattr(item, name) if name in fields else None
        if value is not None:
            yield value.start if isinstance(value, Period) else value
    for part in _parts(item):
        yield from _days(part)


def known_on(framework: Framework, day: date) -> Framework:
    """The framework as its content could have been written down on a day.

    Args:
        day: The day; on or after the day of the file itself nothing changes.
    """
    if day >= last_day([framework]):
        return framework
    references = {key: _as_read(ref, day) for key, ref in framework.references.items() if _public(ref, day)}
    known = framework
    while True:
        ids = frozenset(_ids(known))
        lost = frozenset(_ids(framework)) - ids
        kept = _part(known, day=day, references=frozenset(references), lost=lost)
        known = kept.model_copy(update={"references": Table(references)})
        if frozenset(_ids(known)) == ids:
            return _without_idle(known)


def _public(ref: Reference, day: date) -> bool:
    """Whether a source was public: from the last day that its date can mean, as with every published file.

    One without a date counts as public, unless its title names a later time.
    """
    return not mentions_later(same(ref.title), day) if ref.date is None else ref.date.end <= day


def _without_idle(framework: Framework) -> Framework:
    """Without the undated sources that nothing cites: nothing then says that they were public."""
    cited = frozenset(_cited(framework.model_copy(update={"status": None, "references": Table()})))
    kept = {key: ref for key, ref in framework.references.items() if ref.date is not None or key in cited}
    return framework.model_copy(update={"references": Table(kept)})


def _cited(item: Any) -> Iterator[str]:
    """The sources of an item and of its parts."""
    yield from getattr(item, "sources", ())
    for part in _parts(item):
        yield from _cited(part)


def _parts(item: Any) -> Iterator[AbstractSpec]:
    """The items that an item is made of."""
    for name in type(item).model_fields:
        value = getattr(item, name)
        parts = (
            value.values() if isinstance(value, Table) else value if isinstance(value, tuple) else (value,)
        )
        yield from (part for part in parts if isinstance(part, AbstractSpec))


def _as_read(ref: Reference, day: date) -> Reference:
    later = ref.accessed is not None and ref.accessed > day
    return ref.model_copy(update={"accessed": None if later else ref.accessed, "note": None})


def _ids(framework: Framework) -> Iterable[str]:
    for table in ("meetings", "documents", "commitments", "bodies", "goals"):
        yield from getattr(framework, table)
    for goal in framework.goals.values():
        yield from (*goal.objectives, *goal.areas)
        for area in goal.areas.values():
            yield from area.objectives


def _part(item: Any, *, day: date, references: frozenset[str], lost: frozenset[str]) -> Any:
    """An item with what was not yet known taken out of it; None if it was not known itself."""
    changes: dict[str, Any] = {}
    for name in type(item).model_fields:
        value = getattr(item, name)
        if name == "note":
            changes[name] = None
        elif name == "sources":
            changes[name] = tuple(key for key in value if key in references)
        elif name in _LATER_ENDS and isinstance(value, Period):
            changes[name] = value if value.start <= day else None
        elif name in _MENTIONS:
            changes[name] = None if value in lost else value
        elif name == "objectives" and isinstance(value, tuple):
            changes[name] = tuple(key for key in value if key not in lost)
        elif isinstance(value, Table) and name != "references":
            kept = {key: _known(one, day=day, references=references, lost=lost) for key, one in value.items()}
            changes[name] = Table({key: one for key, one in kept.items() if one is not None})
        elif isinstance(value, AbstractSpec):
            changes[name] = _part(value, day=day, references=references, lost=lost)
        elif isinstance(value, tuple) and any(isinstance(one, AbstractSpec) for one in value):
            parts = [_known(one, day=day, references=references, lost=lost) for one in value]
            changes[name] = tuple(one for one in parts if one is not None)
    return item.model_copy(update=changes)


def _known(item: Any, *, day: date, references: frozenset[str], lost: frozenset[str]) -> Any:
    fields = type(item).model_fields
    dated = next((getattr(item, name) for name in _DATES if name in fields and getattr(item, name)), None)
    on = dated.end if isinstance(dated, Period) else dated
    if on is not None and on > day:
        return None
    if any(name in fields and getattr(item, name) in lost for name in _ORIGINS):
        return None
    if not _borne_out(item, references):
        return None
    if "statements" in fields and "level" in fields and not item.statements:
        return None
    return _part(item, day=day, references=references, lost=lost)


def _borne_out(item: Any, references: frozenset[str]) -> bool:
    """Whether a source of the item, or of the number that it states, was public."""
    quantity = getattr(item, "quantity", None)
    cited = [getattr(one, "sources", ()) for one in (item, quantity)]
    return all(any(key in references for key in keys) for keys in cited if keys)
