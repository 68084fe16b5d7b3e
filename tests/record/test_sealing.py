"""What is sealed stays hidden, can be opened as it was, and one entry can be proven without the rest."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuerdo.core.errors import AcuerdoError, NotFound, RecordRefused
from acuerdo.record.explain import explain
from acuerdo.record.extract import extract, proven
from acuerdo.record.node import Node
from acuerdo.record.own_key import new_key
from acuerdo.record.seal import Sealed, commitment
from acuerdo.record.verify import verify_node

Pair = tuple[Any, Any]
Meet = Callable[[Any, Any], None]
SECRET = b"Operativo del 3 de marzo: tres objetivos."
TITLE = {"en": "Assessment of one operation", "es": "Evaluación de un operativo"}


def seal(side: Any, content: bytes = SECRET) -> Any:
    draft, sealed = side.desk.seal(content, TITLE)
    return side.sign(draft, sealed=sealed)


def test_what_is_sealed_stays_with_its_owner(pair: Pair, both_meet: Meet) -> None:
    us, mx = pair
    placed = seal(us)
    both_meet(us, mx)
    assert mx.node.state().tables["seals"][placed.entry.id]["opened"] is None
    for path in mx.node.folder.rglob("*"):
        assert path.is_dir() or SECRET not in path.read_bytes()
    for path in (us.node.folder / "logs").iterdir():
        assert SECRET not in path.read_bytes()
    kept = Sealed.read(us.node.folder / "sealed", placed.entry.body["commitment"])
    assert kept.content == SECRET
    assert [one.problems for one in verify_node(us.node)] == [(), ()]


def test_a_revelation_proves_that_it_is_the_same(pair: Pair, both_meet: Meet) -> None:
    us, mx = pair
    placed = seal(us)
    both_meet(us, mx)
    us.sign(us.desk.reveal("last"))
    both_meet(us, mx)
    opened = mx.node.state().tables["seals"][placed.entry.id]["opened"]
    assert opened["sha256"] == Sealed(b"", SECRET).sha256
    assert us.node.state().canonical() == mx.node.state().canonical()


def test_another_content_does_not_open_the_seal(pair: Pair) -> None:
    us, _ = pair
    placed = seal(us)
    kept = Sealed.read(us.node.folder / "sealed", placed.entry.body["commitment"])
    other = Sealed(kept.salt, b"Nothing happened.")
    bodies = [
        {"seal": placed.entry.id, "salt": kept.salt.hex(), "sha256": other.sha256},
        {"seal": placed.entry.id, "salt": "0" * 64, "sha256": kept.sha256},
        {"seal": placed.entry.id, "salt": kept.salt.hex(), "sha256": kept.sha256, "content": "AAAA"},
    ]
    ids = [us.enter("reveal", body).entry.id for body in bodies]
    state = us.node.state()
    assert [state.without_effect[one] for one in ids] == ["does_not_open"] * 3
    assert state.tables["seals"][placed.entry.id]["opened"] is None


@given(st.binary(max_size=40), st.binary(max_size=40))
def test_a_commitment_binds_and_hides(one: bytes, other: bytes) -> None:
    first, second = Sealed.of(one), Sealed.of(one)
    assert first.commitment != second.commitment  # the same content, twice, does not look the same
    assert commitment(first.salt, first.sha256) == first.commitment
    if one != other:
        assert Sealed(first.salt, other).commitment != first.commitment


def test_sealed_content_that_was_changed_or_lost_is_told(pair: Pair) -> None:
    us, _ = pair
    placed = seal(us)
    path = us.node.folder / "sealed" / placed.entry.body["commitment"]
    path.write_bytes(path.read_bytes() + b".")
    (own,) = [one for one in verify_node(us.node) if one.side == "us"]
    assert len(own.problems) == 1
    path.unlink()
    with pytest.raises(RecordRefused):
        us.desk.reveal("last")


def test_a_large_content_is_revealed_by_itself(pair: Pair) -> None:
    us, _ = pair
    seal(us, b"x" * 200_000)
    with pytest.raises(RecordRefused, match="too large"):
        us.desk.reveal("last")
    placed = us.sign(us.desk.reveal("last", with_content=False))
    assert "content" not in placed.entry.body


def test_one_entry_is_proven_without_the_rest(pair: Pair, both_meet: Meet) -> None:
    us, mx = pair
    for number in range(5):
        words = {"en": f"Secret report {number}.", "es": f"Informe secreto {number}."}
        us.enter("report", {"item": "demo:plan", "period": "2026", "text": words})
    placed = seal(us)
    with pytest.raises(NotFound):
        extract(us.node, placed)
    both_meet(us, mx)
    for holder in pair:
        raw = extract(holder.node, placed)
        assert b"Secret report" not in raw
        found = proven(raw)
        assert (found.placed.entry, found.placed.place, found.size) == (placed.entry, 5, 6)
        assert found.fingerprints["us"] == us.node.party.fingerprint
    assert set(proven(extract(us.node, placed)).cosigned) == {"mx"}
    told = explain(extract(us.node, placed))
    assert "cosigned that it only grew" in told.en
    assert "cofirmó que solo creció" in told.es
    assert us.node.party.fingerprint in told.es


def test_a_proof_holds_after_the_keys_have_changed(pair: Pair, both_meet: Meet) -> None:
    us, mx = pair
    fresh, about = new_key("New desk", "desk")
    reason = {"en": "A new signatory.", "es": "Un nuevo firmante."}
    us.sign(us.desk.hand_over(about, reason, replaces=us.keys["desk"].id), us.desk_key, fresh)
    draft, sealed = us.desk.seal(SECRET, TITLE)
    placed = us.sign(draft, fresh, sealed=sealed)
    both_meet(us, mx)
    raw = extract(us.node, placed)
    assert proven(raw).placed.signers == (fresh.key_id,)
    document = json.loads(raw)
    with pytest.raises(AcuerdoError):
        proven(json.dumps({**document, "keys": []}).encode())


def test_no_changed_part_of_a_proof_is_believed(pair: Pair, both_meet: Meet) -> None:
    us, mx = pair
    us.enter("report", {"item": "demo:plan", "period": "2026", "text": {"en": "First.", "es": "Primero."}})
    placed = seal(us)
    both_meet(us, mx)
    raw = extract(us.node, placed)
    whole = proven(raw)
    for at in range(0, len(raw), 7):
        changed = raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]
        try:
            found = proven(changed)
        except (AcuerdoError, UnicodeDecodeError):
            continue
        # What is left to change: blanks between the parts, and what the reader compares by hand or the witness gave.
        assert found.placed == whole.placed
        assert (found.fingerprints, found.cosigned) != (whole.fingerprints, whole.cosigned) or json.loads(
            changed
        ) == json.loads(raw)


@pytest.mark.parametrize(
    "raw",
    [b"", b"{}", b"[]", b"\xff", b"[" * 100_000, b'{"format":"acuerdo-proof/1"}', b"x" * 5_000_000],
    ids=range(7),
)
def test_what_is_no_proof_is_refused(raw: bytes) -> None:
    with pytest.raises(RecordRefused):
        proven(raw)


def test_a_node_is_made_once_and_knows_its_folder(pair: Pair, tmp_path: Path) -> None:
    us, mx = pair
    with pytest.raises(RecordRefused):
        Node.create(us.node.folder, us.node.party)
    with pytest.raises(NotFound):
        Node.open(tmp_path / "nowhere")
    with pytest.raises(RecordRefused):
        us.node.with_peer(us.node.party)
    with pytest.raises(RecordRefused):
        us.node.with_peer(mx.node.party.model_copy(update={"record": "other"}))
    with pytest.raises(RecordRefused):
        us.node.with_peer(mx.node.party.model_copy(update={"keys": us.node.party.keys}))
    assert Node.open(us.node.folder).peers == us.node.peers
