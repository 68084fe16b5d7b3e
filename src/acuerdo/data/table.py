"""Reading delimited text strictly: every cell as the text it is, every broken row named with its place.

For use by source plug-ins. A file is staged once as a DuckDB table of texts; numbers and months are read from it
with the macros of :mod:`acuerdo.data.macros`.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

from acuerdo.core.errors import Problem
from acuerdo.data.source import Raw
from acuerdo.data.sql import literal
from acuerdo.data.unreadable import drifted, garbled, rejected

_HEADER_BYTES = 1 << 16


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a publisher writes a table as text.

    Attributes:
        columns: The columns that must be there, in any order; others may stand beside them. Empty for any.
        names: Names for all columns where the file has no header line, or several; else empty.
        delimiter: Between cells.
        encoding: ``utf-8`` or ``latin-1``.
        skip: Lines before the header (before the data, where ``names`` are given).
        foot: Whether short lines may follow the table (totals in words, queries, notes); they are left out.
        ragged: Whether a row may end before the header does, its last cells being empty.
    """

    columns: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    delimiter: str = ","
    encoding: str = "utf-8"
    skip: int = 0
    foot: bool = False
    ragged: bool = False


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """A delimited text as a table of texts.

    Attributes:
        table: Name of the table. Its columns are the file's own; its ``rowid`` counts data rows from 0.
        columns: The file's header.
        rows: Number of rows.
        first_row: The line of the file on which row 0 stands.
        problems: What is wrong: columns missing, rows broken, bytes that are not of the encoding.
    """

    table: str
    columns: tuple[str, ...]
    rows: int
    first_row: int
    problems: tuple[Problem, ...] = ()


def stage(raw: Raw, layout: Layout, *, table: str = "raw") -> Staged:
    """Reads a delimited text into a table of texts.

    The table is made even where there are problems, so that a source can report everything at once; where a
    column is missing, ``problems`` says so, and the source returns them before it uses the table.
    """
    header = layout.names or read_header(raw, layout)
    first_row = layout.skip + (1 if layout.names else 2)
    problems = drifted(raw.name, expected=layout.columns, found=_mended(header), row=first_row - 1)
    problems += garbled(raw, encoding=layout.encoding, delimiter=layout.delimiter)
    if header:
        raw.connection.execute(
            f"CREATE OR REPLACE TABLE {table} AS {_reading(raw, layout, header=header, table=table)}"
        )
        problems += [] if layout.foot else rejected(raw, table=table)
    rows = _count(raw, table) if header else 0
    return Staged(table=table, columns=header, rows=rows, first_row=first_row, problems=tuple(problems))


def _mended(header: Sequence[str]) -> tuple[str, ...]:
    """A header whose letters were garbled as it was meant: that fault is told by itself, and is no other column."""
    return tuple(_decoded_once_more(cell) for cell in header)


def _decoded_once_more(cell: str) -> str:
    try:
        return cell.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return cell


def read_header(raw: Raw, layout: Layout) -> tuple[str, ...]:
    """The cells of the header line as they stand in the file; an empty or repeated name gets a number."""
    with raw.path.open("rb") as file:
        head = file.read(_HEADER_BYTES)
    text = (
        head.decode("latin-1") if layout.encoding == "latin-1" else head.decode("utf-8-sig", errors="replace")
    )
    lines = text.splitlines()[layout.skip : layout.skip + 1]
    return numbered(next(csv.reader(lines, delimiter=layout.delimiter), []))


def _reading(raw: Raw, layout: Layout, *, header: Sequence[str], table: str) -> str:
    columns = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in header)
    # The header line, when there is one, is skipped like the lines before it: its names are already known
    lines = layout.skip + (0 if layout.names else 1)
    return (
        f"SELECT * FROM read_csv({literal(str(raw.path))}, columns = {{{columns}}}, auto_detect = false, "
        f"header = false, skip = {lines}, delim = {literal(layout.delimiter)}, quote = '\"', escape = '\"', "
        f"encoding = {literal(layout.encoding)}, strict_mode = true, "
        f"null_padding = {str(layout.ragged).lower()}, "
        f"store_rejects = true, rejects_table = {literal(table + '_errors')}, "
        f"rejects_scan = {literal(table + '_scans')})"
    )


def _count(raw: Raw, table: str) -> int:
    found = raw.connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    return found[0] if found else 0


def numbered(cells: Sequence[str]) -> tuple[str, ...]:
    """Column names from header cells: an empty or repeated one gets a number."""
    seen: dict[str, int] = {}
    named: list[str] = []
    for position, cell in enumerate(cells, start=1):
        name = cell.strip() or f"column{position}"
        seen[name.casefold()] = count = seen.get(name.casefold(), 0) + 1
        named.append(name if count == 1 else f"{name}_{count}")
    return tuple(named)
