"""Tables of counts, and the sums that bind their cells to one another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import final

from acuerdo.core.errors import CheckFailed, Problem
from acuerdo.core.text import Text


def cell_key(parts: Mapping[str, str]) -> str:
    """A cell's name, ``age=15-29;sex=female``: its categories in order; a dimension left out is summed over.

    Two tables that share a margin name its cells alike, and are bound by them.
    """
    return ";".join(f"{dimension}={category}" for dimension, category in sorted(parts.items()))


@final
@dataclass(frozen=True, slots=True)
class Sum:
    """A cell that is the sum of others.

    Attributes:
        total: Key of the sum.
        parts: Keys of what is added.
    """

    total: str
    parts: tuple[str, ...]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with all of its margins.

    Attributes:
        counts: The count in each cell by its key, margins and the whole among them; persons or events.
        sums: Every way in which one cell is the sum of others.
    """

    counts: Mapping[str, int]
    sums: tuple[Sum, ...]

    @classmethod
    def of(cls, dimensions: Sequence[str], counts: Mapping[tuple[str, ...], int]) -> Table:
        """The table of inner cells with its margins added; a combination that is not given counts nobody.

        Args:
            dimensions: Names, such as place and sex.
            counts: The count of each combination of categories, in the order of ``dimensions``.

        Raises:
            CheckFailed: If a combination has another number of categories, or a count is below zero.
        """
        _check(dimensions, counts)
        categories = [sorted({key[i] for key in counts}) for i in range(len(dimensions))]
        full = {key: counts.get(key, 0) for key in product(*categories)}
        cells: dict[str, int] = {}
        sums: list[Sum] = []
        for pattern in product((True, False), repeat=len(dimensions)):
            for margin in product(
                *(names if kept else [""] for kept, names in zip(pattern, categories, strict=True))
            ):
                key = _key(dimensions, margin)
                cells[key] = sum(count for inner, count in full.items() if _within(inner, margin))
                sums += _sums(dimensions, margin, categories=categories)
        return cls(counts=cells, sums=tuple(sums))


def union(tables: Iterable[Table]) -> Table:
    """All tables as one system; cells of the same key are the same cell.

    Raises:
        CheckFailed: If two tables count one cell differently: they do not count the same thing.
    """
    counts: dict[str, int] = {}
    sums: dict[Sum, None] = {}
    problems: list[Problem] = []
    for table in tables:
        for key, count in table.counts.items():
            if counts.setdefault(key, count) != count:
                problems.append(_differ(key, (counts[key], count)))
        sums.update(dict.fromkeys(table.sums))
    if problems:
        raise CheckFailed(problems)
    return Table(counts=counts, sums=tuple(sums))


def _key(dimensions: Sequence[str], margin: Sequence[str]) -> str:
    return cell_key({name: value for name, value in zip(dimensions, margin, strict=True) if value})


def _within(inner: tuple[str, ...], margin: Sequence[str]) -> bool:
    return all(not wanted or wanted == given for wanted, given in zip(margin, inner, strict=True))


def _sums(
    dimensions: Sequence[str], margin: tuple[str, ...], *, categories: Sequence[Sequence[str]]
) -> list[Sum]:
    """Each way to split a margin along one dimension that it sums over."""
    return [
        Sum(
            _key(dimensions, margin),
            tuple(_key(dimensions, (*margin[:i], name, *margin[i + 1 :])) for name in categories[i]),
        )
        for i, value in enumerate(margin)
        if not value
    ]


def _check(dimensions: Sequence[str], counts: Mapping[tuple[str, ...], int]) -> None:
    wrong = [
        Problem(
            what=Text(
                f"A cell must have {len(dimensions)} named categories and a count of zero or more.",
                f"Una celda debe tener {len(dimensions)} categorías con nombre y un conteo de cero o más.",
            ),
            where=f"{'/'.join(key)}: {count}",
        )
        for key, count in counts.items()
        if len(key) != len(dimensions) or not all(key) or count < 0
    ]
    if wrong:
        raise CheckFailed(wrong)


def _differ(key: str, counts: tuple[int, int]) -> Problem:
    first, second = counts
    return Problem(
        what=Text(
            f"Two tables count one cell differently: {first} and {second}.",
            f"Dos cuadros cuentan una misma celda de modo distinto: {first} y {second}.",
        ),
        where=key or "total",
        fix=Text(
            "Protect tables of one source and one day together; name the dimension that sets the others apart.",
            "Proteja juntos los cuadros de una misma fuente y fecha; nombre la dimensión que distingue a los demás.",
        ),
    )
