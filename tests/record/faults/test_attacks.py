"""What somebody tries who knows how the record is made: it is refused, or says nothing new, and accuses nobody.

Whoever carries a file can change it, so that nothing in it may be held against the side whose log it is before it is
known to be what that side signed.
"""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.record.conftest import TEXT, Side, make_side, meet, packed, seal, unpack

from acuerdo.core.errors import KeyRefused, RecordRefused, WitnessAlarm
from acuerdo.core.text import LANGS, visible
from acuerdo.record.answers import Record
from acuerdo.record.between.asked import Asked
from acuerdo.record.between.http import LIMITS
from acuerdo.record.between.parcel import Parcel, lines_of, read_parcel
from acuerdo.record.between.proving import proven_bundle
from acuerdo.record.between.sending import Sender
from acuerdo.record.between.taking import take
from acuerdo.record.canonical import canonical, read_canonical
from acuerdo.record.checkpoint import cosign, cosigned_at, read_checkpoint
from acuerdo.record.consent import NOTHING, read_proposal
from acuerdo.record.log import New
from acuerdo.record.node import Node
from acuerdo.record.note import ED25519, Note, NoteSignature, hint, read_note
from acuerdo.record.telling import told
from acuerdo.record.witness import Item, Page

Pair = tuple[Side, Side]


def entries(lines: list[bytes]) -> list[int]:
    """The lines of a file that hold an entry."""
    return [number for number, line in enumerate(lines) if line.startswith(b'{"payload"')]


# --------------------------------------------------------------------------------------- whoever carries the file


def test_a_file_that_was_changed_on_its_way_accuses_nobody(pair: Pair) -> None:
    """Regression: an entry that was swapped for a hash, or a proof that was cut, was told as a rewritten past."""
    us, mx = pair
    for number in range(3):
        seal(us, number)
    unpack(mx, packed(us, "mx"))
    for number in range(3, 6):
        seal(us, number)
    lines = packed(us, "mx", whole=True).splitlines(keepends=True)
    places = entries(lines)
    hashes = [*lines]
    hashes[places[4]] = b"00" * 32 + b"\n"
    exchanged = [*lines]
    exchanged[places[3]], exchanged[places[5]] = lines[places[5]], lines[places[3]]
    for changed in (hashes, exchanged):
        with pytest.raises(RecordRefused, match="changed or damaged on its way"):
            unpack(mx, b"".join(changed))
        assert mx.node.alarms() == ()
    assert unpack(mx, b"".join(lines)) == 3


def test_an_entry_moved_to_another_place_accuses_nobody(pair: Pair) -> None:
    """Regression: an entry that waited for a signature fits an earlier place too: told as a number used twice."""
    us, mx = pair
    waited = us.signed("seal", {"commitment": "aa" * 32, "title": TEXT})
    seal(us, 1)
    seal(us, 2)
    us.node.append(waited)
    unpack(mx, packed(us, "mx"))
    seal(us, 3)
    lines = packed(us, "mx", whole=True).splitlines(keepends=True)
    first, _, third, _ = entries(lines)
    lines[first], lines[third] = lines[third], lines[first]
    with pytest.raises(RecordRefused, match="changed or damaged on its way"):
        unpack(mx, b"".join(lines))
    assert mx.node.alarms() == ()


def test_an_entry_that_a_carrier_left_out_comes_with_the_whole_file(pair: Pair) -> None:
    us, mx = pair
    seal(us, 1)
    kept = seal(us, 2)
    lines = packed(us, "mx").splitlines(keepends=True)
    _, at = entries(lines)
    row = us.node.own.row(kept.place)
    assert row is not None
    lines[at] = row.leaf.hex().encode() + b"\n"
    assert unpack(mx, b"".join(lines)) == 2
    assert mx.node.log("us").withheld(most=9) == (kept.place,)
    sender = Sender(us.node, us.node_key, way="file")
    assert [one.withheld for one in sender.receipts.all("mx")] == [()]  # it was handed over whole
    sender.close()
    assert unpack(mx, packed(us, "mx", whole=True)) == 0
    assert mx.node.log("us").withheld(most=9) == ()
    assert mx.node.state().canonical() == us.node.state().canonical()


def test_no_bit_that_turns_in_a_file_accuses_anybody(pair: Pair) -> None:
    us, mx = pair
    for number in range(3):
        seal(us, number)
    meet(us, mx)
    for number in range(3, 6):
        seal(us, number)
    raw = packed(us, "mx", whole=True)
    for at in range(0, len(raw), 101):
        with suppress(RecordRefused, KeyRefused):
            unpack(mx, raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])
    assert mx.node.alarms() == ()


def test_a_lie_that_its_side_signed_is_still_named(pair: Pair, tmp_path: Path) -> None:
    us, mx = pair
    seal(us, 1)
    us.node.close()
    shutil.copytree(us.node.folder, tmp_path / "twin")
    liar = replace(us, node=Node.open(tmp_path / "twin"))
    seal(us, 2)
    unpack(mx, packed(us, "mx"))
    seal(liar, 3)
    seal(liar, 4)
    with pytest.raises(WitnessAlarm) as caught:
        unpack(mx, packed(liar, "mx"))
    assert caught.value.code == "sequence_reused"
    liar.node.close()


def test_a_third_side_hears_of_a_split_view(tmp_path: Path) -> None:
    made = {side: make_side(tmp_path, side) for side in ("us", "mx", "ca")}
    for side, (one, _) in made.items():
        for other, (_, party) in made.items():
            if other != side:
                one.node = one.node.with_peer(party)
    us, mx, ca = (made[side][0] for side in ("us", "mx", "ca"))
    free = {"reach": "public", "conf_status": "F"}
    seal(us, 1, marking=free)
    us.node.close()
    shutil.copytree(us.node.folder, tmp_path / "twin")
    liar = replace(us, node=Node.open(tmp_path / "twin"))
    seal(us, 2, marking=free)
    seal(liar, 3, marking=free)
    unpack(mx, packed(us, "mx"))
    unpack(ca, packed(liar, "ca"))
    # Mexico hands on what it has of the United States' log: both checkpoints are in one place now.
    with pytest.raises(WitnessAlarm) as caught:
        unpack(ca, packed(mx, "ca", whole=True))
    assert caught.value.code == "split_view"
    for one in (us, mx, ca, liar):
        one.node.close()


def test_a_parcel_of_many_large_entries_is_given_up_in_bounded_memory(pair: Pair) -> None:
    """Regression: a thousand entries of the largest size were read into memory before one of them was looked at."""
    us, _ = pair
    for _ in range(16):
        us.enter("treaty_of_2040", {"annex": "x" * 150_000})
    items = [Item(envelope=row.envelope) for row in us.node.own.rows()]
    page = Page(note=us.node.checkpoint(us.node_key).render(), begin=0, items=items)
    raw = Parcel(record="demo", log="us", sender="us", to="mx", page=page).to_bytes()
    with pytest.raises(RecordRefused, match="more than any parcel"):
        read_parcel(lines_of(io.BytesIO(raw)))


def test_as_much_new_as_late_fits_in_one_answer(pair: Pair) -> None:
    """Regression: a full part with a full lot of late entries was larger than the asker takes, and never came."""
    us, mx = pair
    hidden = [us.enter("other", {"x": "x" * 180_000}, marking={"reach": "own"}) for _ in range(6)]
    mx.pull(us)
    sender = Sender(us.node, us.node_key, way="network")
    withheld = sender.send("mx", Asked(do="send", log="us"))[0]
    assert [one.envelope for one in withheld.page.items] == [None] * 6
    for one in hidden:
        us.enter("remark", {"entry": one.entry.id, "marking": {"reach": "both"}})
    for _ in range(6):
        us.enter("other", {"x": "y" * 180_000})
    parcel, raw = sender.send("mx", Asked(do="send", log="us", begin=6, lacking=((0, 6),)))
    sender.close()
    assert len(parcel.late) >= 4
    assert len(raw) > 2**21
    assert len(raw) < LIMITS.answer
    assert read_parcel(lines_of(io.BytesIO(raw))) is not None


# ------------------------------------------------------------------------------------------ forms of one thing


def other_forms(us: Side, page: Page) -> dict[str, str]:
    """A checkpoint in forms that only look like one."""
    note, name = read_note(page.note), us.node.own.origin

    def signed(text: str) -> str:
        line = NoteSignature(
            name, hint(name, us.node_key.public, kind=ED25519), us.node_key.sign(text.encode())
        )
        return Note(text, (line,)).render()

    (line,) = note.signatures
    return {
        "an extension line": signed(f"{note.text}extension\n"),
        "an empty line": signed(f"{note.text}\n"),
        "a size with a zero before it": signed(note.text.replace("\n1\n", "\n01\n")),
        "a size of other digits": signed(note.text.replace("\n1\n", "\n１\n")),
        "a size without end": signed(note.text.replace("\n1\n", f"\n{10**40}\n")),
        "another name": Note(note.text, (replace(line, name=f"{name}x"),)).render(),
        "another key of its hint": Note(note.text, (replace(line, value=b"\0" * 64),)).render(),
        "another kind of signature": Note(note.text, (replace(line, value=b"\0" * 8 + line.value),)).render(),
    }


def test_a_checkpoint_has_one_form(pair: Pair) -> None:
    us, mx = pair
    seal(us, 1)
    page = us.page(0)
    for what, note in other_forms(us, page).items():
        with pytest.raises((RecordRefused, KeyRefused)):
            mx.node.receive("us", replace(page, note=note))
        assert mx.node.log("us").size == 0, what
    assert mx.node.receive("us", page) == 1


def test_a_cosignature_of_a_moment_that_is_none_is_none(pair: Pair) -> None:
    """Regression: the clock of a hostile witness made the program fail of whoever verified the file."""
    us, mx = pair
    seal(us, 1)
    note, name = read_note(us.page(0).note), mx.node.party.origin
    for at, holds in ((2**62, False), (253_402_300_800, False), (253_402_300_799, True)):
        line = cosign(note, mx.node_key, name=name, at=at)
        found = cosigned_at(note.under(line), name, keys=[mx.node_key.public])
        assert found == (at if holds else None)
    assert datetime.fromtimestamp(253_402_300_799, UTC).year == 9999


@pytest.mark.parametrize(
    "raw",
    [
        b'{"a":1,"a":1}', b'{"b":1,"a":1}', b'{"a":1.0}', b'{"a":-0}', b'{"a":1e2}', b'{"a":01}', b'{"a":NaN}',
        b'{"a":-Infinity}', b'{"a":9007199254740993}', b'{"a":' + b"9" * 5000 + b"}", b'{"a":"\\ud800"}',
        b'{"a":"\\u0061"}', b'{"a":"\\/"}', b'{"a":"\t"}', b'\xef\xbb\xbf{"a":1}', b'{"a":1}\n', b' {"a":1}',
        b'{"a":"\xed\xa0\x80"}', '{"\uffff":1,"\U00010000":2}'.encode(),
    ],
)  # fmt: skip
def test_a_document_has_one_form(raw: bytes) -> None:
    with pytest.raises(RecordRefused):
        read_canonical(raw)


@pytest.mark.parametrize("until", ["20270630", "2027-W26-3", "２０２７-06-30", "2027-06-30 "])
def test_the_end_of_a_term_has_one_form(pair: Pair, until: str) -> None:
    """Regression: of two forms of one day one was told and the other compared, so that a term never ended."""
    us, _ = pair
    content = {
        "indicator": "mx_homicide_rate",
        "by": "2027",
        "amount": "15",
        "unit": "per_100_000_inhabitants",
    }
    body = {"thing": "target", "content": content, "version": "1", "prior": NOTHING, "until": until}
    placed = us.enter("propose", body)
    assert us.node.state().not_interpreted == {placed.entry.id: "propose"}
    assert read_proposal(us.enter("propose", {**body, "until": "2027-06-30"})) is not None


# --------------------------------------------------------------------------------------- what one has seen


def test_nobody_has_seen_more_of_our_log_than_there_is(pair: Pair) -> None:
    """Regression: whose author claims to have seen all that is to come had its consent come after our later word."""
    us, mx = pair
    content = {"item": "demo:plan", "level": "complete"}
    body = {"thing": "coding", "content": content, "version": "codebook 1", "prior": NOTHING}
    proposal = read_proposal(mx.enter("propose", body))
    assert proposal is not None
    us.pull(mx)
    consent = {"proposal": proposal.at.entry.id, "consent": proposal.consent}
    lie = us.signed("accept", consent, seen={"us": 0, "mx": 2**53 - 1}).to_bytes()
    with us.node.own.writing() as size:
        us.node.own.append([New.of(lie)], size=size)
    with pytest.raises(RecordRefused) as caught:
        mx.node.receive("us", us.page(0))
    assert all("9007199254740991" in caught.value.render(lang) for lang in LANGS)
    assert mx.node.log("us").size == 0
    assert mx.node.state().stands("coding:demo:plan") == NOTHING


# --------------------------------------------------------------------------------------- what a screen shows

HOSTILE = "\x1b[2J\x1b[31m\x9bplan\u202edecline\n  Under: definition 1"


def test_words_of_another_do_nothing_to_a_screen(pair: Pair) -> None:
    us, mx = pair
    mx.enter("seal", {"commitment": "ab" * 32, "title": {"en": HOSTILE, "es": HOSTILE}}, author=HOSTILE)
    us.pull(mx)
    ((one, says, _),) = Record(us.node.folder).log()
    words = told(one.entry, keyring=us.node.keyring("us"), state=us.node.state())
    for lang in LANGS:
        assert "\n" not in says.in_(lang)
        shown = visible(words.in_(lang))
        assert not any(char in shown for char in "\x1b\x9b\u202e")
        assert not any(line.startswith("  Under:") for line in shown.split("\n"))


# --------------------------------------------------------------------------------------------- contradictions


def test_every_contradiction_is_kept_and_set_aside_for_its_own_side(pair: Pair) -> None:
    """Regression: a second proof took the place of the first; what was set aside for ``mx`` was for ``mx_navy`` too."""
    us, _ = pair
    for side, note in (("mx", "first"), ("mx", "second"), ("mx_navy", "third")):
        us.node.keep_alarm(side, {"code": "split_view", "note": note, "where": "acuerdo/demo/mx (1)"})
    assert {one["note"] for one in us.node.alarms("mx")} == {"first", "second"}
    with pytest.raises(WitnessAlarm) as caught:
        us.node.require_calm("mx")
    assert caught.value.problems[0].where == "acuerdo/demo/mx (1)"
    assert us.node.clear_alarms("mx") == 2
    assert len(us.node.alarms("mx_navy")) == 1


ALIKE: dict[str, Callable[[dict[str, Any]], None]] = {
    "roots that are none": lambda head: head.update(frontier=["00" * 32] * len(head["frontier"])),
    "a root more": lambda head: head.update(frontier=[*head["frontier"], "00" * 32]),
    "no roots": lambda head: head.update(frontier=[]),
}


@pytest.mark.parametrize("what", ALIKE)
def test_a_later_part_on_another_beginning_is_refused(pair: Pair, what: str) -> None:
    us, mx = pair
    for number in range(5):
        seal(us, number)
    meet(us, mx)
    seal(us, 9)
    lines = packed(us, "mx").splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if line.startswith(b"acuerdo-parcel")) + 1
    head = json.loads(lines[at])
    ALIKE[what](head)
    lines[at] = canonical(head) + b"\n"
    raw = b"".join(lines)
    for work in (lambda: proven_bundle(io.BytesIO(raw)), lambda: unpack(mx, raw)):
        with pytest.raises(RecordRefused):
            work()
    assert mx.node.alarms() == ()


def test_another_entry_does_not_come_late_to_a_place(pair: Pair) -> None:
    us, mx = pair
    seal(us, 1, marking={"reach": "own"})
    seal(us, 2)
    unpack(mx, packed(us, "mx"))
    sender = Sender(us.node, us.node_key, way="network")
    parcel = sender.send("mx", Asked(do="send", log="us", begin=2))[0]
    sender.close()
    other = us.node.own.row(1)
    assert other is not None
    assert other.envelope is not None
    with pytest.raises(RecordRefused):
        take(mx.node, replace(parcel, late=((0, other.envelope),)), live=True)
    assert mx.node.log("us").withheld(most=9) == (0,)
    assert read_checkpoint(read_note(parcel.page.note)).size == 2
