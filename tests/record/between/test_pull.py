"""Two and three nodes that exchange: what comes over, what does not, and who may pass it on."""

from __future__ import annotations

import base64
import io
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from tests.record.conftest import make_pair, make_side

from acuerdo.core.errors import AcuerdoError, RecordRefused, WitnessAlarm
from acuerdo.record.between import parcel as parcels
from acuerdo.record.between.asked import Asked
from acuerdo.record.between.parcel import lines_of, read_parcel
from acuerdo.record.between.pull import Pulled, answer, pull
from acuerdo.record.between.receipts import Receipts
from acuerdo.record.between.release import Release
from acuerdo.record.between.sending import Sender
from acuerdo.record.between.taking import take, take_attestation
from acuerdo.record.checkpoint import Checkpoint, cosign, sign_checkpoint
from acuerdo.record.marking import Marking, audience, may_have, onward, read_marking
from acuerdo.record.own_key import new_key
from acuerdo.record.signer import KeySigner
from acuerdo.record.verify import verify_node
from acuerdo.record.witness import Item

Side = Any
TEXT = {"en": "Something", "es": "Algo"}


def exchange(one: Side, other: Side, log: str | None = None) -> Pulled:
    """One takes what the other has, through the bytes that would travel."""
    sender = Sender(other.node, other.node_key, way="network")
    try:
        return pull(
            one.node, other.id, ask=lambda raw: answer(sender, one.id, raw=raw), signer=one.node_key, log=log
        )
    finally:
        sender.close()


def sent(one: Side, to: str, log: str | None = None, **asked: Any) -> parcels.Parcel:
    sender = Sender(one.node, one.node_key, way="file")
    raw = sender.send(to, Asked(do="send", log=log or one.id, **asked))[1]
    sender.close()
    return read_parcel(lines_of(io.BytesIO(raw)))


def here(side: Side, log: str) -> list[bool]:
    """Of each place of a log, whether the entry is there and not the leaf alone."""
    return [row.envelope is not None for row in side.node.log(log).rows()]


def seal(side: Side, marking: Marking, number: int = 0) -> Any:
    body = {"commitment": f"{number:064x}", "title": TEXT}
    return side.enter("seal", body, marking=marking.as_written())


def remark(side: Side, entry_id: str, new: Marking, **fields: Any) -> Any:
    return side.enter("remark", {"entry": entry_id, "marking": new.as_written()}, **fields)


BOTH = Marking(reach="both")
OWN = Marking(reach="own")


@pytest.fixture
def three(tmp_path: Path) -> Iterator[tuple[Side, Side, Side]]:
    """A hub that stands between two others: they reach one another through it."""
    made = [make_side(tmp_path, side) for side in ("ca", "mx", "us")]
    for side, _ in made:
        for _, other in made:
            if other.side != side.id:
                side.node = side.node.with_peer(other)
    (ca, _), (mx, _), (us, _) = made
    yield ca, mx, us
    for side, _ in made:
        side.node.close()


def test_both_have_the_same_after_one_exchange_each(pair: tuple[Side, Side]) -> None:
    us, mx = pair
    for number in range(5):
        seal(us, BOTH, number)
    first = exchange(mx, us)
    assert (first.new, first.size, first.attested) == (5, 5, None)
    seal(mx, BOTH)
    second = exchange(us, mx)
    # What Mexico attested travels back with what it sends.
    assert second.attested is not None
    assert second.attested.size == 5
    assert us.node.state().canonical() == mx.node.state().canonical()


def test_an_exchange_that_was_made_before_changes_nothing(pair: tuple[Side, Side]) -> None:
    us, mx = pair
    seal(us, BOTH)
    exchange(mx, us)
    again = exchange(mx, us)
    assert (again.new, again.late, again.size) == (0, 0, 1)


def test_a_long_log_comes_in_parts(pair: tuple[Side, Side], monkeypatch: pytest.MonkeyPatch) -> None:
    us, mx = pair
    monkeypatch.setattr("acuerdo.record.between.sending.MOST_ITEMS", 3)
    for number in range(11):
        seal(us, BOTH, number)
    asked = []
    sender = Sender(us.node, us.node_key, way="network")

    def ask(raw: bytes) -> bytes:
        asked.append(Asked.from_bytes(raw))
        if len(asked) == 3:
            raise ConnectionResetError
        return answer(sender, "mx", raw=raw)

    with pytest.raises(ConnectionResetError):
        pull(mx.node, "us", ask=ask, signer=mx.node_key)
    assert mx.node.log("us").size == 6  # what came before the break is kept
    assert pull(mx.node, "us", ask=ask, signer=mx.node_key).new == 5
    assert [one.begin for one in asked if one.do == "send"] == [0, 3, 6, 6, 9]
    sender.close()


def test_what_is_withheld_comes_as_a_leaf_and_later_as_itself(pair: tuple[Side, Side]) -> None:
    us, mx = pair
    hidden = seal(us, OWN, 1)
    seal(us, BOTH, 2)
    assert exchange(mx, us).withheld == 1
    assert here(mx, "us") == [False, True]
    remark(us, hidden.entry.id, BOTH)
    found = exchange(mx, us)
    assert (found.new, found.late, found.withheld) == (1, 0, 0) or found.late == 1
    assert here(mx, "us") == [True, True, True]


def test_a_late_entry_about_keys_is_refused(pair: tuple[Side, Side]) -> None:
    """A side that hides a revocation, and shows it when what the key signed has been believed, is not believed."""
    us, mx = pair
    body = {"key": us.keys["desk"].id, "cause": "compromised", "reason": TEXT}
    recovery, about = new_key("Second desk of us", "desk")
    us.enter("hand_over_key", {"key": about.model_dump(mode="json"), "reason": TEXT}, us.desk_key, recovery)
    us.enter("revoke_key", body, recovery)
    honest = sent(us, "mx")
    items = [honest.page.items[0], Item(leaf=honest.page.items[1].hash)]
    take(mx.node, replace(honest, page=replace(honest.page, items=items)), live=True)
    late = [(1, honest.page.items[1].envelope)]
    with pytest.raises(RecordRefused, match="withheld and comes late"):
        take(mx.node, replace(honest, page=replace(honest.page, begin=2, items=()), late=late), live=True)
    assert here(mx, "us") == [True, False]


def test_a_late_entry_must_be_the_one_whose_leaf_is_here(pair: tuple[Side, Side]) -> None:
    us, mx = pair
    seal(us, OWN, 1)
    exchange(mx, us)
    other = us.signed("seal", {"commitment": "f" * 64, "title": TEXT}).to_bytes()
    parcel = replace(sent(us, "mx", begin=1), late=[(0, other)])
    with pytest.raises(RecordRefused, match="not the entry whose leaf is here"):
        take(mx.node, parcel, live=True)


# ------------------------------------------------------------------------------------------------- three nodes


def test_a_hub_relays_only_what_it_may(three: tuple[Side, Side, Side]) -> None:
    """The fault known from sharing platforms: what may not be passed on leaks through a third node."""
    ca, hub, us = three
    seal(us, Marking(reach="both"), 1)
    seal(us, Marking(reach="both", conf_redist=("ca",)), 2)
    seal(us, Marking(reach="public", conf_status="F"), 3)
    seal(us, Marking(reach="agencies", agencies=("mx",)), 4)
    seal(us, Marking(reach="agencies", agencies=()), 5)  # an empty audience is nobody
    seal(us, OWN, 6)
    exchange(hub, us)
    assert here(hub, "us") == [True, True, True, True, False, False]
    found = exchange(ca, hub, log="us")
    assert here(ca, "us") == [False, True, True, False, False, False]
    assert found.withheld == 4
    # The tree is whole all the same, and what the owner itself gives later fits in.
    exchange(ca, us)
    assert here(ca, "us") == [True, True, True, False, False, False]


def test_a_revocation_travels_through_the_hub(three: tuple[Side, Side, Side]) -> None:
    ca, hub, us = three
    entry = seal(us, Marking(reach="both", conf_redist=("ca",)), 1)
    exchange(hub, us)
    remark(us, entry.entry.id, Marking(reach="agencies", agencies=("mx",)))
    assert here(hub, "us") == [True]
    exchange(hub, us)  # the hub learns that it may pass the entry on no more
    exchange(ca, hub, log="us")
    assert here(ca, "us") == [False, True]  # what it gets is the revocation, and not what was revoked


def test_who_had_an_entry_is_told_that_it_was_revoked_whatever_the_marking(
    three: tuple[Side, Side, Side],
) -> None:
    ca, hub, us = three
    entry = seal(us, Marking(reach="both", conf_redist=("ca",)), 1)
    exchange(hub, us)
    exchange(ca, hub, log="us")
    remark(us, entry.entry.id, OWN, marking={"reach": "own"})
    exchange(hub, us)
    exchange(ca, hub, log="us")
    for side in (hub, ca):
        assert here(side, "us") == [True, True]
        assert side.node.state().tables["markings"] == {entry.entry.id: {"reach": "own"}}


def test_whom_a_recipient_may_give_it_to_the_owner_may(three: tuple[Side, Side, Side]) -> None:
    """A party named in CONF_REDIST has it from the owner too, and learns from it that it was revoked."""
    ca, hub, us = three
    entry = seal(us, Marking(reach="agencies", agencies=("mx",), conf_redist=("ca",)), 1)
    exchange(ca, us)
    assert here(ca, "us") == [True]
    exchange(hub, us)
    assert here(hub, "us") == [True]
    remark(us, entry.entry.id, Marking(reach="agencies", agencies=("mx",)))
    exchange(ca, us)
    assert here(ca, "us") == [True, True]
    assert ca.node.state().tables["markings"][entry.entry.id]["agencies"] == ["mx"]


def test_keys_are_relayed_to_every_side(three: tuple[Side, Side, Side]) -> None:
    ca, hub, us = three
    fresh, about = new_key("Second desk of us", "desk")
    us.enter("hand_over_key", {"key": about.model_dump(mode="json"), "reason": TEXT}, us.desk_key, fresh)
    us.enter(
        "seal",
        {"commitment": "a" * 64, "title": TEXT},
        fresh,
        marking={"reach": "public", "conf_status": "F"},
    )
    exchange(hub, us)
    exchange(ca, hub, log="us")
    assert here(ca, "us") == [True, True]


def test_nothing_is_relayed_that_has_no_checkpoint(three: tuple[Side, Side, Side]) -> None:
    ca, hub, _ = three
    with pytest.raises(RecordRefused, match="under a signed checkpoint"):
        exchange(ca, hub, log="us")


def test_receipts_tell_who_was_handed_what(three: tuple[Side, Side, Side]) -> None:
    ca, hub, us = three
    seal(us, BOTH, 1)
    seal(us, OWN, 2)
    exchange(hub, us)
    exchange(ca, us)
    sender = Sender(us.node, us.node_key, way="network")
    found = [(one.receiver, one.begin, one.end, one.withheld, one.way) for one in sender.receipts.all()]
    assert found == [("mx", 0, 2, ((1, 2),), "network"), ("ca", 0, 2, ((1, 2),), "network")]
    assert [one.receiver for one in sender.receipts.all("ca")] == ["ca"]
    sender.close()


PARTIES = ("us", "mx", "ca", "us:dea", "mx:sspc", "public")
MARKINGS = some.builds(
    lambda reach, status, agencies, redist, embargo: {
        "reach": reach,
        "conf_status": ("E" if embargo else "F") if reach == "public" else status,
        "agencies": agencies,
        "conf_redist": redist,
        **({"embargo": embargo} if embargo and reach == "public" else {}),
    },
    some.sampled_from(["public", "both", "agencies", "own", "everybody"]),
    some.sampled_from(["F", "N", "C", "D", "S"]),
    some.lists(some.sampled_from(PARTIES[:5]), max_size=2, unique=True),
    some.lists(some.sampled_from(PARTIES[:5]), max_size=2, unique=True),
    some.sampled_from([None, "2020-01-01T00:00:00Z", "2999-01-01T00:00:00Z"]),
)


@settings(max_examples=12)
@given(markings=some.lists(MARKINGS, min_size=4, max_size=16), to=some.sampled_from(PARTIES))
def test_a_parcel_holds_what_the_receiver_may_have_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, markings: list[dict[str, Any]], to: str
) -> None:
    """Party by role by marking by audience: the owner's parcel and the relay's, entry by entry."""
    us, mx = make_pair(tmp_path_factory.mktemp("pair"))
    placed = [
        us.enter("seal", {"commitment": f"{n:064x}", "title": TEXT}, marking=one)
        for n, one in enumerate(markings)
    ]
    now = datetime.now(UTC)
    exchange(mx, us)
    for side, allowed in ((us, audience), (mx, onward)):
        found = [item.envelope is not None for item in sent(side, to, log="us").page.items]
        may = [to == "us" or may_have(to, allowed(one.entry, now)) for one in placed]
        assert found == [may[n] and here(side, "us")[n] for n in range(len(placed))]
        unreadable = [read_marking(one.entry.marking) is None for one in placed]
        assert not any(
            given and unread for given, unread in zip(found, unreadable, strict=True) if to != "us"
        )
    us.node.close()
    mx.node.close()


# ------------------------------------------------------------------------------------------------ contradictions


def test_a_log_that_was_put_back_is_noticed_by_its_own_side(pair: tuple[Side, Side]) -> None:
    us, mx = pair
    seal(us, BOTH, 1)
    folder = us.node.folder
    us.node.close()
    old = {path.name: path.read_bytes() for path in (folder / "logs").iterdir()}
    seal(us, BOTH, 2)
    exchange(mx, us)
    us.node.close()
    for path in (folder / "logs").iterdir():
        path.unlink()
    for name, content in old.items():
        (folder / "logs" / name).write_bytes(content)
    with pytest.raises(WitnessAlarm) as caught:
        exchange(us, mx)
    assert caught.value.code == "rolled_back"
    with pytest.raises(WitnessAlarm):  # and nothing goes on before somebody has looked
        exchange(us, mx)


def test_a_made_up_attestation_is_not_held_against_us(pair: tuple[Side, Side]) -> None:
    us, mx = pair
    seal(us, BOTH, 1)
    made_up = Checkpoint(origin=us.node.party.origin, size=99, root=b"\x01" * 32)
    note = sign_checkpoint(made_up, KeySigner.generate())
    forged = note.under(cosign(note, mx.node_key, name=mx.node.party.origin, at=0)).render()
    with pytest.raises(RecordRefused, match="never signed"):
        take_attestation(us.node, "mx", rendered=forged)
    assert us.node.alarms() == ()


@pytest.mark.parametrize(
    "question",
    [
        b"",
        b"[]",
        b'{"do":"everything"}',
        b"\xff" * 100,
        b"[" * 100_000,
        b'{"begin":-1,"do":"send","lacking":[],"log":"us","note":null}',
        b'{"begin":0,"do":"attest","lacking":[],"log":"us","note":null}',
        b'{"begin":0,"do":"send","lacking":[],"log":"xx","note":null}',
        base64.b64encode(b"x" * 500_000),
    ],
    ids=range(9),
)
def test_a_question_that_is_none_is_refused(pair: tuple[Side, Side], question: bytes) -> None:
    us, _ = pair
    sender = Sender(us.node, us.node_key, way="network")
    with pytest.raises(AcuerdoError):
        answer(sender, "mx", raw=question)
    sender.close()


def test_a_receipt_that_was_changed_or_taken_out_is_told(three: tuple[Side, Side, Side]) -> None:
    ca, hub, us = three
    for number in range(3):
        seal(us, BOTH, number)
        exchange(hub, us)
        exchange(ca, us)
    path = us.node.folder / "receipts.sqlite"
    keys = us.node.keyring("us").nodes()
    assert list(Receipts(path).problems(keys)) == []
    whole = path.read_bytes()
    for change in (
        "UPDATE handed SET receiver = 'gt' WHERE number = 2",
        "UPDATE handed SET withheld = '[]', begin = 0 WHERE number = 5",
        "DELETE FROM handed WHERE number = 3",
        "UPDATE handed SET number = 99 WHERE number = 1",
    ):
        with sqlite3.connect(path) as connection:
            for verb in ("update", "delete"):
                connection.execute(f"DROP TRIGGER handed_no_{verb}")
            connection.execute(change)
        connection.close()
        receipts = Receipts(path)
        assert [one.where for one in receipts.problems(keys)], change
        receipts.close()
        assert any(
            "receipts.sqlite" in str(one.where) for found in verify_node(us.node) for one in found.problems
        )
        path.write_bytes(whole)


def test_an_embargo_ends_at_its_moment_for_who_relays_too(three: tuple[Side, Side, Side]) -> None:
    """Before it only those named; from it on everybody, though the entry came as a leaf alone before."""
    ca, hub, us = three
    moment = datetime(2030, 1, 1, tzinfo=UTC)
    seal(us, Marking(reach="public", conf_status="E", embargo=moment, conf_redist=("gt",)))
    exchange(hub, us)
    (row,) = hub.node.log("us").rows()
    assert row.envelope is not None
    for owner, node in ((True, us.node), (False, hub.node)):
        release = Release(node.log("us"), "us", owner=owner)
        release.refresh()
        allowed = {
            (to, early): release.allows(row.envelope, to, at=moment - timedelta(seconds=early))
            for to in ("ca", "gt", "public")
            for early in (1, 0)
        }
        assert allowed == {
            ("ca", 1): owner,  # one of the governments of this record
            ("ca", 0): True,
            ("gt", 1): True,  # named in CONF_REDIST
            ("gt", 0): True,
            ("public", 1): False,
            ("public", 0): True,
        }
    assert exchange(ca, hub, log="us").withheld == 1
