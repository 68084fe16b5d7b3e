"""Weighs a computation against the words: over every measurement, and from every baseline."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, final

from acuerdo.claims.ground import Ground, Track
from acuerdo.claims.measure import AbstractMeasured, AbstractSpanned
from acuerdo.claims.reading import Reading, Role, missing
from acuerdo.claims.rounding import Allowed, read
from acuerdo.claims.wording import during, filled, shown, with_unit
from acuerdo.core.errors import AcuerdoError, Problem
from acuerdo.core.period import Period
from acuerdo.core.text import Text
from acuerdo.indicators.value import Value


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """What a computation gave.

    Attributes:
        value: The figure to compare with the words.
        told: The figures, as a table has them.
        figures: The published values it was computed from.
        lead: The words that make a clause of a sentence of them.
    """

    value: float
    told: Text
    figures: tuple[Value, ...]
    lead: Text | None = None


@final
@dataclass(frozen=True, slots=True)
class Lacking:
    """A computation that could not be made: the first period without a value."""

    period: Period


Compute = Callable[[Track, Period], Worked | Lacking]
"""The computation from one start."""

_NAMED: Final = {"mass", "us_dollars", "pesos"}
WAS: Final = Text("the figure was", "la cifra fue de")
WENT: Final = Text("the figure went", "la cifra pasó")


def allowed_by(written: str) -> Allowed:
    """What the words allow.

    Raises:
        AcuerdoError: If there is no number in them; the loader of claims finds that first.
    """
    found = read(written)
    if found is None:
        raise AcuerdoError(
            Problem(what=Text(f"There is no number in '{written}'.", f"No hay ningún número en «{written}»."))
        )
    return found


def weigh(track: Track, result: Worked | Lacking, *, allowed: Allowed, role: Role | None = None) -> Reading:
    """The reading of one computation."""
    own = role or track.role
    if isinstance(result, Lacking):
        return missing(own, track.title, period=result.period)
    return Reading(
        role=own,
        by=track.title,
        told=result.told,
        lead=result.lead,
        holds=allowed.admits(result.value),
        value=result.value,
        unit=track.unit.id,
        margin=allowed.margin(result.value),
        figures=result.figures,
        cause="baseline" if own == "baseline" else track.cause,
        understates=allowed.understates(result.value),
        on_edge=allowed.on_edge(result.value),
    )


def weigh_all(
    check: AbstractMeasured,
    ground: Ground,
    *,
    starts: Iterable[Period],
    compute: Compute,
    allowed: Allowed,
    shown: Iterable[Period] = (),
) -> tuple[Reading, ...]:
    """The stated measure from every start, and every rival from the first.

    Args:
        check: What the claim's file says.
        ground: The figures.
        starts: The start that the words name, then the others that they could mean.
        compute: The computation.
        allowed: What the words allow.
        shown: Starts that are only shown; one without a value is left out.
    """
    stated, *rivals = ground.tracks(check)
    first, *others = starts
    readings = [weigh(stated, compute(stated, first), allowed=allowed)]
    readings += [weigh(one, compute(one, first), allowed=allowed) for one in rivals]
    readings += [weigh(stated, compute(stated, one), allowed=allowed, role="baseline") for one in others]
    for one in shown:
        result = compute(stated, one)
        if one != first and one not in others and isinstance(result, Worked):
            readings.append(weigh(stated, result, allowed=allowed, role="shown"))
    return tuple(readings)


def weigh_spans(
    check: AbstractSpanned, ground: Ground, *, compute: Compute, allowed: Allowed
) -> tuple[Reading, ...]:
    """A movement by every measurement and from every start; the measure's own baselines are shown beside them."""
    stated = ground.tracks(check)[0]
    return weigh_all(
        check,
        ground,
        starts=[check.since, *check.other_since],
        compute=compute,
        allowed=allowed,
        shown=declared_starts(stated, since=check.since, until=check.until),
    )


def ends(track: Track, since: Period, *, until: Period) -> tuple[Value, Value] | Lacking:
    """The values at both ends of a span; none where the start has none, or is nothing to count from."""
    start, end = track.at(since), track.at(until)
    if start is None or not start.value:
        return Lacking(since)
    if end is None or end.value is None:
        return Lacking(until)
    return start, end


def moved(start: Value, end: Value, *, by: Text) -> Text:
    """From where to where, and by how much: what :data:`WENT` leads."""
    return filled(
        Text("from {first} {before} to {last} {after}, {by}", "de {first} {before} a {last} {after}, {by}"),
        first=shown(start.value or 0.0, start.unit),
        before=during(start.period),
        last=_ended(end),
        after=during(end.period),
        by=by,
    )


def _ended(end: Value) -> Text:
    """The last figure; of what is weighed or paid, with its unit."""
    named = end.unit.dimension in _NAMED
    return with_unit(end.value or 0.0, end.unit) if named else shown(end.value or 0.0, end.unit)


def declared_starts(track: Track, *, since: Period, until: Period) -> tuple[Period, ...]:
    """The measure's own baselines that lie before the end, of the same kind as the start."""
    return tuple(dict.fromkeys(one for one in track.baselines if one.kind is since.kind and one < until))
