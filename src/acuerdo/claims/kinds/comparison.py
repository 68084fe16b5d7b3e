"""One figure beside another: "more soldiers than police"."""

from __future__ import annotations

from typing import Literal, final

from acuerdo.claims.ground import Ground, Track
from acuerdo.claims.measure import AbstractMeasured, Measure, countable
from acuerdo.claims.reading import Reading, missing
from acuerdo.claims.weighing import WAS, allowed_by
from acuerdo.claims.wording import during, filled, shown
from acuerdo.core.place import place
from acuerdo.core.text import Text
from acuerdo.indicators.value import Value
from acuerdo.spec.fields import Plain, When


@final
class ComparisonCheck(AbstractMeasured):
    """A comparison of two places, or of two measures.

    Attributes:
        at: The period.
        than: The other measure; the same one, if not given.
        than_place: The other place; the same one, if not given.
        relation: What the words say of the first.
        written: How many times, if they say so.
    """

    at: When
    than: Measure | None = None
    than_place: Plain | None = None
    relation: Literal["more", "less", "same"]
    written: Plain | None = None


def readings(check: ComparisonCheck, ground: Ground) -> tuple[Reading, ...]:
    """The comparison by every measurement."""
    found = ground.tracks(check)
    others = (
        (ground.track(countable(check.than), place=check.than_place, unit=check.unit),) * len(found)
        if check.than is not None
        else ground.tracks(check.model_copy(update={"place": check.than_place}))
    )
    return tuple(_compared(check, one, other=other) for one, other in zip(found, others, strict=True))


def _compared(check: ComparisonCheck, one: Track, *, other: Track) -> Reading:
    first, second = one.at(check.at), other.at(check.at)
    if first is None or first.value is None or second is None or not second.value:
        return missing(one.role, one.title, period=check.at)
    return Reading(
        role=one.role,
        by=one.title,
        told=_told(check, first, second=second, title=other.title),
        lead=WAS,
        holds=_fits(check, first.value, second=second.value),
        value=first.value / second.value,
        unit="ratio",
        margin=(first.value - second.value) / abs(second.value),
        figures=(first, second),
        cause=one.cause,
    )


def _fits(check: ComparisonCheck, first: float, *, second: float) -> bool:
    if check.written is not None:
        return allowed_by(check.written).admits(first / second)
    match check.relation:
        case "more":
            return first > second
        case "less":
            return first < second
        case "same":
            return first == second


def _told(check: ComparisonCheck, first: Value, *, second: Value, title: Text) -> Text:
    return filled(
        Text("{one} {when}, against {other} for {name}", "{one} {when}, frente a {other} de {name}"),
        one=shown(first.value or 0.0, first.unit),
        when=during(first.period),
        other=shown(second.value or 0.0, second.unit),
        name=place(check.than_place).name if check.than_place else title,
    )
