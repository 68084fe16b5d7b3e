"""Stores made of observations that a test or a case gives."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from acuerdo.core.period import Period
from acuerdo.core.text import same
from acuerdo.data.release import Coverage, Release, sequence_of
from acuerdo.data.source import Basis, Published
from acuerdo.data.store import Store, session
from acuerdo.indicators.setting import series_units

PUBLISHED = date(2026, 1, 1)


def store_of(root: Path, given: Iterable[Mapping[str, Any]]) -> Store:
    """A store with one release per source and day of publication.

    An observation needs ``series, place, period`` and ``value`` (None where the publisher prints that it is
    missing); it may have ``breakdown, status, known_from`` and, for its whole release, ``restates, definition``.
    """
    store = Store(root)
    rows = sorted(({"known_from": PUBLISHED, **one} for one in given), key=_release_key)
    for (source, known_from), group in groupby(rows, key=_release_key):
        _add(store, source=source, known_from=known_from, rows=list(group))
    return store


def _release_key(row: Mapping[str, Any]) -> tuple[str, date]:
    return str(row["series"]).partition(".")[0], row["known_from"]


def _add(store: Store, *, source: str, known_from: date, rows: list[dict[str, Any]]) -> None:
    cells = [_cells(row) for row in rows]
    digest = hashlib.sha256(repr(cells).encode()).hexdigest()
    last = max(finish for *_, finish, _, _, _, _ in cells)
    release = Release(
        source=source,
        title=same(source),
        publisher=same("test"),
        licence="CC0-1.0",
        url="",
        published=Published(known_from, Basis.PRINTED),
        name=f"{source}.csv",
        sha256=digest,
        bytes=1,
        rows_read=len(rows),
        definition=rows[0].get("definition", ""),
        restates=rows[0].get("restates", False),
        coverage=tuple(_coverage(cells)),
        sequence=sequence_of(last, digest),
        vintages=(known_from,),
    )
    with session() as connection:
        connection.execute(
            "CREATE TABLE observed (series VARCHAR, place VARCHAR, breakdown VARCHAR, period VARCHAR, "
            "period_start DATE, period_end DATE, value DOUBLE, unit VARCHAR, status VARCHAR, known_from DATE)"
        )
        connection.executemany("INSERT INTO observed VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", cells)
        connection.execute(f"ALTER TABLE observed ADD COLUMN sequence INTEGER DEFAULT {release.sequence}")
        store.add(release, connection=connection, table="observed")


def _cells(row: Mapping[str, Any]) -> tuple[Any, ...]:
    period = Period.parse(str(row["period"]))
    value = row["value"]
    status = row.get("status", "M" if value is None else "A")
    unit = series_units()[row["series"]].id
    bounds = (period.code, period.start, period.end)
    return (
        row["series"],
        row["place"],
        row.get("breakdown", ""),
        *bounds,
        value,
        unit,
        status,
        row["known_from"],
    )


def _coverage(cells: list[tuple[Any, ...]]) -> Iterable[Coverage]:
    for series in sorted({cell[0] for cell in cells}):
        own = [cell for cell in cells if cell[0] == series]
        yield Coverage(
            series=series,
            rows=len(own),
            first=min(cell[4] for cell in own),
            last=max(cell[5] for cell in own),
            total=sum(cell[6] or 0 for cell in own),
        )
