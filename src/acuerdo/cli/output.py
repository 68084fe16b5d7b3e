"""What a command answers, and how it is printed: for a reader, as JSON, or as CSV."""

from __future__ import annotations

import csv
import io
import json
import math
import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, final

from acuerdo.core.errors import AcuerdoError
from acuerdo.core.text import Lang, Text, visible

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table as Grid


@final
@dataclass(frozen=True, slots=True)
class Coded:
    """A cell that is a code for machines and a word for readers."""

    code: str
    label: Text


Cell = str | int | float | bool | date | Text | Coded | None

_MISSING = "–"
_WIDEST = 10_000
_DECIMALS = 2
_UNBROKEN = 12
_LONGEST_WORD = 40
# Codes are copied from the screen into the next call, so they are never broken over two lines.
_FORMULA = re.compile(r"[=@\t\r]|[+-](?![\d.]*$)")
_CODES = {"id", "place", "period", "source"}


@final
@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its name for machines and its heading for readers."""

    key: str
    heading: Text


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under columns; what is missing is ``None``, never zero.

    Attributes:
        title: What the table shows.
        note: What must be known to read it, if anything.
        hidden: Keys of columns too wide for a screen; JSON and CSV have them.
        told: What a reader is told instead of the grid, where sentences say it better.
    """

    title: Text
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]]
    note: Text | None = None
    hidden: tuple[str, ...] = ()
    told: Text | None = None


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing told in full: named facts, some of them lists or tables of their own."""

    title: Text
    facts: tuple[tuple[Column, Cell | tuple[Cell, ...] | Table], ...]


Answer = Table | Entry | Text | str


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Unfinished:
    """An answer that is worth printing though part of the work failed; the error decides the exit code."""

    done: Answer
    error: AcuerdoError


def plain(cell: Cell, lang: Lang) -> str | int | float | bool | None:
    """A cell as JSON and CSV can hold it, in one language."""
    match cell:
        case Text():
            return cell.in_(lang)
        case Coded():
            return cell.code
        case date():
            return cell.isoformat()
        case float() if cell.is_integer():
            return int(cell)
        case _:
            return cell


def as_json(answer: Answer, lang: Lang) -> str:
    """The answer as JSON: a table is a list of objects, an entry is one object."""
    return visible(json.dumps(_json_value(answer, lang), ensure_ascii=False, indent=2))


def _json_value(answer: Answer, lang: Lang) -> object:
    match answer:
        case Table():
            keys = [column.key for column in answer.columns]
            return [dict(zip(keys, (plain(cell, lang) for cell in row), strict=True)) for row in answer.rows]
        case Entry():
            return {column.key: _json_fact(value, lang) for column, value in answer.facts}
        case _:
            return plain(answer, lang)


def _json_fact(value: Cell | tuple[Cell, ...] | Table, lang: Lang) -> object:
    if isinstance(value, Table):
        return _json_value(value, lang)
    return [plain(cell, lang) for cell in value] if isinstance(value, tuple) else plain(value, lang)


def as_csv(answer: Answer, lang: Lang) -> str:
    """The answer as CSV; an entry becomes two columns, its lists one row per item."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    if isinstance(answer, Table):
        writer.writerow([column.key for column in answer.columns])
        writer.writerows([_inert(cell, lang) for cell in row] for row in answer.rows)
    elif isinstance(answer, Entry):
        writer.writerow(["fact", "value"])
        for column, value in answer.facts:
            cells = (
                value
                if isinstance(value, tuple)
                else (as_json(value, lang) if isinstance(value, Table) else value,)
            )
            writer.writerows([column.key, _inert(cell, lang)] for cell in cells)
    else:
        writer.writerow([_inert(answer, lang)])
    return out.getvalue().rstrip("\n")


def _inert(cell: Cell, lang: Lang) -> str | int | float | bool | None:
    """A cell for CSV; a spreadsheet takes a text with such a beginning for a formula and would run it."""
    value = plain(cell, lang)
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def on_screen(answer: Answer, lang: Lang) -> None:
    """Prints the answer for a reader: as wide as the screen, in colour where the screen has it.

    In a pipe or a file no line is broken, so that each row of a table stays one line; ``COLUMNS`` sets a width.
    """
    if isinstance(answer, Text | str):
        print(visible(str(plain(answer, lang))))
        return
    from rich.console import Console
    from rich.text import Text as Styled

    on_a_screen = sys.stdout.isatty() or "COLUMNS" in os.environ
    console = Console(highlight=False, width=None if on_a_screen else _WIDEST)
    with console.capture() as laid_out:
        console.print(Styled(answer.title.in_(lang), style="bold"))
        if isinstance(answer, Entry):
            for column, value in answer.facts:
                _print_fact(console, column.heading.in_(lang), value=value, lang=lang)
        elif answer.told is not None:
            console.print(Styled(answer.told.in_(lang)))
        else:
            _print_table(console, answer, lang=lang)
    print("\n".join(line.rstrip() for line in laid_out.get().splitlines()))


def _print_table(console: Console, table: Table, *, lang: Lang) -> None:
    from rich.text import Text as Styled

    columns = [number for number, column in enumerate(table.columns) if column.key not in table.hidden]
    grid = _grid(table, columns, lang=lang)
    asked = console.measure(grid, options=console.options.update(width=_WIDEST)).maximum
    if asked > console.width and len(table.rows) > 1:
        # On a narrow screen what is the same in every row is said once, and the rest stays readable.
        alike = [number for number in columns if len({shown(row[number], lang) for row in table.rows}) == 1]
        told = {number: shown(table.rows[0][number], lang) for number in alike}
        said = [
            f"{table.columns[n].heading.in_(lang)}: {cell}" for n, cell in told.items() if cell != _MISSING
        ]
        if said:
            console.print(Styled(" · ".join(said)))
        columns = [number for number in columns if number not in told]
        grid = _grid(table, columns, lang=lang)
    if console.measure(grid, options=console.options.update(width=_WIDEST)).minimum <= console.width:
        console.print(grid)
    else:
        _print_stacked(console, table, columns=columns, lang=lang)
    if table.note is not None:
        console.print(Styled(table.note.in_(lang), style="italic"))


def _grid(table: Table, columns: Sequence[int], *, lang: Lang) -> Grid:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table as Grid
    from rich.text import Text as Styled

    grid = Grid(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    written: list[list[str]] = []
    for number in columns:
        cells = [row[number] for row in table.rows]
        decimals = max((_decimals(cell) for cell in cells), default=0)
        written.append([shown(cell, lang, decimals=decimals) for cell in cells])
        numeric = any(isinstance(cell, int | float) for cell in cells)
        column = table.columns[number]
        short = column.key in _CODES or all(len(cell) <= _UNBROKEN for cell in written[-1])
        heading = column.heading.in_(lang)
        grid.add_column(
            heading,
            justify="right" if numeric else "left",
            overflow="fold",
            no_wrap=short,
            min_width=_widest([heading, *written[-1]], whole=short),
        )
    for row in zip(*written, strict=True):
        grid.add_row(*(Styled(cell) for cell in row))
    return grid


def _widest(cells: Iterable[str], *, whole: bool) -> int:
    """How wide a column must be so that no cell, or no word of a cell, is cut; a word longer than most may be."""
    parts = (part for cell in cells for part in ([cell] if whole else cell.split()))
    return max((len(part) for part in parts if whole or len(part) <= _LONGEST_WORD), default=0)


def _print_stacked(console: Console, table: Table, *, columns: Sequence[int], lang: Lang) -> None:
    """Row under row, each column with its heading: a screen too narrow for the table must cut no figure."""
    from rich.padding import Padding
    from rich.text import Text as Styled

    for row in table.rows:
        first, *others = (
            (table.columns[number].heading.in_(lang), shown(row[number], lang)) for number in columns
        )
        told = " · ".join(f"{heading}: {cell}" for heading, cell in others)
        console.print(Styled(first[1], style="bold"))
        console.print(Padding(Styled(told), (0, 0, 0, 2), expand=False))


def _print_fact(
    console: Console, heading: str, *, value: Cell | tuple[Cell, ...] | Table, lang: Lang
) -> None:
    from rich.padding import Padding
    from rich.text import Text as Styled

    console.print(Styled(heading, style="bold cyan"))
    if isinstance(value, Table):
        if value.told is None:
            _print_table(console, value, lang=lang)
            return
        value = value.told
    for cell in value if isinstance(value, tuple) else (value,):
        for line in shown(cell, lang).splitlines():
            # An address broken over two lines can be neither clicked nor copied.
            wraps = not line.startswith("http")
            told = Padding(Styled(line), (0, 0, 0, 2), expand=False) if wraps else Styled(f"  {line}")
            console.print(told, soft_wrap=not wraps)


def shown(cell: Cell, lang: Lang, *, decimals: int | None = None) -> str:
    """A cell as a reader sees it: thousands set apart, a dash for what is missing.

    Args:
        cell: What is in the cell.
        lang: The reader's language.
        decimals: Of a number, if more than it needs by itself: those of its column.

    >>> shown(34569, "en"), shown(2.25, "es"), shown(31.3, "en"), shown(0.0004, "en"), shown(None, "en")
    ('34,569', '2.25', '31.3', '0.0004', '–')
    """
    match cell:
        case None:
            return _MISSING
        case bool():
            return ({"en": "yes", "es": "sí"} if cell else {"en": "no", "es": "no"})[lang]
        case int():
            return f"{cell:,}"
        case float() if 0 < abs(cell) < 0.5 * 10**-_DECIMALS:
            return f"{cell:.1g}"
        case float():
            return f"{cell:,.{_decimals(cell) if decimals is None else decimals}f}"
        case Coded():
            return cell.label.in_(lang)
        case _:
            return visible(str(plain(cell, lang)))


def _decimals(cell: Cell) -> int:
    """How many decimals a number needs, of the two that are printed at most."""
    if not isinstance(cell, float) or not math.isfinite(cell):
        return 0
    return len(f"{cell:.{_DECIMALS}f}".rstrip("0").partition(".")[2])


def facts(
    values: Mapping[Column, Cell | tuple[Cell, ...] | Table],
) -> tuple[tuple[Column, Cell | tuple[Cell, ...] | Table], ...]:
    """The facts that there are; one that is missing or empty is left out."""
    return tuple((column, value) for column, value in values.items() if value not in (None, "", ()))
