"""Fragments of SQL."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


def literal(text: str) -> str:
    """A text as an SQL literal.

    >>> literal("Coahuila 'de' Zaragoza")
    "'Coahuila ''de'' Zaragoza'"
    """
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """A name as a quoted SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def listed(texts: Iterable[str]) -> str:
    """Texts as an SQL list of literals, for ``IN``."""
    return "(" + ", ".join(literal(text) for text in texts) + ")"


def parquet(paths: Iterable[Path], *, filename: bool = False) -> str:
    """A table function over Parquet files, in the order given; on request with their names as a column."""
    listed_paths = ", ".join(literal(str(path)) for path in paths)
    return f"read_parquet([{listed_paths}], filename = {str(filename).lower()})"
