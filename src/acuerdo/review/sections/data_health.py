"""How far the figures can be trusted: coverage, timeliness, revisions, disagreements, corrections in force."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from typing import Any

from acuerdo.core.place import PlaceLevel
from acuerdo.core.status import Status
from acuerdo.core.text import same
from acuerdo.data.corrections import ACTIONS
from acuerdo.data.source import Basis
from acuerdo.indicators.value import Value
from acuerdo.review.dossier import Dossier, public_on
from acuerdo.review.page import Amount, Change, Code, Link, Page, Short, Table, headed
from acuerdo.review.reading import BY_DIFFERENCE, Reading, gaps, revisions
from acuerdo.review.wording import say

_NOT_OFFERED = same("–")
# Only these say when a file came out; the other dates rest on its schedule, or on the day it was first seen.
_SAYS_WHEN = frozenset({Basis.PRINTED, Basis.STATED})


def pages(dossier: Dossier) -> Iterator[Page]:
    """The page of data health."""
    readings = [one for one in dossier.readings.values() if one.known]
    rival = _disagreements(dossier)
    yield Page(
        kind="data_health",
        path="data-health",
        title=say("health.title"),
        summary=say(
            "health.summary", n=len(dossier.readings), known=len(readings),
            revised=sum(bool(revisions(one)) for one in readings), rivals=len(rival),
        ),
        content={
            "coverage": _coverage(dossier),
            "timeliness": _timeliness(dossier),
            "revised": _revised(readings),
            "rivals": _rival_table(rival) if rival else None,
            "corrections": _corrections(dossier),
        },
    )  # fmt: skip


def _link(reading: Reading) -> Link:
    return Link(reading.indicator.short, f"indicators/{reading.indicator.id}")


def _coverage(dossier: Dossier) -> Table:
    numeric = {"values", "missing", "states"}
    rows: list[dict[str, Any]] = []
    for one in dossier.readings.values():
        national = one.national
        known = [value for value in national if value.value is not None]
        states = one.states()
        rows.append(
            {
                "indicator": _link(one),
                "first": Short(known[0].period) if known else None,
                "last": Short(known[-1].period) if known else None,
                "values": len(known),
                "missing": gaps(national),
                "states": sum(any(value.value is not None for value in values) for values in states.values())
                if PlaceLevel.STATE in one.indicator.place_levels
                else say("health.national_only"),
                "known_from": Short(known[-1].known_from) if known else None,
            }
        )
    keys = ("indicator", "first", "last", "values", "missing", "states", "known_from")
    return Table(
        caption=say("health.coverage_caption"),
        columns=headed("health", *keys, numeric=numeric),
        rows=rows,
        stacks=True,
    )


def _timeliness(dossier: Dossier) -> Table:
    """Days from the end of the last period in a file to its publication, by source."""
    numeric = {"files", "shortest", "median", "longest"}
    rows: list[dict[str, Any]] = []
    for key, source in dossier.sources.items():
        files = dossier.releases_of(key)
        if not files:
            continue
        lags = [
            (one.published.on - one.last).days
            for one in files
            if one.published.basis in _SAYS_WHEN and one.last <= one.published.on <= dossier.day
        ]
        without = say("health.by_schedule") if files[0].published.basis is Basis.SCHEDULE else _NOT_OFFERED
        rows.append(
            {
                "source": Link(source.about.title, f"sources#{key}"),
                "publisher": source.about.publisher,
                "files": len(files),
                "newest": Short(public_on(files[0], dossier.day)),
                "basis": files[0].published.basis.label,
                "shortest": min(lags) if lags else without,
                "median": round(statistics.median(lags)) if lags else _NOT_OFFERED,
                "longest": max(lags) if lags else _NOT_OFFERED,
            }
        )
    keys = ("source", "publisher", "files", "newest", "basis", "shortest", "median", "longest")
    return Table(
        caption=say("health.timeliness_caption"),
        columns=headed("health", *keys, numeric=numeric),
        rows=rows,
        stacks=True,
    )


def _revised(readings: list[Reading]) -> Table | None:
    """The size of revisions: first published value against the one known now."""
    numeric = {"periods", "middle_change", "largest_down", "largest_up"}
    rows: list[dict[str, Any]] = []
    for one in readings:
        found = revisions(one)
        if not found:
            continue
        sizes = [each.size for each in found]
        rows.append(
            {
                "indicator": _link(one),
                "vintages": len(one.history),
                "periods": len(found),
                "middle_change": _size(statistics.median(sizes), one),
                "largest_down": _size(min(sizes), one) if min(sizes) < 0 else _NOT_OFFERED,
                "largest_up": _size(max(sizes), one) if max(sizes) > 0 else _NOT_OFFERED,
            }
        )
    if not rows:
        return None
    keys = ("indicator", "vintages", "periods", "middle_change", "largest_down", "largest_up")
    return Table(
        caption=say("health.revised_caption"),
        columns=headed("health", *keys, numeric={*numeric, "vintages"}),
        rows=rows,
        stacks=True,
    )


def _size(size: float, reading: Reading) -> Change:
    """A change: relative, or in points for a share or a score."""
    if reading.unit.id in BY_DIFFERENCE:
        return Change(None, size, reading.unit)
    return Change(size)


def _disagreements(dossier: Dossier) -> list[tuple[Reading, Reading, Value, Value]]:
    """Pairs of rivals with values for one same period, each pair once, at the latest such period."""
    found: list[tuple[Reading, Reading, Value, Value]] = []
    seen: set[frozenset[str]] = set()
    for one in dossier.readings.values():
        for key in one.indicator.rivals:
            pair = frozenset({one.indicator.id, key})
            other = dossier.readings.get(key)
            if other is None or pair in seen:
                continue
            seen.add(pair)
            theirs = {value.period: value for value in other.national if value.value is not None}
            shared = [value for value in one.national if value.value is not None and value.period in theirs]
            if shared:
                found.append((one, other, shared[-1], theirs[shared[-1].period]))
    return found


def _rival_table(found: list[tuple[Reading, Reading, Value, Value]]) -> Table:
    numeric = {"value_one", "value_other", "difference"}
    keys = ("one", "value_one", "other", "value_other", "period", "difference")
    return Table(
        caption=say("health.rivals_caption"),
        columns=headed("health", *keys, numeric=numeric),
        rows=[
            {
                "one": _link(one),
                "value_one": Amount(mine.value, mine.unit, with_unit=True),
                "other": _link(other),
                "value_other": Amount(theirs.value, theirs.unit, with_unit=True),
                "period": Short(mine.period),
                "difference": Change(theirs.value / mine.value - 1)
                if mine.value
                and theirs.value is not None
                and _count_the_same(one, other)
                and _neither_predicted(mine, theirs)
                else say("health.not_compared"),
            }
            for one, other, mine, theirs in found
        ],
        stacks=True,
    )


def _count_the_same(one: Reading, other: Reading) -> bool:
    declared = (
        other.indicator.id in one.indicator.same_quantity or one.indicator.id in other.indicator.same_quantity
    )
    return declared and one.unit == other.unit


def _neither_predicted(one: Value, other: Value) -> bool:
    return Status.FORECAST not in {one.status, other.status}


def _corrections(dossier: Dossier) -> list[dict[str, Any]]:
    """The corrections in force on the day of the review."""
    return [
        {
            "id": Code(one.id),
            "source": Link(dossier.sources[source_id].about.title, f"sources#{source_id}"),
            "action": ACTIONS[one.action],
            "reason": one.reason,
            "noticed": one.noticed,
        }
        for source_id, found in dossier.corrections.items()
        for one in found
    ]
