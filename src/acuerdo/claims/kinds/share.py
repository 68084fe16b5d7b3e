"""A part of a whole: "15 percent of all homicides occurred in one city"."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, final

from acuerdo.claims.ground import Ground, Track
from acuerdo.claims.measure import AbstractMeasured, Measure, countable
from acuerdo.claims.reading import Reading, during, shown
from acuerdo.claims.rounding import Allowed, in_percent
from acuerdo.claims.weighing import Lacking, Worked, allowed_by, weigh
from acuerdo.core.place import PlaceLevel, place
from acuerdo.core.text import Text
from acuerdo.spec.fields import Plain, When


@final
class ShareCheck(AbstractMeasured):
    """A share, in per cent.

    Attributes:
        at: The period it is for.
        part_of: What is the whole where it is another measure; else it is the same measure in the whole country.
        every: That the words speak of every place of this level, instead of one ``place``; the largest is shown.
        denied: Whether the words say that none has such a share.
        written: The number with the words that say how exact it is.
    """

    at: When
    part_of: Measure | None = None
    every: Literal["state"] | None = None
    denied: bool = False
    written: Plain


def readings(check: ShareCheck, ground: Ground) -> tuple[Reading, ...]:
    """The share by every measurement."""
    allowed = in_percent(allowed_by(check.written))
    if check.every:
        return tuple(
            _largest(check, ground, whole=whole, allowed=allowed) for whole in _wholes(check, ground)
        )
    parts = ground.tracks(check)
    return tuple(
        weigh(part, _share(check, part, whole=whole), allowed=allowed)
        for part, whole in zip(parts, _wholes(check, ground), strict=True)
    )


def _wholes(check: ShareCheck, ground: Ground) -> tuple[Track, ...]:
    """The whole of each measurement: the same in the whole country, or what the check names."""
    if check.part_of is None:
        return ground.tracks(check.model_copy(update={"place": None}))
    return (ground.track(countable(check.part_of)),) * len(ground.tracks(check))


def _share(check: ShareCheck, part: Track, *, whole: Track, where: Text | None = None) -> Worked | Lacking:
    some, all_ = part.at(check.at), whole.at(check.at)
    if some is None or some.value is None or all_ is None or not all_.value:
        return Lacking(check.at)
    share = 100 * some.value / all_.value
    few, many, when = shown(some.value, part.unit), shown(all_.value, whole.unit), during(some.period)
    if where is None and check.place:
        where = place(check.place).name
    inside = (f"{where.en}, ", f"{where.es}, ") if where else ("", "")
    return Worked(
        value=share,
        told=Text(
            f"{inside[0]}{few} of {many} {when.en}, {share:.1f}%",
            f"{inside[1]}{few} de {many} {when.es}, {share:.1f}%",
        ),
        figures=(some, all_),
    )


def _largest(check: ShareCheck, ground: Ground, *, whole: Track, allowed: Allowed) -> Reading:
    """The place that has most: where it fits the words, or where they deny it and it does not."""
    level = PlaceLevel(check.every)
    places = {one.place.code: one.place for one in ground.found[whole.id].values if one.place.level is level}
    shares = [
        found
        for code, one in sorted(places.items())
        if isinstance(found := _share(check, ground.beside(whole, code), whole=whole, where=one.name), Worked)
    ]
    if not shares:
        return weigh(whole, Lacking(check.at), allowed=allowed)
    reading = weigh(whole, max(shares, key=lambda one: one.value), allowed=allowed)
    return replace(reading, holds=not reading.holds) if check.denied else reading
