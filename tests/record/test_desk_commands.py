"""The commands of the desk, as people use them: what will be signed is told first, in the reader's language."""

from __future__ import annotations

import gc
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from acuerdo.cli.app import run
from acuerdo.record.node import Node

Pair = tuple[Any, Any]
Run = Callable[..., tuple[int, str, str]]
TARGET = ("target", "indicator=mx_homicide_rate", "by=2027", "amount=20.0", "unit=per_100_000_inhabitants")
SUBJECT = "target:mx_homicide_rate:2027"


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a call for one side, with the passphrase at hand."""
    monkeypatch.setenv("ACUERDO_PASSPHRASE", "a passphrase")
    monkeypatch.setenv("ACUERDO_LANG", "en")

    def run_here(side: Any, *words: str) -> tuple[int, str, str]:
        side.node.close()
        code = run([*words, "--store", str(side.node.folder.parent)])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run_here


@pytest.fixture
def desks(pair: Pair) -> Pair:
    """Each side with its node where the commands look for it: in its own store."""
    found: list[Any] = []
    for side in pair:
        side.node.close()
        store = side.node.folder.parent / f"store_{side.id}"
        store.mkdir()
        shutil.move(side.node.folder, store / "node")
        side.node = Node.open(store / "node")
        found.append(side)
    return found[0], found[1]


def test_a_story_of_two_sides(desks: Pair, call: Run, both_meet: Any, tmp_path: Path) -> None:
    us, mx = desks
    code, out, err = call(us, "propose", *TARGET, "--under", "definition 1")
    assert (code, out.startswith("Entered at place 0: ")) == (0, True)
    assert "proposes the target: mx_homicide_rate at 20.0 per_100_000_inhabitants by 2027" in err
    both_meet(us, mx)
    code, out, err = call(
        mx, "accept", SUBJECT, "--reserving", "Subject to funds.", "Sujeto a fondos.", "--lang", "es"
    )
    assert (code, "Asentado en el lugar 0" in out) == (0, True)
    assert "Responde a Desk of us (us), que propone una meta" in err
    assert "Lo que estaba antes: no había nada acordado" in err
    both_meet(us, mx)
    rows = json.loads(call(us, "agreement", "--json")[1])
    assert [(row["subject"], row["standing"], row["reservation"]) for row in rows] == [
        (SUBJECT, "reserved", "Subject to funds.")
    ]
    assert rows[0]["us"] == rows[0]["mx"] == rows[0]["agreed"]
    proof = tmp_path / "proof.json"
    assert call(us, "log", "--proof", SUBJECT, "--out", str(proof))[0] == 0
    code, out, _ = call(mx, "verify", str(proof), "--lang", "es")
    assert (code, "Este archivo prueba:" in out, "cofirmó que solo creció" in out) == (0, True, True)
    code, out, _ = call(us, "verify", "--json")
    assert [(row["size"], row["problems"]) for row in json.loads(out)] == [(1, 0), (1, 0)]
    log = json.loads(call(us, "log", "--json")[1])
    assert [row["side"] for row in log] == ["us", "mx"]


def test_a_dry_run_signs_nothing(desks: Pair, call: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    us, _ = desks
    monkeypatch.delenv("ACUERDO_PASSPHRASE")
    code, out, err = call(us, "propose", *TARGET, "--under", "definition 1", "--dry-run")
    assert (code, err) == (0, "")
    assert "Hash of what is signed" in out
    assert out.rstrip().endswith("Nothing was signed.")
    assert us.node.own.size == 0


def test_nothing_is_signed_without_a_passphrase(
    desks: Pair, call: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    us, _ = desks
    for given in (None, "", "wrong"):
        if given is None:
            monkeypatch.delenv("ACUERDO_PASSPHRASE")
        else:
            monkeypatch.setenv("ACUERDO_PASSPHRASE", given)
        code, out, err = call(us, "code", "us_mx_bicentennial:action_plan", "complete")
        assert (code, out) == (14, "")
        assert "Hash of what is signed" in err
    assert us.node.own.size == 0


def test_each_desk_command(desks: Pair, call: Run, both_meet: Any, tmp_path: Path) -> None:
    us, mx = desks
    paper = tmp_path / "paper.txt"
    paper.write_text("A paper.", encoding="utf-8")
    item = "us_mx_bicentennial:action_plan"
    reason = ("--reason", "Not yet.", "Aún no.")
    assert (
        call(us, "report", item, str(paper), "--period", "2022-01", "--text", "Approved.", "Aprobado.")[0]
        == 0
    )
    assert call(us, "code", item, "complete")[0] == 0
    assert call(us, "propose", "deadline", f"item={item}", "due=2027-06-30", "--under", "plan 1")[0] == 0
    both_meet(us, mx)
    assert call(mx, "decline", f"deadline:{item}", *reason)[0] == 0
    assert call(us, "withdraw", f"deadline:{item}", *reason)[0] == 0
    assert call(us, "seal", str(paper), "--title", "A paper", "Un documento")[0] == 0
    assert call(us, "reveal", "last")[0] == 0
    assert call(us, "hand-over", "Legal office", "--reason", "A second.", "Una segunda.")[0] == 0
    code, _, err = call(us, "code", item, "minimal")
    assert (code, "Legal office" in err) == (3, True)  # two keys now: which one is to be said
    assert call(us, "revoke", "Legal office", "--cause", "retired", *reason, "--key", "Desk of us")[0] == 0
    assert call(us, "code", item, "minimal")[0] == 0
    keys = json.loads(call(us, "keys", "--json")[1])
    assert [(row["holder"], row["until"]) for row in keys if row["side"] == "us"] == [
        ("Desk of us", None), ("Node of us", None), ("Legal office", 7),
    ]  # fmt: skip
    both_meet(us, mx)
    rows = json.loads(call(mx, "agreement", "us_mx_bicentennial", "--json")[1])
    assert len(rows) > 20
    assert {row["standing"] for row in rows} == {"one_sided", "withdrawn", "not_entered"}
    assert mx.node.state().canonical() == us.node.state().canonical()
    assert json.loads(call(us, "keys", "--export")[1])["side"] == "us"


def test_without_a_node_nothing_is_entered_and_that_is_told(
    call: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = str(tmp_path / "store")
    assert run(["agreement", "us_mx_bicentennial", "--json", "--store", store]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {row["standing"] for row in rows} == {"not_entered"}
    for words in (["log"], ["keys"], ["sign"], ["verify"]):
        assert run([*words, "--store", store]) == 0
    capsys.readouterr()
    assert run(["accept", SUBJECT, "--store", store, "--lang", "es"]) == 3
    assert "Aquí no hay un nodo de un registro." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("propose", "target", "indicator", "--under", "1"), 2, "'indicator' is not NAME=VALUE."),
        (("propose", "target", "indicator=x", "--under", "1"), 12, "propose.content.by: It is missing."),
        (("propose", "tarjet", "a=b", "--under", "1"), 12, "'tarjet' is not a thing to propose."),
        (("accept", "target:mx_homicide_rat:2027"), 3, "is not a proposal of another side known here."),
        (("report", "demo:plan", "nowhere.pdf", "--period", "2022", "--text", "a", "b"), 2, "cannot be read."),
        (("seal", "nowhere.txt", "--title", "a", "b"), 2, "The file cannot be read."),
        (("verify", "nowhere.json"), 2, "The file cannot be read"),
        (("revoke", "Nobody", "--cause", "lost", "--reason", "a", "b"), 3, "Desk of us"),
        (("code", "us_mx_bicentennial:action_plan", "complete", "--key", "Nobody"), 3, "Desk of us"),
        (("log", "--proof", "last"), 3, "'last' is not an entry or subject"),
        (("sign", "abcdef"), 3, "waits for a signature"),
    ],
)  # fmt: skip
def test_a_wrong_call_is_answered_with_what_to_do(
    desks: Pair, call: Run, words: tuple[str, ...], code: int, told: str
) -> None:
    found, out, err = call(desks[0], *words)
    assert (found, out) == (code, "")
    assert told in err


def test_tampering_is_told_by_verify(desks: Pair, call: Run) -> None:
    us, _ = desks
    call(us, "propose", *TARGET, "--under", "definition 1")
    us.node.checkpoint(us.node_key)
    us.node.close()
    gc.collect()  # what the command left open writes the log's journal into its file
    path = us.node.own.path
    raw = path.read_bytes()
    at = raw.index(b'{"payload":"') + 40
    path.write_bytes(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])
    code, out, err = call(us, "verify")
    assert code == 12
    assert "What was verified" in out
    assert "us.sqlite:0: The entry is not the one whose hash stands beside it" in err
