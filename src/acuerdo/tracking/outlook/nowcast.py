"""What counts that are still coming in will settle at, with prediction intervals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, final

from acuerdo.core.period import Period
from acuerdo.tracking.outlook.misses import Interval, expectations, gauge, learn
from acuerdo.tracking.outlook.triangle import Cell, Told, Triangle

LEVELS: Final = (0.5, 0.8, 0.95)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Nowcast:
    """A count that is still coming in.

    Attributes:
        place: Code of the place.
        breakdown: As the publisher's.
        period: What was counted.
        told: The newest that was told of it.
        expected: What it is expected to settle at.
        intervals: By level, where it will settle; None where there are too few past errors to say.
    """

    place: str
    breakdown: str
    period: Period
    told: Told
    expected: float
    intervals: Mapping[float, Interval]


def nowcasts(triangle: Triangle, targets: Iterable[Cell], *, day: date) -> tuple[Nowcast, ...]:
    """Counts corrected for what is still to come; those that have settled are left out.

    A count of an age at which no vintage shows how it grows is left out as well: nothing can be said of it.

    Args:
        triangle: What teaches the delay; only what was public on the day is looked at.
        targets: The counts, as they were known on the day.
        day: The day.
    """
    known = triangle.known(day)
    growth = learn(known)
    past = gauge(known, growth)
    return tuple(
        Nowcast(
            place=cell.place,
            breakdown=cell.breakdown,
            period=cell.period,
            told=told,
            expected=expected,
            intervals={level: past.interval(cell, told, expected=expected, level=level) for level in LEVELS},
        )
        for cell, told, expected in expectations(growth, targets, settled=triangle.delay.settled)
    )
