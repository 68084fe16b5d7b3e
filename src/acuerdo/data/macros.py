"""SQL macros for what publishers write into cells, and checks that every cell was understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

from acuerdo.core.errors import Problem
from acuerdo.core.text import Text
from acuerdo.data.source import Raw
from acuerdo.data.sql import identifier
from acuerdo.data.table import Staged

_MONTHS = (
    ("january", "jan", "enero", "ene"), ("february", "feb", "febrero"), ("march", "mar", "marzo"),
    ("april", "apr", "abril", "abr"), ("may", "mayo"), ("june", "jun", "junio"), ("july", "jul", "julio"),
    ("august", "aug", "agosto", "ago"), ("september", "sep", "sept", "septiembre", "setiembre"),
    ("october", "oct", "octubre"), ("november", "nov", "noviembre"), ("december", "dec", "diciembre", "dic"),
)  # fmt: skip
_MONTH_MAP = ", ".join(
    f"'{name}': {number}" for number, names in enumerate(_MONTHS, start=1) for name in names
)

# is_blank(t)      a cell that says nothing: empty, a dash, #N/A, NA, null
# number(t)        its number; thousands commas only where they belong; NULL for a blank or anything else
# month_number(t)  1-12 for a month's name or abbreviation in English or Spanish
# month_code(y, m) '2020-06'
MACROS = rf"""
CREATE OR REPLACE MACRO is_blank(t) AS
    t IS NULL OR lower(trim(t)) IN ('', '-', '--', '#n/a', 'n/a', 'na', 'nan', 'null', 'none', '#ref!', '#value!');
CREATE OR REPLACE MACRO number(t) AS CASE
    WHEN regexp_full_match(t, '-?\d+') THEN TRY_CAST(t AS DOUBLE)
    WHEN regexp_full_match(trim(t), '[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?') THEN TRY_CAST(trim(t) AS DOUBLE)
    WHEN regexp_full_match(trim(t), '-?\d{{1,3}}(,\d{{3}})+(\.\d+)?') THEN TRY_CAST(replace(trim(t), ',', '') AS DOUBLE)
    END;
CREATE OR REPLACE MACRO month_number(t) AS MAP {{{_MONTH_MAP}}}[lower(trim(t, ' .'))];
CREATE OR REPLACE MACRO month_code(y, m) AS format('{{:04d}}-{{:02d}}', CAST(y AS INTEGER), CAST(m AS INTEGER));
"""


@final
@dataclass(frozen=True, slots=True)
class Understood:
    """Whether every cell of some columns is a number or blank.

    Attributes:
        problems: Cells that are neither; the file is refused.
        notes: Cells that needed a reader's eye: thousands commas, spreadsheet errors.
        plain: Whether there is nothing in them but digits with a point.
    """

    problems: tuple[Problem, ...] = ()
    notes: tuple[Text, ...] = ()
    plain: bool = False

    def number(self, cell: str) -> str:
        """SQL for the number in a cell of these columns, NULL for a blank one.

        Where all are plain, no cell is looked at twice.
        """
        return f"TRY_CAST({cell} AS DOUBLE)" if self.plain else f"number({cell})"


def understand_numbers(raw: Raw, staged: Staged, *, columns: Sequence[str]) -> Understood:
    """Checks the cells of number columns, and says where the odd ones are."""
    if not columns or not _any_unusual(raw, staged, columns=columns):
        return Understood(plain=True)
    odd = "number({0}) IS NULL AND NOT is_blank({0})"
    comma = "contains({0}, ',') AND number({0}) IS NOT NULL"
    sheet = "starts_with(trim({0}), '#') AND is_blank({0})"
    found = {test: _count(raw, staged, columns=columns, test=test) for test in (odd, comma, sheet)}
    return Understood(
        tuple(_not_a_number(raw, found[odd])),
        tuple(_note(found[comma], _COMMAS)) + tuple(_note(found[sheet], _SHEET_ERRORS)),
    )


def _any_unusual(raw: Raw, staged: Staged, *, columns: Sequence[str]) -> bool:
    """Whether any cell is more than digits with a point; most tables have none, and need no closer look."""
    unusual = " OR ".join(
        f"NOT regexp_full_match({name}, '(-?\\d+(\\.\\d*)?)?')" for name in map(identifier, columns)
    )
    return (
        raw.connection.execute(f"SELECT 1 FROM {staged.table} WHERE {unusual} LIMIT 1").fetchone() is not None
    )


_COMMAS = Text(
    "numbers are written with thousands commas and were read as such",
    "números llevan coma de millares y se leyeron así",
)
_SHEET_ERRORS = Text(
    "cells hold a spreadsheet error such as #N/A and were read as missing",
    "celdas contienen un error de hoja de cálculo como #N/A y se leyeron como sin dato",
)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class _Cells:
    count: int
    row: int
    column: str
    text: str


def _count(raw: Raw, staged: Staged, *, columns: Sequence[str], test: str) -> _Cells | None:
    per_column = ", ".join(
        f"count(*) FILTER ({condition}), min(rowid) FILTER ({condition}), arg_min({name}, rowid) FILTER ({condition})"
        for name in map(identifier, columns)
        for condition in [test.format(name)]
    )
    values = raw.connection.execute(f"SELECT {per_column} FROM {staged.table}").fetchone() or ()
    hits = [
        (values[at + 1], at // 3, values[at], values[at + 2]) for at in range(0, len(values), 3) if values[at]
    ]
    if not hits:
        return None
    row, position, _, text = min(hits)
    return _Cells(
        count=sum(hit[2] for hit in hits), row=row + staged.first_row, column=columns[position], text=text
    )


def _not_a_number(raw: Raw, cells: _Cells | None) -> list[Problem]:
    if cells is None:
        return []
    more = cells.count - 1
    return [
        Problem(
            what=Text(
                f"'{cells.text}' is not a number" + (f" ({more:,} more cells like it)." if more else "."),
                f"'{cells.text}' no es un número" + (f" (y {more:,} celdas más así)." if more else "."),
            ),
            where=f"{raw.name}, row {cells.row}, column {cells.column}",
            fix=Text(
                "Compare with the publisher's file; if it is so there, teach the source what the mark means.",
                "Compare con el archivo de la fuente; si ahí es igual, enseñe a la fuente qué significa la marca.",
            ),
        )
    ]


def _note(cells: _Cells | None, what: Text) -> list[Text]:
    if cells is None:
        return []
    return [
        Text(
            f"{cells.count:,} {what.en} (first: row {cells.row}, column {cells.column}, '{cells.text}').",
            f"{cells.count:,} {what.es} (primero: fila {cells.row}, columna {cells.column}, «{cells.text}»).",
        )
    ]
