"""A bundle: the same exchange by file, and what it proves to somebody who has only the two public keys."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from tests.record.conftest import make_pair, packed, seal, unpack

from acuerdo.core.errors import AcuerdoError, KeyRefused, RecordRefused
from acuerdo.core.text import LANGS
from acuerdo.record.between.bundle import take_bundle
from acuerdo.record.between.proving import ProvenLog, proven_bundle
from acuerdo.record.between.telling import told
from acuerdo.record.node import Node

Side = Any


def proven(raw: bytes, *known: Any) -> dict[str, ProvenLog]:
    return {one.party.side: one for one in proven_bundle(io.BytesIO(raw), known=known)[1]}


@pytest.fixture
def met(pair: tuple[Side, Side]) -> tuple[Side, Side]:
    """Two sides that have handed each other files to and fro."""
    us, mx = pair
    for number in range(3):
        seal(us, number)
    seal(mx, 9)
    assert unpack(mx, packed(us, "mx")) == 3
    assert unpack(us, packed(mx, "us")) == 1
    assert unpack(mx, packed(us, "mx")) == 0
    return us, mx


def test_by_file_both_have_the_same(met: tuple[Side, Side]) -> None:
    us, mx = met
    assert us.node.state().canonical() == mx.node.state().canonical()


def test_a_bundle_holds_what_the_receiver_has_not(met: tuple[Side, Side]) -> None:
    us, mx = met
    seal(us, 4)
    raw = packed(us, "mx")
    assert raw.count(b'{"payload"') == 1  # the three that Mexico attested are not sent again
    assert unpack(mx, raw) == 1
    assert unpack(mx, raw) == 0


def test_what_may_be_had_later_comes_with_the_next_bundle(met: tuple[Side, Side]) -> None:
    us, mx = met
    hidden = seal(us, 4, marking={"reach": "own"})
    assert unpack(mx, packed(us, "mx")) == 1
    us.enter("remark", {"entry": hidden.entry.id, "marking": {"reach": "both"}})
    unpack(us, packed(mx, "us"))
    assert unpack(mx, packed(us, "mx")) == 2
    assert mx.node.log("us").withheld(most=9) == ()


def test_a_third_person_sees_what_it_proves(met: tuple[Side, Side]) -> None:
    us, mx = met
    seal(us, 4, marking={"reach": "own"})
    raw = packed(us, "us:auditor", whole=True)
    found = proven(raw, us.node.party, mx.node.party)
    assert (found["us"].begin, found["us"].size, found["us"].withheld) == (0, 4, 4)
    raw = packed(us, "mx", whole=True)
    found = proven(raw, us.node.party, mx.node.party)
    assert (found["us"].size, found["us"].withheld, found["mx"].size) == (4, 1, 1)
    assert found["us"].cosigned["mx"][0] == 3
    assert found["mx"].cosigned["us"][0] == 1
    bundle, logs = proven_bundle(io.BytesIO(raw))
    words = told(bundle, logs, given=())
    for lang in LANGS:
        text = words.in_(lang)
        assert us.node.party.fingerprint in text
        assert "0–3" in text
    assert "It does not prove" in words.en
    assert "No prueba" in words.es


def test_only_the_keys_that_the_reader_compared_are_called_compared(met: tuple[Side, Side]) -> None:
    """Regression: with the file of one side at hand, those of the other were called compared too."""
    us, mx = met
    bundle, logs = proven_bundle(io.BytesIO(packed(us, "mx", whole=True)), known=[us.node.party])
    text = told(bundle, logs, given={"us"}).en
    alone, _, compared = text.partition("that you gave are theirs")
    assert "no file of theirs was given" in alone
    assert f"  mx: {mx.node.party.fingerprint}" in alone.partition("no file of theirs")[2]
    assert f"  us: {us.node.party.fingerprint}" in compared


def test_a_later_part_is_proven_to_continue_the_earlier(met: tuple[Side, Side]) -> None:
    us, _ = met
    seal(us, 4)
    found = proven(packed(us, "mx"))["us"]
    assert (found.begin, found.size) == (3, 4)


def test_other_keys_than_those_known_are_refused(met: tuple[Side, Side], tmp_path: Path) -> None:
    us, _ = met
    stranger, _ = make_pair(tmp_path / "strangers")
    with pytest.raises(KeyRefused, match="other first keys"):
        proven(packed(us, "mx", whole=True), stranger.node.party)
    stranger.node.close()


def test_no_part_of_a_bundle_can_be_changed(met: tuple[Side, Side]) -> None:
    """Every line in turn loses or changes a character: it proves nothing, or what it proves is the same."""
    us, _ = met
    raw = packed(us, "mx", whole=True)
    before = proven(raw, *us.node.parties.values())
    lines = raw.splitlines(keepends=True)
    for number, line in enumerate(lines):
        for at in {0, len(line) // 3, len(line) // 2, len(line) - 2} & set(range(len(line))):
            changed = line[:at] + (b"A" if line[at : at + 1] != b"A" else b"B") + line[at + 1 :]
            for other in (changed, line[:at] + line[at + 1 :]):
                try:
                    found = proven(
                        b"".join([*lines[:number], other, *lines[number + 1 :]]), *us.node.parties.values()
                    )
                except AcuerdoError:
                    continue
                # A cosignature that no longer holds is one less, and nothing else may be gone.
                assert {side: (one.size, one.withheld, one.begin) for side, one in found.items()} == {
                    side: (one.size, one.withheld, one.begin) for side, one in before.items()
                }


def test_a_bundle_that_is_cut_off_is_told(met: tuple[Side, Side]) -> None:
    us, mx = met
    raw = packed(us, "mx", whole=True)
    for end in range(0, len(raw) - 1, 97):
        with pytest.raises(AcuerdoError):
            proven(raw[:end])
    with pytest.raises(RecordRefused):
        proven(raw + b"more\n")
    assert unpack(mx, raw) == 0


def test_an_old_bundle_that_comes_late_is_no_contradiction(pair: tuple[Side, Side]) -> None:
    us, mx = pair
    seal(us, 1)
    old = packed(us, "mx")
    seal(us, 2)
    assert unpack(mx, packed(us, "mx")) == 2
    assert unpack(mx, old) == 0
    assert mx.node.alarms() == ()


def test_a_lost_log_is_taken_back_from_the_other_side(met: tuple[Side, Side]) -> None:
    us, mx = met
    before = us.node.state(shared=True).canonical()
    us.node.close()
    for path in (us.node.folder / "logs").iterdir():
        path.unlink()
    raw = packed(mx, "us", whole=True)
    with pytest.raises(AcuerdoError, match="shorter than the other side has attested"):
        unpack(us, raw)
    us.node.clear_alarms("mx")
    assert unpack(us, raw, recover=True) == 4
    assert us.node.state(shared=True).canonical() == before
    seal(us, 7)
    assert unpack(mx, packed(us, "mx")) == 1


def test_a_bundle_of_another_record_is_refused(met: tuple[Side, Side], tmp_path: Path) -> None:
    us, _ = met
    party = us.node.party.model_copy(update={"record": "other", "side": "zz"})
    stranger = Node.create(tmp_path / "zz", party)
    with pytest.raises(RecordRefused, match="not kept here"):
        list(take_bundle(stranger, io.BytesIO(packed(us, "mx", whole=True))))
    stranger.close()
