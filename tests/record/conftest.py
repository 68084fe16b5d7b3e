"""Two sides, their keys, and two nodes that exchange what they have."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from acuerdo.core.text import Text
from acuerdo.record.between.bundle import take_bundle, write_bundle
from acuerdo.record.between.sending import Sender
from acuerdo.record.desk import Desk
from acuerdo.record.entry import write_payload
from acuerdo.record.envelope import Envelope
from acuerdo.record.keyfile import write_key
from acuerdo.record.node import Node
from acuerdo.record.own_key import key_path, new_key
from acuerdo.record.party import Party, PublicKey
from acuerdo.record.placed import Placed
from acuerdo.record.signer import AbstractSigner, KeySigner
from acuerdo.record.witness import Item, Page

NAMES = {
    "ca": Text("Canada", "Canadá"),
    "mx": Text("Mexico", "México"),
    "us": Text("United States", "Estados Unidos"),
}
CHEAP = 2**4
TEXT = {"en": "Something", "es": "Algo"}


@dataclass
class Side:
    """One side with its private keys at hand."""

    node: Node
    desk_key: KeySigner
    node_key: KeySigner
    recovery_key: KeySigner
    keys: Mapping[str, PublicKey]
    clock: Iterator[int] = field(default_factory=itertools.count)

    @property
    def id(self) -> str:
        return self.node.party.side

    @property
    def desk(self) -> Desk:
        return Desk(self.node, f"Desk of {self.id}")

    def enter(self, kind: str, body: Mapping[str, Any], *signers: AbstractSigner, **fields: Any) -> Placed:
        """Enters anything, whether or not a desk would let it."""
        return self.node.append(self.signed(kind, body, *signers, **fields))

    def signed(self, kind: str, body: Mapping[str, Any], *signers: AbstractSigner, **fields: Any) -> Envelope:
        entry = {
            "at": f"2026-11-22T05:00:{next(self.clock) % 60:02d}Z",
            "author": f"Desk of {self.id}",
            "body": dict(body),
            "kind": kind,
            "marking": {"reach": "both"},
            "record": self.node.party.record,
            "seen": self.node.sizes(),
            "side": self.id,
        }
        return Envelope(write_payload({**entry, **fields})).signed_by(*(signers or (self.desk_key,)))

    def sign(self, draft: Any, *signers: AbstractSigner, **more: Any) -> Any:
        return self.desk.sign(draft, *(signers or (self.desk_key,)), **more)

    def page(self, begin: int = 0, end: int | None = None, *, note: str | None = None) -> Page:
        """What it sends of its own log."""
        checkpoint = note or self.node.checkpoint(self.node_key).render()
        items = [Item(envelope=row.envelope) for row in self.node.own.rows(begin, end)]
        last = begin + len(items)
        size = int(checkpoint.split("\n")[1])
        proof = self.node.own.consistency(last, size) if last <= size else ()
        return Page(note=checkpoint, begin=begin, items=items, proof=proof)

    def pull(self, other: Side) -> None:
        """Takes what the other has, cosigns it, and gives the cosignature back."""
        page = other.page(self.node.log(other.id).size)
        self.node.receive(other.id, page)
        other.node.attested(self.id, self.node.cosign(other.id, page.note, signer=self.node_key))


def seal(side: Side, number: int, **fields: Any) -> Placed:
    """The smallest entry that there is."""
    return side.enter("seal", {"commitment": f"{number:064x}", "title": TEXT}, **fields)


def packed(side: Side, to: str, *, whole: bool = False) -> bytes:
    """A bundle for a party."""
    sender, file = Sender(side.node, side.node_key, way="file"), io.BytesIO()
    write_bundle(sender, file, to=to, whole=whole)
    sender.close()
    return file.getvalue()


def unpack(side: Side, raw: bytes, **more: bool) -> int:
    """Takes a bundle; how many places and late entries it brought."""
    return sum(one.new + one.late for one in take_bundle(side.node, io.BytesIO(raw), **more))


def meet(one: Side, other: Side) -> None:
    """Both take what the other has."""
    one.pull(other)
    other.pull(one)


def make_side(folder: Path, side: str, **thresholds: int) -> tuple[Side, Party]:
    """A side with one key at the desk; where its rules ask for several, it has a recovery key too."""
    desk_key, desk = new_key(f"Desk of {side}", "desk")
    node_key, node = new_key(f"Node of {side}", "node")
    recovery_key, recovery = new_key(f"Recovery of {side}", "recovery")
    keys = (desk, node, recovery) if thresholds else (desk, node)
    party = Party(record="demo", side=side, name=NAMES[side], keys=keys, thresholds=thresholds)
    made = Node.create(folder / side, party)
    for signer, about in ((desk_key, desk), (node_key, node)):
        path = key_path(made.folder / "keys", about)
        write_key(path, signer, about=about, passphrase="a passphrase", cost=CHEAP)
    return Side(made, desk_key, node_key, recovery_key, {"desk": desk, "node": node}), party


def make_pair(folder: Path, **thresholds: int) -> tuple[Side, Side]:
    """The United States and Mexico, each knowing the other; the thresholds are those of the first."""
    (us, us_party), (mx, mx_party) = make_side(folder, "us", **thresholds), make_side(folder, "mx")
    us.node, mx.node = us.node.with_peer(mx_party), mx.node.with_peer(us_party)
    return us, mx


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Side, Side]]:
    sides = make_pair(tmp_path)
    yield sides
    for one in sides:
        one.node.close()


@pytest.fixture
def pair_with() -> Iterator[Callable[..., tuple[Side, Side]]]:
    """Makes a pair where the first side asks for several keys."""
    made: list[Side] = []

    def make(folder: Path, **thresholds: int) -> tuple[Side, Side]:
        sides = make_pair(folder, **thresholds)
        made.extend(sides)
        return sides

    yield make
    for one in made:
        one.node.close()


@pytest.fixture
def both_meet() -> Callable[[Side, Side], None]:
    return meet
