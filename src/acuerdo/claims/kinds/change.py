"""A rise or fall by so much: "11 per cent fewer than a year before"."""

from __future__ import annotations

from functools import partial
from typing import Literal, final

from acuerdo.claims.ground import Ground, Track
from acuerdo.claims.measure import AbstractMeasured
from acuerdo.claims.reading import Reading, during, shown
from acuerdo.claims.weighing import Lacking, Worked, allowed_by, declared_starts, weigh_all
from acuerdo.core.period import Period
from acuerdo.core.text import Text
from acuerdo.core.unit import UNITS
from acuerdo.spec.fields import Plain, When


@final
class ChangeCheck(AbstractMeasured):
    """A change.

    Attributes:
        since: The period counted from.
        until: The period counted to.
        other_since: Other periods that the words could be counted from.
        direction: Whether the words say that it rose or fell; the number is then read without a sign.
        form: In per cent of the start, or in the unit itself.
        written: The number with the words that say how exact it is.
    """

    since: When
    until: When
    other_since: tuple[When, ...] = ()
    direction: Literal["up", "down"]
    form: Literal["percent", "difference"] = "percent"
    written: Plain


def readings(check: ChangeCheck, ground: Ground) -> tuple[Reading, ...]:
    """The change by every measurement, and from every start."""
    stated = ground.tracks(check)[0]
    return weigh_all(
        check,
        ground,
        starts=[check.since, *check.other_since],
        compute=partial(_change, check=check),
        allowed=allowed_by(check.written),
        shown=declared_starts(stated, since=check.since, until=check.until),
    )


def _change(track: Track, since: Period, *, check: ChangeCheck) -> Worked | Lacking:
    start, end = track.at(since), track.at(check.until)
    if start is None or not start.value:
        return Lacking(since)
    if end is None or end.value is None:
        return Lacking(check.until)
    moved = end.value - start.value
    size = 100 * moved / start.value if check.form == "percent" else moved
    unit = UNITS["percent"] if check.form == "percent" else track.unit
    before, after = during(start.period), during(end.period)
    first, last, signed = shown(start.value, track.unit), shown(end.value, track.unit), shown(size, unit)
    sign = "+" if size > 0 else ""
    return Worked(
        value=size if check.direction == "up" else -size,
        told=Text(
            f"from {first} {before.en} to {last} {after.en} ({sign}{signed})",
            f"de {first} {before.es} a {last} {after.es} ({sign}{signed})",
        ),
        figures=(start, end),
    )
