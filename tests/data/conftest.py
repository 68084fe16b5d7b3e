"""A made publisher, small enough to know every figure of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, final

import pytest

from acuerdo.core.citation import Citation
from acuerdo.core.text import Text, same
from acuerdo.data.ingest import Ingested, Origin, ingest
from acuerdo.data.macros import understand_numbers
from acuerdo.data.source import (
    About,
    AbstractSource,
    Basis,
    Licence,
    Parsed,
    Published,
    Raw,
    Sample,
    Series,
)
from acuerdo.data.store import Store
from acuerdo.data.table import Layout, stage

COLUMNS = ("Estado", "Mes", "Muertes")
_LICENCE = Licence(id="made", name=Text("made for tests", "hecha para pruebas"), open=True)


@final
class MadeSource(AbstractSource):
    """Deaths by state and month, published on the 20th of the month after the last."""

    about = About(
        title=Text("Made deaths", "Muertes inventadas"),
        publisher=Text("Nobody", "Nadie"),
        licence=_LICENCE,
        citation=Citation(key="made", title="Made deaths", publisher="Nobody"),
        landing_page="https://example.org/",
        schedule=Text("monthly", "mensual"),
    )
    series = (Series(id="made.deaths", title=Text("Deaths", "Muertes"), definition=same("…"), unit="deaths"),)
    columns = COLUMNS

    def __init__(self, encoding: str = "utf-8", *, restates: bool = False, definition: str = "1") -> None:
        self.encoding = encoding
        self.restates = restates
        self.definition = definition

    def recognises(self, sample: Sample) -> bool:
        return bool(sample.lines) and set(COLUMNS[:2]) <= set(sample.lines[0].split(","))

    def parse(self, raw: Raw) -> Parsed:
        staged = stage(raw, Layout(columns=COLUMNS, encoding=self.encoding))
        published = Published(date(2024, 1, 20), Basis.SCHEDULE)
        if staged.problems:
            return Parsed(sql="", published=published, rows_read=0, problems=staged.problems)
        numbers = understand_numbers(raw, staged, columns=("Muertes",))
        months = "SELECT max(Mes) FROM raw WHERE regexp_full_match(Mes, '\\d{4}-\\d{2}')"
        (last,) = raw.connection.execute(months).fetchone() or (None,)
        if last is not None:
            year, month = int(last[:4]), int(last[5:])
            published = Published(date(year + month // 12, month % 12 + 1, 20), Basis.SCHEDULE)
        return Parsed(
            sql="SELECT 'made.deaths' AS series, 'MX-' || Estado AS place, '' AS breakdown, Mes AS period, "
            "number(Muertes) AS value, 'deaths' AS unit, 'A' AS status FROM raw WHERE NOT is_blank(Muertes)",
            published=published,
            rows_read=staged.rows,
            definition=self.definition,
            restates=self.restates,
            problems=numbers.problems,
            notes=numbers.notes,
        )


@pytest.fixture
def made() -> type[MadeSource]:
    """The made source's class."""
    return MadeSource


@pytest.fixture
def store(store_path: Path) -> Store:
    """An empty store."""
    return Store(store_path)


@pytest.fixture
def text(tmp_path: Path) -> Callable[..., Path]:
    """Writes rows as a delimited text and gives its path."""

    def write(rows: Sequence[Sequence[object]], name: str = "deaths.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        lines = [",".join(COLUMNS), *(",".join(map(str, row)) for row in rows)]
        path.write_bytes(("\n".join(lines) + "\n").encode(encoding))
        return path

    return write


@pytest.fixture
def bring(store: Store) -> Callable[..., Ingested]:
    """Ingests a file with the made source."""

    def run(
        path: Path,
        published: date | None = None,
        among: Mapping[str, AbstractSource] | None = None,
        **how: Any,
    ) -> Ingested:
        sources = {"made": MadeSource(**how)} if among is None else among
        return ingest(path, store, origin=Origin(published=published), among=sources)

    return run
