"""Each contradiction is named, stops the exchange, and changes nothing on the honest side."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from acuerdo.core.errors import KeyRefused, RecordRefused, WitnessAlarm
from acuerdo.record.checkpoint import Checkpoint, sign_checkpoint
from acuerdo.record.log import Log, New
from acuerdo.record.node import Node
from acuerdo.record.note import read_note
from acuerdo.record.signer import KeySigner
from acuerdo.record.verify import verify_node
from acuerdo.record.witness import Item, cosigned

Pair = tuple[Any, Any]
Meet = Callable[[Any, Any], None]


def report(side: Any, number: int) -> None:
    words = {"en": f"Report number {number}.", "es": f"Informe número {number}."}
    side.enter("report", {"item": "demo:plan", "period": "2026", "text": words})


def contents(log: Log) -> list[bytes | None]:
    return [row.envelope for row in log.rows()]


@pytest.fixture
def told(pair: Pair, both_meet: Meet) -> Pair:
    """Both sides have entered three reports and exchanged them."""
    us, mx = pair
    for number in range(3):
        report(us, number)
        report(mx, number)
    both_meet(us, mx)
    return pair


def twin(side: Any, folder: Path) -> Any:
    """The same side with a second copy of its folder: the one that will lie."""
    side.node.close()
    shutil.copytree(side.node.folder, folder)
    return replace(side, node=Node.open(folder))


def rewritten(side: Any, folder: Path, keep: int) -> Any:
    """The same side with another past: the same keys, the first entries kept, others in place of the rest."""
    kept = [row.envelope for row in side.node.own.rows(0, keep)]
    made = Node.create(folder, side.node.party, *side.node.peers.values())
    for other_side in side.node.peers:
        shutil.copy(side.node.log(other_side).path, folder / "logs")
    liar = replace(side, node=made)
    with made.own.writing() as size:
        made.own.append([New.of(envelope) for envelope in kept if envelope], size=size)
    for number in range(10, 20):
        report(liar, number)
    return liar


def expect(honest: Any, liar: Any, code: str, page: Any) -> None:
    """The lie is named, nothing of it is kept, and nothing more is taken until somebody has looked."""
    before = contents(honest.node.log(liar.id)), contents(honest.node.own)
    with pytest.raises(WitnessAlarm) as caught:
        honest.node.receive(liar.id, page)
    assert caught.value.code == code
    assert caught.value.render("es") != caught.value.render("en")
    assert (contents(honest.node.log(liar.id)), contents(honest.node.own)) == before
    assert [one["code"] for one in honest.node.alarms(liar.id)] == [code]
    assert honest.node.alarms(liar.id)[0]["note"] == page.note
    with pytest.raises(WitnessAlarm):
        honest.node.receive(liar.id, page)
    assert any(one.problems for one in verify_node(honest.node))
    assert honest.node.clear_alarms(liar.id) == 1
    honest.node.require_calm(liar.id)


def test_what_is_honest_is_cosigned_by_each_side(told: Pair) -> None:
    us, mx = told
    for one, other in ((us, mx), (mx, us)):
        found = {each.side: each for each in verify_node(one.node)}
        assert [each.problems for each in found.values()] == [(), ()]
        assert found[one.id].attested == 3
        assert contents(one.node.own) == contents(other.node.log(one.id))


def test_a_rewritten_past(told: Pair, tmp_path: Path) -> None:
    us, mx = told
    liar = rewritten(us, tmp_path / "liar", keep=1)
    expect(mx, us, "rewritten_past", liar.page(3))


def test_a_split_view(told: Pair, tmp_path: Path) -> None:
    us, mx = told
    liar = rewritten(us, tmp_path / "liar", keep=1)
    two = liar.page(0, 3)
    # A checkpoint of three entries too, with another root
    other = Checkpoint(origin=us.node.own.origin, size=3, root=liar.node.own.root(3))
    note = sign_checkpoint(other, us.node_key).render()
    expect(mx, us, "split_view", replace(two, note=note, begin=3, items=[], proof=()))


def test_a_truncated_log(told: Pair, tmp_path: Path) -> None:
    us, mx = told
    short = Checkpoint(origin=us.node.own.origin, size=2, root=us.node.own.root(2))
    page = replace(us.page(0, 2), note=sign_checkpoint(short, us.node_key).render(), proof=())
    expect(mx, us, "truncated_log", page)
    # An old file that comes late says nothing new, and is no lie.
    assert mx.node.receive("us", page, live=False) == 3


def test_a_sequence_number_used_again(told: Pair, tmp_path: Path) -> None:
    us, mx = told
    report(us, 3)
    liar = rewritten(us, tmp_path / "liar", keep=2)
    page = us.page(0)
    items = [*page.items]
    items[2] = Item(envelope=liar.node.own.row(2).envelope)
    expect(mx, us, "sequence_reused", replace(page, items=items))


def test_a_database_put_back_is_noticed_at_the_next_contact(told: Pair, tmp_path: Path) -> None:
    us, mx = told
    back = twin(us, tmp_path / "backup")
    report(us, 3)
    mx.pull(us)
    # Only our own file was put back: our copy of what the other attested tells, without any contact.
    with pytest.raises(WitnessAlarm) as caught:
        back.node.attested(
            "mx", mx.node.cosign("us", us.node.checkpoint(us.node_key).render(), signer=mx.node_key)
        )
    assert caught.value.code == "rolled_back"
    assert [one["code"] for one in back.node.alarms("mx")] == ["rolled_back"]
    # Everything was put back: the other side holds more than we ever knew.
    report(back, 4)
    expect(mx, us, "split_view", back.page(4))


def test_our_own_file_alone_put_back_is_noticed_without_contact(told: Pair, tmp_path: Path) -> None:
    us, mx = told
    us.node.close()
    saved = tmp_path / "us.sqlite"
    shutil.copy(us.node.folder / "logs" / "us.sqlite", saved)
    report(us, 3)
    mx.pull(us)
    us.node.close()
    shutil.copy(saved, us.node.folder / "logs" / "us.sqlite")
    with pytest.raises(WitnessAlarm) as caught:
        us.node.checkpoint(us.node_key)
    assert caught.value.code == "rolled_back"


def test_entries_changed_on_the_way_are_refused_and_are_no_lie_of_the_other_side(told: Pair) -> None:
    us, mx = told
    report(us, 3)
    page = us.page(3)
    envelope = page.items[0].envelope
    changed = [
        Item(envelope=envelope.replace(b'"sig":"', b'"sig":"A', 1)[:-5] + b'"}]}'),
        Item(envelope=b"x" * 300_000),
    ]
    for item in changed:
        with pytest.raises(RecordRefused):
            mx.node.receive("us", replace(page, items=[item]))
    stranger = us.signed(
        "report",
        {"item": "demo:plan", "period": "2026", "text": {"en": "No.", "es": "Nada."}},
        KeySigner.generate(),
        seen={"mx": 0, "us": 0},
    )
    with pytest.raises(KeyRefused):
        mx.node.receive("us", replace(page, items=[Item(envelope=stranger.to_bytes())]))
    assert mx.node.alarms() == ()
    assert mx.node.receive("us", page) == 4


def test_a_checkpoint_by_a_stranger_is_refused(told: Pair) -> None:
    us, mx = told
    report(us, 3)
    page = us.page(3)
    signature = page.note.rpartition(" ")[2]
    for note in (
        page.note.replace(signature, signature[:-8] + "AAAAAA==" + "\n"),
        page.note.replace("\n4\n", "\n5\n"),
    ):
        with pytest.raises((KeyRefused, RecordRefused)):
            mx.node.receive("us", replace(page, note=note))
    assert mx.node.log("us").size == 3
    assert mx.node.alarms() == ()


def test_pages_may_come_in_parts_twice_and_overlap(told: Pair) -> None:
    us, mx = told
    for number in range(3, 9):
        report(us, number)
    note = us.node.checkpoint(us.node_key).render()
    for begin, end in ((3, 5), (3, 5), (0, 6), (6, 6), (5, 9), (0, 9)):
        mx.node.receive("us", us.page(begin, end, note=note))
    assert contents(mx.node.log("us")) == contents(us.node.own)
    report(us, 9)
    report(us, 10)
    with pytest.raises(RecordRefused):
        mx.node.receive("us", us.page(10))  # a gap


def test_a_part_without_its_proof_is_refused_where_nothing_was_seen_before(pair: Pair) -> None:
    us, mx = pair
    for number in range(5):
        report(us, number)
    page = us.page(0, 3)
    with pytest.raises(RecordRefused):
        mx.node.receive("us", replace(page, proof=()))
    assert mx.node.receive("us", page) == 3


def test_nothing_is_cosigned_that_is_not_here(told: Pair) -> None:
    us, mx = told
    report(us, 3)
    note = read_note(us.node.checkpoint(us.node_key).render())
    with pytest.raises(RecordRefused):
        cosigned(mx.node.log("us"), note, signer=mx.node_key, name="acuerdo/demo/mx", at=0)


def test_an_entry_may_be_withheld_and_the_tree_still_holds(pair: Pair, both_meet: Meet) -> None:
    us, mx = pair
    report(us, 0)
    words = {"en": "Not for you.", "es": "No es para usted."}
    us.enter("report", {"item": "demo:plan", "period": "2026", "text": words}, marking={"reach": "own"})
    report(us, 1)
    page = us.page(0)
    items = [page.items[0], Item(leaf=page.items[1].hash), page.items[2]]
    mx.node.receive("us", replace(page, items=items))
    mx.node.cosign("us", page.note, signer=mx.node_key)
    assert [one is None for one in contents(mx.node.log("us"))] == [False, True, False]
    (found,) = [one for one in verify_node(mx.node) if one.side == "us"]
    assert (found.problems, found.withheld) == ((), 1)
    assert us.node.state(shared=True).canonical() == mx.node.state(shared=True).canonical()
    # Released later, it fits the leaf that was there all along; anything else does not.
    mx.node.receive("us", page)
    assert contents(mx.node.log("us")) == contents(us.node.own)
    assert mx.node.state().canonical() == us.node.state().canonical()
