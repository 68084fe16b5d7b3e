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
from acuerdo.record import keyfile
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
    assert "proposes the target: mx_homicide_rate at 20.0 per 100,000 inhabitants by 2027" in err
    assert "mx_homicide_rate: Homicide rate, Mexico" in err
    both_meet(us, mx)
    code, out, err = call(
        mx, "accept", SUBJECT, "--reserving", "Subject to funds.", "Sujeto a fondos.", "--lang", "es"
    )
    assert (code, "Asentado en el lugar 0" in out) == (0, True)
    assert "Responde a Desk of us (us), que propone una meta" in err
    assert "en 20.0 por cada 100,000 habitantes para 2027" in err
    assert "mx_homicide_rate: Tasa de homicidios, México" in err
    assert "Lo que estaba antes: no había nada acordado" in err
    both_meet(us, mx)
    rows = json.loads(call(us, "agreement", "--json")[1])
    assert [(row["subject"], row["standing"], row["reservation"]) for row in rows] == [
        (SUBJECT, "reserved", "Subject to funds.")
    ]
    assert rows[0]["us"] == rows[0]["mx"] == rows[0]["agreed"] == "20.0 per 100,000 inhabitants"
    proof = tmp_path / "proof.json"
    assert call(us, "log", "--proof", SUBJECT, "--out", str(proof))[0] == 2  # for whom?
    assert call(us, "log", "--proof", SUBJECT, "--to", "us:gao", "--out", str(proof))[0] == 0
    handed = json.loads(call(us, "exchange", "receipts", "us:gao", "--json")[1])
    assert [(row["log"], row["begin"], row["end"]) for row in handed] == [("us", 0, 1)]
    theirs = us.node.log("mx").row(0).envelope
    assert theirs is not None
    code, _, err = call(
        us, "log", "--proof", us.node.state().subjects[SUBJECT].agreed.approved.entry, "--to", "us:gao"
    )
    assert (code, "may not be handed on to 'us:gao'" in err) == (12, True)
    code, out, _ = call(mx, "verify", str(proof), "--lang", "es")
    assert (code, "Este archivo prueba:" in out, "cofirmó que solo creció" in out) == (0, True, True)
    files = {side.id: tmp_path / f"{side.id}.json" for side in desks}
    for side in desks:
        files[side.id].write_bytes(side.node.party.to_bytes())
    assert call(mx, "verify", str(proof), "--party", *map(str, files.values()))[0] == 0
    other = us.node.party.model_copy(update={"thresholds": {"accept": 2}})
    files["us"].write_bytes(other.to_bytes())
    code, out, err = call(mx, "verify", str(proof), "--party", *map(str, files.values()))
    assert (code, out, "other first keys for 'us'" in err) == (14, "", True)
    code, out, _ = call(us, "verify", "--json")
    assert [(row["size"], row["problems"]) for row in json.loads(out)] == [(1, 0), (1, 0)]
    log = json.loads(call(us, "log", "--json")[1])
    assert [row["side"] for row in log] == ["us", "mx"]


def test_a_dry_run_signs_nothing(desks: Pair, call: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    us, _ = desks
    monkeypatch.delenv("ACUERDO_PASSPHRASE")
    code, out, err = call(us, "propose", *TARGET, "--under", "definition 1", "--dry-run")
    assert (code, err) == (0, "")
    assert "SHA-256 of what is signed" in out
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
        assert "SHA-256 of what is signed" in err
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
    assert (code, "Legal office" in err) == (2, True)  # two keys now: which one is to be said
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


def test_recommending_responding_correcting_and_marking(desks: Pair, call: Run, both_meet: Any) -> None:
    us, mx = desks
    words = ("--text", "Publish the baseline.", "Publicar la línea base.")
    assert call(us, "recommend", "mx", *words)[0] == 0
    assert (
        call(
            us,
            "correct",
            "last",
            "--text",
            "Publish it all.",
            "Publicarlo todo.",
            "--reason",
            "A slip.",
            "Un descuido.",
        )[0]
        == 0
    )
    both_meet(us, mx)
    (row,) = mx.node.state().tables["recommendations"].values()
    assert row["text"]["es"] == "Publicarlo todo."
    first = us.node.state().entries
    recommended = next(key for key, one in first.items() if one.entry.kind == "recommend")
    code, out, _ = call(
        mx, "respond", recommended[:12], "partly", "closed_implemented", "--dry-run", "--lang", "es"
    )
    assert code == 0
    assert "Trata del asiento 0 de Desk of us (us), que recomienda a mx: Publicar la línea base." in out
    assert call(mx, "respond", recommended[:12], "yes", "partly")[0] == 2
    assert call(mx, "respond", recommended[:12], "partly", "closed_implemented")[0] == 0
    assert (
        call(
            us,
            "mark",
            recommended[:12],
            "--reach",
            "public",
            "embargo=2999-01-31T06:00:00Z",
            "conf_redist=ca",
        )[0]
        == 0
    )
    both_meet(us, mx)
    state = us.node.state()
    row = state.tables["recommendations"][recommended]
    assert (row["concurs"], row["status"]["mx"]) == ({"mx": "partly"}, "closed_implemented")
    assert state.tables["markings"][recommended]["conf_status"] == "E"
    assert state.without_effect == {}
    assert call(us, "verify")[0] == 0


def test_rules_of_two_and_the_recovery_key_from_the_desk(
    tmp_path: Path, call: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(keyfile, "COST", 2)
    store = ("--store", str(tmp_path))

    def typed(*words: str) -> tuple[int, str]:
        code = run([*words, *store])
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    name = ("--name", "Mexico", "México")
    for wrong, told in (("acept=1", "accept"), ("accept=3", "more keys than there are")):
        code, out = typed("node", "init", "demo:mx", wrong, *name, "--desk", "First", "Second")
        assert code in {3, 12}
        assert told in out
    assert not (tmp_path / "node" / "keys").exists()
    assert typed("node", "init", "demo:mx", "code=2", *name, "--desk", "First", "Second")[0] == 0
    coded = ("code", "us_mx_bicentennial:action_plan", "complete", "--key", "First")
    code, out = typed(*coded[:-2])
    assert code == 2
    assert "Several keys of ours can sign this." in out
    assert "First" in out
    assert "another key must sign" in typed(*coded)[1]
    waiting = json.loads(typed("sign", "--json")[1])
    code, out = typed("sign", waiting[0]["id"], "--key", "First")
    assert (code, "This key has signed it before" in out) == (12, True)
    code, out = typed("sign", waiting[0]["id"], "--key", "Second")
    assert (code, "Have signed it: First" in out) == (0, True)
    # One of the two is lost: nobody can enter anything, but for the recovery key.
    reason = ("--reason", "It was lost.", "Se perdió.")
    code, out = typed("revoke", "Second", "--cause", "lost", *reason, "--key", "Recovery mx")
    assert (code, "After it 1 of the 2 keys that the rules ask for are left" in out) == (0, True)
    code, out = typed("hand-over", "Third", *reason, "--key", "First")
    assert "Only 1 of 2 keys are in force at the desk" in out
    assert "another key must sign" in out
    assert typed("hand-over", "Third", *reason, "--key", "Recovery mx")[0] == 0
    assert "another key must sign" in typed("rules", *reason, "--key", "First")[1]
    rules = next(one["id"] for one in json.loads(typed("sign", "--json")[1]) if one["kind"] == "change_rules")
    assert json.loads(typed("rules", "--json")[1]) == [{"side": "Mexico", "kind": "code", "keys": 2}]
    assert typed("sign", rules, "--key", "Third")[0] == 0
    assert json.loads(typed("rules", "--json")[1]) == []
    assert typed(*coded)[0] == 0
    assert typed("verify")[0] == 0


def test_without_a_node_nothing_is_entered_and_that_is_told(
    call: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = str(tmp_path / "store")
    assert run(["agreement", "us_mx_bicentennial", "--json", "--store", store]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {row["standing"] for row in rows} == {"not_entered"}
    for words in (["log"], ["keys"], ["sign"], ["verify"]):
        assert run([*words, "--store", store]) == 0
        out = capsys.readouterr().out
        assert "There is no node of a record here." in out
        assert "No problems" not in out
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
        (("log", "--proof", "last", "--to", "us:gao"), 3, "'last' is not an entry or subject"),
        (("log", "--proof", "last"), 2, "Name the party with --to"),
        (("mark", "last", "--reach", "public", "embargo=soon"), 12, "It is not a moment such as 2027-01-31T06:00:00Z."),
        (("rules", "acept=2", "--reason", "a", "b"), 3, "accept"),
        (("rules", "accept=2", "--reason", "a", "b"), 12, "more keys than there are at the desk"),
        (("rules", "accept"), 2, "It is not said why"),
        (("rules", "accept", "--reason", "a", "b"), 2, "This is not KIND=KEYS."),
        (("sign", "abcdef"), 3, "waits for a signature"),
        (("code", "demo:plan", "complete", "--reach", "pubic"), 3, "Did you mean public?"),
        (("hand-over", "", "--reason", "a", "b"), 2, "It is empty or too short."),
        (("node", "init", "demo:us", "--name", "", "", "--desk", "Office"), 2, "do not fit together"),
        (("node", "init", "demo:us", "--name", "a", "b", "--desk", "Office", "Office"), 2, "do not fit together"),
        (("node", "add", "nowhere.json"), 12, "There is no such file or folder."),
        (("propose", "target", "indicator=x", "by=2027", "amount=20,5", "unit=deaths", "--under", "1"), 12,
         "a number with a point, such as 20.5"),
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
    assert "not as it was signed" in " ".join(out.split())
    assert "No problems" not in out
    assert "us.sqlite:0: The entry is not the one whose hash stands beside it" in err
