"""Who is treated from when, as a table says it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from acuerdo.core.errors import CheckFailed, NotFound, Problem, not_found
from acuerdo.core.text import Text
from acuerdo.evaluation.naming import name_of, some
from acuerdo.evaluation.panel_periods import period_in

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from acuerdo.core.period import Period
    from acuerdo.evaluation.panel_columns import Columns, Table
    from acuerdo.evaluation.panel_rows import Rows

    Grid = NDArray[np.float64]

_A_COLUMN: Final = Text("a column", "una columna")
_A_UNIT: Final = Text("a unit of the table", "una unidad de la tabla")


def treatment_of(table: Table, rows: Rows, *, columns: Columns) -> dict[str, Any]:
    """``first_treated``, and ``last_treated`` where treatments end.

    Raises:
        CheckFailed: If it is told twice, is missing in a row, is neither 0 nor 1, or stops and begins again.
        NotFound: If it names a column, a unit or a period that is not there.
    """
    treated = columns.get("treated")
    if treated is not None and "first_treated" in columns:
        raise CheckFailed(_TOLD_TWICE)
    if "first_treated" in columns:
        return {"first_treated": _from_column(table, rows, column=columns["first_treated"])}
    if treated is None:
        return {"first_treated": (None,) * len(rows.units)}
    if isinstance(treated, Mapping):
        return {"first_treated": _from_mapping(treated, rows)}
    if treated not in table.names:
        raise _no_column(treated, rows, known=table.names)
    return _spans(rows.grid(table.numbers(treated)), rows, column=treated, table=table)


def _from_mapping(treated: Mapping[Any, Any], rows: Rows) -> tuple[int | None, ...]:
    starts: dict[str, int] = {}
    problems: list[Problem] = []
    outside: dict[Period, list[str]] = {}
    for unit, first in treated.items():
        name = name_of(unit)
        found = period_in(first, rows.kind)
        if name not in rows.units:
            problems += not_found(_A_UNIT, name, known=rows.units).problems
        elif found in rows.periods:
            starts[name] = rows.periods.index(found)
        else:
            outside.setdefault(found, []).append(name)
    problems += [_outside(names, found, rows=rows) for found, names in outside.items()]
    if problems:
        raise NotFound(problems)
    return tuple(starts.get(unit) for unit in rows.units)


def _from_column(table: Table, rows: Rows, *, column: str) -> tuple[int | None, ...]:
    given = dict(zip(rows.units, rows.per_unit(table, column), strict=True))
    try:
        return _from_mapping({unit: one for unit, one in given.items() if not _is_never(one)}, rows)
    except CheckFailed as error:
        raise CheckFailed([replace(one, where=column, fix=_NEVER) for one in error.problems]) from error


def _is_never(value: Any) -> bool:
    return value is None or (isinstance(value, (int, float)) and (value == 0 or math.isinf(value)))


def _spans(grid: Grid, rows: Rows, *, column: str, table: Table) -> dict[str, Any]:
    """First and last treated period of each unit from a grid of 0 and 1; a row that is not there says nothing."""
    if any(math.isnan(one) for one in table.numbers(column)):
        raise CheckFailed(_untold(column))
    if not np.isin(grid[~np.isnan(grid)], (0.0, 1.0)).all():
        raise CheckFailed(_NOT_BINARY)
    first: list[int | None] = []
    last: list[int | None] = []
    broken: list[str] = []
    for unit, row in zip(rows.units, grid, strict=True):
        under, free = np.flatnonzero(row == 1.0), np.flatnonzero(row == 0.0)
        begin, end = (int(under[0]), int(under[-1])) if under.size else (None, None)
        if begin is not None and end is not None and ((free > begin) & (free < end)).any():
            broken.append(unit)
        first.append(begin)
        last.append(end if end is not None and (free > end).any() else None)
    if broken:
        raise CheckFailed(_interrupted(broken))
    return {
        "first_treated": tuple(first),
        "last_treated": tuple(last) if any(one is not None for one in last) else None,
    }


def _no_column(treated: str, rows: Rows, *, known: Sequence[str]) -> NotFound:
    """For a word that is no column; the name of a unit is taken for what it is."""
    unit = name_of(treated)
    if unit not in rows.units:
        return not_found(_A_COLUMN, treated, known=known)
    code = rows.periods[-1].code
    return NotFound(
        Problem(
            what=Text(f"'{unit}' is a unit, not a column.", f"«{unit}» es una unidad, no una columna."),
            fix=Text(
                f'Say since when: treated={{"{unit}": "{code}"}}.',
                f'Diga desde cuándo: treated={{"{unit}": "{code}"}}.',
            ),
        )
    )


def _outside(units: Sequence[str], start: Period, *, rows: Rows) -> Problem:
    first, last = rows.periods[0].code, rows.periods[-1].code
    return Problem(
        what=Text(
            f"Said to be treated from '{start.code}' on, which is not a period of the table, {first} to {last}: "
            f"{some(units)}.",
            f"Se dice que se tratan desde «{start.code}», que no es un periodo de la tabla, {first} a {last}: "
            f"{some(units)}.",
        ),
        fix=Text(
            "Leave a unit out if it was treated before; if it never was, or only afterwards, leave it untreated (in a "
            "column: null, 0 or infinity).",
            "Excluya una unidad si se trató antes; si nunca se trató, o solo después, déjela sin tratar (en una "
            "columna: nulo, 0 o infinito).",
        ),
    )


_NEVER: Final = Text(
    "Write the first treated period as in the column of periods; null, 0 or infinity say that a unit is never treated.",
    "Escriba el primer periodo tratado como en la columna de periodos; nulo, 0 o infinito indican que una unidad nunca "
    "se trata.",
)


_TOLD_TWICE: Final = Problem(
    what=Text(
        "Both 'treated' and 'first_treated' are given, and they may differ.",
        "Se dan «treated» y «first_treated», y pueden diferir.",
    ),
    fix=Text("Give one of them.", "Dé uno de los dos."),
)
_NOT_BINARY: Final = Problem(
    what=Text(
        "The column of the treatment holds other values than 0 and 1.",
        "La columna del tratamiento tiene valores distintos de 0 y 1.",
    ),
    fix=Text(
        "Give each treated unit's first period instead: a column under 'first_treated', or treated={unit: period}.",
        "Indique en su lugar el primer periodo de cada unidad tratada: una columna en «first_treated», o "
        "treated={unidad: periodo}.",
    ),
)


def _untold(column: str) -> Problem:
    return Problem(
        what=Text(
            f"'{column}', the column of the treatment, is missing in some rows.",
            f"A «{column}», la columna del tratamiento, le faltan valores en algunas filas.",
        ),
        why=Text(
            "Not known to be treated is not the same as untreated.",
            "No saber si hubo tratamiento no es lo mismo que no tratado.",
        ),
        fix=Text("Fill it in, or leave the rows out.", "Complétela, o quite las filas."),
    )


def _interrupted(units: Sequence[str]) -> Problem:
    return Problem(
        what=Text(
            f"The treatment stops and begins again in {some(units)}; a panel holds one span for each unit.",
            f"El tratamiento se interrumpe y vuelve a empezar en {some(units)}; un panel admite un solo tramo por "
            "unidad.",
        )
    )
