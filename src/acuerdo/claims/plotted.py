"""What a picture of a claim must show: the measurements then and now, and what the words put beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any, Final, final

from acuerdo.claims.check import Check
from acuerdo.claims.ground import Ground, Track
from acuerdo.claims.measure import AbstractMeasured, countable
from acuerdo.claims.rounding import in_percent
from acuerdo.claims.weighing import allowed_by
from acuerdo.core.period import Period
from acuerdo.core.unit import UNITS


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """One value that the words give, or imply, on the scale of the measurement.

    Attributes:
        at: The period that it is for.
        value: The value; None where the words speak of the period without giving a number.
        written: The number as it is written.
        implied: Whether it follows from the words together with another figure, such as twice that of 2008.
    """

    at: Period
    value: float | None
    written: str = ""
    implied: bool = False


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Plotted:
    """What a picture of a claim shows.

    Attributes:
        now: The measurement that the words name, then the others, on the figures of now.
        then: The same on the figures that were public on the day it was said.
        claimed: What the words say.
        derived: Whether the line is worked out from the measurement: a share, or a running sum.
    """

    now: tuple[Track, ...]
    then: tuple[Track, ...]
    claimed: tuple[Claimed, ...]
    derived: bool = False


def plotted(check: Check, *, then: Ground, now: Ground) -> Plotted | None:
    """What a picture of a claim shows; None where there is no measurement to draw.

    Args:
        check: The check of the claim.
        then: The figures of the day it was said.
        now: The figures of now.
    """
    ((kind, body), *_) = check.given
    if not isinstance(body, AbstractMeasured) or getattr(body, "every", None):
        return None
    lines = _LINES.get(kind, _as_measured)
    found = lines(body, now)
    if not found or not found[0].values:
        return None
    return Plotted(
        now=found,
        then=lines(body, then),
        claimed=tuple(one for one in _CLAIMED[kind](body, found[0]) if one is not None),
        derived=kind in _LINES and kind != "comparison",
    )


def _as_measured(body: AbstractMeasured, ground: Ground) -> tuple[Track, ...]:
    return ground.tracks(body)


def _compared(body: Any, ground: Ground) -> tuple[Track, ...]:
    other = countable(body.than if body.than is not None else body.measure)
    beside = ground.track(other, place=body.than_place, unit=body.unit, role="shown")
    return (ground.tracks(body)[0], beside)


def _share(body: Any, ground: Ground) -> tuple[Track, ...]:
    """The part in per cent of the whole, period by period."""
    part = ground.tracks(body)[0]
    whole = (
        ground.tracks(body.model_copy(update={"place": None}))[0]
        if body.part_of is None
        else ground.track(countable(body.part_of))
    )
    percent = UNITS["percent"]
    values = [
        replace(one, value=100 * one.value / all_.value, unit=percent)
        for one in part.values
        if one.value is not None and (all_ := whole.at(one.period)) is not None and all_.value
    ]
    return (replace(part, unit=percent, values=tuple(values)),)


def _running(body: Any, ground: Ground) -> tuple[Track, ...]:
    """Running totals from the first period that the words name."""
    return tuple(_summed(one, body.since) for one in ground.tracks(body))


def _summed(track: Track, since: Period) -> Track:
    first = track.at(since)
    if first is None:
        return replace(track, values=())
    values = [one for one in track.values if one.period.kind is first.period.kind and one.period >= since]
    unbroken = values[
        : next((n for n, one in enumerate(values) if since.shift(n) != one.period), len(values))
    ]
    sums = accumulate(one.value or 0.0 for one in unbroken)
    return replace(
        track, values=tuple(replace(one, value=total) for one, total in zip(unbroken, sums, strict=True))
    )


def _value(body: Any, _: Track) -> tuple[Claimed | None, ...]:
    return (_written(body.at, body.written),)


def _part(body: Any, _: Track) -> tuple[Claimed | None, ...]:
    return (Claimed(at=body.at, value=in_percent(allowed_by(body.written)).value, written=body.written),)


def _points(body: Any, _: Track) -> tuple[Claimed | None, ...]:
    return tuple(_written(one.at, one.written) for one in body.points)


def _sum(body: Any, _: Track) -> tuple[Claimed | None, ...]:
    return (_written(body.until, body.written),)


def _multiple(body: Any, track: Track) -> tuple[Claimed | None, ...]:
    return (_implied(body, track, by=allowed_by(body.written).value),)


def _moved(body: Any, track: Track) -> tuple[Claimed | None, ...]:
    size = allowed_by(body.written).value * (1 if body.direction == "up" else -1)
    if body.form == "percent":
        return (_implied(body, track, by=1 + size / 100),)
    return (_implied(body, track, plus=size),)


def _implied(body: Any, track: Track, *, by: float = 1.0, plus: float = 0.0) -> Claimed | None:
    base = track.at(body.since)
    if base is None or base.value is None:
        return None
    return Claimed(at=body.until, value=base.value * by + plus, written=body.written, implied=True)


def _window(body: Any, _: Track) -> tuple[Claimed | None, ...]:
    return (Claimed(at=body.since, value=None), Claimed(at=body.until, value=None))


def _periods(body: Any, _: Track) -> tuple[Claimed | None, ...]:
    every = body.at if isinstance(body.at, tuple) else (body.at,)
    return tuple(Claimed(at=one, value=None) for one in every)


def _written(at: Period, written: str) -> Claimed:
    return Claimed(at=at, value=allowed_by(written).value, written=written)


_LINES: Final[Mapping[str, Callable[[Any, Ground], tuple[Track, ...]]]] = {
    "share": _share,
    "sum": _running,
    "comparison": _compared,
}
_CLAIMED: Final[Mapping[str, Callable[[Any, Track], tuple[Claimed | None, ...]]]] = {
    "value": _value,
    "share": _part,
    "rank": _value,
    "definition": _points,
    "sum": _sum,
    "ratio": _multiple,
    "change": _moved,
    "trend": _window,
    "record": _periods,
    "comparison": _periods,
}
