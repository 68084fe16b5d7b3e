"""An indicator as an unbroken run of periods, at the finest grain its recipe has, as it stood at each publication."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, final

import numpy as np
from numpy.typing import NDArray

from acuerdo.core.period import Period, PeriodKind
from acuerdo.core.place import PlaceLevel
from acuerdo.data.store import Store
from acuerdo.indicators.build import build_each
from acuerdo.indicators.indicator import Indicator
from acuerdo.indicators.recipe import Recipe, Selection, Sum, selections
from acuerdo.indicators.setting import input_series
from acuerdo.indicators.value import IndicatorSeries, Value

Floats = NDArray[np.float64]


@final
@dataclass(frozen=True, slots=True)
class Rhythm:
    """How a series is stepped through.

    Attributes:
        year: Steps in a year.
        first: How many values the first forecast of the past sees.
        steps: How many steps are forecast.
    """

    year: int
    first: int
    steps: int


RHYTHMS: Final = {
    PeriodKind.MONTH: Rhythm(12, 48, 12),
    PeriodKind.TWELVE_MONTHS_ENDING: Rhythm(12, 36, 12),
    PeriodKind.QUARTER: Rhythm(4, 20, 4),
    PeriodKind.HALF: Rhythm(2, 12, 4),
    PeriodKind.YEAR: Rhythm(1, 12, 3),
    PeriodKind.FISCAL_YEAR: Rhythm(1, 12, 3),
}


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Finer:
    """An indicator without the summing of its months into a year; builds as an indicator does."""

    id: str
    country: str
    unit: str
    recipe: Selection | Recipe
    breakdowns: tuple[str, ...] = ()
    place_levels: tuple[PlaceLevel, ...] = (PlaceLevel.COUNTRY,)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One unbroken run of periods, as it stood at each publication.

    Attributes:
        vintages: The run at each publication that changed it, oldest first; each ends with its newest full period.
        rhythm: How it is stepped through.
    """

    vintages: tuple[tuple[Value, ...], ...]
    rhythm: Rhythm

    @property
    def newest(self) -> tuple[Value, ...]:
        """The run as it is known last."""
        return self.vintages[-1]

    def at(self, length: int) -> tuple[Value, ...]:
        """The run as it stood when so many of its periods were known.

        Where no vintage ended there, the first one that reached as far, cut there: nothing older is stored.
        """
        start = self.newest[0].period
        end = self.newest[length - 1].period
        for run in self.vintages:
            if run[-1].period.end >= end.end:
                return tuple(
                    one for one in run if start.start <= one.period.start and one.period.end <= end.end
                )
        return self.newest[:length]


def finer(indicator: Indicator) -> Finer:
    """The indicator at its finest grain: where it sums shorter periods into a longer one, those."""
    recipe = indicator.recipe
    if isinstance(recipe, Recipe) and recipe.sum is not None and recipe.sum.periods is not None:
        inner = recipe.sum
        plain = isinstance(inner.of, Selection | Recipe) and not inner.over and inner.places is None
        recipe = inner.of if plain and isinstance(inner.of, Selection | Recipe) else _without_periods(inner)
    return Finer(id=indicator.id, country=indicator.country, unit=indicator.unit, recipe=recipe)


def breakdown_of(indicator: Indicator) -> tuple[str, str] | None:
    """The series of an indicator that rests on one alone, and the publisher's breakdown that it selects."""
    leaves = selections(indicator.recipe)
    plain = all(step == "sum" for step in _verbs(indicator.recipe))
    if len(leaves) != 1 or len(leaves[0].series_ids) != 1 or not plain:
        return None
    chosen = leaves[0].where
    if any(not isinstance(label, str) for label in chosen.values()):
        return None
    return leaves[0].series_ids[0], ";".join(f"{key}={chosen[key]}" for key in sorted(chosen))


def read_course(store: Store, indicator: Indicator, *, as_of: date | None = None) -> Course | None:
    """The course of an indicator in its country; None where nothing is known, or its periods have no rhythm.

    Args:
        store: Where the releases lie.
        indicator: One of the catalog.
        as_of: Only what was public on that day; None for everything stored.
    """
    days = [day for day in _days(store, indicator) if as_of is None or day <= as_of]
    if not days:
        return None
    built = build_each(store, finer(indicator), days=days, levels=[PlaceLevel.COUNTRY])
    newest = _longest(built[-1], indicator.country)
    if not newest:
        return None
    kind, start = newest[-1].period.kind, newest[0].period.start
    runs = [_run(one, indicator.country, kind=kind) for one in built]
    long = [run for run in runs if run and run[0].period.start <= start]
    changed = [
        run for before, run in zip((None, *long), long, strict=False) if _figures(before) != _figures(run)
    ]
    return Course(vintages=tuple(changed), rhythm=RHYTHMS[kind])


def _figures(run: Sequence[Value] | None) -> list[tuple[Period, float | None]] | None:
    return None if run is None else [(one.period, one.value) for one in run]


def logarithms(run: Sequence[Value]) -> Floats | None:
    """The logarithms of a run; None where any value is zero or below."""
    values = np.array([one.value for one in run], dtype=np.float64)
    return np.log(values) if bool((values > 0).all()) else None


def _without_periods(inner: Sum) -> Recipe:
    return Recipe(sum=inner.model_copy(update={"periods": None}))


def _verbs(recipe: Selection | Recipe) -> list[str]:
    if isinstance(recipe, Selection):
        return []
    found: list[str] = []
    for verb, step in recipe.steps:
        inner = step.of if isinstance(step.of, tuple) else (step.of,)
        found += [verb, *(each for one in inner for each in _verbs(one))]
    return found


def _days(store: Store, indicator: Indicator) -> list[date]:
    wanted = set(input_series(indicator))
    sources = sorted({one.partition(".")[0] for one in wanted})
    return sorted(
        {
            day
            for source in sources
            for release in store.releases(source)
            if wanted & set(release.series)
            for day in release.vintages
        }
    )


def _longest(series: IndicatorSeries, country: str) -> tuple[Value, ...]:
    """The longest of the runs of each kind of period."""
    return max((_run(series, country, kind=kind) for kind in RHYTHMS), key=len)


def _run(series: IndicatorSeries, country: str, *, kind: PeriodKind) -> tuple[Value, ...]:
    """The newest values of one kind of period without a gap, oldest first."""
    known = [one for one in series.of(country) if one.value is not None and one.period.kind is kind]
    run: list[Value] = []
    for one in reversed(known):
        if run and one.period.shift(1) != run[-1].period:
            break
        run.append(one)
    return tuple(reversed(run))


def next_periods(run: Sequence[Value], steps: int) -> tuple[Period, ...]:
    """The periods that follow a run."""
    return tuple(run[-1].period.shift(step) for step in range(1, steps + 1))
