"""What was known when, against a plain reading of the same rule in Python."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from acuerdo.core.text import same
from acuerdo.data.asof import as_of, as_published, first_release, history, revisions, vintages
from acuerdo.data.observations import coverage_of
from acuerdo.data.query import rows
from acuerdo.data.release import Release, sequence_of
from acuerdo.data.source import Basis, Published
from acuerdo.data.store import Store, session

DAY_ZERO = date(2020, 1, 1)
KEY = ("series", "place", "breakdown", "period")


@dataclass(frozen=True)
class Value:
    """One value in one made release; ``late`` is how many days after the file's own date it became known."""

    key: tuple[str, str, str, str]
    value: float | None
    known_from: date


@dataclass(frozen=True)
class File:
    """A made release."""

    published: date
    restates: bool
    definition: str
    extract: bool
    values: tuple[Value, ...]


KEYS = st.tuples(
    st.sampled_from(["s.a", "s.b"]),
    st.sampled_from(["MX", "MX-08"]),
    st.sampled_from(["", "sex=female"]),
    st.sampled_from(["2019-01", "2019-02", "2019-03", "2019"]),
)


@st.composite
def files(draw: st.DrawFn) -> File:
    published = DAY_ZERO + timedelta(days=draw(st.integers(0, 4)))
    several = draw(st.booleans()) and draw(st.booleans())
    dates = [published - timedelta(days=back) for back in (range(3) if several else range(1))]
    keyed = draw(
        st.dictionaries(
            st.tuples(KEYS, st.sampled_from(dates)),
            st.none() | st.integers(0, 3).map(float),
            min_size=1,
            max_size=12,
        )
    )
    return File(
        published=max(day for _, day in keyed),
        restates=draw(st.booleans()) and not several,
        definition=draw(st.sampled_from(["1", "2"])),
        extract=draw(st.booleans()) and draw(st.booleans()),
        values=tuple(Value(key, value, day) for (key, day), value in keyed.items()),
    )


def stored(folder: Path, made: list[File]) -> tuple[Store, list[tuple[File, Release]]]:
    store = Store(folder)
    pairs: list[tuple[File, Release]] = []
    for number, file in enumerate(made):
        with session() as connection:
            listed = ", ".join(
                f"('{s}', '{p}', '{b}', '{t}', {'NULL' if v.value is None else v.value}, DATE '{v.known_from}')"
                for v in file.values
                for s, p, b, t in [v.key]
            )
            connection.execute(
                "CREATE TABLE t AS SELECT *, CASE WHEN length(period) = 4 THEN DATE '2019-01-01' "
                "ELSE CAST(period || '-01' AS DATE) END AS period_start, CASE WHEN length(period) = 4 "
                "THEN DATE '2019-12-31' ELSE last_day(CAST(period || '-01' AS DATE)) END AS period_end, "
                "'deaths' AS unit, CASE WHEN value IS NULL THEN 'M' ELSE 'A' END AS status "
                f"FROM (VALUES {listed}) AS v(series, place, breakdown, period, value, known_from)"
            )
            coverage = coverage_of(connection, "t")
            sha256 = f"{number * 7919 + 13:064x}"[::-1]
            sequence = sequence_of(max(one.last for one in coverage), sha256)
            connection.execute(f"ALTER TABLE t ADD COLUMN sequence INTEGER DEFAULT {sequence}")
            release = Release(
                source="s", title=same("t"), publisher=same("p"), licence="x", url="",
                published=Published(file.published, Basis.PRINTED), name=f"{number}.csv", sha256=sha256, bytes=1,
                rows_read=1, definition=file.definition, restates=file.restates, extract=file.extract,
                vintages=tuple(sorted({v.known_from for v in file.values})), coverage=coverage, sequence=sequence,
            )  # fmt: skip
            pairs.append((file, store.add(release, connection=connection, table="t")))
    return store, pairs


def bounds(period: str) -> tuple[date, date]:
    if len(period) == 4:
        return date(2019, 1, 1), date(2019, 12, 31)
    month = int(period[5:])
    return date(2019, month, 1), date(2019, month + 1, 1) - timedelta(days=1)


def withdrawn(value: Value, mine: tuple[File, Release], pairs: list[tuple[File, Release]], day: date) -> bool:
    """Whether a later file that restates all it covers no longer had to hold the value to be believed."""
    first, last = bounds(value.key[3])
    for file, release in pairs:
        if not file.restates or file.published > day or (file.extract and not mine[0].extract):
            continue
        later = (file.published, release.sequence) > (mine[1].vintages[-1], mine[1].sequence)
        spans = [bounds(other.key[3]) for other in file.values if other.key[0] == value.key[0]]
        if later and spans and min(a for a, _ in spans) <= first and last <= max(b for _, b in spans):
            return True
    return False


def naive_as_of(pairs: list[tuple[File, Release]], day: date) -> dict[Any, tuple[float | None, date]]:
    best: dict[Any, tuple[tuple[date, int], float | None]] = {}
    for pair in pairs:
        for value in pair[0].values:
            order = (value.known_from, pair[1].sequence)
            if value.known_from > day or withdrawn(value, pair, pairs, day):
                continue
            if value.key not in best or order > best[value.key][0]:
                best[value.key] = (order, value.value)
    return {key: (value, order[0]) for key, (order, value) in best.items()}


def fetched(sql: str) -> list[Mapping[str, Any]]:
    return list(rows(sql))


def by_key(found_rows: list[Mapping[str, Any]]) -> dict[Any, tuple[float | None, date]]:
    found = {tuple(row[name] for name in KEY): (row["value"], row["known_from"]) for row in found_rows}
    assert len(found) == len(found_rows), "a key was given twice"
    return found


@settings(max_examples=40)
@given(
    made=st.lists(files(), min_size=1, max_size=5),
    back=st.integers(-3, 6),
    only=st.sampled_from([None, "s.a"]),
)
def test_as_of_is_the_last_value_published(made: list[File], back: int, only: str | None) -> None:
    day = DAY_ZERO + timedelta(days=back)
    with tempfile.TemporaryDirectory() as folder:
        store, pairs = stored(Path(folder), made)
        series = None if only is None else [only]
        found = by_key(fetched(as_of(store.releases(), day, series=series)))
        expected = {k: v for k, v in naive_as_of(pairs, day).items() if only in (None, k[0])}
        assert found == expected
        assert all(known_from <= day for _, known_from in found.values())
        latest = by_key(fetched(as_published(store.releases(), series=series)))
        assert latest == {k: v for k, v in naive_as_of(pairs, date.max).items() if only in (None, k[0])}


@settings(max_examples=40)
@given(made=st.lists(files(), min_size=1, max_size=5))
def test_first_release_history_and_revisions_agree_with_a_plain_reading(made: list[File]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store, pairs = stored(Path(folder), made)
        releases = store.releases()
        ordered: dict[Any, list[tuple[date, int, float | None, str]]] = {}
        for file, release in pairs:
            for value in file.values:
                entry = (value.known_from, release.sequence, value.value, file.definition)
                ordered.setdefault(value.key, []).append(entry)
        for entries in ordered.values():
            entries.sort(key=lambda one: one[:2])
        first = by_key(fetched(first_release(releases)))
        assert first == {key: (entries[0][2], entries[0][0]) for key, entries in ordered.items()}
        assert len(fetched(history(releases))) == sum(map(len, ordered.values()))

        changed: dict[Any, list[tuple[date, str]]] = {}
        for row in fetched(revisions(releases)):
            changed.setdefault(tuple(row[name] for name in KEY), []).append(
                (row["known_from"], row["change"])
            )
        assert changed == {key: naive_changes(entries) for key, entries in ordered.items()}


def naive_changes(entries: list[tuple[date, int, float | None, str]]) -> list[tuple[date, str]]:
    said = [(entries[0][0], "first")]
    for before, now in pairwise(entries):
        kind = "redefinition" if before[3] != now[3] else "same" if before[2] == now[2] else "revision"
        said.append((now[0], kind))
    return said


@settings(max_examples=15)
@given(made=st.lists(files(), min_size=1, max_size=5), seed=st.randoms())
def test_the_order_of_arrival_does_not_matter(made: list[File], seed: Any) -> None:
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        _, pairs = stored(Path(one), made)
        shuffled = Store(Path(other))
        mixed = list(pairs)
        seed.shuffle(mixed)
        for _, release in mixed:
            assert release.path is not None
            with session() as connection:
                connection.execute(f"CREATE TABLE t AS SELECT * FROM read_parquet('{release.path}')")
                again = shuffled.add(release, connection=connection, table="t")
            assert again.path is not None
            assert again.path.name == release.path.name
        assert [one.id for one in shuffled.releases()] == [one.id for one in Store(Path(one)).releases()]


def test_vintages_are_the_dates_in_order(tmp_path: Path) -> None:
    key = ("s.a", "MX", "", "2019-01")
    late = File(date(2020, 3, 1), False, "1", False, (Value(key, 2.0, date(2020, 3, 1)),))
    early = File(date(2020, 2, 1), False, "1", False, (Value(key, 1.0, date(2020, 2, 1)),))
    store, _ = stored(tmp_path, [late, early])
    found = vintages(store.releases(), series=["s.a"])
    assert [(one.on, one.release.name) for one in found] == [
        (date(2020, 2, 1), "1.csv"),
        (date(2020, 3, 1), "0.csv"),
    ]
    assert vintages(store.releases(), series=["s.b"]) == ()


def test_nothing_stored_gives_no_rows_and_all_columns(tmp_path: Path) -> None:
    for sql in (as_of([], date(2020, 1, 1)), first_release([]), history([]), revisions([])):
        with duckdb.connect() as connection:
            answer = connection.execute(sql)
            names = [column[0] for column in answer.description or ()]
            assert answer.fetchall() == []
        assert names[:11] == [
            "series", "place", "breakdown", "period", "period_start", "period_end", "value", "unit", "status",
            "known_from", "sequence",
        ]  # fmt: skip
