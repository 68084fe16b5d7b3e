"""Killed, torn and out of room at every step that changes a file; the clock put back; two writers at once."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that breaks a process; compiled where there is a compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or sys.platform != "linux":
        pytest.skip("no C compiler is here to build the library that breaks processes")
    made = tmp_path_factory.mktemp("faulty") / "faulty.so"
    subprocess.run(
        [compiler, "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", made, HERE / "faulty.c", "-ldl"],
        check=True,
    )
    return made


def under(faulty: Path, script: str, *words: str) -> Any:
    """What a script prints, run with the library before the C library."""
    source = [] if os.environ.get("ACUERDO_TEST_INSTALLED") else [str(ROOT / "src")]
    environment = {
        **os.environ,
        "LD_PRELOAD": str(faulty),
        "PYTHONPATH": os.pathsep.join([*source, str(ROOT)]),
    }
    done = subprocess.run(
        [sys.executable, str(HERE / script), *words],
        env=environment,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.slow
def test_killed_at_every_step_nothing_acknowledged_is_lost(faulty: Path, record_property: Any) -> None:
    """Append, seal, new key, exchange at both ends, import, export: at each write, flush, renaming, and mid-write."""
    found = under(faulty, "breaking.py", "1,2")
    record_property("kills", found["kills"])
    assert found["wrong"] == []
    assert found["kills"] >= 500
    assert all(steps > 20 for steps in found["steps"].values()), found["steps"]


@pytest.mark.slow
def test_a_full_disk_is_told_and_nothing_acknowledged_is_lost(faulty: Path) -> None:
    found = under(faulty, "breaking.py", "3")
    assert found["wrong"] == []
    assert found["refusals"] >= 150


def test_the_clock_put_back_a_day_changes_nothing(faulty: Path) -> None:
    found = under(faulty, "conditions.py", "clock")
    assert found["told"] == sorted(found["told"], reverse=True)  # the clock did go back
    assert found["alike"]


def test_two_processes_that_write_at_once_lose_nothing(faulty: Path) -> None:
    found = under(faulty, "conditions.py", "writers")
    assert found["acknowledged"] == 60
    assert found["here"] == 60
    assert found["problems"] == []


def test_a_folder_that_cannot_be_written_is_told(faulty: Path) -> None:
    found = under(faulty, "conditions.py", "read-only")
    if found is None:
        pytest.skip("this user may write everywhere and cannot become another")
    assert found["refused"] == "StoreDamaged"
    assert found["read"] == 2  # and what is there can still be read


def test_a_disk_that_is_really_full_and_one_mounted_for_reading_only(faulty: Path) -> None:
    found = under(faulty, "conditions.py", "disk")
    if found is None:
        pytest.skip(
            "this process may mount no disk of its own; the tests above make every write fail instead"
        )
    assert found == {
        "refused": "StoreDamaged",
        "lost": 0,
        "more": 0,
        "goes_on": True,
        "read_only": "StoreDamaged",
    }
