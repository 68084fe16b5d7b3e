"""A part of a whole: "15 percent of all homicides occurred in one city"."""

from __future__ import annotations

from typing import Final, Literal, final

from acuerdo.claims.ground import Ground, Track
from acuerdo.claims.measure import AbstractMeasured, Measure, countable
from acuerdo.claims.reading import Reading
from acuerdo.claims.rounding import Allowed, in_percent
from acuerdo.claims.weighing import Lacking, Worked, allowed_by, weigh
from acuerdo.claims.wording import during, filled, shown
from acuerdo.core.place import PlaceLevel, place
from acuerdo.core.text import Text, same
from acuerdo.core.unit import UNITS
from acuerdo.spec.fields import Plain, When

_OF: Final = Text("the share is that of", "la proporción es la de")
_LARGEST: Final = Text("the largest share is that of", "la mayor proporción es la de")
_SHARE: Final = Text("the share is", "la proporción es de")


@final
class ShareCheck(AbstractMeasured):
    """A share, in per cent.

    Attributes:
        at: The period it is for.
        part_of: What is the whole where it is another measure; else it is the same measure in the whole country.
        every: That the words speak of every place of this level, instead of one ``place``; the largest is shown.
        written: The number with the words that say how exact it is.
    """

    at: When
    part_of: Measure | None = None
    every: Literal["state"] | None = None
    written: Plain


def readings(check: ShareCheck, ground: Ground) -> tuple[Reading, ...]:
    """The share by every measurement."""
    allowed = in_percent(allowed_by(check.written))
    wholes = _wholes(check, ground)
    if check.every:
        found = [(whole, _largest(check, ground, whole=whole, allowed=allowed)) for whole in wholes]
    else:
        where = place(check.place).name if check.place else None
        found = [
            (part, _share(check, part, whole=whole, allowed=allowed, where=where))
            for part, whole in zip(ground.tracks(check), wholes, strict=True)
        ]
    return tuple(weigh(track, result, allowed=allowed) for track, result in found)


def _wholes(check: ShareCheck, ground: Ground) -> tuple[Track, ...]:
    """The whole of each measurement: the same in the whole country, or what the check names."""
    if check.part_of is None:
        return ground.tracks(check.model_copy(update={"place": None}))
    return (ground.track(countable(check.part_of)),) * len(ground.tracks(check))


def _share(
    check: ShareCheck, part: Track, *, whole: Track, allowed: Allowed, where: Text | None
) -> Worked | Lacking:
    some, all_ = part.at(check.at), whole.at(check.at)
    if some is None or some.value is None or all_ is None or not all_.value:
        return Lacking(check.at)
    share = 100 * some.value / all_.value
    # A share that rounds to the limit is told with one digit more, or it would seem to be the limit
    told = filled(
        Text("{share}, {few} of {many} {when}", "{share}, {few} de {many} {when}"),
        share=shown(share, UNITS["percent"], decimals=2 if allowed.on_edge(share) else 1),
        few=shown(some.value, part.unit),
        many=shown(all_.value, whole.unit),
        when=check.span or during(some.period),
    )
    lead = _SHARE if where is None else _LARGEST if check.every else _OF
    return Worked(
        value=share,
        told=told if where is None else filled(same("{where}, {told}"), where=where, told=told),
        lead=lead,
        figures=(some, all_),
    )


def _largest(check: ShareCheck, ground: Ground, *, whole: Track, allowed: Allowed) -> Worked | Lacking:
    """The place that has most."""
    level = PlaceLevel(check.every)
    places = {one.place.code: one.place for one in ground.found[whole.id].values if one.place.level is level}
    parts = [(ground.beside(whole, code), one.name) for code, one in sorted(places.items())]
    shares = [_share(check, part, whole=whole, allowed=allowed, where=name) for part, name in parts]
    known = [one for one in shares if isinstance(one, Worked)]
    return max(known, key=lambda one: one.value) if known else Lacking(check.at)
