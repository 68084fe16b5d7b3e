"""The log: what is acknowledged stays, nothing is changed, one writer at a time."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pymerkle import InmemoryTree

from acuerdo.core.errors import RecordRefused, StoreDamaged
from acuerdo.record import log as log_module
from acuerdo.record.log import Log, New
from acuerdo.record.merkle import consistent, leaf_hash, root_from_inclusion

ORIGIN = "acuerdo/demo/us"


def append(log: Log, *contents: bytes) -> int:
    with log.writing() as size:
        return log.append([New.of(content) for content in contents], size=size)


@pytest.fixture
def log(tmp_path: Path) -> Any:
    made = Log(tmp_path / "us.sqlite", ORIGIN)
    yield made
    made.close()


def test_roots_and_proofs_are_those_of_the_tree(log: Log) -> None:
    theirs = InmemoryTree(algorithm="sha256")
    contents = [f"entry {number}".encode() for number in range(41)]
    for begin in (0, 1, 3, 10, 11):  # in appends of several sizes
        end = {0: 1, 1: 3, 3: 10, 10: 11, 11: 41}[begin]
        assert append(log, *contents[begin:end]) == end
    for content in contents:
        theirs.append_entry(content)
    assert log.root() == theirs.get_root()
    for place in range(41):
        proof = log.inclusion(place, 41)
        assert root_from_inclusion(leaf_hash(contents[place]), place, size=41, proof=proof) == log.root()
    for size in range(42):
        held = consistent(
            size, 41, earlier_root=log.root(size), later_root=log.root(), proof=log.consistency(size, 41)
        )
        assert held


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE entry SET envelope = x'00' WHERE place = 0",
        "DELETE FROM entry WHERE place = 1",
        "INSERT OR REPLACE INTO entry VALUES (0, x'00', x'', x'00', 0)",
        "INSERT INTO entry VALUES (7, x'00', x'', x'00', 0)",
        "UPDATE about SET origin = 'x'",
        "DELETE FROM checkpoint",
        "UPDATE checkpoint SET size = 0",
    ],
)
def test_nothing_in_it_is_changed(log: Log, change: str) -> None:
    append(log, b"one", b"two")
    with log.writing():
        log.keep_checkpoint(ORIGIN, size=2, note="note")
    log.close()
    with sqlite3.connect(log.path) as connection, pytest.raises(sqlite3.Error, match="only added to"):
        connection.execute(change)
    connection.close()
    assert [row.envelope for row in log.rows()] == [b"one", b"two"]


def test_an_append_that_fails_leaves_nothing(log: Log) -> None:
    append(log, b"one")

    def fail() -> None:
        with log.writing() as size:
            log.append([New.of(b"two")], size=size)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert log.size == 1
    assert append(log, b"three") == 2


def test_a_second_writer_waits_and_then_says_so(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    append(log, b"one")
    monkeypatch.setattr(log_module, "PATIENCE", 0.05)
    other = Log(log.path, ORIGIN)
    with log.writing(), pytest.raises(StoreDamaged, match="Another process is writing"), other.writing():
        pass
    with other.writing() as size:
        assert size == 1
    other.close()


def test_two_processes_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "us.sqlite"
    script = (
        "import sys; from pathlib import Path; from acuerdo.record.log import Log, New\n"
        f"log = Log(Path({str(path)!r}), {ORIGIN!r})\n"
        "for number in range(60):\n"
        "    with log.writing() as size:\n"
        "        log.append([New.of(f'{sys.argv[1]} {number}'.encode())], size=size)\n"
    )
    running = [subprocess.Popen([sys.executable, "-c", script, name]) for name in ("a", "b")]
    assert [one.wait() for one in running] == [0, 0]
    log = Log(path, ORIGIN)
    told = [(row.envelope or b"").decode() for row in log.rows()]
    assert sorted(told) == sorted(f"{name} {number}" for name in "ab" for number in range(60))
    for name in "ab":
        assert [one for one in told if one.startswith(name)] == [f"{name} {number}" for number in range(60)]
    assert log.faults() == ()
    log.close()


def test_a_full_disk_is_told_and_what_was_there_stays(log: Log) -> None:
    append(log, b"one")
    pages = log._connection.execute("PRAGMA page_count").fetchone()[0]
    log._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreDamaged, match="cannot be written"):
        append(log, b"x" * 200_000)
    assert [row.envelope for row in log.rows()] == [b"one"]
    log._connection.execute(f"PRAGMA max_page_count = {pages + 1000}")
    assert append(log, b"two") == 2


def test_a_file_that_cannot_be_written_is_told(log: Log) -> None:
    append(log, b"one")
    reading = Log(log.path, ORIGIN, read_only=True)
    with pytest.raises(StoreDamaged, match="cannot be written"):
        append(reading, b"two")
    assert reading.size == 1
    reading.close()


def test_the_file_of_another_log_is_refused(log: Log) -> None:
    append(log, b"one")
    other = Log(log.path, "acuerdo/demo/mx")
    with pytest.raises(RecordRefused, match="acuerdo/demo/us"):
        _ = other.size


def test_what_is_no_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "us.sqlite"
    path.write_bytes(b"this is not a database at all, whatever its name says" * 100)
    with pytest.raises(StoreDamaged):
        _ = Log(path, ORIGIN).size


def test_a_withheld_entry_may_come_later_and_once(log: Log) -> None:
    with log.writing() as size:
        log.append([New.of(b"one"), New(leaf_hash(b"secret"))], size=size)
    assert [row.envelope for row in log.rows()] == [b"one", None]
    root = log.root()
    for content in (b"secret", b"other"):
        with log.writing():
            log.supply(1, content)
    assert [row.envelope for row in log.rows()] == [b"one", b"secret"]
    assert log.root() == root
