"""So many times as much: "more than doubled since 2008"."""

from __future__ import annotations

from functools import partial
from typing import final

from acuerdo.claims.ground import Ground, Track
from acuerdo.claims.measure import AbstractSpanned
from acuerdo.claims.reading import Reading
from acuerdo.claims.weighing import WENT, Lacking, Worked, allowed_by, ends, moved, weigh_spans
from acuerdo.core.period import Period
from acuerdo.core.text import Text
from acuerdo.spec.fields import Plain


@final
class RatioCheck(AbstractSpanned):
    """A multiple of an earlier figure; ``written`` says how many times: "more than doubled", "3.5 times"."""

    written: Plain


def readings(check: RatioCheck, ground: Ground) -> tuple[Reading, ...]:
    """The multiple by every measurement, and from every start."""
    return weigh_spans(
        check, ground, compute=partial(_multiple, check=check), allowed=allowed_by(check.written)
    )


def _multiple(track: Track, since: Period, *, check: RatioCheck) -> Worked | Lacking:
    found = ends(track, since, until=check.until)
    if isinstance(found, Lacking):
        return found
    start, end = found
    times = (end.value or 0.0) / (start.value or 1.0)
    by = Text(f"{times:.2f} times", f"{times:.2f} veces")
    return Worked(value=times, told=moved(start, end, by=by), lead=WENT, figures=(start, end))
