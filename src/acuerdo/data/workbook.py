"""Reading one sheet of a workbook as a table of texts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from acuerdo.core.errors import Problem
from acuerdo.core.text import Text
from acuerdo.data.refusal import GET_AGAIN
from acuerdo.data.source import Raw
from acuerdo.data.sql import identifier
from acuerdo.data.table import Staged, numbered
from acuerdo.data.unreadable import drifted


def stage_sheet(
    raw: Raw, sheet: str, *, columns: Sequence[str] = (), header_row: int = 1, table: str = "raw"
) -> Staged:
    """Reads a sheet into a table of texts; whole numbers are written without a point, days as ISO dates.

    Args:
        raw: The workbook.
        sheet: Name of the sheet.
        columns: Columns that must be there, in any order.
        header_row: The row of the header, counted from 1 as the spreadsheet does.
        table: Name of the table to make.
    """
    rows = _rows(raw, sheet)
    if rows is None:
        return Staged(table=table, columns=(), rows=0, first_row=1, problems=(_no_sheet(raw, sheet),))
    header = numbered(
        [_text(cell) or "" for cell in (rows[header_row - 1] if len(rows) >= header_row else ())]
    )
    body = rows[header_row:]
    problems = drifted(raw.name, expected=columns, found=header, row=header_row)
    if header:
        defined = ", ".join(f"unnest(CAST(? AS VARCHAR[])) AS {identifier(name)}" for name in header)
        cells = [[_text(row[position]) for row in body] for position in range(len(header))]
        raw.connection.execute(f"CREATE OR REPLACE TABLE {table} AS SELECT {defined}", cells)
    return Staged(
        table=table, columns=header, rows=len(body), first_row=header_row + 1, problems=tuple(problems)
    )


def sheet_names(raw: Raw) -> tuple[str, ...]:
    """The sheets of a workbook, in order."""
    with CalamineWorkbook.from_path(str(raw.path)) as book:
        return tuple(book.sheet_names)


def _rows(raw: Raw, sheet: str) -> list[list[Any]] | None:
    try:
        with CalamineWorkbook.from_path(str(raw.path)) as book:
            return book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    except CalamineError:
        return None


def _text(cell: object) -> str | None:
    if cell is None or cell == "":
        return None
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ") if cell.time() != datetime.min.time() else cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _no_sheet(raw: Raw, sheet: str) -> Problem:
    names = ", ".join(sheet_names(raw))
    return Problem(
        what=Text(f"The workbook has no sheet '{sheet}'.", f"El libro no tiene la hoja '{sheet}'."),
        where=raw.name,
        why=Text(f"Its sheets are: {names}", f"Sus hojas son: {names}"),
        fix=GET_AGAIN,
    )
