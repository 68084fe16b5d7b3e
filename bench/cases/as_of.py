"""As-of over ten million rows in ten vintages, all series and one series."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from measuring import Figure, in_turns
from rivals import as_of_by_hand

from acuerdo.core.text import same
from acuerdo.data.asof import as_published
from acuerdo.data.observations import coverage_of
from acuerdo.data.release import Release, sequence_of
from acuerdo.data.source import Basis, Published
from acuerdo.data.store import Store, session

RUNS = 7
VINTAGES = 10
DAY = date(2024, 9, 30)
# 10 series, 500 places, 2 breakdowns, 100 months: a million keys; a third of the values changes at each vintage
ROWS = """
    SELECT 'bench.m' || s AS series, 'MX-' || lpad(p::VARCHAR, 5, '0') AS place,
        CASE b WHEN 0 THEN '' ELSE 'sex=female' END AS breakdown, strftime(month, '%Y-%m') AS period,
        month AS period_start, last_day(month) AS period_end,
        (hash(s, p, b, m, {vintage} // (1 + m % 3)) % 1000)::DOUBLE AS value, 'deaths' AS unit, 'A' AS status,
        DATE '{known_from}' AS known_from, {sequence}::INTEGER AS sequence
    FROM range(10) AS series(s), range(500) AS places(p), range(2) AS breakdowns(b), range(100) AS months(m),
        LATERAL (SELECT (DATE '2015-01-01' + to_months(m::INTEGER))::DATE AS month)"""


def figures(data: Path, work: Path) -> Iterator[Figure]:
    del data
    store = _made(Store(work / "ten_million"))
    releases = store.releases()
    folder = work / "ten_million" / "releases" / "bench"
    with session() as connection:

        def run(sql: str) -> None:
            connection.execute(f"CREATE OR REPLACE TEMP TABLE known AS {sql}")

        for name, series in (("all series", None), ("one series", "bench.m3")):
            wanted = None if series is None else [series]
            mine, hand = in_turns(
                lambda wanted=wanted: run(as_published(releases, DAY, series=wanted)),
                lambda series=series: run(as_of_by_hand.sql(folder, DAY, series)),
                runs=RUNS,
            )
            yield Figure(
                name=f"as-of over 10 million rows, {name}", rival="DuckDB SQL by hand", value=mine / hand, bound=1.3,
                ours=mine, theirs=hand, runs=RUNS,
            )  # fmt: skip


def _made(store: Store) -> Store:
    """The store with its ten vintages, made once; the same on every machine."""
    for vintage in range(VINTAGES - len(store.releases())):
        known_from = date(2024, vintage + 1, 20)
        sha256 = f"{vintage:064x}"
        with session() as connection:
            sequence = sequence_of(date(2023, 4, 30), sha256)
            rows = ROWS.format(vintage=vintage, known_from=known_from, sequence=sequence)
            connection.execute(f"CREATE TABLE made AS {rows}")
            release = Release(
                source="bench", title=same("bench"), publisher=same("bench"), licence="made", url="",
                published=Published(known_from, Basis.PRINTED), name=f"{vintage}.csv", sha256=sha256, bytes=0,
                rows_read=0, vintages=(known_from,), coverage=coverage_of(connection, "made"), sequence=sequence,
            )  # fmt: skip
            store.add(release, connection=connection, table="made")
    return store
