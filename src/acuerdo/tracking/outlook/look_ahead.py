"""The forecast of an indicator: what comes next with its intervals, and how such forecasts fared in the past."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from acuerdo.core.period import Period
from acuerdo.tracking.outlook.adaptive import Reach, adapt
from acuerdo.tracking.outlook.course import Course, logarithms, next_periods
from acuerdo.tracking.outlook.forecast import METHODS, OURS, Past, look_back
from acuerdo.tracking.outlook.nowcast import LEVELS

Floats = NDArray[np.float64]
# With fewer known errors no interval is given; with fewer origins none of the past could be judged
_FEWEST_ERRORS = 8
_FEWEST_ORIGINS = 12


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What a coming period is expected to bring.

    Attributes:
        period: Which.
        expected: The forecast.
        intervals: By level; None where the past has too few errors for it.
        errors: Logarithms of what came over what was forecast so many steps ahead, oldest first.
    """

    period: Period
    expected: float
    intervals: Mapping[float, tuple[float, float] | None]
    errors: tuple[float, ...]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastScore:
    """How the forecasts of past dates fared.

    Attributes:
        judged: Forecasts that had intervals of every level and could be held against what came.
        coverage: By level, the share of them inside; None without any.
        error: By method, the mean absolute error in logarithms, over the same forecasts.
        origins: Dates in the past from which was forecast.
        vintages: How many of them saw what was published then; the others see the first vintage stored, cut there.
    """

    judged: int
    coverage: tuple[float | None, ...]
    error: Mapping[str, float]
    origins: int
    vintages: int

    def against(self, rival: str) -> float | None:
        """The error of the forecast against a rival's; below one it is better."""
        theirs = self.error.get(rival, 0.0)
        return self.error[OURS] / theirs if theirs else None


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """The coming periods and the record of the past."""

    ahead: tuple[Ahead, ...]
    score: ForecastScore


def look_ahead(
    course: Course, *, corrected: Mapping[Period, float], unsettled: Mapping[float, float]
) -> Forecast | None:
    """The forecast of a course; None where it is too short, or has values that are not above zero.

    Args:
        course: The series, as it stood at each publication.
        corrected: What the latest values are expected to settle at, where they are still coming in.
        unsettled: By level, how far the newest value may still settle from what is expected, in logarithms.
    """
    rhythm, newest = course.rhythm, course.newest
    came = logarithms(newest)
    origins = range(rhythm.first, len(newest))
    if came is None or len(origins) < _FEWEST_ORIGINS:
        return None
    known_at = [logarithms(course.at(length)) for length in origins]
    if any(one is None or len(one) != length for one, length in zip(known_at, origins, strict=True)):
        return None
    seen = [one for one in known_at if one is not None]
    past = look_back(seen, came, year=rhythm.year, steps=rhythm.steps)
    reaches = _reaches(past, steps=rhythm.steps)
    ends = {run[-1].period for run in course.vintages}
    base = np.log([corrected.get(one.period, one.value or 0.0) for one in newest])
    expected = np.exp(METHODS[OURS](base, rhythm.year, rhythm.steps))
    return Forecast(
        ahead=tuple(
            Ahead(
                period=period,
                expected=float(expected[step - 1]),
                intervals={
                    level: _interval(
                        float(expected[step - 1]), reaches[step, level].next, base=unsettled.get(level, 0.0)
                    )
                    for level in LEVELS
                },
                errors=tuple(past.known(OURS, len(newest), step=step)),
            )
            for step, period in enumerate(next_periods(newest, rhythm.steps), start=1)
        ),
        score=_score(past, reaches, vintages=sum(newest[length - 1].period in ends for length in origins)),
    )


def _reaches(past: Past, *, steps: int) -> dict[tuple[int, float], Reach]:
    """How far each step reached at each level; farther steps reach no less far than nearer ones do now."""
    found: dict[tuple[int, float], Reach] = {}
    for level in LEVELS:
        before = 0.0
        for step in range(1, steps + 1):
            column = [float(one) if np.isfinite(one) else None for one in past.errors[OURS][:, step - 1]]
            reach = adapt(column, step=step, level=level, fewest=_FEWEST_ERRORS)
            before = max(before, reach.next or 0.0)
            found[step, level] = Reach(reach.at, None if reach.next is None else before)
    return found


def _interval(expected: float, reach: float | None, *, base: float) -> tuple[float, float] | None:
    """The error of the forecast and that of the value it starts from, which are independent, taken together."""
    if reach is None:
        return None
    both = float(np.hypot(reach, base))
    return expected * float(np.exp(-both)), expected * float(np.exp(both))


def _score(past: Past, reaches: Mapping[tuple[int, float], Reach], *, vintages: int) -> ForecastScore:
    """Every past forecast that had an interval, held against what came."""
    inside: list[tuple[bool, ...]] = []
    error: dict[str, list[float]] = {name: [] for name in past.errors}
    origins, steps = past.errors[OURS].shape
    for row in range(origins):
        for step in range(1, steps + 1):
            came = float(past.errors[OURS][row, step - 1])
            reach = [one for level in LEVELS if (one := reaches[step, level].at[row]) is not None]
            if not np.isfinite(came) or len(reach) < len(LEVELS):
                continue
            inside.append(tuple(abs(came) <= one for one in reach))
            for name, errors in past.errors.items():
                error[name].append(abs(float(errors[row, step - 1])))
    shares = tuple(
        sum(one[number] for one in inside) / len(inside) if inside else None for number in range(len(LEVELS))
    )
    means = {name: sum(sizes) / len(sizes) if sizes else 0.0 for name, sizes in error.items()}
    return ForecastScore(judged=len(inside), coverage=shares, error=means, origins=origins, vintages=vintages)
