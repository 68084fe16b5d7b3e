"""What every test may ask for."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parents[1]

# In CI the same examples each time, so that a red run can be repeated; by hand, new ones. Neither is timed.
settings.register_profile("hand", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("hand"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "hand")
# Tests that run side by side inherit the width of a screen that they have not; what is told is then broken there.
os.environ.pop("COLUMNS", None)
# Workers inherit it before they load numpy: each has one core, where threads of OpenBLAS that wait for one another take
# ten times the processor's time for the same bytes.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of the publishers' own files; a test that asks for it is skipped where they are absent."""
    folder = Path(os.environ.get("ACUERDO_REAL_DATA") or ROOT.parent / "shared" / "data")
    if not (folder / "MANIFEST.tsv").is_file():
        pytest.skip(f"the publishers' files are not at {folder}; set ACUERDO_REAL_DATA to their folder")
    return folder


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], object]], Path]:
    """Gives the folder of a name, which the first worker to ask fills and all workers read."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def made(name: str, fill: Callable[[Path], object]) -> Path:
        folder, done = shared / name, shared / f"{name}.done"
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.exists():
                folder.mkdir()
                fill(folder)
                done.touch()
        return folder

    return made


@pytest.fixture
def store_path(tmp_path: Path) -> Path:
    """An empty place for a store."""
    return tmp_path / "store"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Modules with slow tests come first, so that no worker is left alone with one at the end."""
    long = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in long)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Prints the three worst of each measure that the house test took."""
    measured = [
        value
        for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed")
        for name, value in report.user_properties
        if name == "house"
    ]
    if measured:
        terminalreporter.section("the house: three worst of each")
        for line in sorted(str(value) for value in measured):
            terminalreporter.line(line)
