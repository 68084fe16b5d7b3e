"""A rise or fall by so much: "11 per cent fewer than a year before"."""

from __future__ import annotations

from functools import partial
from typing import Literal, final

from acuerdo.claims.ground import Ground, Track
from acuerdo.claims.measure import AbstractSpanned
from acuerdo.claims.reading import Reading
from acuerdo.claims.rounding import in_percent
from acuerdo.claims.weighing import WENT, Lacking, Worked, allowed_by, ends, moved, weigh_spans
from acuerdo.claims.wording import shown, signed
from acuerdo.core.period import Period
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
    allowed = allowed_by(check.written)
    return weigh_spans(
        check,
        ground,
        compute=partial(_change, check=check),
        allowed=in_percent(allowed) if check.form == "percent" else allowed,
    )


def _change(track: Track, since: Period, *, check: ChangeCheck) -> Worked | Lacking:
    found = ends(track, since, until=check.until)
    if isinstance(found, Lacking):
        return found
    start, end = found
    before, after = start.value or 0.0, end.value or 0.0
    difference = after - before
    percent = 100 * difference / before
    size = percent if check.form == "percent" else difference
    return Worked(
        value=size if check.direction == "up" else -size,
        told=moved(start, end, by=signed(percent) if check.form == "percent" else shown(size, track.unit)),
        lead=WENT,
        figures=(start, end),
    )
