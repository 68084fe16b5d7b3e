"""A direction over a window: "seizures have continued to rise"."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Literal, final

from pydantic import Field

from acuerdo.claims.ground import Ground, Track
from acuerdo.claims.measure import AbstractSpanned
from acuerdo.claims.reading import Reading, Role, missing
from acuerdo.claims.weighing import WENT, declared_starts, moved
from acuerdo.claims.wording import signed
from acuerdo.core.period import Period
from acuerdo.indicators.value import Value
from acuerdo.spec.fields import Number, When


@final
class TrendCheck(AbstractSpanned):
    """A rise, a fall or a standstill.

    Attributes:
        direction: What the words say.
        other_until: Other periods that the words could be counted to.
        every_step: Whether they say so of each period, and not of the whole window only.
        flat_within: Per cent of the start within which a change counts as none.
    """

    direction: Literal["up", "down", "flat"]
    other_until: tuple[When, ...] = ()
    every_step: bool = False
    flat_within: Annotated[Number, Field(ge=0)] = 1


def readings(check: TrendCheck, ground: Ground) -> tuple[Reading, ...]:
    """The direction by every measurement, and from every start."""
    stated, *rivals = ground.tracks(check)
    found = [_trend(check, track, since=check.since) for track in (stated, *rivals)]
    found += [_trend(check, stated, since=one, role="baseline") for one in check.other_since]
    ends = [check.model_copy(update={"until": one}) for one in check.other_until]
    found += [_trend(one, stated, since=check.since, role="baseline") for one in ends]
    more = declared_starts(stated, since=check.since, until=check.until)
    also = [
        _trend(check, stated, since=one, role="shown")
        for one in more
        if one not in (check.since, *check.other_since)
    ]
    return (*found, *(one for one in also if one.holds is not None))


def _trend(check: TrendCheck, track: Track, *, since: Period, role: Role | None = None) -> Reading:
    own = role or track.role
    first, last = track.at(since), track.at(check.until)
    if first is None or not first.value:
        return missing(own, track.title, period=since)
    if last is None or last.value is None:
        return missing(own, track.title, period=check.until)
    path = track.within(first.period, last.period)
    change = 100 * (last.value - first.value) / first.value
    return Reading(
        role=own,
        by=track.title,
        told=moved(first, last, by=signed(change)),
        lead=WENT,
        holds=_fits(check, change) and (not check.every_step or all(_steps(check, path))),
        value=change,
        unit="percent",
        figures=path or (first, last),
        cause="baseline" if own == "baseline" else track.cause,
    )


def _fits(check: TrendCheck, moved: float) -> bool:
    match check.direction:
        case "up":
            return moved > check.flat_within
        case "down":
            return moved < -check.flat_within
        case "flat":
            return abs(moved) <= check.flat_within


def _steps(check: TrendCheck, path: tuple[Value, ...]) -> list[bool]:
    return [
        _fits(check, 100 * ((later.value or 0.0) - (one.value or 0.0)) / (one.value or 1.0))
        for one, later in pairwise(path)
    ]
