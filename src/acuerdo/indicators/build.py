"""Builds an indicator from a store, as it stood on a day or at every publication."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from acuerdo.core.errors import Problem, UsageError, nearest
from acuerdo.core.period import Period
from acuerdo.core.place import PlaceLevel, place
from acuerdo.core.status import Status
from acuerdo.core.text import Text
from acuerdo.core.unit import UNITS, Unit, convert
from acuerdo.data.sql import listed
from acuerdo.data.store import Store
from acuerdo.indicators.bench import CERTAINTY, Bench, Relation, place_filter
from acuerdo.indicators.indicator import Indicator
from acuerdo.indicators.setting import Buildable, bench_for
from acuerdo.indicators.value import IndicatorSeries, Value
from acuerdo.indicators.workings import work_out

EVERYTHING = date.max
_STATUSES = tuple(Status(code) for code in CERTAINTY)
Name = TypeVar("Name", bound=str)


def build(
    store: Store,
    indicator: Indicator,
    *,
    as_of: date | None = None,
    levels: Sequence[PlaceLevel] | None = None,
    by: Sequence[str] = (),
) -> IndicatorSeries:
    """An indicator as it stood on one day.

    Args:
        store: Where the releases lie.
        indicator: One of the catalog.
        as_of: Only what was public on that day; None for everything stored.
        levels: Levels of place; country and state where the indicator offers them, if not given.
        by: Breakdown keys to split by, of those that the indicator offers.

    Returns:
        One value per place, breakdown and period. A place and period of which some input is missing has a
        value of None and the status ``missing``.

    Raises:
        UsageError: If a level or a breakdown key is not offered.
        NotFound: If a label in the recipe is not one of the publisher's.
        UnitMismatch: If the recipe combines what cannot be combined.
    """
    (series,) = build_each(store, indicator, days=[as_of], levels=levels, by=by)
    return series


def build_each(
    store: Store,
    indicator: Buildable,
    *,
    days: Sequence[date | None],
    levels: Sequence[PlaceLevel] | None = None,
    by: Sequence[str] = (),
    places: Sequence[str] = (),
) -> tuple[IndicatorSeries, ...]:
    """An indicator as it stood on each of several days, in one pass over the files.

    Args:
        store: Where the releases lie.
        indicator: One of the catalog, or anything that says as much.
        days: Different days; None for everything stored.
        levels: As for :func:`build`.
        by: As for :func:`build`.
        places: Only these places, of those at the levels wanted.

    Raises:
        UsageError: As :func:`build`.
        NotFound: As :func:`build`.
        UnitMismatch: As :func:`build`.
    """
    wanted = _levels(indicator, levels, default=(PlaceLevel.COUNTRY, PlaceLevel.STATE))
    known = [day or EVERYTHING for day in days]
    with bench_for(store, indicator, levels=wanted, days=known, by=_labels(indicator, by)) as bench:
        return tuple(_series(indicator, bench, days=days, places=places))


def history(
    store: Store, indicator: Indicator, *, levels: Sequence[PlaceLevel] | None = None
) -> tuple[IndicatorSeries, ...]:
    """An indicator as it stood at each publication date of its inputs that changed it, oldest first.

    Args:
        store: Where the releases lie.
        indicator: One of the catalog.
        levels: Levels of place; the country alone if not given.
    """
    return course(store, indicator, day=EVERYTHING, levels=levels)[1]


def course(
    store: Store, indicator: Indicator, *, day: date, levels: Sequence[PlaceLevel] | None = None
) -> tuple[IndicatorSeries, tuple[IndicatorSeries, ...]]:
    """An indicator as it stood on a day, and its :func:`history` until then, in one pass over the files.

    Args:
        store: Where the releases lie.
        indicator: One of the catalog.
        day: Only what was public on that day.
        levels: Levels of place; the country alone if not given.
    """
    wanted = _levels(indicator, levels, default=(PlaceLevel.COUNTRY,))
    with bench_for(store, indicator, levels=wanted, days=None, until=day) as bench:
        found = _series(indicator, bench, days=bench.days)
    nothing = IndicatorSeries(indicator=indicator.id, as_of=day, unit=UNITS[indicator.unit], values=())
    # Between two publications an indicator stands as the first of them left it
    return replace(found[-1] if found else nothing, as_of=day), tuple(
        one
        for before, one in zip((None, *found), found, strict=False)
        if one.values and (before is None or _figures(before) != _figures(one))
    )


def _figures(series: IndicatorSeries) -> list[tuple[str, str, Period, float | None]]:
    return [(one.place.code, one.breakdown, one.period, one.value) for one in series.values]


def _series(
    indicator: Buildable, bench: Bench, *, days: Sequence[date | None], places: Sequence[str] = ()
) -> list[IndicatorSeries]:
    relation = _in_unit(work_out(indicator.recipe, bench), UNITS[indicator.unit], bench=bench)
    values = _values(relation, bench, places=places)
    return [
        IndicatorSeries(
            indicator=indicator.id,
            as_of=day,
            unit=relation.unit,
            values=tuple(values.get(day or EVERYTHING, ())),
        )
        for day in days
    ]


def _in_unit(relation: Relation, unit: Unit, *, bench: Bench) -> Relation:
    """The relation in the unit that the indicator is given in, where the two measure the same thing.

    Raises:
        UnitMismatch: If they do not.
    """
    if relation.unit == unit:
        return relation
    factor = convert(1.0, relation.unit, target=unit)
    sql = f"SELECT * REPLACE (value * {factor!r} AS value) FROM {relation.table}"
    return bench.relation(sql, unit=unit, split=relation.split)


def _values(relation: Relation, bench: Bench, *, places: Sequence[str]) -> dict[date, list[Value]]:
    chosen = f"AND place IN {listed(places)} " if places else ""
    rows = bench.connection.execute(
        f"SELECT vintage, place, breakdown, period, value, doubt, known_from, bits::VARCHAR FROM {relation.table} "
        f"WHERE {place_filter('place', country=bench.country, levels=bench.levels)} "
        f"{chosen}ORDER BY vintage, place, breakdown, start, finish, period"
    ).fetchall()
    ids = tuple(one.id for one in bench.releases)
    found: dict[date, list[Value]] = {}
    rested_on: dict[str, tuple[str, ...]] = {}
    for vintage, code, breakdown, period, value, doubt, known_from, bits in rows:
        if bits not in rested_on:
            rested_on[bits] = tuple(one for one, bit in zip(ids, bits, strict=True) if bit == "1")
        found.setdefault(vintage, []).append(
            Value(
                place=place(code),
                breakdown=breakdown,
                period=Period.parse(period),
                value=value,
                unit=relation.unit,
                status=Status.MISSING if value is None else _STATUSES[doubt - 1],
                known_from=known_from,
                releases=rested_on[bits],
            )
        )
    return found


def _levels(
    indicator: Buildable, levels: Sequence[PlaceLevel] | None, *, default: tuple[PlaceLevel, ...]
) -> frozenset[PlaceLevel]:
    offered = indicator.place_levels
    if levels is None:
        return frozenset(set(default) & set(offered) or offered)
    return frozenset(_offered(level, offered, indicator=indicator) for level in levels)


def _labels(indicator: Buildable, by: Sequence[str]) -> tuple[str, ...]:
    return tuple(_offered(key, indicator.breakdowns, indicator=indicator) for key in by)


def _offered(name: Name, offered: Sequence[Name], *, indicator: Buildable) -> Name:
    if name in offered:
        return name
    listed_names = ", ".join(offered)
    raise UsageError(
        Problem(
            what=Text(
                f"'{indicator.id}' is not offered by '{name}'.",
                f"«{indicator.id}» no se ofrece por «{name}».",
            ),
            nearest=nearest(name, offered),
            fix=Text(f"Use one of: {listed_names}", f"Use alguno de: {listed_names}")
            if offered
            else Text("It has no breakdown.", "No tiene desgloses."),
        )
    )
