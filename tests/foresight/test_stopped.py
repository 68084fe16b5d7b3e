"""Work that is stopped, by a hand or by force, goes on where it was and has the same answer."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from acuerdo.cli.app import run as call
from acuerdo.core.errors import CheckFailed
from acuerdo.foresight import asking, computing, together
from acuerdo.foresight.answers import Foresight
from acuerdo.foresight.block import BLOCK
from acuerdo.foresight.identified import sampling
from acuerdo.foresight.identified.fitting import Best
from acuerdo.foresight.identified.predicting import Prediction
from acuerdo.foresight.identified.sampling import ENSEMBLES, sample
from acuerdo.foresight.keeping import Shelf, kept_until_whole
from acuerdo.foresight.library import model
from acuerdo.foresight.run import Progress, Setup
from acuerdo.foresight.study import study

M1 = "cartel_recruitment"
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
    assert "Lo hecho se conserva" in capsys.readouterr().err


def test_a_fit_that_was_stopped_goes_on_where_it_was(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the values, in the starts and in the profiles."""
    fitted = partial(Foresight.fitted, M1, starts=2, tried=10)
    monkeypatch.setattr(computing, "_PROFILED", 2)
    monkeypatch.setattr(asking, "_FITTED", {})
    whole = fitted()
    for stop in (1, 3, 5):
        monkeypatch.setattr(asking, "_FITTED", {})
        with pytest.raises(KeyboardInterrupt):
            fitted(advance=stops_after(stop))
        assert len(list(cache.rglob("*.npz"))) == stop
        monkeypatch.setattr(asking, "_FITTED", {})
        told: list[Progress] = []
        resumed = fitted(advance=told.append)
        # What was found took no time: of as many steps of the work nothing is said to have been done just now
        assert sum(one.rate == 0.0 for one in told) == stop
        assert written(resumed) == written(whole)
        assert list(cache.iterdir()) == []


def written(found: Any) -> tuple[object, ...]:
    """Every number of a fit, to the last bit."""
    members = {name: values.tobytes() for name, values in found.members.table.items()}
    profiles = {name: values.tobytes() for name, values in found.profiles.items()}
    return found.best, found.error, found.starts, members, profiles


def test_more_starts_go_on_from_those_that_did_not_agree(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fit that is refused is kept: asked for more, it does only what is missing."""
    monkeypatch.setattr(Best, "reached", property(lambda best: len(best.starts) - 1))
    monkeypatch.setattr(asking, "_FITTED", {})
    with pytest.raises(CheckFailed):
        Foresight.fitted(M1, starts=2, tried=3)
    kept = set(cache.rglob("*.npz"))
    told: list[Progress] = []
    Foresight.fitted(M1, starts=3, tried=3, advance=told.append)
    starts = [one for one in told if one.of.en == "Starts of the fit"]
    assert len(kept) == 1 + 2
    assert [one.rate > 0.0 for one in starts] == [False, False, True]


def test_chains_in_stretches_are_the_chains_at_one_stretch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fit = study(M1).fit
    assert fit is not None
    at_once, kept = (Prediction(model(M1), fit, structure={}, keep=keep) for keep in (None, tmp_path))
    wanted = sample(at_once, steps=9, draws=20)
    monkeypatch.setattr(sampling, "_STRETCH", 4)
    # The starts are six files; a chain of nine steps is three
    with pytest.raises(KeyboardInterrupt):
        sample(kept, steps=9, draws=20, advance=stops_after(6 + 4))
    assert len(list(tmp_path.rglob("*.npz"))) == 6 + 4
    told: list[Progress] = []
    resumed = sample(kept, steps=9, draws=20, advance=told.append)
    assert sum(one.rate == 0.0 for one in told) == 6 + 4
    assert len(told) == 6 + 3 * ENSEMBLES
    assert {name: one.tobytes() for name, one in resumed.table.items()} == {
        name: one.tobytes() for name, one in wanted.table.items()
    }
    assert (resumed.r_hat, resumed.correlation, resumed.accepted) == (
        wanted.r_hat, wanted.correlation, wanted.accepted
    )  # fmt: skip


def test_a_sensitivity_that_was_stopped_goes_on_where_it_was(cache: Path) -> None:
    sensitivity = partial(Foresight.sensitivity, "southbound_inspection", model="arms_flow", sample=1024)
    whole = sensitivity()
    with pytest.raises(KeyboardInterrupt):
        sensitivity(advance=stops_after(2))
    kept = len(list(cache.rglob("*.npz")))
    assert kept == 2
    assert sensitivity() == whole
    assert list(cache.iterdir()) == []


def test_a_coupled_run_that_was_stopped_goes_on_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Draws that are run together are done or not; the fit, of 64 values, is eight files before them."""
    asked: list[tuple[str, tuple[str, ...]]] = [(one, ()) for one in ("precursor_controls", "baseline")]
    at_once = together.ends(asked, draws=5)
    monkeypatch.setattr(asking, "_FITTED", {})
    monkeypatch.setattr(together, "_STRETCH", 2)
    keep = tmp_path / "kept"
    with pytest.raises(KeyboardInterrupt):
        together.ends(asked, draws=5, setup=Setup(keep=keep, advance=stops_after(8 + 4)))
    assert len(list(keep.rglob("*.npz"))) == 8 + 4
    for forgotten in (together._ends.cache_clear, asking._FITTED.clear):
        forgotten()
    told: list[Progress] = []
    resumed = together.ends(asked, draws=5, setup=Setup(keep=keep, advance=told.append))
    assert [one.rate > 0.0 for one in told] == [False] * (8 + 4) + [True] * 2
    assert (told[-1].done, told[-1].total) == (6, 6)
    assert bits(resumed) == bits(together.ends(asked, draws=5))
    for key, values in at_once.items():
        for name, one in values.items():
            np.testing.assert_allclose(resumed[key][name], one, rtol=1e-9)
    # What was found for some draws is not taken for others
    together.ends(asked, draws=3, setup=Setup(keep=keep))
    assert len(list(keep.rglob("*.npz"))) == 8 + 6 + 2


def bits(found: dict[Any, dict[Any, Any]]) -> dict[Any, bytes]:
    """Every number, to the last bit."""
    return {(*key, *name): one.tobytes() for key, values in found.items() for name, one in values.items()}


def test_what_was_found_for_one_fit_is_not_taken_for_another(tmp_path: Path) -> None:
    one = model(M1)
    fit = study(M1).fit
    assert fit is not None
    other = replace(fit, sought={**fit.sought, "saturation": replace(fit.sought["saturation"], high=2e-7)})
    moved = replace(one, parameters=tuple(replace(p, value=1.01 * p.value) for p in one.parameters))
    found = [
        Prediction(a, b, structure=c, keep=tmp_path).shelf.digest
        for a, b, c in ((one, fit, {}), (one, other, {}), (moved, fit, {}), (one, fit, {"killings": "fifth"}))
    ]
    assert len(set(found)) == len(found)


def test_a_file_that_is_not_whole_is_made_anew(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, "x" * 32)
    made = {"values": np.arange(4.0)}
    assert shelf.arrays(["one", 2], lambda: made) == (made, False)
    (path,) = tmp_path.rglob("*.npz")
    assert shelf.arrays(["one", 2], dict)[1]
    path.write_bytes(path.read_bytes()[:40])
    assert shelf.arrays(["one", 2], lambda: made) == (made, False)
    assert not shelf.arrays(["one", 3], lambda: made)[1]
    assert Shelf().arrays(["one", 2], lambda: made) == (made, False)


DAY = 24 * 3600.0


def left_alone(runs: Path, name: str, *, days: float) -> Path:
    """What is left of a run that nobody has touched for so many days."""
    folder = runs / name
    block = folder / "digest" / "000000.npz"
    block.parent.mkdir(parents=True)
    block.write_bytes(b"a block")
    then = time.time() - days * DAY
    for path in (block, block.parent, folder):
        os.utime(path, (then, then))
    return folder


def test_what_is_left_of_old_runs_goes_with_the_next(cache: Path) -> None:
    old, recent = (left_alone(cache, digit * 32, days=days) for digit, days in (("a", 31.0), ("b", 29.0)))
    written, stranger = left_alone(cache, "c" * 32, days=31.0), left_alone(cache, "not of a run", days=31.0)
    # One block that was written lately keeps all that was done before it
    os.utime(next(written.rglob("*.npz")))
    with kept_until_whole("a question"):
        assert set(cache.iterdir()) == {recent, written, stranger}
    assert not old.exists()


def test_an_old_run_that_is_taken_up_again_is_not_swept(cache: Path) -> None:
    asked = "an old question"
    with pytest.raises(KeyboardInterrupt), kept_until_whole(asked) as folder:
        raise KeyboardInterrupt
    left_alone(cache, folder.name, days=90.0)
    with kept_until_whole(asked), kept_until_whole("another question"):
        assert list(folder.rglob("*.npz"))
    assert not folder.exists()


def test_a_shared_folder_is_not_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing of one's own can be written, runs lie among the files of others."""
    (tmp_path / "acuerdo").write_text("no folder")
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "acuerdo_runs").write_text("no folder")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "shared"))
    other = left_alone(tmp_path / "shared", "d" * 32, days=400.0)
    with kept_until_whole("a question") as folder:
        assert folder.parent == tmp_path / "shared"
    assert other.exists()


def test_several_sweep_at_the_same_time(cache: Path) -> None:
    old = [left_alone(cache, f"{number:032x}", days=31.0) for number in range(200)]
    sweep = "from acuerdo.foresight.keeping import kept_until_whole\nwith kept_until_whole('one'): input()"
    command = [sys.executable, "-c", sweep]
    several = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(3)
    ]
    said = [one.communicate("\n")[1] for one in several]
    assert ([one.returncode for one in several], said) == ([0] * 3, [""] * 3)
    assert not any(one.exists() for one in old)


def test_what_is_thrown_away_meanwhile_is_only_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken_away(file: Any, **_: Any) -> None:
        shutil.rmtree(Path(file.name).parent)

    monkeypatch.setattr(np, "savez_compressed", taken_away)
    made = {"values": np.arange(4.0)}
    assert Shelf(tmp_path, "x" * 32).arrays("one", lambda: made) == (made, False)
    assert not list(tmp_path.rglob("*.npz"))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "files", "code"),
    [
        ("calibrate cartel_recruitment --starts 2 --tried 10", 5, 0),
        # Such short chains cannot come to rest; how far they are from it is told to the last digit
        ("calibrate cartel_recruitment --starts 2 --tried 10 --steps 200", 12, 7),
        ("sensitivity double_the_arrests --model cartel_recruitment --sample 8", 3, 7),
        ("bilateral precursor_controls --draws 2", 12, 0),
    ],
)
def test_a_fit_that_a_hand_stops_loses_nothing(words: str, files: int, code: int, cache: Path) -> None:
    command = [sys.executable, "-m", "acuerdo", *words.split(), "--json"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as stopped:
        deadline = time.monotonic() + 300.0
        while len(list(cache.rglob("*.npz"))) < files:
            assert time.monotonic() < deadline
            assert stopped.poll() is None
            time.sleep(0.01)
        os.killpg(stopped.pid, signal.SIGINT)
        out, said = stopped.communicate()
    assert (out, stopped.returncode) == ("", 130)
    assert said.splitlines()[-1].startswith("Stopped. What was done is kept")
    kept = {path: path.stat().st_mtime_ns for path in cache.rglob("*.npz")}
    assert len(kept) >= files
    resumed = subprocess.run(command, capture_output=True, text=True, check=False)
    left = {path: path.stat().st_mtime_ns for path in cache.rglob("*.npz")}
    # A fit that is refused stays, and what was done before is what it was
    assert kept.items() <= left.items() if "--steps" in words else not left
    shutil.rmtree(cache)
    whole = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (resumed.returncode, whole.returncode) == (code, code)
    assert (resumed.stdout, resumed.stderr) == (whole.stdout, whole.stderr)
    assert resumed.stdout or "Ask for more steps" in resumed.stderr


@pytest.mark.slow
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL])
def test_a_process_that_is_stopped_loses_nothing(cache: Path, sent: signal.Signals) -> None:
    command = [sys.executable, "-m", "acuerdo", *ASKED, "200000", "--cluster", "2", "--json"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as stopped:
        deadline = time.monotonic() + 300.0
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
