"""Whether a figure is of the quantity that the words name: cases printed as victims, two windows shown as a fall."""

from __future__ import annotations

from typing import Annotated, Final, Literal, final

from pydantic import Field

from acuerdo.claims.ground import Ground, Track
from acuerdo.claims.measure import AbstractMeasured
from acuerdo.claims.reading import Reading, missing
from acuerdo.claims.rounding import Allowed
from acuerdo.claims.weighing import WAS, allowed_by
from acuerdo.claims.wording import during, filled, listed, shown
from acuerdo.core.text import Text, same
from acuerdo.indicators.value import Value
from acuerdo.spec.fields import AbstractSpec, Number, Plain, When

_POINTS_OF_A_CHANGE: Final = 2
_NOW: Final = Text("{told}, now {numbers}", "{told}, hoy {numbers}")
_NEAR: Final = Text(
    "{told}, less than {within}% from what was written", "{told}, a menos de {within}\u00a0% de lo escrito"
)
_THAT: Final = Text("{words} is the figure of another count", "{words} es la cifra de otro conteo")
_THOSE: Final = Text("{words} are figures of another count", "{words} son cifras de otro conteo")


@final
class Point(AbstractSpec):
    """One figure of the claim.

    Attributes:
        at: The period that the words give it.
        written: The number.
    """

    at: When
    written: Plain


@final
class DefinitionCheck(AbstractMeasured):
    """Figures, and the quantity that the words say they are of; the rivals are what they may be of instead.

    Attributes:
        points: The figures.
        shown_as: Whether the words show them as a rise or a fall of one thing.
        within: Per cent by which a figure may differ from a stored one and still be the same, for a later revision.
    """

    points: Annotated[tuple[Point, ...], Field(min_length=1)]
    shown_as: Literal["rise", "fall"] | None = None
    within: Annotated[Number, Field(ge=0, le=5)] = 0


def readings(check: DefinitionCheck, ground: Ground) -> tuple[Reading, ...]:
    """What the words name, then every measurement that some figure is really of."""
    named, *others = ground.tracks(check)
    absent = next((point.at for point in check.points if named.at(point.at) is None), None)
    if absent is not None:
        return (missing("stated", named.title, period=absent),)
    matches = [_matches(check, named, point=point) for point in check.points]
    moved = _moves(check, named)
    own = Reading(
        role="stated",
        by=named.title,
        told=_told(check, named, moves=moved),
        lead=WAS,
        holds=all(matches) and moved,
        unit=named.unit.id,
        figures=_values(check, named),
    )
    # Where part of the figures is right, and what they show stands, the words hold for another definition only
    role = "measure" if any(matches) and moved else "shown"
    strayed = [point for point, right in zip(check.points, matches, strict=True) if not right or not moved]
    return (
        own,
        *(
            _really(check, one, strayed=strayed, role=role)
            for one in others
            if _of(check, one, points=strayed)
        ),
    )


def _allowed(check: DefinitionCheck, point: Point) -> tuple[Allowed, float]:
    allowed = allowed_by(point.written)
    return allowed, abs(allowed.value) * check.within / 100


def _matches(check: DefinitionCheck, track: Track, *, point: Point) -> bool:
    allowed, slack = _allowed(check, point)
    found = track.at(point.at)
    if found is None or found.value is None:
        return False
    return allowed.admits(found.value) or abs(found.value - allowed.value) <= slack


def _of(check: DefinitionCheck, track: Track, *, points: list[Point]) -> bool:
    return any(_matches(check, track, point=point) for point in points)


def _moves(check: DefinitionCheck, named: Track) -> bool:
    """Whether the quantity named has itself moved as the figures are shown to."""
    if check.shown_as is None:
        return True
    values = _values(check, named)
    if len({one.period for one in values}) < _POINTS_OF_A_CHANGE:
        return False
    first, last = values[0].value or 0.0, values[-1].value or 0.0
    return last > first if check.shown_as == "rise" else last < first


def _values(check: DefinitionCheck, track: Track) -> tuple[Value, ...]:
    found = (track.at(point.at) for point in check.points)
    return tuple(one for one in found if one is not None)


def _to_the_letter(check: DefinitionCheck, named: Track) -> bool:
    """Whether no figure is taken for that of the words only because it lies within the slack for revisions."""
    exact = check.model_copy(update={"within": 0})
    near = (point for point in check.points if _matches(check, named, point=point))
    return all(_matches(exact, named, point=point) for point in near)


def _told(check: DefinitionCheck, named: Track, *, moves: bool) -> Text:
    found = {one.period: one for one in _values(check, named)}
    told = listed(
        [
            filled(same("{number} {when}"), number=shown(one.value or 0.0, one.unit), when=during(one.period))
            for one in found.values()
        ]
    )
    if moves:
        return told if _to_the_letter(check, named) else filled(_NEAR, told=told, within=f"{check.within:g}")
    return filled(
        Text("{told}, so it shows no such change", "{told}, así que no muestra tal cambio"), told=told
    )


def _really(
    check: DefinitionCheck, track: Track, *, strayed: list[Point], role: Literal["measure", "shown"]
) -> Reading:
    """The figures of the words that another measurement prints."""
    caught = [point for point in strayed if _matches(check, track, point=point)]
    figures = tuple(one for point in caught if (one := track.at(point.at)))
    numbers = listed([shown(one.value or 0.0, track.unit) for one in figures])
    words = listed([Text(f"“{point.written}”", f"«{point.written}»") for point in caught])
    as_now = numbers.en == listed([same(point.written) for point in caught]).en
    told = filled(_THAT if len(caught) == 1 else _THOSE, words=words)
    return Reading(
        role=role,
        by=track.title,
        told=told if as_now else filled(_NOW, told=told, numbers=numbers),
        holds=True,
        unit=track.unit.id,
        figures=figures,
        cause="definition",
    )
