"""A figure for one period: "some 36,500 violent homicides in 2020"."""

from __future__ import annotations

from typing import final

from acuerdo.claims.ground import Ground, Track
from acuerdo.claims.measure import AbstractMeasured
from acuerdo.claims.reading import Reading, during, with_unit
from acuerdo.claims.weighing import Lacking, Worked, allowed_by, weigh_all
from acuerdo.core.period import Period
from acuerdo.core.text import Text
from acuerdo.spec.fields import Plain, When


@final
class ValueCheck(AbstractMeasured):
    """A figure.

    Attributes:
        at: The period it is for.
        written: The number with the words that say how exact it is.
    """

    at: When
    written: Plain


def readings(check: ValueCheck, ground: Ground) -> tuple[Reading, ...]:
    """The figure by every measurement."""
    return weigh_all(check, ground, starts=[check.at], compute=_figure, allowed=allowed_by(check.written))


def _figure(track: Track, at: Period) -> Worked | Lacking:
    found = track.at(at)
    if found is None or found.value is None:
        return Lacking(at)
    number, when = with_unit(found.value, track.unit), during(found.period)
    return Worked(
        value=found.value,
        told=Text(f"{number.en} {when.en}", f"{number.es} {when.es}"),
        figures=(found,),
    )
