"""A side's keys change while the others look away: what the new ones sign is believed, and no more than that."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from tests.record.conftest import CHEAP, TEXT, Side, meet, packed, seal, unpack

from acuerdo.core.errors import KeyRefused, RecordRefused, WitnessAlarm
from acuerdo.record.answers import Record
from acuerdo.record.between.proving import proven_bundle
from acuerdo.record.checkpoint import Checkpoint, sign_checkpoint
from acuerdo.record.keyfile import write_key
from acuerdo.record.own_key import key_path, new_key
from acuerdo.record.signer import KeySigner
from acuerdo.record.witness import Page

Pair = tuple[Side, Side]


def parts(side: Side, note: str, *, every: int) -> list[Page]:
    """A log sent in several parts under one checkpoint, with its entries about keys beside each."""
    log = side.node.own
    keys = [(place, row.envelope) for place in log.key_places() if (row := log.row(place)) and row.envelope]
    return [replace(side.page(at, at + every, note=note), keys=keys) for at in range(0, log.size, every)]


def replaced_node_key(side: Side) -> KeySigner:
    """The side's node gets another key, and the old one ends at once."""
    key, about = new_key(f"Second node of {side.id}", "node")
    draft = side.desk.hand_over(about, TEXT, replaces=side.node_key.key_id)
    side.sign(draft, side.desk_key, key)
    return key


def test_a_node_key_can_be_replaced_by_file(pair: Pair) -> None:
    """Regression: what the new key attested came before the entry that brought it, and was refused for good."""
    us, mx = pair
    seal(us, 1)
    seal(mx, 2)
    for one, other in ((us, mx), (mx, us), (us, mx)):
        unpack(other, packed(one, other.id))
    old = packed(us, "mx", whole=True)
    us.node_key = replaced_node_key(us)
    seal(us, 3)
    assert unpack(mx, packed(us, "mx")) == 2
    assert unpack(us, packed(mx, "us")) == 0
    # A file of before the change that comes late says nothing new, and is no fault.
    assert unpack(mx, old) == 0
    assert mx.node.alarms() == ()


def test_who_was_away_while_a_key_was_replaced_takes_a_log_in_parts(pair: Pair) -> None:
    """Regression: the new key's checkpoint over the first part was refused; the entry that brought it came later."""
    us, mx = pair
    for number in range(4):
        seal(us, number)
    us.node_key = replaced_node_key(us)
    note = us.node.checkpoint(us.node_key).render()
    first, second, third = parts(us, note, every=2)
    with pytest.raises(KeyRefused):
        mx.node.receive("us", replace(first, keys=()))
    stranger, about = new_key("A stranger", "node")
    forged = us.signed(
        "hand_over_key",
        {"key": about.model_dump(mode="json"), "reason": TEXT},
        stranger,
        seen={"us": 4, "mx": 0},
    )
    with pytest.raises(KeyRefused):
        mx.node.receive("us", replace(first, keys=[(4, forged.to_bytes())]))
    assert [mx.node.receive("us", one) for one in (first, second, third)] == [2, 4, 5]


def test_a_key_that_no_entry_brought_signs_no_whole_log(pair: Pair) -> None:
    """A thief of a desk key can promise an entry about keys; if it does not come, nothing under it is whole."""
    us, mx = pair
    for number in range(4):
        seal(us, number)
    key, about = new_key("Promised", "node")
    body = {"key": about.model_dump(mode="json"), "reason": TEXT}
    promised = us.signed("hand_over_key", body, us.desk_key, key, seen={"us": 0, "mx": 0}).to_bytes()
    text = Checkpoint(origin=us.node.own.origin, size=4, root=us.node.own.root())
    page = replace(us.page(0), note=sign_checkpoint(text, key).render(), keys=[(3, promised)])
    with pytest.raises(KeyRefused):
        mx.node.receive("us", page)
    assert mx.node.log("us").size == 0


def test_a_third_person_reads_a_file_of_after_a_change_of_keys(pair: Pair) -> None:
    """Regression: a later part signed by a new key was told as if its signatures did not hold."""
    us, mx = pair
    seal(us, 1)
    new, about = new_key("Second desk of us", "desk")
    us.sign(us.desk.hand_over(about, TEXT, replaces=us.desk_key.key_id), us.desk_key, new)
    us.node_key = replaced_node_key(replace(us, desk_key=new))
    unpack(mx, packed(us, "mx"))
    unpack(us, packed(mx, "us"))
    us.enter("seal", {"commitment": "bb" * 32, "title": TEXT}, new)
    _, (log,) = proven_bundle(io.BytesIO(packed(us, "mx")), known=[us.node.party, mx.node.party])
    assert (log.begin, log.size, log.withheld) == (3, 4, 0)


def test_an_ended_key_signs_nothing_new_whatever_day_it_tells(pair: Pair) -> None:
    us, mx = pair
    seal(us, 1)
    new, about = new_key("Second desk of us", "desk")
    early = us.signed("seal", {"commitment": "aa" * 32, "title": TEXT}, new, at="2020-01-01T00:00:00Z")
    with pytest.raises(KeyRefused):
        us.node.append(early)
    us.sign(us.desk.hand_over(about, TEXT), us.desk_key, new)
    us.enter("revoke_key", {"key": us.desk_key.key_id, "cause": "compromised", "reason": TEXT}, new)
    late = us.signed("seal", {"commitment": "bb" * 32, "title": TEXT}, at="2020-01-01T00:00:00Z")
    with pytest.raises(KeyRefused):
        us.node.append(late)
    old, us.node_key = us.node_key, replaced_node_key(replace(us, desk_key=new))
    mx.pull(us)
    page = us.page(0)
    for size, root, key in (
        (us.node.own.size + 5, b"\1" * 32, old),
        (us.node.own.size, us.node.own.root(), us.desk_key),
        (us.node.own.size, us.node.own.root(), new),
    ):
        note = sign_checkpoint(Checkpoint(origin=us.node.own.origin, size=size, root=root), key).render()
        with pytest.raises(KeyRefused):
            mx.node.receive("us", replace(page, note=note))
    assert mx.node.alarms() == ()


def test_of_two_node_keys_the_one_signs_that_the_others_know(pair: Pair) -> None:
    """Regression: while both were in force nothing could be exchanged over the network, the new one least of all."""
    us, mx = pair
    new, about = new_key("Second node of us", "node")
    us.sign(us.desk.hand_over(about, TEXT), us.desk_key, new)
    write_key(key_path(us.node.folder / "keys", about), new, about=about, passphrase="p", cost=CHEAP)
    meet(us, mx)
    record = Record(us.node.folder)
    assert record.key(role="node").about.id == us.node_key.key_id
    assert new.key_id in mx.node.keyring("us").in_force("node")
    us.enter("revoke_key", {"key": us.node_key.key_id, "cause": "retired", "reason": TEXT})
    assert Record(us.node.folder).key(role="node").about.id == new.key_id
    us.node_key = new
    meet(us, mx)


def test_a_lost_log_is_taken_back_though_its_keys_changed_and_the_loss_was_noticed(pair: Pair) -> None:
    """Regression: the contradiction that tells of the loss stood in the way of mending it."""
    us, mx = pair
    seal(us, 1)
    us.node_key = replaced_node_key(us)
    about = us.node.keyring("us").in_force("node")[us.node_key.key_id]
    write_key(key_path(us.node.folder / "keys", about), us.node_key, about=about, passphrase="p", cost=CHEAP)
    unpack(mx, packed(us, "mx"))
    raw = packed(mx, "us", whole=True)
    us.node.close()
    for path in (us.node.folder / "logs").iterdir():
        path.unlink()
    with pytest.raises(WitnessAlarm) as caught:
        unpack(us, raw)
    assert (caught.value.code, len(us.node.alarms("mx"))) == ("rolled_back", 1)
    # Whoever enters something before that is told, and nobody is accused of it.
    seal(us, 9)
    with pytest.raises(RecordRefused, match="after the loss"):
        unpack(us, raw, recover=True)
    assert us.node.alarms("us") == ()
    us.node.close()
    for path in (us.node.folder / "logs").iterdir():
        path.unlink()
    assert unpack(us, raw, recover=True) == 2
    assert us.node.clear_alarms("mx") == 1
    seal(us, 3)
    assert unpack(mx, packed(us, "mx")) == 1
