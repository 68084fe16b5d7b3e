"""Breakdown labels: which ones a selection means, as the publisher writes them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import duckdb

from acuerdo.core.errors import not_found
from acuerdo.core.text import Text
from acuerdo.data.sql import literal, parquet
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
    found = sorted(
        {
            one
            for file in files
            for series in selection.series_ids
            for one in _labels(connection, file=file, series=series)
        }
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


_KNOWN: dict[tuple[Path, str], tuple[str, ...]] = {}


def _labels(connection: duckdb.DuckDBPyConnection, *, file: Path, series: str) -> tuple[str, ...]:
    """The breakdowns of a series in a stored file; kept, since a stored file never changes."""
    if (file, series) not in _KNOWN:
        rows = connection.execute(
            f"SELECT DISTINCT breakdown FROM {parquet([file])} WHERE series = {literal(series)}"
        ).fetchall()
        _KNOWN[file, series] = tuple(label for (label,) in rows)
    return _KNOWN[file, series]


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
