"""The probability that an aim is met: the forecast's errors of the past together with the revisions still to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

import numpy as np

from acuerdo.core.period import Period
from acuerdo.core.text import Text
from acuerdo.tracking.outlook.aim import Aim
from acuerdo.tracking.outlook.course import Course
from acuerdo.tracking.outlook.look_ahead import Forecast
from acuerdo.tracking.outlook.nowcast import LEVELS
from acuerdo.tracking.outlook.on_track import JUDGED_AT, status_of, why_not
from acuerdo.tracking.outlook.outlook import Chance, Expected


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What the chances of an indicator rest on.

    Attributes:
        course: Its values.
        coming_in: Those that have not settled, with what they are expected to settle at.
        moved: Logarithms of how far values moved from what was told, or expected, of them to what they settled at.
        forecast: What comes next; None where nothing can be forecast.
        why_no_forecast: Why nothing is, then.
    """

    course: Course
    coming_in: tuple[Expected, ...]
    moved: tuple[float, ...]
    forecast: Forecast | None
    why_no_forecast: Text | None = None


def chance(aim: Aim, period: Period, *, ground: Ground) -> Chance:
    """Whether an aim will be met by the period in which it is due."""
    newest = ground.course.newest
    told = next((one.value for one in newest if one.period == period), None)
    unsettled = next((one for one in ground.coming_in if one.period == period), None)
    alike = newest[-1].period.kind is period.kind
    latest = told if told is not None else newest[-1].value if alike else None
    distance = None if latest is None else latest - aim.value
    if told is not None and unsettled is None:
        status = "met" if aim.met_by(told) else "missed"
        return Chance(aim=aim, period=period, probability=None, status=status, distance=distance)
    probability = (
        _share(aim, unsettled.value, moved=ground.moved, errors=(0.0,))
        if unsettled is not None
        else _ahead(aim, period, ground=ground)
    )
    score = ground.forecast.score if ground.forecast else None
    coverage = score.coverage[LEVELS.index(JUDGED_AT)] if score else None
    judged = score.judged if score else 0
    reason = why_not(probability, coverage=coverage, judged=judged)
    return Chance(
        aim=aim,
        period=period,
        # A number whose forecast has not proved itself would be read as if it had
        probability=None if reason else probability,
        status=status_of(probability, coverage=coverage, judged=judged),
        distance=distance,
        why_not=(ground.why_no_forecast if probability is None else None) or reason,
    )


def _ahead(aim: Aim, period: Period, *, ground: Ground) -> float | None:
    coming = ground.forecast.ahead if ground.forecast else ()
    found = next((one for one in coming if one.period == period), None)
    if found is None or not found.errors:
        return None
    return _share(aim, found.expected, moved=ground.moved, errors=found.errors)


def _share(aim: Aim, expected: float, *, moved: Sequence[float], errors: Sequence[float]) -> float:
    """The share of all sums of a past error and a past revision with which the aim is met.

    Half a case is added on each side, so that no finite past makes anything certain.
    """
    sums = np.add.outer(np.asarray(errors), np.asarray(moved or (0.0,)))
    met = sum(aim.met_by(float(one)) for one in (expected * np.exp(sums)).ravel())
    cases = max(len(errors), len(moved), 1)
    return (met / sums.size * cases + 0.5) / (cases + 1)
