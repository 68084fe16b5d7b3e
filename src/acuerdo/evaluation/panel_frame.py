"""Reads a long table of any data-frame library into the cells of a panel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from acuerdo.core.errors import CheckFailed, Problem, not_found
from acuerdo.core.period import Period, PeriodKind
from acuerdo.core.text import Text

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

_A_COLUMN: Final = Text("a column", "una columna")
_A_UNIT: Final = Text("a unit of the table", "una unidad de la tabla")
_A_PERIOD: Final = Text("a period of the table", "un periodo de la tabla")
_SHOWN = 5


def cells_of(
    frame: IntoDataFrame,
    /,
    *,
    unit: str,
    period: str,
    outcome: str,
    treated: str | Mapping[str, Period] | None,
    more: str | None,
) -> dict[str, Any]:
    """The keyword arguments of a :class:`~acuerdo.evaluation.panel.Panel`; see its ``from_frame``."""
    columns = _columns(
        frame,
        [unit, period, outcome, *([treated] if isinstance(treated, str) else []), *filter(None, [more])],
    )
    names = [str(one) for one in columns[unit]]
    when = [_period(one) for one in columns[period]]
    _refuse_twice(names, when)
    units, periods = tuple(dict.fromkeys(names)), _filled(when)
    rows, places = {name: row for row, name in enumerate(units)}, {one: at for at, one in enumerate(periods)}
    at = ([rows[name] for name in names], [places[one] for one in when])
    cells: dict[str, Any] = {
        "outcome": _grid(columns[outcome], at, shape=(len(units), len(periods))),
        "units": units,
        "periods": periods,
        "exposure": _grid(columns[more], at, shape=(len(units), len(periods))) if more else None,
    }
    if isinstance(treated, str):
        return cells | _spans(_grid(columns[treated], at, shape=(len(units), len(periods))))
    return cells | {"first_treated": _starts(treated or {}, units=units, periods=periods)}


def _columns(frame: IntoDataFrame, wanted: list[str]) -> dict[str, list[Any]]:
    import narwhals as nw

    table = nw.from_native(frame, eager_only=True)
    for name in wanted:
        if name not in table.columns:
            raise not_found(_A_COLUMN, name, known=table.columns)
    return {name: table[name].to_list() for name in wanted}


def _period(value: Any) -> Period:
    if isinstance(value, date):
        return Period.month(value.year, value.month)
    if isinstance(value, (int, float, np.integer, np.floating)) and float(value).is_integer():
        return Period.year(int(value))
    return Period.parse(str(value))


def _filled(when: list[Period]) -> tuple[Period, ...]:
    """The periods from the first to the last; one that the table leaves out is there, with nothing in it."""
    first, last = min(when), max(when)
    if len({one.kind for one in when}) > 1 or first.kind in {PeriodKind.TO_DATE, PeriodKind.FISCAL_TO_DATE}:
        return tuple(sorted(set(when)))
    found = [first]
    while found[-1] < last:
        found.append(found[-1].shift(1))
    return tuple(found)


def _refuse_twice(names: list[str], when: list[Period]) -> None:
    cells = Counter(zip(names, when, strict=True))
    twice = [f"{name} {one.code}" for (name, one), times in cells.items() if times > 1]
    if twice:
        shown = ", ".join(twice[:_SHOWN]) + (" …" if len(twice) > _SHOWN else "")
        raise CheckFailed(
            Problem(
                what=Text(
                    f"{len(twice)} cells stand more than once: {shown}.",
                    f"{len(twice)} celdas están repetidas: {shown}.",
                ),
                fix=Text(
                    "Keep one row for each unit and period; the sum is not made for you.",
                    "Deje una fila por unidad y periodo; aquí no se suman solas.",
                ),
            )
        )


def _grid(
    values: list[Any], at: tuple[list[int], list[int]], *, shape: tuple[int, int]
) -> NDArray[np.float64]:
    grid = np.full(shape, np.nan)
    grid[at] = [np.nan if one is None else float(one) for one in values]
    return grid


def _spans(grid: NDArray[np.float64]) -> dict[str, Any]:
    """First and last treated period of each unit from a grid of 0 and 1."""
    given = grid[~np.isnan(grid)]
    if not np.isin(given, (0.0, 1.0)).all():
        raise CheckFailed(
            Problem(
                what=Text(
                    "The column of the treatment holds other values than 0 and 1.",
                    "La columna del tratamiento tiene valores distintos de 0 y 1.",
                ),
                fix=Text(
                    "Give each treated unit's first period instead.",
                    "Indique en su lugar el primer periodo de cada unidad tratada.",
                ),
            )
        )
    width = grid.shape[1]
    first: list[int | None] = []
    last: list[int | None] = []
    for row in grid == 1.0:
        under = np.flatnonzero(row)
        first.append(int(under[0]) if under.size else None)
        last.append(int(under[-1]) if under.size and under[-1] < width - 1 else None)
    _refuse_interrupted(grid == 1.0)
    return {
        "first_treated": tuple(first),
        "last_treated": tuple(last) if any(one is not None for one in last) else None,
    }


def _refuse_interrupted(under: NDArray[np.bool_]) -> None:
    begins = np.diff(under.astype(int), axis=1, prepend=0) == 1
    if (begins.sum(axis=1) > 1).any():
        raise CheckFailed(
            Problem(
                what=Text(
                    "A treatment stops and begins again; a panel holds one span for each unit.",
                    "Un tratamiento se interrumpe y vuelve a empezar; un panel admite un solo tramo por unidad.",
                )
            )
        )


def _starts(
    treated: Mapping[str, Period], *, units: tuple[str, ...], periods: tuple[Period, ...]
) -> tuple[int | None, ...]:
    for name, first in treated.items():
        if name not in units:
            raise not_found(_A_UNIT, name, known=units)
        if first not in periods:
            raise not_found(_A_PERIOD, first.code, known=[one.code for one in periods])
    return tuple(periods.index(treated[name]) if name in treated else None for name in units)
