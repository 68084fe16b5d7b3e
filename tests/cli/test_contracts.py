"""The commands about evaluation contracts, right and wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from acuerdo.cli.app import run

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Call:
    monkeypatch.setenv("ACUERDO_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("ACUERDO_LANG", "en")
    monkeypatch.chdir(tmp_path)

    def run_here(*words: str) -> tuple[int, str, str]:
        code = run(words)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run_here


def test_every_effect_says_what_it_is_counted_in_and_what_does_not_count_is_not_shown(call: Call) -> None:
    code, out, _ = call("evaluations", "--json")
    rows = {row["id"]: row for row in json.loads(out)}
    assert code == 0
    assert all((row["effect"] is None) == (row["effect_unit"] is None) for row in rows.values())
    assert rows["sinaloa_split_and_homicides"]["effect_unit"] == "percent"
    assert rows["seizures_and_overdose_deaths"]["effect_unit"] == "periods"
    void = rows["bicentennial_and_missing_persons"]
    assert (void["verdict"], void["effect"], void["certainty"]) == ("void", None, None)
    assert rows["kingpin_removal_and_violence"]["state"] is None


def test_a_new_contract_says_what_to_fill_in(call: Call, tmp_path: Path) -> None:
    assert call("contract", "new", "ours.yaml")[0] == 0
    assert "FILL IN" in (tmp_path / "ours.yaml").read_text("utf-8")
    code, _, err = call("contract", "check", "ours.yaml")
    assert code == 4
    assert "ours.yaml:" in err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("contract", "new", "nowhere/ours.yaml"), "in a folder that does"),
        (("contract", "new", "ours.txt"), "the name of a .yaml"),
        (("contract", "new", "Ours.yaml"), "cannot be the id of a contract"),
        (("contract", "dissent", "sinaloa_split_and_homicides"), "--words belongs to 'dissent'"),
        (("evaluate", "sinaloa_split_and_homicides", "--blind", "--rerun"), "exclude one another"),
    ],
)
def test_wrong_words_are_refused_with_what_to_do(call: Call, words: tuple[str, ...], told: str) -> None:
    code, _, err = call(*words)
    assert code == 2
    assert told in err


def test_check_tells_the_state_the_digest_and_who_signed(call: Call) -> None:
    code, out, _ = call("contract", "check", "sinaloa_split_and_homicides", "--json")
    found = json.loads(out)
    assert code == 0
    assert (found["state"], found["signed"]) == ("verdict", "no_record")
    assert len(found["digest"]) == 64


def test_an_answer_says_what_its_rule_could_have_seen(call: Call) -> None:
    """No effect found says little where none would have been."""
    code, out, _ = call("evaluate", "search_commissions_and_missing_persons", "--json")
    told = json.loads(out)
    assert code == 0
    assert told["smallest"] == 15
    assert told["detectable"] == "above_100"
    _, out, _ = call("evaluate", "kingpin_removal_and_violence", "--json")
    assert "detectable" not in json.loads(out)
