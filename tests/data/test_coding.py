"""Coding the texts of a table changes how it is handled, and nothing in what is written."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from acuerdo.core.text import same
from acuerdo.data.coding import TEXTS, code, in_order
from acuerdo.data.observations import coverage_of
from acuerdo.data.release import Release, sequence_of
from acuerdo.data.source import Basis, Published
from acuerdo.data.store import OBSERVATION, Store, session

WORDS = st.sampled_from(["", "A", "a", "Año", "Ñ", "z", "it's", "tipo=Robo; otro", "MX-09", "\U0001f600"])
ROWS = st.lists(st.tuples(*(WORDS for _ in TEXTS), st.integers(-5, 5)), max_size=30)
KINDS = dict.fromkeys(TEXTS, "VARCHAR") | {"value": "DOUBLE"}


def table_of(connection: Any, rows: list[tuple[Any, ...]]) -> None:
    connection.execute(f"CREATE TABLE plain ({', '.join(f'{name} {kind}' for name, kind in KINDS.items())})")
    if rows:
        connection.executemany("INSERT INTO plain VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


@given(rows=ROWS)
def test_a_coded_table_comes_back_in_order(rows: list[tuple[Any, ...]]) -> None:
    with session() as connection:
        table_of(connection, rows)
        words = code(connection, "SELECT * FROM plain", table="coded")
        by = (*TEXTS, "value")
        found = connection.execute(in_order(connection, "coded", kinds=KINDS, by=by)).fetchall()
    assert found == sorted(rows)
    assert words == {name: tuple(sorted({row[at] for row in rows})) for at, name in enumerate(TEXTS)}


def test_a_cell_without_text_stays_without(tmp_path: Path) -> None:
    with session() as connection:
        table_of(connection, [("s", None, "", "2020", "u", "A", 1), ("s", "MX", "", "2020", "u", "A", 2)])
        code(connection, "SELECT * FROM plain", table="coded")
        found = connection.execute("SELECT place FROM coded ORDER BY value").fetchall()
    assert found == [(None,), ("MX",)]


def stored(connection: Any, table: str, *, folder: Path) -> bytes:
    on = date(2020, 2, 1)
    release = Release(
        source="made", title=same("t"), publisher=same("p"), licence="x", url="", name="f", bytes=1,
        published=Published(on, Basis.PRINTED), sha256="0" * 64, rows_read=1, vintages=(on,),
        coverage=coverage_of(connection, table), sequence=sequence_of(on, "0" * 64),
    )  # fmt: skip
    path = Store(folder).add(release, connection=connection, table=table).path
    assert path is not None
    return path.read_bytes()


def test_a_file_is_the_same_whether_its_table_was_coded_or_not(tmp_path: Path) -> None:
    with session() as connection:
        connection.execute(
            "CREATE TABLE plain AS SELECT 'made.deaths' AS series, 'MX-' || (i % 32) AS place, "
            "'type=' || (i % 7) AS breakdown, (1900 + i // 224)::VARCHAR AS period, DATE '1900-01-01' AS period_start, "
            "DATE '1900-12-31' AS period_end, i::DOUBLE AS value, 'deaths' AS unit, 'A' AS status, "
            "DATE '2020-02-01' AS known_from, 3 AS sequence FROM range(26880) AS t(i) ORDER BY hash(i)"
        )
        code(connection, f"SELECT {OBSERVATION} FROM plain", table="coded")
        written = [stored(connection, table, folder=tmp_path / table) for table in ("plain", "coded")]
    assert written[0] == written[1]
