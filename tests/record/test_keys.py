"""Keys: at rest, handed over, revoked, several at a time."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from acuerdo.core.errors import KeyRefused, RecordRefused
from acuerdo.record.answers import Record
from acuerdo.record.keyfile import public_of, read_key, write_key
from acuerdo.record.keyring import Keyring
from acuerdo.record.party import Party
from acuerdo.record.signer import AbstractSigner, KeySigner
from acuerdo.record.verify import verify_log

Pair = tuple[Any, Any]
CHEAP = 2**4
REPORT = {"item": "demo:plan", "period": "2026", "text": {"en": "It was done.", "es": "Se hizo."}}
REASON = {"en": "A new signatory.", "es": "Un nuevo firmante."}


def test_a_key_at_rest_opens_with_its_passphrase_only(tmp_path: Path) -> None:
    signer, about = Record.new_key("Office", "desk")
    path = tmp_path / "a.key"
    write_key(path, signer, about=about, passphrase="correcta", cost=CHEAP)
    assert signer.secret not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0
    assert read_key(path, "correcta").public == signer.public
    assert public_of(path) == about
    for wrong in ("Correcta", "", "correcta "):
        with pytest.raises(KeyRefused):
            read_key(path, wrong)
    with pytest.raises(KeyRefused):
        write_key(path, signer, about=about, passphrase="other", cost=CHEAP)


def test_no_changed_byte_of_a_key_file_gives_a_key(tmp_path: Path) -> None:
    signer, about = Record.new_key("Office", "desk")
    path = tmp_path / "a.key"
    write_key(path, signer, about=about, passphrase="p", cost=CHEAP)
    whole = path.read_bytes()
    for at in range(0, len(whole), 3):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises((KeyRefused, RecordRefused)):
            read_key(path, "p")


def test_a_cost_that_would_exhaust_the_machine_is_refused(tmp_path: Path) -> None:
    signer, about = Record.new_key("Office", "desk")
    path = tmp_path / "a.key"
    write_key(path, signer, about=about, passphrase="p", cost=CHEAP)
    path.write_bytes(path.read_bytes().replace(b'"n":16', b'"n":1073741824'))
    with pytest.raises(KeyRefused):
        read_key(path, "p")


def test_a_token_needs_only_its_public_key_and_a_signature(pair: Pair) -> None:
    class Token(AbstractSigner):
        """A key that never leaves its place."""

        def __init__(self, inside: KeySigner) -> None:
            self.inside = inside

        @property
        def public(self) -> bytes:
            return self.inside.public

        def sign(self, message: bytes) -> bytes:
            return self.inside.sign(message)

    us, _ = pair
    assert us.enter("report", REPORT, Token(us.desk_key)).place == 0


def test_who_signs_must_hold_a_key_in_force(pair: Pair) -> None:
    us, mx = pair
    for wrong in (mx.desk_key, KeySigner.generate(), us.node_key):
        with pytest.raises(KeyRefused):
            us.enter("report", REPORT, wrong)
    assert us.node.own.size == 0


def test_a_threshold_counts_distinct_keys(tmp_path: Path, pair_with: Callable[..., Pair]) -> None:
    """Regression: one signer alone meets a threshold of two if signatures are counted and not keys."""
    us, _ = pair_with(tmp_path, report=2)
    one = us.signed("report", REPORT)
    twice = type(one)(one.payload, one.signatures * 2)
    for too_few in (one, twice):
        with pytest.raises(KeyRefused):
            us.node.append(too_few)
    second, about = Record.new_key("Second desk", "desk")
    us.sign(us.desk.hand_over(about, REASON), us.desk_key, second)
    assert us.node.append(us.signed("report", REPORT, us.desk_key, second)).place == 1
    with pytest.raises(KeyRefused):
        us.enter("report", REPORT, us.desk_key, us.node_key)


def test_what_needs_two_waits_for_the_second(tmp_path: Path, pair_with: Callable[..., Pair]) -> None:
    us, _ = pair_with(tmp_path, report=2)
    second, about = Record.new_key("Second desk", "desk")
    us.sign(us.desk.hand_over(about, REASON), us.desk_key, second)
    draft = us.desk.draft("report", REPORT)
    assert us.sign(draft) is None
    assert us.node.own.size == 1
    # Meanwhile the log goes on; the draft can still be signed.
    us.enter("seal", {"commitment": "0" * 64, "title": REASON})
    (waiting,) = us.desk.pending(draft.entry.id[:8])
    assert waiting.signed == 1
    assert us.sign(waiting, second).place == 2
    assert us.desk.pending() == ()


def test_a_new_key_signs_from_its_entry_on_and_an_old_one_until_its_end(pair: Pair) -> None:
    us, mx = pair
    fresh, about = Record.new_key("New desk", "desk")
    with pytest.raises(KeyRefused):
        us.enter("report", REPORT, fresh)
    draft = us.desk.hand_over(about, REASON, replaces=us.keys["desk"].id)
    with pytest.raises(KeyRefused, match="did not sign its own arrival"):
        us.sign(draft)
    us.sign(draft, us.desk_key, fresh)
    with pytest.raises(KeyRefused):
        us.enter("report", REPORT, us.desk_key)
    us.enter("report", REPORT, fresh)
    mx.pull(us)
    keyring = mx.node.keyring("us")
    assert [held.until for held in keyring.held.values()] == [0, None, None]
    assert verify_log(us.node.own, us.node.party).problems == ()


def test_a_recovery_key_hands_over_and_nothing_else(tmp_path: Path, pair: Pair) -> None:
    us, _ = pair
    recovery, about = Record.new_key("Safe", "recovery")
    us.sign(us.desk.hand_over(about, REASON), us.desk_key, recovery)
    with pytest.raises(KeyRefused):
        us.enter("report", REPORT, recovery)
    us.sign(us.desk.revoke("Desk of us", "lost", reason=REASON), recovery)
    fresh, fresh_about = Record.new_key("New desk", "desk")
    us.sign(us.desk.hand_over(fresh_about, REASON), recovery, fresh)
    assert us.enter("report", REPORT, fresh).place == 3


def test_a_key_cannot_be_hidden_from_the_other_side(pair: Pair) -> None:
    us, _ = pair
    fresh, about = Record.new_key("New desk", "desk")
    body = {"key": about.model_dump(mode="json"), "reason": REASON}
    with pytest.raises(RecordRefused):
        us.enter("hand_over_key", body, us.desk_key, fresh, marking={"reach": "own"})


def test_a_party_file_is_read_as_it_was_written_and_its_fingerprint_tells_it_apart(pair: Pair) -> None:
    us, mx = pair
    assert Party.from_bytes(us.node.party.to_bytes()) == us.node.party
    assert us.node.party.fingerprint != mx.node.party.fingerprint
    assert len(us.node.party.fingerprint.split()) == 8
    broken = json.loads(us.node.party.to_bytes())
    broken["keys"][0]["public"] = "AAAA"
    with pytest.raises(RecordRefused):
        Party.from_bytes(
            json.dumps(broken, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        )


def test_keys_of_no_party_are_none(pair: Pair) -> None:
    us, _ = pair
    assert set(Keyring.of(us.node.party).in_force("recovery")) == set()
