"""Parsing and storing one file, from the publisher's bytes to a checked, durable release.

Where the time of ingesting the homicide file goes, in tenths: reading the text into a table 2; finding its words and
coding them 2.5; the source's own look at its numbers and population 1; every check and sum 0.5; sorting and writing
Parquet 3; the rest is the fingerprint, opening DuckDB and flushing to disk. A sort by hand over the same texts costs
more than coding them first and sorting the codes, so that SQL by hand is no bound from below.
"""

from __future__ import annotations

import gzip
import lzma
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
from measuring import Figure, in_turns
from rivals import homicides_by_hand, homicides_pandas, investigations_by_hand, investigations_pandas

from acuerdo.data.ingest import ingest
from acuerdo.data.recognise import sources
from acuerdo.data.store import Store

RUNS = 7
Write = Callable[[Path, Path], None]


@dataclass(frozen=True)
class File:
    name: str
    path: str
    open: Callable[[Path], bytes]
    by_hand: Write
    pandas: Write


FILES = (
    File(
        name="ingest of the homicide file (651,288 rows)",
        path="mx_homicides/gargiulo_muni_month_homicide_rates_2000-2021.csv.gz",
        open=lambda path: gzip.decompress(path.read_bytes()),
        by_hand=homicides_by_hand.write,
        pandas=homicides_pandas.write,
    ),
    File(
        name="ingest of an SESNSP file (373,184 values)",
        path="mx_crime_sesnsp/raw_state_vintages/IDEFC_estatal_2015_to_2024-11.latin1.csv.xz",
        open=lambda path: lzma.decompress(path.read_bytes()),
        by_hand=investigations_by_hand.write,
        pandas=investigations_pandas.write,
    ),
)


def figures(data: Path, work: Path) -> Iterator[Figure]:
    for file in FILES:
        yield from _figures(file, data, work)


def _figures(file: File, data: Path, work: Path) -> Iterator[Figure]:
    # All three read the same unpacked bytes: DuckDB has no xz
    text, folder, by_hand, pandas = (
        work / name for name in ("raw.csv", "store", "hand.parquet", "pandas.parquet")
    )
    text.write_bytes(file.open(data / file.path))
    among = sources()

    def ours() -> Path:
        shutil.rmtree(folder, ignore_errors=True)
        stored = ingest(text, Store(folder), among=among).release.path
        if stored is None:
            raise RuntimeError("nothing was stored")
        return stored

    mine, hand, frame = in_turns(
        ours, lambda: file.by_hand(text, by_hand), lambda: file.pandas(text, pandas), runs=RUNS
    )
    _require_same(ours(), by_hand, pandas)
    yield Figure(
        name=file.name,
        rival="DuckDB SQL by hand",
        value=mine / hand,
        bound=3,
        ours=mine,
        theirs=hand,
        runs=RUNS,
    )
    yield Figure(
        name=f"{file.name}, times faster", rival="pandas", value=frame / mine, bound=5, at_least=True,
        ours=mine, theirs=frame, runs=RUNS,
    )  # fmt: skip


def _require_same(*files: Path) -> None:
    """A rival that gives another result is no rival."""
    columns = "series, place, breakdown, period, period_start::DATE, period_end::DATE, value, unit, status"
    with duckdb.connect() as connection:
        first, *rest = (f"SELECT {columns} FROM '{file}'" for file in files)
        for other in rest:
            for one, two in ((first, other), (other, first)):
                if connection.execute(f"SELECT 1 FROM ({one} EXCEPT ALL {two}) LIMIT 1").fetchone():
                    raise RuntimeError("the rivals do not give the same table")
