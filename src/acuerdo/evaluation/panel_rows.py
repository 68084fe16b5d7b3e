"""Which unit and period each row of a table is about."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, final

import numpy as np

from acuerdo.core.errors import CheckFailed, Problem, not_found
from acuerdo.core.period import Period, PeriodKind
from acuerdo.core.text import Text
from acuerdo.evaluation.naming import name_of, some
from acuerdo.evaluation.panel_columns import Columns, Table
from acuerdo.evaluation.panel_periods import period_in, periods_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Grid = NDArray[np.float64]

_A_PERIOD: Final = Text("a period of the table", "un periodo de la tabla")


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Which unit and period each row of the table is about.

    Attributes:
        units: N names, in the order of the table.
        periods: T periods.
        names: The unit of each row.
        at: Row and column of the panel for each row of the table.
    """

    units: tuple[str, ...]
    periods: tuple[Period, ...]
    names: tuple[str, ...]
    at: tuple[list[int], list[int]]

    @classmethod
    def of(cls, table: Table, columns: Columns) -> Rows:
        """The rows of a table.

        Raises:
            CheckFailed: If there is none, a unit and period stand twice, or a period between others has no row.
        """
        named, when = table.stated(columns["unit"]), table.stated(columns["period"])
        if not named:
            raise CheckFailed(Problem(what=Text("The table has no rows.", "La tabla no tiene filas.")))
        # Read once for each distinct value: a table of municipalities has half a million rows
        known = {one: name_of(one) for one in dict.fromkeys(named)}
        distinct = [*dict.fromkeys(when)]
        read = dict(zip(distinct, _periods(distinct, column=columns["period"]), strict=True))
        units, periods = tuple(dict.fromkeys(known.values())), _in_order(read.values())
        rows = {name: row for row, name in enumerate(units)}
        places = {one: place for place, one in enumerate(periods)}
        row_of = {one: rows[name] for one, name in known.items()}
        column_of = {one: places[period] for one, period in read.items()}
        at = ([row_of[one] for one in named], [column_of[one] for one in when])
        _refuse_twice(units, periods, at=at)
        return cls(units=units, periods=periods, names=tuple(known[one] for one in named), at=at)

    @property
    def kind(self) -> PeriodKind:
        """What sort of period the table counts in."""
        return self.periods[0].kind

    def grid(self, values: Sequence[float]) -> Grid:
        """N x T; NaN where the table has no row."""
        grid = np.full((len(self.units), len(self.periods)), np.nan)
        grid[self.at] = values
        return grid

    def per_unit(self, table: Table, name: str, *, numbers: bool = False) -> list[Any]:
        """N values of a column that does not change within a unit; NaN or None where it is missing."""
        if numbers:
            table.numbers(name)
        found = table.of_units(name, self.names)
        return [math.nan if numbers and found[unit] is None else found[unit] for unit in self.units]

    def place(self, value: Any) -> int:
        """The column of a period, however it is written.

        Raises:
            NotFound: If the table does not hold it.
        """
        found = period_in(value, self.kind)
        if found not in self.periods:
            raise not_found(_A_PERIOD, found.code, known=[one.code for one in self.periods])
        return self.periods.index(found)


def _periods(values: Sequence[Any], *, column: str) -> list[Period]:
    try:
        return periods_of(values)
    except CheckFailed as error:
        raise CheckFailed([replace(one, where=column) for one in error.problems]) from error


def _in_order(when: Iterable[Period]) -> tuple[Period, ...]:
    """The periods of the table in order; one that lies between them and is not there is refused."""
    known = sorted(set(when))
    if len({one.kind for one in known}) > 1 or not known[0].is_full:
        return tuple(known)
    lacking, walked, there = [], known[0], set(known)
    while walked < known[-1]:
        walked = walked.shift(1)
        if walked not in there:
            lacking.append(walked.code)
    if lacking:
        raise CheckFailed(_gap(lacking))
    return tuple(known)


def _refuse_twice(
    units: Sequence[str], periods: Sequence[Period], *, at: tuple[list[int], list[int]]
) -> None:
    cells, times = np.unique(np.array(at[0]) * len(periods) + np.array(at[1]), return_counts=True)
    twice = [
        f"{units[cell // len(periods)]} {periods[cell % len(periods)].code}" for cell in cells[times > 1]
    ]
    if twice:
        raise CheckFailed(
            Problem(
                what=Text(
                    f"Cells that stand more than once: {some(twice)}.",
                    f"Celdas repetidas: {some(twice)}.",
                ),
                fix=Text(
                    "Keep one row for each unit and period; the sum is not made for you.",
                    "Deje una fila por unidad y periodo; aquí no se suman solas.",
                ),
            )
        )


def _gap(lacking: Sequence[str]) -> Problem:
    return Problem(
        what=Text(
            f"No row has one of these periods: {some(lacking)}.",
            f"Ninguna fila tiene alguno de estos periodos: {some(lacking)}.",
        ),
        why=Text("The periods of a panel follow one another.", "Los periodos de un panel son consecutivos."),
        fix=Text(
            "Add the rows with an empty outcome; or, where the rounds are evenly spaced, number them 1, 2, 3 …",
            "Agregue las filas con el resultado vacío; o, si las rondas son equidistantes, numérelas 1, 2, 3 …",
        ),
    )
