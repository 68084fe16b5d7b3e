"""A figure for one period: "some 36,500 violent homicides in 2020"."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import final

from acuerdo.claims.ground import Ground, Track
from acuerdo.claims.measure import AbstractMeasured
from acuerdo.claims.reading import Reading
from acuerdo.claims.rounding import in_percent
from acuerdo.claims.weighing import WAS, Lacking, Worked, allowed_by, weigh_all
from acuerdo.claims.wording import during, filled, with_unit
from acuerdo.core.period import Period
from acuerdo.core.text import Text, same
from acuerdo.core.unit import UNITS, Unit
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
    allowed = allowed_by(check.written)
    if ground.tracks(check)[0].unit.id == "percent":
        allowed = in_percent(allowed)
    compute = partial(_figure, span=check.span)
    stated, *others = weigh_all(check, ground, starts=[check.at], compute=compute, allowed=allowed)
    return (stated, *(_beside(stated, one) for one in others))


def _beside(stated: Reading, other: Reading) -> Reading:
    """Another count of people or things may be the one that the words mean; pesos are never a count of accounts."""
    one, two = UNITS.get(stated.unit), UNITS.get(other.unit)
    if one is None or two is None or one.dimension == two.dimension or (_is_count(one) and _is_count(two)):
        return other
    return replace(other, role="shown")


def _is_count(unit: Unit) -> bool:
    return unit.additive and unit.dimension == unit.id


def _figure(track: Track, at: Period, *, span: Text | None) -> Worked | Lacking:
    found = track.at(at)
    if found is None or found.value is None:
        return Lacking(at)
    told = filled(
        same("{number} {when}"),
        number=with_unit(found.value, track.unit),
        when=span if span and track.role == "stated" else during(found.period),
    )
    return Worked(value=found.value, told=told, lead=WAS, figures=(found,))
