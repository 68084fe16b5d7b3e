"""So many times as much: "more than doubled since 2008"."""

from __future__ import annotations

from functools import partial
from typing import final

from acuerdo.claims.ground import Ground, Track
from acuerdo.claims.measure import AbstractMeasured
from acuerdo.claims.reading import Reading, during, shown
from acuerdo.claims.weighing import Lacking, Worked, allowed_by, declared_starts, weigh_all
from acuerdo.core.period import Period
from acuerdo.core.text import Text
from acuerdo.spec.fields import Plain, When


@final
class RatioCheck(AbstractMeasured):
    """A multiple of an earlier figure.

    Attributes:
        since: The period counted from.
        until: The period counted to.
        other_since: Other periods that the words could be counted from.
        written: How many times: "more than doubled", "3.5 times".
    """

    since: When
    until: When
    other_since: tuple[When, ...] = ()
    written: Plain


def readings(check: RatioCheck, ground: Ground) -> tuple[Reading, ...]:
    """The multiple by every measurement, and from every start."""
    stated = ground.tracks(check)[0]
    return weigh_all(
        check,
        ground,
        starts=[check.since, *check.other_since],
        compute=partial(_multiple, check=check),
        allowed=allowed_by(check.written),
        shown=declared_starts(stated, since=check.since, until=check.until),
    )


def _multiple(track: Track, since: Period, *, check: RatioCheck) -> Worked | Lacking:
    start, end = track.at(since), track.at(check.until)
    if start is None or not start.value:
        return Lacking(since)
    if end is None or end.value is None:
        return Lacking(check.until)
    times = end.value / start.value
    before, after = during(start.period), during(end.period)
    first, last = shown(start.value, track.unit), shown(end.value, track.unit)
    return Worked(
        value=times,
        told=Text(
            f"{last} {after.en} against {first} {before.en}, {times:.2f} times as much",
            f"{last} {after.es} frente a {first} {before.es}, {times:.2f} veces",
        ),
        figures=(start, end),
    )
