"""Breakdown labels: which ones a selection means, as the publisher writes them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import duckdb

from acuerdo.core.errors import not_found
from acuerdo.core.text import Text
from acuerdo.data.sql import parquet
from acuerdo.indicators.recipe import Selection

Parts = dict[str, str]


def meant(
    selection: Selection,
    connection: duckdb.DuckDBPyConnection,
    *,
    files: Iterable[Path],
    over: tuple[str, ...],
) -> dict[str, Parts]:
    """The breakdowns that a selection means, each with its parts by key.

    Args:
        selection: Its ``where``, together with ``over``, names exactly the keys of a row that is meant.
        connection: Where to read.
        files: The stored files of the series.
        over: Keys of which every label is meant.

    Raises:
        NotFound: If a label of ``where`` is none of the publisher's; names the nearest.
    """
    keys = {*selection.where, *over}
    chosen = set(selection.series_ids)
    found = sorted(
        {label for file in files for series, label in _labels(connection, file) if series in chosen}
    )
    parted = {label: parts for label in found if (parts := split_label(label)).keys() == keys}
    wanted = {key: (one,) if isinstance(one, str) else one for key, one in selection.where.items()}
    for key, labels in wanted.items():
        known = {parts[key] for parts in parted.values()}
        for label in labels if known else ():
            if label not in known:
                kind = Text(f"a label of '{key}' that is", f"una etiqueta de «{key}» que sea")
                raise not_found(kind, label, known=known, where=", ".join(selection.series_ids))
    return {
        label: parts
        for label, parts in parted.items()
        if all(parts[key] in labels for key, labels in wanted.items())
    }


_KNOWN: dict[Path, tuple[tuple[str, str], ...]] = {}


def _labels(connection: duckdb.DuckDBPyConnection, file: Path) -> tuple[tuple[str, str], ...]:
    """Each series of a stored file with each of its breakdowns; kept, since a stored file never changes."""
    if file not in _KNOWN:
        found = connection.execute(f"SELECT DISTINCT series, breakdown FROM {parquet([file])}").fetchall()
        _KNOWN[file] = tuple(found)
    return _KNOWN[file]


@cache
def split_label(breakdown: str) -> Parts:
    """The parts of a breakdown by key.

    >>> split_label("sex=female;weapon=firearm")
    {'sex': 'female', 'weapon': 'firearm'}
    """
    return dict(part.split("=", 1) for part in breakdown.split(";")) if breakdown else {}


def join_label(parts: Parts) -> str:
    """The breakdown of some parts, keys in order."""
    return ";".join(f"{key}={parts[key]}" for key in sorted(parts))
