"""What the record says of promises, beside what the statements say: one column for each side, one for both."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from acuerdo.cli.output import Cell, Column, Entry, Table
from acuerdo.core.text import Text

if TYPE_CHECKING:
    from acuerdo.record.answers import Record
    from acuerdo.tracking.codebook import Codebook

_AGREED = Text("Agreed in the record", "Acordado en el registro")


def beside(table: Table, record: Record, *, framework: str, book: Codebook) -> Table:
    """A table of promises, whose first column is their id, with the record's columns; as it was where there is none."""
    if not record.exists:
        return table
    keys = {row[0]: _cells(record, framework, item=str(row[0]), book=book) for row in table.rows}
    return replace(
        table,
        columns=(*table.columns, *_columns(record)),
        rows=tuple((*row, *keys[row[0]]) for row in table.rows),
    )


def within(entry: Entry, record: Record, *, framework: str, item: str, book: Codebook) -> Entry:
    """A promise told in full, with what the record says of it; as it was where there is none."""
    if not record.exists:
        return entry
    cells = _cells(record, framework, item=item, book=book)
    return replace(entry, facts=(*entry.facts, *zip(_columns(record), cells, strict=True)))


def _columns(record: Record) -> tuple[Column, ...]:
    sides = (
        Column(f"record_{side}", Text(f"{name.en}, in the record", f"{name.es}, en el registro"))
        for side, name in record.sides.items()
    )
    return (*sides, Column("record_agreed", _AGREED))


def _cells(record: Record, framework: str, *, item: str, book: Codebook) -> tuple[Cell, ...]:
    found = record.judged(framework).get(item)
    levels = [found.sides.get(side) if found else None for side in record.sides]
    return tuple(
        book.label("level", level) if level else None for level in (*levels, found.agreed if found else None)
    )
