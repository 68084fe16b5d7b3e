"""Puts an outlook together: nowcast, forecast, revisions, and the chance of each aim; as of any day."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, final

from acuerdo.core.period import Period
from acuerdo.core.text import Text
from acuerdo.data.store import Store
from acuerdo.indicators.indicator import Indicator
from acuerdo.tracking.outlook.aim import aims_for
from acuerdo.tracking.outlook.chance import Ground, chance
from acuerdo.tracking.outlook.course import Course, breakdown_of, read_course
from acuerdo.tracking.outlook.delay import Delay, delay_of
from acuerdo.tracking.outlook.distance import from_baseline
from acuerdo.tracking.outlook.forecast import OURS
from acuerdo.tracking.outlook.held_back import proof
from acuerdo.tracking.outlook.look_ahead import Forecast, look_ahead
from acuerdo.tracking.outlook.misses import misses
from acuerdo.tracking.outlook.nowcast import LEVELS, nowcasts
from acuerdo.tracking.outlook.outlook import Expected, Outlook, Record
from acuerdo.tracking.outlook.revision import revised, revisions
from acuerdo.tracking.outlook.triangle import Cell, Told, Triangle, lag_of, read_triangle

# So many are enough to see where a forecast comes from
_RECENT_YEARS, _FEWEST_SHOWN = 4, 15
_NOTHING = Text("Nothing is stored of it.", "No hay nada almacenado de él.")
LEFT_OUT: Final = Text(
    "No forecast was made here: trying one on the whole past of that day takes seconds for each indicator.",
    "Aquí no se hizo pronóstico: probarlo en todo el pasado de ese día toma segundos por indicador.",
)
_SHORT = Text(
    "Its unbroken run of {n} periods is too short, or has zeros: no forecast could be tried on the past.",
    "Su serie sin huecos, de {n} periodos, es muy corta o tiene ceros: ningún pronóstico podría probarse en el pasado.",
)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class _ComingIn:
    """The counts still coming in, and how far such counts were off in the past; with how the correction fared."""

    expected: tuple[Expected, ...] = ()
    moved: tuple[float, ...] = ()
    days: tuple[date, ...] = ()
    correction: Text | None = None


def look(
    store: Store, indicator: Indicator, *, as_of: date | None = None, forecasting: bool = True
) -> Outlook:
    """The outlook of an indicator.

    Args:
        store: Where the releases lie.
        indicator: One of the catalog.
        as_of: Only what was public on that day; None for everything stored.
        forecasting: Whether to forecast, which takes seconds; else the outlook says that it was left out.

    Raises:
        MissingExtra: If it is long enough to be forecast and the forecasting library is not installed.
    """
    course = read_course(store, indicator, as_of=as_of)
    if course is None:
        return Outlook(
            indicator=indicator.id, day=None, from_baseline=None, recent={}, nowcasts=(), correction=None, ahead=(),
            record=None, revised=revised(()), chances=(), why_no_forecast=_NOTHING,
        )  # fmt: skip
    coming = _coming_in(store, indicator, course=course, day=as_of or date.max)
    forecast = _forecast(course, coming) if forecasting else None
    why_not = None if forecast else _short(course) if forecasting else LEFT_OUT
    moved = revisions(course)
    ground = Ground(
        course=course,
        coming_in=coming.expected,
        moved=coming.moved or moved,
        forecast=forecast,
        why_no_forecast=why_not,
    )
    return Outlook(
        indicator=indicator.id,
        day=max([*coming.days, *(one.known_from for one in course.newest)]),
        from_baseline=from_baseline(store, indicator, as_of=as_of),
        recent=_recent(course),
        nowcasts=coming.expected,
        correction=coming.correction,
        ahead=_expected(forecast),
        record=_record(forecast),
        revised=revised(moved),
        chances=tuple(
            chance(aim, aim.periods[indicator.id], ground=ground)
            for aim in aims_for(indicator.id)
            if aim.known_from <= (as_of or date.max)
        ),
        why_no_forecast=why_not,
    )


def _forecast(course: Course, coming: _ComingIn) -> Forecast | None:
    return look_ahead(
        course,
        corrected={one.period: one.value for one in coming.expected},
        unsettled=_unsettled(coming.expected, course.newest[-1].period),
    )


def _recent(course: Course) -> dict[Period, float]:
    shown = course.newest[-max(_RECENT_YEARS * course.rhythm.year, _FEWEST_SHOWN) :]
    return {one.period: one.value for one in shown if one.value is not None}


def _unsettled(expected: Sequence[Expected], newest: Period) -> dict[float, float]:
    """By level, how far the newest value may settle from what is expected, in logarithms."""
    one = next((each for each in expected if each.period == newest), None)
    if one is None or one.value <= 0:
        return {}
    return {level: math.log(ends[1] / one.value) for level, ends in one.intervals.items() if ends is not None}


def _short(course: Course) -> Text:
    return Text(_SHORT.en.format(n=len(course.newest)), _SHORT.es.format(n=len(course.newest)))


def _coming_in(store: Store, indicator: Indicator, *, course: Course, day: date) -> _ComingIn:
    chosen = breakdown_of(indicator)
    delay = delay_of(chosen[0]) if chosen else None
    if chosen is None or delay is None:
        return _ComingIn()
    triangle = read_triangle(store, delay)
    targets = _targets(triangle, indicator, course=course, breakdown=chosen[1], day=day)
    found = nowcasts(triangle, targets, day=day)
    if not any(one.told[-1].lag < delay.settled for one in targets):
        return _ComingIn()
    tried = proof(triangle.known(day), (chosen[1], True))
    if tried.refusal is not None:
        return _ComingIn(correction=tried.words)
    off = [
        math.log(one.settled / one.expected)
        for one in misses(triangle.known(day))
        if one.settled > 0 and one.expected > 0 and _alike(one.cell, chosen[1], delay=delay)
    ]
    expected = [
        Expected(period=one.period, told=one.told.value, value=one.expected, intervals=one.intervals)
        for one in sorted(found, key=lambda one: one.period)
    ]
    return _ComingIn(
        expected=tuple(expected),
        correction=tried.words,
        moved=tuple(off),
        days=triangle.known(day).days if expected else (),
    )


def _alike(cell: Cell, breakdown: str, *, delay: Delay) -> bool:
    """Whether the error of a count of the past says something of this one: the same breakdown, where it was told."""
    return delay.learned_by == "pending" or cell.breakdown == breakdown


def _targets(
    triangle: Triangle, indicator: Indicator, *, course: Course, breakdown: str, day: date
) -> Sequence[Cell]:
    """The indicator's own counts: those of the triangle where it holds them, else made of its course."""
    delay = triangle.delay
    if delay.learned_from == (breakdown_of(indicator) or ("", ""))[0]:
        shown = {one.period: one.value for one in course.newest}
        return [
            one
            for one in triangle.known(day).cells
            if one.place == indicator.country
            and one.breakdown == breakdown
            and shown.get(one.period) == one.told[-1].value
        ]
    return [
        Cell(
            place=indicator.country,
            breakdown=breakdown,
            period=period,
            told=(Told(on, lag_of(period, on, months=delay.months), value),),
        )
        for period, on, value in (_years(course) if delay.step == "year" else _each(course))
    ]


def _each(course: Course) -> Iterator[tuple[Period, date, float]]:
    for one in course.newest:
        if one.value is not None:
            yield one.period, one.known_from, one.value


def _years(course: Course) -> Iterator[tuple[Period, date, float]]:
    """The whole years of a course, from its months where it steps through months."""
    by_year: dict[int, list[tuple[Period, date, float]]] = defaultdict(list)
    for period, on, value in _each(course):
        by_year[period.end.year].append((period, on, value))
    for year, parts in by_year.items():
        if len(parts) == course.rhythm.year:
            yield Period.year(year), max(on for _, on, _ in parts), sum(value for *_, value in parts)


def _expected(forecast: Forecast | None) -> tuple[Expected, ...]:
    coming = forecast.ahead if forecast else ()
    return tuple(Expected(period=one.period, value=one.expected, intervals=one.intervals) for one in coming)


def _record(forecast: Forecast | None) -> Record | None:
    if forecast is None:
        return None
    score = forecast.score
    return Record(
        judged=score.judged,
        coverage=dict(zip(LEVELS, score.coverage, strict=True)),
        against={rival: score.against(rival) for rival in score.error if rival != OURS},
        origins=score.origins,
        vintages=score.vintages,
    )
