"""Sets the bench for an indicator: its releases, their coverage, and the days to build for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from threading import local
from typing import Protocol, final

import duckdb

from acuerdo.core.place import PlaceLevel
from acuerdo.core.unit import UNITS, Unit
from acuerdo.data.recognise import sources
from acuerdo.data.release import Release
from acuerdo.data.sql import literal
from acuerdo.data.store import Store
from acuerdo.indicators.bench import VINTAGES, Bench
from acuerdo.indicators.recipe import Recipe, Selection, selections


class Buildable(Protocol):
    """What a series can be built of: an indicator of the catalog, or a recipe with a country and a unit."""

    @property
    def id(self) -> str:
        """What the series is called."""
        ...

    @property
    def country(self) -> str:
        """The country that the figures are of."""
        ...

    @property
    def unit(self) -> str:
        """Id of the unit of the result."""
        ...

    @property
    def recipe(self) -> Selection | Recipe:
        """How it is computed."""
        ...

    @property
    def breakdowns(self) -> tuple[str, ...]:
        """Breakdown keys that it can be split by."""
        ...

    @property
    def place_levels(self) -> tuple[PlaceLevel, ...]:
        """The levels it can be built at, largest first."""
        ...


def input_series(indicator: Buildable) -> tuple[str, ...]:
    """Ids of the series that an indicator rests on, in order."""
    return tuple(sorted({one for leaf in selections(indicator.recipe) for one in leaf.series_ids}))


@cache
def series_units() -> dict[str, Unit]:
    """The unit of every series of every source."""
    return {one.id: UNITS[one.unit] for source in sources().values() for one in source.series}


@contextmanager
def bench_for(
    store: Store,
    indicator: Buildable,
    *,
    levels: frozenset[PlaceLevel],
    days: Sequence[date] | None,
    by: tuple[str, ...] = (),
    until: date = date.max,
) -> Iterator[Bench]:
    """A bench with everything stored that an indicator rests on; its tables vanish with it.

    Args:
        store: Where the releases lie.
        indicator: What is to be built.
        levels: Levels of place that are wanted.
        days: The days to build for; every day on which an input became public, if None.
        by: Breakdown keys to split by.
        until: The last day that such a publication counts.
    """
    wanted = set(input_series(indicator))
    releases = tuple(
        release
        for source in sorted({one.partition(".")[0] for one in wanted})
        for release in store.releases(source)
        if wanted & set(release.series)
    )
    with _ENGINE.connection.cursor() as connection:
        bench = Bench(
            connection=connection,
            releases=releases,
            units=series_units(),
            country=indicator.country,
            levels=levels,
            by=by,
            days=tuple(_publication_days(indicator, releases, until=until) if days is None else days),
        )
        _describe_coverage(bench)
        _set_vintages(bench)
        yield bench


@final
class _Engine(local):
    """One engine for each thread: each bench is a cursor of it, with scratch tables of its own.

    To open an engine takes longer than to build most indicators. Its steps are many and small, so that a second
    thread inside it costs more than it brings; with one, sums are added up in the same order on every machine.
    """

    def __init__(self) -> None:
        self.connection = duckdb.connect(
            config={
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
                "threads": 1,
            }
        )


_ENGINE = _Engine()


def _describe_coverage(bench: Bench) -> None:
    """A table of the series and spans that each release covers."""
    rows = [
        f"({literal(one.series)}, DATE '{release.published.on}', {release.sequence}, DATE '{one.first}', "
        f"DATE '{one.last}', {release.restates}, {release.extract}, {bench.bit(release)})"
        for release in bench.releases
        for one in release.coverage
    ]
    nothing = "('', DATE '1970-01-01', 0, DATE '1970-01-01', DATE '1970-01-01', false, false, '0'::BIT)"
    bench.connection.execute(
        f"CREATE TEMP TABLE coverage AS SELECT * FROM (VALUES {', '.join(rows) or nothing}) "
        "AS covered(series, published, sequence, first, last, restates, extract, bits)"
    )


def _set_vintages(bench: Bench) -> None:
    rows = ", ".join(f"(DATE '{day.isoformat()}')" for day in bench.days) or "(NULL)"
    bench.connection.execute(
        f"CREATE TEMP TABLE {VINTAGES} AS SELECT * FROM (VALUES {rows}) AS days(vintage) WHERE vintage IS NOT NULL"
    )


def _publication_days(indicator: Buildable, releases: Sequence[Release], *, until: date) -> list[date]:
    wanted = set(input_series(indicator))
    days = {day for one in releases if wanted & set(one.series) for day in one.vintages}
    return sorted(day for day in days if day <= until)
