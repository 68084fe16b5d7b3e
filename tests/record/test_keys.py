"""Keys: at rest, handed over, revoked, several at a time."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from acuerdo.core.errors import KeyRefused, NotFound, RecordRefused
from acuerdo.record.keyfile import public_of, read_key, write_key
from acuerdo.record.keyring import Keyring
from acuerdo.record.node import Node
from acuerdo.record.own_key import NewKey, OwnKey, new_key
from acuerdo.record.party import Party
from acuerdo.record.signer import KeySigner
from acuerdo.record.verify import verify_log, verify_node

Pair = tuple[Any, Any]
CHEAP = 2**4
REPORT = {"item": "demo:plan", "period": "2026", "text": {"en": "It was done.", "es": "Se hizo."}}
REASON = {"en": "A new signatory.", "es": "Un nuevo firmante."}


def test_a_key_at_rest_opens_with_its_passphrase_only(tmp_path: Path) -> None:
    signer, about = new_key("Office", "desk")
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
    signer, about = new_key("Office", "desk")
    path = tmp_path / "a.key"
    write_key(path, signer, about=about, passphrase="p", cost=CHEAP)
    whole = path.read_bytes()
    for at in range(0, len(whole), 3):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises((KeyRefused, RecordRefused)):
            read_key(path, "p")


def test_a_passphrase_is_the_same_on_every_keyboard(tmp_path: Path) -> None:
    """Regression: ñ typed as one letter on one machine and as two on another locked the owner out."""
    signer, about = new_key("Mesa", "desk")
    path = tmp_path / "one.key"
    write_key(path, signer, about=about, passphrase="contrase\u00f1a", cost=CHEAP)
    assert read_key(path, "contrasen\u0303a").public == signer.public
    for wrong in ("contrasena", "\udcff"):
        with pytest.raises(KeyRefused):
            read_key(path, wrong)


def test_a_new_passphrase_is_typed_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ACUERDO_PASSPHRASE", raising=False)
    key = NewKey.of("Office", "desk")
    for typed, told in ((["one", "two"], "not the same"), ([""], "no passphrase")):
        words = iter(typed)
        with pytest.raises(KeyRefused, match=told):
            key.keep(tmp_path, ask=lambda _, words=words: next(words))
        assert list(tmp_path.iterdir()) == []
    key.keep(tmp_path, ask=lambda _: "one")
    (path,) = tmp_path.iterdir()
    opened = OwnKey(about=key.about, path=path).open(lambda _: "one")
    assert opened.public == key.about.raw


def test_a_cost_that_would_exhaust_the_machine_is_refused(tmp_path: Path) -> None:
    signer, about = new_key("Office", "desk")
    path = tmp_path / "a.key"
    write_key(path, signer, about=about, passphrase="p", cost=CHEAP)
    path.write_bytes(path.read_bytes().replace(b'"n":16', b'"n":1073741824'))
    with pytest.raises(KeyRefused):
        read_key(path, "p")


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
    second, about = new_key("Second desk", "desk")
    us.sign(us.desk.hand_over(about, REASON), us.recovery_key, second)
    assert us.node.append(us.signed("report", REPORT, us.desk_key, second)).place == 1
    with pytest.raises(KeyRefused):
        us.enter("report", REPORT, us.desk_key, us.node_key)


def test_what_needs_two_waits_for_the_second(tmp_path: Path, pair_with: Callable[..., Pair]) -> None:
    us, _ = pair_with(tmp_path, report=2)
    second, about = new_key("Second desk", "desk")
    us.sign(us.desk.hand_over(about, REASON), us.recovery_key, second)
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
    fresh, about = new_key("New desk", "desk")
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


def test_a_key_that_another_process_ended_signs_nothing_here(pair: Pair) -> None:
    """What a node knows of its own keys is as new as its log, whoever wrote to it meanwhile."""
    us, _ = pair
    us.enter("report", REPORT)
    elsewhere = Node.open(us.node.folder)
    fresh, about = new_key("New desk", "desk")
    draft = us.desk.hand_over(about, REASON, replaces=us.keys["desk"].id)
    elsewhere.append(draft.envelope.signed_by(us.desk_key, fresh))
    elsewhere.close()
    with pytest.raises(KeyRefused, match="not in force"):
        us.enter("report", REPORT)
    assert us.enter("report", REPORT, fresh).place == 2


def test_a_recovery_key_hands_over_and_nothing_else(tmp_path: Path, pair: Pair) -> None:
    us, _ = pair
    recovery, about = new_key("Safe", "recovery")
    us.sign(us.desk.hand_over(about, REASON), us.desk_key, recovery)
    with pytest.raises(KeyRefused):
        us.enter("report", REPORT, recovery)
    us.sign(us.desk.revoke("Desk of us", "lost", reason=REASON), recovery)
    fresh, fresh_about = new_key("New desk", "desk")
    us.sign(us.desk.hand_over(fresh_about, REASON), recovery, fresh)
    assert us.enter("report", REPORT, fresh).place == 3


def test_a_key_that_was_ended_cannot_bring_itself_back(pair: Pair) -> None:
    """Whoever stole it would otherwise undo its revocation: it is there, and it signs its own arrival."""
    us, mx = pair
    recovery, about = new_key("Safe", "recovery")
    us.sign(us.desk.hand_over(about, REASON), us.desk_key, recovery)
    us.sign(us.desk.revoke("Desk of us", "compromised", reason=REASON), recovery)
    body = {"key": us.keys["desk"].model_dump(mode="json"), "reason": REASON}
    for signers in ((us.desk_key,), (us.desk_key, recovery)):
        with pytest.raises(KeyRefused, match="cannot come back"):
            us.enter("hand_over_key", body, *signers)
    with pytest.raises(KeyRefused, match="not in force"):
        us.enter("report", REPORT, us.desk_key)
    mx.pull(us)
    assert mx.node.log("us").size == 2


def test_one_holder_cannot_make_a_second_key_to_meet_a_rule_of_two(
    tmp_path: Path, pair_with: Callable[..., Pair]
) -> None:
    us, _ = pair_with(tmp_path, accept=2)
    own, about = new_key("Mine too", "desk")
    with pytest.raises(KeyRefused, match="1 / 2"):
        us.enter("hand_over_key", {"key": about.model_dump(mode="json"), "reason": REASON}, us.desk_key, own)
    assert us.sign(us.desk.hand_over(about, REASON), us.desk_key, own) is None  # it waits for the other


@pytest.mark.parametrize(
    ("rule", "kind", "body"),
    [
        ("accept", "accept_with_reservation", {"proposal": "0" * 64, "consent": "0" * 64, "reservation": REASON}),
        ("report", "correct", {"entry": "0" * 64, "body": REPORT, "reason": REASON}),
    ],
)  # fmt: skip
def test_no_kind_is_a_way_around_the_rule_of_another(
    tmp_path: Path, pair_with: Callable[..., Pair], rule: str, kind: str, body: dict[str, Any]
) -> None:
    us, _ = pair_with(tmp_path, **{rule: 2})
    with pytest.raises(KeyRefused, match="1 / 2"):
        us.enter(kind, body)


def test_of_a_recovery_key_only_a_recovery_key_disposes(
    tmp_path: Path, pair_with: Callable[..., Pair]
) -> None:
    """A thief of a desk key cannot end the key by which the side would get rid of them, nor make one of their own."""
    us, _ = pair_with(tmp_path, seal=1)
    theirs, about = new_key("Theirs", "recovery")
    brought = {"key": about.model_dump(mode="json"), "reason": REASON}
    recovery = us.recovery_key.key_id
    for kind, body in (
        ("revoke_key", {"key": recovery, "cause": "lost", "reason": REASON}),
        ("hand_over_key", brought),
        ("hand_over_key", {**brought, "replaces": recovery}),
    ):
        with pytest.raises(KeyRefused, match="Of a recovery key"):
            us.enter(kind, body, us.desk_key, *([theirs] if kind == "hand_over_key" else []))
    us.enter("hand_over_key", {**brought, "replaces": recovery}, us.recovery_key, theirs)
    assert list(us.node.keyring("us").in_force("recovery")) == [theirs.key_id]


def test_rules_are_changed_by_an_entry_that_the_strictest_of_them_binds(
    tmp_path: Path, pair_with: Callable[..., Pair]
) -> None:
    us, mx = pair_with(tmp_path, report=2)
    second, about = new_key("Second desk", "desk")
    us.sign(us.desk.hand_over(about, REASON), us.recovery_key, second)
    body = {"rules": {"accept": 2}, "reason": REASON}
    for signers in ((us.desk_key,), (us.recovery_key,)):
        with pytest.raises(KeyRefused, match=r"[01] / 2"):
            us.enter("change_rules", body, *signers)
    with pytest.raises(KeyRefused, match="more keys than there are"):
        us.enter("change_rules", {"rules": {"accept": 3}, "reason": REASON}, us.desk_key, second)
    with pytest.raises(NotFound, match="accept"):
        us.desk.change_rules({"acept": 2}, REASON)
    draft = us.desk.change_rules({"accept": 2}, REASON)
    assert us.sign(draft) is None
    (waiting,) = us.desk.pending(draft.entry.id)
    placed = us.sign(waiting, second)
    assert us.enter("report", REPORT).place == placed.place + 1  # one key is enough for it now
    mx.pull(us)
    for side in (us, mx):
        assert side.node.keyring("us").needed("accept") == 2
        assert side.node.keyring("us").needed("report") == 1
        assert side.node.state().tables["rules"]["us"]["rules"] == {"accept": 2}
        assert all(found.problems == () for found in verify_node(side.node))


def test_a_party_file_changed_at_home_does_not_loosen_the_rules(
    tmp_path: Path, pair_with: Callable[..., Pair]
) -> None:
    """The rules with which a side began are in the file that the other side compared: there they still hold."""
    us, mx = pair_with(tmp_path, report=2)
    us.node.close()
    us.node.party = us.node.party.model_copy(update={"thresholds": {}})
    us.node = Node(us.node.folder, us.node.party, us.node.peers)
    us.enter("report", REPORT)
    with pytest.raises(KeyRefused, match="1 / 2"):
        mx.pull(us)
    assert mx.node.log("us").size == 0


def test_a_key_cannot_be_hidden_from_the_other_side(pair: Pair) -> None:
    us, _ = pair
    fresh, about = new_key("New desk", "desk")
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
