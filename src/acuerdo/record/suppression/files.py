"""Tables as CSV files: a column for each dimension, and ``count``; an empty category is a sum over that dimension."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, final

from acuerdo.core.errors import CheckFailed, Problem
from acuerdo.core.text import Text, same
from acuerdo.record.suppression.protect import SMALL, protect
from acuerdo.record.suppression.table import Table

COUNT: Final = "count"
MOST_CELLS: Final = 20_000
Status = Literal["shown", "small", "would_give_away"]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of the own table as it may be published.

    Attributes:
        categories: By dimension; empty where it is summed over.
        count: The count; None where it is hidden.
        status: Whether it is shown, hidden for it is small, or hidden for it would give a small one away.
    """

    categories: tuple[str, ...]
    count: int | None
    status: Status


def published(
    own: Path, others: Sequence[Path] = (), *, threshold: int = SMALL
) -> tuple[tuple[str, ...], tuple[Cell, ...]]:
    """The dimensions and cells of the own table, hiding what together with the other tables would tell a small count.

    Args:
        own: Our table: inner cells, no sums.
        others: Every other table that either side publishes of the same counts.
        threshold: Counts from 1 to one below it are small.

    Raises:
        CheckFailed: If a file is no table, two files count one cell differently, or nothing can make it safe.
        MissingExtra: If the optional part 'suppression' is not installed.
    """
    dimensions, table = read_table(own)
    found = protect([table, *(read_table(path)[1] for path in others)], threshold=threshold)
    return dimensions, tuple(
        Cell(
            categories=_categories(key, dimensions),
            count=None if key in found.hidden else count,
            status="small"
            if key in found.primary
            else "would_give_away"
            if key in found.secondary
            else "shown",
        )
        for key, count in table.counts.items()
    )


def read_table(path: Path) -> tuple[tuple[str, ...], Table]:
    """The dimensions of a file and its table, with all of its margins.

    Raises:
        CheckFailed: If it is no table; names every row at fault.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.reader(file, strict=True)
            head = next(rows, [])
            cells = [(rows.line_num, row) for _, row in zip(range(MOST_CELLS + 1), rows, strict=False)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CheckFailed(Problem(what=_UNREADABLE, where=str(path), why=same(str(error)))) from error
    if head[-1:] != [COUNT] or len(head) < 2 or len(set(head)) < len(head) or len(cells) > MOST_CELLS:
        raise CheckFailed(Problem(what=_HEAD, where=f"{path}:1"))
    problems = list(_faults(cells, path=path, width=len(head)))
    if problems:
        raise CheckFailed(problems)
    dimensions = tuple(head[:-1])
    return dimensions, Table.of(dimensions, {tuple(row[:-1]): int(row[-1]) for _, row in cells})


def _faults(cells: Sequence[tuple[int, list[str]]], *, path: Path, width: int) -> Iterator[Problem]:
    seen: set[tuple[str, ...]] = set()
    for line, row in cells:
        key = tuple(row[:-1])
        whole = (
            len(row) == width and all(key) and row[-1].isascii() and row[-1].isdigit() and len(row[-1]) < 16
        )
        if not whole or any(sign in part for part in key for sign in ";="):
            yield Problem(what=_ROW, where=f"{path}:{line}")
        elif key in seen:
            yield Problem(what=_TWICE, where=f"{path}:{line}")
        seen.add(key)


def _categories(key: str, dimensions: Sequence[str]) -> tuple[str, ...]:
    parts = dict(part.split("=", 1) for part in key.split(";") if part)
    return tuple(parts.get(one, "") for one in dimensions)


_UNREADABLE = Text("The table cannot be read.", "El cuadro no puede leerse.")
_HEAD = Text(
    f"The first line must name the dimensions and then '{COUNT}'; at most {MOST_CELLS:,} cells follow.",
    f"La primera línea debe nombrar las dimensiones y después «{COUNT}»; siguen a lo más {MOST_CELLS:,} celdas.",
)
_ROW = Text(
    "A row needs a category for each dimension, without ';' and '=', and a whole count; no sums.",
    "Cada renglón requiere una categoría por dimensión, sin ';' ni '=', y un conteo entero; sin sumas.",
)
_TWICE = Text("This cell stands twice.", "Esta celda aparece dos veces.")
