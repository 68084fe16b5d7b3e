"""Where a recipe is worked out: the connection, what is stored, and what was asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count
from typing import final

import duckdb

from acuerdo.core.place import PlaceLevel
from acuerdo.core.unit import Unit
from acuerdo.data.release import Release

# The certainty of a value, from the most to the least certain; a result is as certain as its worst input.
CERTAINTY = ("A", "B", "U", "I", "E", "P", "F", "Q", "M")
MISSING = len(CERTAINTY)
COLUMNS = "vintage, place, breakdown, period, start, finish, value, doubt, known_from, bits"
VINTAGES = "vintage_dates"
CODE_LENGTH = {
    PlaceLevel.COUNTRY: 2,
    PlaceLevel.STATE: 5,
    PlaceLevel.MUNICIPALITY: 8,
    PlaceLevel.COUNTY: 8,
}
ALL_LEVELS = tuple(CODE_LENGTH)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """Values in the making: a table with the columns of ``COLUMNS``, one row per key and vintage.

    Attributes:
        table: Its name.
        unit: Unit of its values.
        split: Breakdown keys that its rows keep.
    """

    table: str
    unit: Unit
    split: tuple[str, ...] = ()


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """Everything that a verb needs to know beyond its operands.

    Attributes:
        connection: A scratch connection; ``VINTAGES`` is a table in it with the days to build for.
        releases: The releases of every series in the recipe; their place in it is their bit.
        units: Unit of each series.
        country: Only places in it.
        levels: Levels of place that are wanted.
        by: Breakdown keys to split by.
        days: The days to build for; the rows of ``VINTAGES``.
    """

    connection: duckdb.DuckDBPyConnection
    releases: tuple[Release, ...]
    units: Mapping[str, Unit]
    country: str
    levels: frozenset[PlaceLevel]
    by: tuple[str, ...] = ()
    days: tuple[date, ...] = ()
    _names: count[int] = field(default_factory=count)

    def bit(self, release: Release) -> str:
        """The mark of one release among those of the bench, as SQL."""
        marks = "".join("1" if one is release else "0" for one in self.releases)
        return f"'{marks}'::BIT"

    def at(self, levels: Sequence[PlaceLevel] | frozenset[PlaceLevel]) -> Bench:
        """The same bench, for other levels."""
        return replace(self, levels=frozenset(levels))

    def keep(self, sql: str) -> str:
        """Runs a SELECT into a scratch table, and gives its name."""
        name = f"step_{next(self._names)}"
        self.connection.execute(f"CREATE TEMP TABLE {name} AS {sql}")
        return name

    def relation(self, sql: str, *, unit: Unit, split: tuple[str, ...] = ()) -> Relation:
        """Runs a SELECT of ``COLUMNS`` into a scratch table, as a relation."""
        return Relation(table=self.keep(sql), unit=unit, split=split)


def place_filter(column: str, *, country: str, levels: frozenset[PlaceLevel]) -> str:
    """SQL that holds for the codes of a country's places at some levels."""
    lengths = sorted({CODE_LENGTH[level] for level in levels if level in CODE_LENGTH})
    listed = ", ".join(str(length) for length in lengths) or "-1"
    return f"(length({column}) IN ({listed}) AND starts_with({column}, '{country}'))"


def above(level: PlaceLevel, *, wanted: frozenset[PlaceLevel]) -> tuple[PlaceLevel, ...]:
    """The wanted levels that lie above another."""
    return tuple(one for one in ALL_LEVELS if one in wanted and CODE_LENGTH[one] < CODE_LENGTH[level])
