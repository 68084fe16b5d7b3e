"""A contract's life, from draft to dissent, in a ledger that nobody can rewrite unseen."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.evaluation.making import changed

from acuerdo.core.errors import CheckFailed
from acuerdo.evaluation import kept, state
from acuerdo.evaluation.load import CONTRACTS, load
from acuerdo.workspace import Workspace

DAY = date(2026, 1, 1)
SOURCE = CONTRACTS.file("seizures_and_overdose_deaths")
pytest.importorskip("scipy")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.open(tmp_path / "store")


@pytest.fixture
def mine(tmp_path: Path) -> str:
    """A quick contract of the reader's own."""
    return str(changed(tmp_path, SOURCE, plan__trial={"draws": 20}, plan__robustness={}))


def test_the_whole_life(workspace: Workspace, mine: str) -> None:
    desk = workspace.evaluation
    assert desk.answered(mine).state == "draft"
    with pytest.raises(CheckFailed, match="size of its rule on its own panel was not measured"):
        desk.freeze(mine, on=DAY)
    with pytest.raises(CheckFailed, match="'data locked' needs 'frozen' first"):
        desk.run(mine, on=DAY)
    desk.calibrate(mine, on=DAY)
    assert desk.answered(mine).state == "calibrated"
    desk.freeze(mine, on=DAY)
    with pytest.raises(CheckFailed, match="not calibrated again"):
        desk.calibrate(mine, on=DAY)
    with pytest.raises(CheckFailed, match="'verdict given, with dissent' needs"):
        desk.dissent(mine, "early", on=DAY)
    answer = desk.run(mine, on=DAY)
    desk.dissent(mine, "MX: the windows overlap.", on=DAY)
    one = desk.answered(mine)
    assert one.state == "dissent"
    assert one.result is not None
    assert one.result.answer["verdict"] == answer.answer["verdict"]
    assert [entry.event for entry in one.entries] == [
        "calibrated",
        "frozen",
        "locked",
        "run",
        "verdict",
        "dissent",
    ]


def test_a_word_changed_after_the_freeze_makes_it_a_draft_again(workspace: Workspace, mine: str) -> None:
    desk = workspace.evaluation
    desk.calibrate(mine, on=DAY)
    desk.freeze(mine, on=DAY)
    path = Path(mine)
    path.write_text(
        path.read_text("utf-8").replace("smallest_effect: 3", "smallest_effect: 4"), encoding="utf-8"
    )
    assert desk.answered(mine).state == "draft"
    for step in (desk.calibrate, desk.freeze):
        with pytest.raises(CheckFailed, match="still says that it is version 1") as caught:
            step(mine, on=DAY)
        assert "version: 2" in caught.value.render("es")


def test_a_deviation_is_a_new_version_and_the_old_one_stays_in_the_ledger(
    workspace: Workspace, mine: str
) -> None:
    desk = workspace.evaluation
    desk.calibrate(mine, on=DAY)
    desk.freeze(mine, on=DAY)
    desk.run(mine, on=DAY)
    path = Path(mine)
    told = {
        "version": 2,
        "on": DAY,
        "what": {"en": "A larger smallest effect.", "es": "Un menor efecto mayor."},
    }
    newer = changed(path.parent, path, plan__decision__smallest_effect=4, version=2, deviations=[told])
    assert str(newer) == mine
    with pytest.raises(CheckFailed, match="was not measured"):
        desk.freeze(mine, on=DAY)
    desk.calibrate(mine, on=DAY)
    desk.freeze(mine, on=DAY)
    entries = desk.answered(mine).entries
    assert len({one.contract for one in entries if one.event == "frozen"}) == 2
    assert [one.event for one in entries][:5] == ["calibrated", "frozen", "locked", "run", "verdict"]


def test_layout_does_not_matter_to_the_digest(mine: str) -> None:
    before = load(Path(mine)).digest
    path = Path(mine)
    path.write_text("# a remark\n" + path.read_text("utf-8"), encoding="utf-8")
    assert load(path).digest == before


def test_a_line_changed_in_the_ledger_is_found(workspace: Workspace, mine: str) -> None:
    workspace.evaluation.calibrate(mine, on=DAY)
    workspace.evaluation.freeze(mine, on=DAY)
    ledger = state.ledger_of(Path(mine))
    first, second = ledger.read_text("utf-8").splitlines()
    ledger.write_text(first.replace("2026-01-01", "2025-01-01") + "\n" + second + "\n", encoding="utf-8")
    with pytest.raises(CheckFailed, match="does not follow from the one before"):
        state.read(ledger)


def test_a_calibration_changed_by_hand_cannot_be_frozen(workspace: Workspace, mine: str) -> None:
    from acuerdo.core.result import Result

    workspace.evaluation.calibrate(mine, on=DAY)
    path = kept.calibration_of(Path(mine))
    found = Result.read(path)
    better = {**found.answer, "size": 0.01, "draws": 9999}
    Result(question=found.question, inputs=found.inputs, version=found.version, answer=better).write(path)
    with pytest.raises(CheckFailed, match="not the one that the ledger speaks of"):
        workspace.evaluation.freeze(mine, on=DAY)


def test_running_again_says_what_changed_and_why(workspace: Workspace, mine: str) -> None:
    from acuerdo.core.result import Result

    desk = workspace.evaluation
    desk.calibrate(mine, on=DAY)
    desk.freeze(mine, on=DAY)
    desk.run(mine, on=DAY)
    same = desk.rerun(mine)
    assert (same.inputs, same.software, same.cells) == ((), (), 0)
    path = kept.result_of(Path(mine))
    found = Result.read(path)
    other = {**found.answer, "verdict": "supported"}
    Result(question=found.question, inputs=found.inputs, version="0.0.1", answer=other).write(path)
    (line,) = desk.rerun(mine).software
    assert (line.what, line.then, line.now) == ("verdict", "supported", found.answer["verdict"])


def test_newer_data_are_told_apart_from_newer_software(workspace: Workspace, tmp_path: Path) -> None:
    """The same contract signed on an earlier vintage of the police files."""
    path = changed(
        tmp_path, CONTRACTS.file("sinaloa_split_and_homicides"),
        plan__data__known_on=date(2024, 6, 25),
        plan__window={"since": "2015-01", "until": "2024-05", "cut_off": date(2023, 12, 31)},
        plan__treatment__units={"MX-25": {"since": "2024-01", "sources": ["first_days"]}},
        plan__estimand__horizon=5, plan__trial={"draws": 20}, plan__robustness={},
    )  # fmt: skip
    desk = workspace.evaluation
    desk.calibrate(str(path), on=DAY)
    desk.freeze(str(path), on=DAY)
    desk.run(str(path), on=DAY)
    found = desk.rerun(str(path))
    assert found.software == ()
    assert found.new_files
    assert found.cells > 0
    assert found.largest is not None
    assert found.data
