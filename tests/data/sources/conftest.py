"""One reader for the tests of all sources: from a file, or from a text made for the test, to rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, final

import duckdb
import pytest

from acuerdo.data.ingest import read_file
from acuerdo.data.observations import observe
from acuerdo.data.recognise import recognise, source, sources
from acuerdo.data.sample import sample
from acuerdo.data.source import Parsed
from acuerdo.data.store import session
from acuerdo.data.unpack import unpack

Read = Callable[[str, Path], "Reading"]
Made = Callable[..., Path]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a source made of a file, checked by the engine; ``observed`` is a table of its connection."""

    parsed: Parsed
    connection: duckdb.DuckDBPyConnection

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(sql).fetchall()

    def value(self, sql: str) -> Any:
        return self.rows(sql)[0][0]

    def total(self, where: str) -> float:
        return self.value(f"SELECT sum(value) FROM observed WHERE {where}")

    @property
    def aside(self) -> dict[str, int]:
        return {one.reason.en: one.rows for one in self.parsed.set_aside}


@pytest.fixture(scope="session")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Read]:
    """Reads a file with one source, after asking every source whose it is; a file is read once per session."""
    readings: dict[tuple[str, Path], Reading] = {}
    closing = ExitStack()

    def reader(source_id: str, path: Path) -> Reading:
        if (source_id, path) not in readings:
            readings[source_id, path] = fresh(source_id, path)
        return readings[source_id, path]

    def fresh(source_id: str, path: Path) -> Reading:
        unpacked = unpack(path, tmp_path_factory.mktemp("unpacked"))
        assert recognise(sample(unpacked), name=path.name, among=sources()) == source_id
        connection = closing.enter_context(session())
        parsed = read_file(connection, unpacked, source=source(source_id))
        observe(connection, parsed, source=source(source_id), name=path.name, table="observed")
        return Reading(parsed=parsed, connection=connection)

    with closing:
        yield reader


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Writes a text made for a test to a file whose name says nothing."""

    def write(*lines: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / f"download{len(list(tmp_path.iterdir()))}"
        path.write_text("\n".join(lines) + "\n", encoding=encoding)
        return path

    return write
