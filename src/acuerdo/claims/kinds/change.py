"""A rise or fall by so much: "11 per cent fewer than a year before"."""

from __future__ import annotations

from functools import partial
from typing import Literal, final

from acuerdo.claims.ground import Ground, Track
from acuerdo.claims.measure import AbstractSpanned
from acuerdo.claims.reading import Reading, during, shown
from acuerdo.claims.weighing import Lacking, Worked, allowed_by, ends, weigh_spans
from acuerdo.core.period import Period
from acuerdo.core.text import Text
from acuerdo.core.unit import UNITS
from acuerdo.spec.fields import Plain


@final
class ChangeCheck(AbstractSpanned):
    """A change.

    Attributes:
        direction: Whether the words say that it rose or fell; the number is then read without a sign.
        form: In per cent of the start, or in the unit itself.
        written: The number with the words that say how exact it is.
    """

    direction: Literal["up", "down"]
    form: Literal["percent", "difference"] = "percent"
    written: Plain


def readings(check: ChangeCheck, ground: Ground) -> tuple[Reading, ...]:
    """The change by every measurement, and from every start."""
    return weigh_spans(
        check, ground, compute=partial(_change, check=check), allowed=allowed_by(check.written)
    )


def _change(track: Track, since: Period, *, check: ChangeCheck) -> Worked | Lacking:
    found = ends(track, since, until=check.until)
    if isinstance(found, Lacking):
        return found
    start, end = found
    before, after = start.value or 0.0, end.value or 0.0
    moved = after - before
    size = 100 * moved / before if check.form == "percent" else moved
    unit = UNITS["percent"] if check.form == "percent" else track.unit
    then, now = during(start.period), during(end.period)
    first, last, signed = shown(before, track.unit), shown(after, track.unit), shown(size, unit)
    sign = "+" if size > 0 else ""
    return Worked(
        value=size if check.direction == "up" else -size,
        told=Text(
            f"from {first} {then.en} to {last} {now.en} ({sign}{signed})",
            f"de {first} {then.es} a {last} {now.es} ({sign}{signed})",
        ),
        figures=(start, end),
    )
