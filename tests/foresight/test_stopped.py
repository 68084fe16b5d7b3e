"""A question that is stopped, by a hand or by force, goes on where it was and has the same answer."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from acuerdo.cli.app import run as call
from acuerdo.foresight.answers import Foresight
from acuerdo.foresight.block import BLOCK
from acuerdo.foresight.run import Progress

ASKED = ("simulate", "southbound_inspection", "--model", "arms_flow", "--draws")


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    # The kernels that are compiled already stay where they are
    monkeypatch.setenv("ACUERDO_KERNELS", os.environ.get("ACUERDO_KERNELS") or str(kernels()))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "acuerdo" / "runs"


def kernels() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "acuerdo" / "kernels"


def stops_after(blocks: int):
    told: list[Progress] = []

    def advance(progress: Progress) -> None:
        told.append(progress)
        if len(told) == blocks:
            raise KeyboardInterrupt

    return advance


def test_a_comparison_that_was_stopped_goes_on_where_it_was(cache: Path) -> None:
    foresight = Foresight()
    (asked,) = foresight.questions(["southbound_inspection"], model="arms_flow", draws=3 * BLOCK)
    with pytest.raises(KeyboardInterrupt):
        foresight.ask(asked, advance=stops_after(2))
    assert len(list(cache.rglob("*.npz"))) == 2
    told: list[Progress] = []
    resumed = foresight.ask(asked, advance=told.append)
    structures = len(foresight.structures("arms_flow"))
    assert told[0].total == structures * 3 * BLOCK
    assert len(told) == structures * 3 - 2
    assert [one.done for one in told] == sorted(one.done for one in told)
    assert (told[-1].done, told[-1].left) == (told[-1].total, 0.0)
    # Nothing is left behind once the answer is whole
    assert list(cache.iterdir()) == []
    assert foresight.ask(asked) == resumed


def test_who_stops_a_call_is_told_that_nothing_is_lost(capsys, monkeypatch) -> None:
    def ask(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Foresight, "ask", ask)
    with pytest.raises(SystemExit, match="130"):
        call([*ASKED, "10", "--lang", "es"])
    assert "Los bloques de sorteos terminados se conservan" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL])
def test_a_process_that_is_stopped_loses_nothing(cache: Path, sent: signal.Signals) -> None:
    command = [sys.executable, "-m", "acuerdo", *ASKED, "200000", "--cluster", "2", "--json"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as stopped:
        deadline = time.monotonic() + 60.0
        while len(list(cache.rglob("*.npz"))) < 5:
            assert time.monotonic() < deadline
            assert stopped.poll() is None
            time.sleep(0.01)
        os.killpg(stopped.pid, sent)
        out, said = stopped.communicate()
    assert out == ""
    assert stopped.returncode == (130 if sent == signal.SIGINT else -signal.SIGKILL)
    # Its workers say nothing of their own
    assert "Traceback" not in said
    kept = len(list(cache.rglob("*.npz")))
    assert kept >= 5
    whole = [subprocess.run(command, capture_output=True, text=True, check=True).stdout for _ in range(2)]
    assert whole[0] == whole[1]
    assert list(cache.iterdir()) == []
