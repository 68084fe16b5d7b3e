"""A highest or lowest value so far: "the last two years have set records"."""

from __future__ import annotations

from typing import Annotated, Final, Literal, final

from pydantic import Field

from acuerdo.claims.ground import Ground, Track
from acuerdo.claims.measure import AbstractMeasured
from acuerdo.claims.reading import Reading, missing
from acuerdo.claims.weighing import WAS
from acuerdo.claims.wording import during, filled, joined, shown
from acuerdo.core.text import Text, same
from acuerdo.indicators.value import Value
from acuerdo.spec.fields import When

_NEAR: Final = 0.05
_EXTREMES: Final = {"highest": Text("highest", "máximo"), "lowest": Text("lowest", "mínimo")}


@final
class RecordCheck(AbstractMeasured):
    """An extreme.

    Attributes:
        at: The periods that are said to be extreme; each is compared with all periods before it.
        extreme: Highest or lowest.
        near: Whether "at or near" is enough: within 5 per cent of the extreme.
        since: The first period compared; the first one stored, if not given.
    """

    at: Annotated[tuple[When, ...], Field(min_length=1)]
    extreme: Literal["highest", "lowest"] = "highest"
    near: bool = False
    since: When | None = None


def readings(check: RecordCheck, ground: Ground) -> tuple[Reading, ...]:
    """The extreme by every measurement."""
    return tuple(_record(check, track) for track in ground.tracks(check))


def _record(check: RecordCheck, track: Track) -> Reading:
    figures = {at: track.at(at) for at in check.at}
    absent = next((at for at, one in figures.items() if one is None), None)
    if absent is not None:
        return missing(track.role, track.title, period=absent)
    given = [one for one in figures.values() if one is not None]
    earlier = [_best_before(check, track, one=one) for one in given]
    if any(one is None for one in earlier):
        return missing(track.role, track.title, period=min(check.at).shift(-1))
    pairs = [(one, best) for one, best in zip(given, earlier, strict=True) if best is not None]
    told = [_told(one, best, extreme=_EXTREMES[check.extreme]) for one, best in pairs]
    return Reading(
        role=track.role,
        by=track.title,
        told=joined(told, same("; ")),
        lead=WAS,
        holds=all(_beats(check, one, best=best) for one, best in pairs),
        value=pairs[-1][0].value,
        unit=track.unit.id,
        margin=_margin(*pairs[-1]),
        figures=tuple(one for pair in pairs for one in pair),
        cause=track.cause,
    )


def _best_before(check: RecordCheck, track: Track, *, one: Value) -> Value | None:
    """The extreme of all earlier periods of the same kind that end in the same month: windows that overlap are not."""
    earlier = [
        other
        for other in track.values
        if other.period.kind is one.period.kind
        and other.period < one.period
        and other.period.end.month == one.period.end.month
        and (check.since is None or other.period >= check.since)
    ]
    pick = max if check.extreme == "highest" else min
    return pick(earlier, key=lambda other: other.value or 0.0) if earlier else None


def _beats(check: RecordCheck, one: Value, *, best: Value) -> bool:
    here, there = one.value or 0.0, best.value or 0.0
    slack = _NEAR * abs(there) if check.near else 0.0
    return here > there - slack if check.extreme == "highest" else here < there + slack


def _margin(one: Value, best: Value) -> float | None:
    return (one.value - best.value) / abs(best.value) if one.value is not None and best.value else None


def _told(one: Value, best: Value, *, extreme: Text) -> Text:
    return filled(
        Text(
            "{here} {when}, against {there} {before}, the {extreme} until then",
            "{here} {when}, frente a {there} {before}, el {extreme} hasta entonces",
        ),
        here=shown(one.value or 0.0, one.unit),
        when=during(one.period),
        there=shown(best.value or 0.0, best.unit),
        before=during(best.period),
        extreme=extreme,
    )
