"""A sum over several periods: "since 2007, there have been over 230,000 homicides"."""

from __future__ import annotations

from typing import Final, final

from acuerdo.claims.ground import Ground, Track
from acuerdo.claims.measure import AbstractMeasured
from acuerdo.claims.reading import Reading
from acuerdo.claims.weighing import Lacking, Worked, allowed_by, weigh
from acuerdo.claims.wording import during, filled, with_unit
from acuerdo.core.period import Period
from acuerdo.core.text import Text, same
from acuerdo.spec.fields import AbstractSpec, Plain, When

_SUM: Final = Text("the sum is", "la suma es de")


@final
class Window(AbstractSpec):
    """A span of periods, both ends included."""

    since: When
    until: When


@final
class SumCheck(AbstractMeasured):
    """A sum.

    Attributes:
        since: The first period added.
        until: The last one.
        other_windows: Other spans that the words could mean.
        written: The number with the words that say how exact it is.
    """

    since: When
    until: When
    other_windows: tuple[Window, ...] = ()
    written: Plain


def readings(check: SumCheck, ground: Ground) -> tuple[Reading, ...]:
    """The sum by every measurement, and over every span."""
    allowed = allowed_by(check.written)
    stated, *rivals = ground.tracks(check)
    own = Window(since=check.since, until=check.until)
    return (
        weigh(stated, _sum(own, stated), allowed=allowed),
        *(weigh(one, _sum(own, one), allowed=allowed) for one in rivals),
        *(weigh(stated, _sum(one, stated), allowed=allowed, role="baseline") for one in check.other_windows),
    )


def _sum(window: Window, track: Track) -> Worked | Lacking:
    periods = _periods(window)
    figures = [track.at(period) for period in periods]
    lacking = next((when for when, one in zip(periods, figures, strict=True) if one is None), None)
    if lacking is not None:
        return Lacking(lacking)
    total = sum(one.value for one in figures if one is not None and one.value is not None)
    told = filled(same("{number} {span}"), number=with_unit(total, track.unit), span=_span(window))
    return Worked(value=total, told=told, lead=_SUM, figures=tuple(one for one in figures if one is not None))


def _span(window: Window) -> Text:
    first, last = window.since, window.until
    if first == last:
        return during(first)
    return Text(
        f"from {first.label('en')} to {last.label('en')}", f"de {first.label('es')} a {last.label('es')}"
    )


def _periods(window: Window) -> tuple[Period, ...]:
    found = [window.since]
    while found[-1] < window.until:
        found.append(found[-1].shift(1))
    return tuple(found)
