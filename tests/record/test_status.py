"""What the record says of a promise stands beside what the statements say; without a record all is as before."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.record.conftest import Side, meet

from acuerdo.cli.app import run
from acuerdo.core.text import Text
from acuerdo.record.answers import Record
from acuerdo.record.marking import Marking, read_marking
from acuerdo.review.dossier import Dossier, gather
from acuerdo.review.sections import commitment
from acuerdo.workspace import Workspace

FRAMEWORK = "us_mx_bicentennial"
PLAN = f"{FRAMEWORK}:action_plan_adopted"


@pytest.fixture
def store(pair: tuple[Side, Side], tmp_path: Path) -> Path:
    """A store whose node holds both sides' judgements: they differ on one promise and agree on another."""
    us, mx = pair
    for side, level in ((us, "complete"), (mx, "intermediate")):
        for item, given in (("action_plan_adopted", level), ("launch_mou_addictions", "minimal")):
            body = {"item": f"{FRAMEWORK}:{item}", "level": given, "version": "codebook 1"}
            free = (
                {"reach": "public", "conf_status": "F"}
                if item == "action_plan_adopted"
                else {"reach": "both"}
            )
            side.enter("code", body, marking=free)
    meet(us, mx)
    folder = tmp_path / "store"
    folder.mkdir()
    us.node.close()
    (folder / "node").symlink_to(us.node.folder)
    return folder


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, str]] | dict[str, str]:
    assert run([*words, "--json", "--lang", "en"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_status_shows_both_sides_and_what_is_agreed(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = printed(capsys, "status", PLAN, "--store", str(store))
    assert isinstance(found, dict)
    assert (found["record_us"], found["record_mx"], found["record_agreed"]) == (
        "3 complete",
        "2 intermediate",
        None,
    )
    rows = printed(capsys, "status", FRAMEWORK, "--store", str(store))
    assert {row["id"]: row["record_us"] for row in rows if isinstance(row, dict)}[
        "action_plan_adopted"
    ] == "3 complete"


def test_without_a_record_a_status_is_as_before(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = printed(capsys, "status", FRAMEWORK, "--store", str(tmp_path))
    assert not any(key.startswith("record") for row in rows for key in row)


def test_what_is_published_shows_only_what_is_public(store: Path) -> None:
    record = Workspace.open(store).record
    assert set(record.judged(FRAMEWORK)) == {"action_plan_adopted", "launch_mou_addictions"}
    assert set(record.judged(FRAMEWORK, public=True)) == {"action_plan_adopted"}
    assert record.judged(FRAMEWORK)["launch_mou_addictions"].agreed == "minimal"


def test_what_was_public_and_changed_since_is_not_published_as_if_it_stood(pair: tuple[Side, Side]) -> None:
    us, mx = pair
    free = Marking(reach="public", conf_status="F")
    for side in pair:
        body = {"item": PLAN, "level": "complete", "version": "codebook 1"}
        side.enter("code", body, marking=free.as_written())
    meet(us, mx)
    record = Record(us.node.folder)
    assert record.judged(FRAMEWORK, public=True)["action_plan_adopted"].agreed == "complete"
    mx.enter(
        "code", {"item": PLAN, "level": "minimal", "version": "codebook 1"}
    )  # for both governments alone
    meet(us, mx)
    assert Record(us.node.folder).judged(FRAMEWORK, public=True) == {}
    # Taken back by the desk, a judgement is taken back wherever it was told.
    draft = us.desk.withdraw(f"coding:{PLAN}", {"en": "A slip.", "es": "Un descuido."})
    assert read_marking(draft.entry.marking) == free


def test_a_correction_goes_no_further_than_what_it_corrects(pair: tuple[Side, Side]) -> None:
    us, _ = pair
    hidden = Marking(reach="agencies", agencies=("us:dea",))
    words = {"en": "Something secret.", "es": "Algo secreto."}
    us.enter("report", {"item": PLAN, "period": "2026", "text": words}, marking=hidden.as_written())
    draft = us.desk.correct("last", words, reason={"en": "A slip.", "es": "Un descuido."})
    assert read_marking(draft.entry.marking) == hidden


@pytest.mark.slow
def test_the_review_shows_both_sides_and_what_is_agreed_as_far_as_it_is_public(store: Path) -> None:
    with_record = gather(Workspace.open(store), FRAMEWORK, as_of=None)
    without = replace(with_record, recorded=({}, {}))

    def facts(dossier: Dossier, item: str) -> dict[str, Any]:
        page = next(one for one in commitment.pages(dossier) if one.path.endswith(f"/{item}"))
        return {label.en: value for label, value in page.content["facts"] if isinstance(label, Text)}

    told = facts(with_record, "action_plan_adopted")
    assert told["Mexico, in the record"].es == "2 intermedio"
    assert told["United States, in the record"].en == "3 complete"
    assert told["Agreed in the record"].en == "The sides differ, or only one has said"
    # What is for both governments alone is not published, though both agree on it.
    for dossier, item in ((with_record, "launch_mou_addictions"), (without, "action_plan_adopted")):
        assert not [label for label in facts(dossier, item) if "record" in label]
