"""The store: whole files or none, whatever happens meanwhile."""

from __future__ import annotations

import gzip
import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import acuerdo
from acuerdo.core.errors import StoreDamaged, UsageError
from acuerdo.data.asof import as_published
from acuerdo.data.ingest import ingest
from acuerdo.data.query import rows
from acuerdo.data.store import Store, session
from acuerdo.data.unpack import unpack

ROWS = [("08", "2023-11", 10), ("06", "2023-12", 4)]

# Writes release after release, each of 20,000 values, until it is killed
WRITER = """
import sys
from datetime import date
from pathlib import Path
from acuerdo.core.text import same
from acuerdo.data.observations import coverage_of
from acuerdo.data.release import Release, sequence_of
from acuerdo.data.source import Basis, Published
from acuerdo.data.store import Store, session
from acuerdo.data.unpack import unpack

store, number = Store(Path(sys.argv[1])), int(sys.argv[2]) * 1000
print("ready", flush=True)
while True:
    number += 1
    with session() as connection:
        connection.execute(
            "CREATE TABLE t AS SELECT 'made.deaths' AS series, 'MX-' || i AS place, '' AS breakdown, "
            "'2019' AS period, DATE '2019-01-01' AS period_start, DATE '2019-12-31' AS period_end, "
            f"(i * {number})::DOUBLE AS value, 'deaths' AS unit, 'A' AS status, DATE '2020-02-01' AS known_from, "
            f"{number} AS sequence FROM range(20000) AS t(i)")
        release = Release(
            source="made", title=same("t"), publisher=same("p"), licence="x", url="", name="f", bytes=1,
            published=Published(date(2020, 2, 1), Basis.PRINTED), sha256=f"{number:064x}", rows_read=1,
            vintages=(date(2020, 2, 1),), coverage=coverage_of(connection, "t"), sequence=number)
        store.add(release, connection=connection, table="t")
"""


def start_writer(folder: Path, number: int) -> subprocess.Popen[str]:
    source = Path(acuerdo.__file__).parents[1]
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder), str(number)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(source)},
    )
    assert writer.stdout is not None
    assert writer.stdout.readline() == "ready\n"
    return writer


def wait_for(store: Store, numbers: set[int]) -> None:
    """Until each of these writers has a release in the store, however slow the machine."""
    while not numbers <= {release.sequence // 1000 for release in store.releases()}:
        time.sleep(0.05)


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is of POSIX systems")
def test_killed_at_any_moment_it_stays_readable(tmp_path: Path) -> None:
    chance = random.Random(20211008)
    store = Store(tmp_path)
    for number in range(8):
        with start_writer(tmp_path, number) as writer:
            if number == 7:
                wait_for(store, {number})
            time.sleep(chance.uniform(0.01, 0.35))
            writer.send_signal(signal.SIGKILL)
        assert store.verify() == len(store.releases())
        for release in store.releases():
            assert release.rows == 20_000
        known = rows(as_published(store.releases()))
        assert len(known) in {0, 20_000}
        names = {path.suffix for path in (tmp_path / "releases").rglob("*") if path.is_file()}
        assert names <= {".parquet"}, "a half-written file is visible"


def test_two_processes_write_at_once(tmp_path: Path) -> None:
    with start_writer(tmp_path, 1) as one, start_writer(tmp_path, 2) as other:
        store = Store(tmp_path)
        wait_for(store, {1, 2})
        one.kill()
        other.kill()
    assert store.verify() == len(store.releases())


def test_what_a_killed_process_left_is_cleaned_up(store: Store) -> None:
    left = store.own / "incoming" / "left"
    recent = store.own / "incoming" / "recent"
    for folder in (left, recent):
        folder.mkdir(parents=True)
        (folder / "half.parquet").write_bytes(b"PAR1")
    old = time.time() - 2 * 3600
    os.utime(left, (old, old))
    with store.scratch():
        assert not left.exists()
        assert recent.exists(), "it may be another process's work in hand"


def test_the_same_input_gives_the_same_bytes(
    bring: Callable[..., Any], text: Callable[..., Path], tmp_path: Path, made: Any
) -> None:

    path = text(
        [
            (f"{state:02}", f"2023-{month:02}", state * month)
            for state in range(1, 33)
            for month in range(1, 13)
        ]
    )
    stored = [
        ingest(path, Store(tmp_path / name), among={"made": made()}).release.path for name in ("one", "two")
    ]
    assert stored[0] is not None
    assert stored[1] is not None
    assert stored[0].name == stored[1].name
    assert stored[0].read_bytes() == stored[1].read_bytes()


def test_a_file_is_named_by_date_and_content(
    bring: Callable[..., Any], text: Callable[..., Path], store: Store
) -> None:
    release = bring(text(ROWS)).release
    digest = hashlib.sha256(release.path.read_bytes()).hexdigest()[:16]
    assert release.path == store.own / "releases" / "made" / f"2024-01-20_{digest}.parquet"
    assert release.id == f"made/2024-01-20_{digest}"
    assert store.releases() == (release,)


def test_a_changed_file_is_found_out(
    bring: Callable[..., Any], text: Callable[..., Path], store: Store
) -> None:
    path = bring(text(ROWS)).release.path
    assert store.verify() == 1
    content = bytearray(path.read_bytes())
    content[40] ^= 1
    path.write_bytes(bytes(content))
    with pytest.raises(StoreDamaged, match="does not fit its name") as caught:
        store.verify()
    assert caught.value.problems[0].where == str(path)


def test_a_file_that_is_no_release_is_named(store: Store) -> None:
    folder = store.own / "releases" / "made"
    folder.mkdir(parents=True)
    (folder / "2024-01-20_0123456789abcdef.parquet").write_bytes(b"not parquet")
    with pytest.raises(StoreDamaged, match="2024-01-20_0123456789abcdef"):
        store.releases()


def test_a_whole_file_hides_the_extract_of_it(
    bring: Callable[..., Any], text: Callable[..., Path], tmp_path: Path, store: Store
) -> None:

    whole = bring(text(ROWS)).release
    packaged = Store(tmp_path / "packaged")
    with session() as connection:
        connection.execute(
            f"CREATE TABLE t AS SELECT * FROM read_parquet('{whole.path}') WHERE place = 'MX-08'"
        )
        extract = packaged.add(replace(whole, extract=True, path=None), connection=connection, table="t")
    both = Store(store.own, packaged.own)
    assert extract.sha256 == whole.sha256
    assert both.releases() == (whole,)
    assert Store(packaged.own).releases() == (extract,)


def test_an_extract_is_replaced_by_ingesting_the_file(
    bring: Callable[..., Any], text: Callable[..., Path], tmp_path: Path, made: Any
) -> None:

    path = text(ROWS)
    whole = bring(path).release
    packaged = Store(tmp_path / "packaged")
    with session() as connection:
        connection.execute(f"CREATE TABLE t AS SELECT * FROM read_parquet('{whole.path}')")
        packaged.add(replace(whole, extract=True, path=None), connection=connection, table="t")
    found = ingest(path, Store(tmp_path / "mine", packaged.own), among={"made": made()})
    assert found.new
    assert not found.release.extract


def test_only_the_first_folder_is_written(text: Callable[..., Path], tmp_path: Path, made: Any) -> None:

    mine, packaged = tmp_path / "mine", tmp_path / "packaged"
    packaged.mkdir()
    ingest(text(ROWS), Store(mine, packaged), among={"made": made()})
    assert list(packaged.iterdir()) == []
    assert list((mine / "incoming").iterdir()) == []


def test_a_store_without_folders_cannot_be_written() -> None:
    with pytest.raises(UsageError, match="No store is open"), Store().scratch():
        pass


def test_many_threads_may_read(bring: Callable[..., Any], text: Callable[..., Path], store: Store) -> None:
    bring(text(ROWS))
    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(lambda _: len(rows(as_published(Store(store.own).releases()))), range(12)))
    assert counts == [2] * 12


def fill_the_disk(store: Store, packed: Path, *, way: str) -> None:
    with store.scratch() as scratch, session() as connection:
        (scratch / "layer0").symlink_to("/dev/full")
        if way == "unpacking":
            unpack(packed, scratch)
        connection.execute(
            f"COPY (SELECT random() FROM range(100_000)) TO '{scratch / 'layer0'}' (USE_TMP_FILE false)"
        )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
@pytest.mark.parametrize("way", ["unpacking", "writing"])
def test_a_full_disk_is_not_the_fault_of_the_file(tmp_path: Path, store: Store, way: str) -> None:
    packed = tmp_path / "data.csv.gz"
    packed.write_bytes(gzip.compress(b"Estado,Mes,Muertes\n" * 10_000))
    with pytest.raises(UsageError, match="disk is full"):
        fill_the_disk(store, packed, way=way)
    assert store.releases() == ()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="Nothing can be written"), Store(tmp_path / "file").scratch():
        pass
