"""Runs the SQL of :mod:`acuerdo.data.asof` and hands back plain rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, final

from acuerdo.data.store import session


@final
@dataclass(frozen=True, slots=True)
class Rows:
    """A table of plain values.

    Attributes:
        columns: Names of the columns.
        rows: One tuple per row, in the columns' order.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def __iter__(self) -> Iterator[Mapping[str, Any]]:
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def rows(sql: str, *, place: str | None = None, breakdown: str | None = None) -> Rows:
    """The rows of a SELECT over observations, in order of key and publication.

    Args:
        sql: The SELECT; it has the columns of an observation, and may have more.
        place: Only this place's code, if given.
        breakdown: Only this breakdown, ``""`` for the total, if given.
    """
    wanted = {
        name: value for name, value in (("place", place), ("breakdown", breakdown)) if value is not None
    }
    condition = " AND ".join(f"{name} = ?" for name in wanted)
    where = f"WHERE {condition}" if condition else ""
    with session() as connection:
        answer = connection.execute(
            f"SELECT * FROM ({sql}) {where} "
            "ORDER BY series, place, breakdown, period_start, period, known_from, sequence",
            list(wanted.values()),
        )
        columns = tuple(column[0] for column in answer.description or ())
        return Rows(columns, tuple(answer.fetchall()))
