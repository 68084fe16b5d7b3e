"""Texts that come again and again, as numbers: a table of observations is mostly the same few hundred words.

What is checked, compared and sorted is then short. A coded column is a DuckDB ENUM whose words stand in the order
in which texts are sorted, so that a table is in the same order coded and written out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb

from acuerdo.data.sql import listed, literal

TEXTS = ("series", "place", "breakdown", "period", "unit", "status")
Words = Mapping[str, tuple[str, ...]]


def code(connection: duckdb.DuckDBPyConnection, sql: str, *, table: str) -> Words:
    """Makes a table of a SELECT, with its texts coded and its other columns as they are.

    Returns:
        The words of each text column, in order.
    """
    words = _words(connection, sql)
    for name, found in words.items():
        connection.execute(f"CREATE OR REPLACE TYPE {name}_word AS ENUM {listed(found)}")
    coded = ", ".join(f"{name}::VARCHAR::{name}_word AS {name}" for name in TEXTS)
    connection.execute(f"CREATE OR REPLACE TABLE {table} AS SELECT * REPLACE ({coded}) FROM ({sql})")
    return words


def _words(connection: duckdb.DuckDBPyConnection, sql: str) -> Words:
    lists = ", ".join(f"list(DISTINCT {name}::VARCHAR)" for name in TEXTS)
    found = connection.execute(f"SELECT {lists} FROM ({sql})").fetchone() or ()
    # Over no rows at all, DuckDB's list is NULL
    every: list[list[str | None]] = [one or [] for one in found]
    return {
        name: tuple(sorted(word for word in words if word is not None))
        for name, words in zip(TEXTS, every, strict=True)
    }


def in_order(
    connection: duckdb.DuckDBPyConnection, table: str, *, kinds: Mapping[str, str], by: Sequence[str]
) -> str:
    """A SELECT of a table, coded or not, in order and with its texts as texts.

    What is the same in every row is kept out of the sort and put beside it. The texts come of a join and not of a
    cast: of what a table holds DuckDB knows that it is never empty, and writes so.

    Args:
        connection: Where the table is.
        table: Its name.
        kinds: The columns wanted, with their types.
        by: The columns that order the rows.
    """
    same = _same_in_every_row(connection, table, columns=[name for name in kinds if name != "value"])
    coded = [name for name in _coded(connection, table) if name not in same]
    for name in coded:
        words = f"SELECT unnest(enum_range(NULL::{name}_word))::{name}_word AS code, code::VARCHAR AS word"
        connection.execute(f"CREATE OR REPLACE TABLE {name}_words AS {words}")
    joins = " ".join(f"JOIN {name}_words ON {table}.{name} = {name}_words.code" for name in coded)
    varying = ", ".join(
        (f"{name}_words.word" if name in coded else f"{table}.{name}::{kind}") + f" AS {name}"
        for name, kind in kinds.items()
        if name not in same
    )
    keys = ", ".join(f"{table}.{name}" for name in by if name not in same)
    ordered = f"SELECT {varying} FROM {table} {joins} " + (f"ORDER BY {keys}" if keys else "")
    written = ", ".join(
        f"{literal(same[name])}::{kind} AS {name}" if name in same else name for name, kind in kinds.items()
    )
    return f"SELECT {written} FROM ({ordered})"


def _coded(connection: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    described = connection.execute(f"DESCRIBE {table}").fetchall()
    return [name for name, kind, *_ in described if kind.startswith("ENUM")]


def _same_in_every_row(
    connection: duckdb.DuckDBPyConnection, table: str, *, columns: Sequence[str]
) -> dict[str, str]:
    """The columns that hold one thing all along, and what."""
    one = ", ".join(
        f"CASE WHEN min({name}) = max({name}) AND count({name}) = count(*) THEN min({name})::VARCHAR END"
        for name in columns
    )
    found = connection.execute(f"SELECT {one} FROM {table}").fetchone() or ()
    return {name: text for name, text in zip(columns, found, strict=True) if text is not None}
