"""Verifying a node from zero: every signature, hash and checkpoint, believing nothing that a file says of itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import final

from acuerdo.core.errors import AcuerdoError, Problem
from acuerdo.core.text import Text, same
from acuerdo.record import merkle
from acuerdo.record.admission import admit
from acuerdo.record.between.receipts import Receipts
from acuerdo.record.checkpoint import cosigned_at, read_checkpoint, signed_by
from acuerdo.record.frontier import Frontier
from acuerdo.record.keyring import ALTERS_KEYS, Keyring
from acuerdo.record.log import Log, Row
from acuerdo.record.node import Node
from acuerdo.record.note import read_note
from acuerdo.record.party import Party
from acuerdo.record.seal import Sealed


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What the verification of one log found.

    Attributes:
        side: The side whose log it is.
        size: How many entries it has.
        withheld: Of how many only the leaf is here.
        root: The root of its tree, computed.
        checkpoints: How many signed checkpoints of it were compared.
        attested: The size of the longest checkpoint that another side cosigned; 0 without one.
        seals: Commitments of the side's seals, by which the contents kept here are compared.
        problems: Everything that is wrong; empty when the log is whole.
    """

    side: str
    size: int
    withheld: int
    root: bytes
    checkpoints: int = 0
    attested: int = 0
    seals: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = field(default=())


@final
class _Walk:
    """A log read from its first entry to its last, with the tree that comes of it."""

    def __init__(self, log: Log, party: Party) -> None:
        self.log = log
        self.keyring = Keyring.of(party)
        self.tree = Frontier()
        self.roots: dict[int, bytes] = {}
        self.problems: list[Problem] = []
        self.seals: list[str] = []
        self.size = self.withheld = 0

    def run(self, sizes: frozenset[int]) -> None:
        """Reads every row, and keeps the roots of the trees of some sizes."""
        for row, subtrees, alters in self.log.whole_rows():
            if row.place != self.size:
                self._wrong(row.place, _GAP)
            self._row(row, subtrees, alters=alters)
            self.size = row.place + 1
            if self.size in sizes:
                self.roots[self.size] = self.tree.root()

    def _row(self, row: Row, subtrees: bytes, *, alters: bool) -> None:
        if row.envelope is None:
            self.withheld += 1
        elif merkle.leaf_hash(row.envelope) != row.leaf:
            self._wrong(row.place, _OTHER_LEAF)
        else:
            self._entry(row.envelope, row.place, alters=alters)
        if b"".join(self.tree.add(row.leaf)) != subtrees:
            self._wrong(row.place, _OTHER_TREE)

    def _entry(self, envelope: bytes, place: int, *, alters: bool) -> None:
        try:
            one = admit(envelope, place, keyring=self.keyring)
        except AcuerdoError as error:
            self.problems += (
                Problem(what=it.what, why=it.why, where=self._where(place)) for it in error.problems
            )
            return
        self.keyring = one.keyring
        entry = one.placed.entry
        if alters != (entry.kind in ALTERS_KEYS):
            self._wrong(place, _OTHER_TREE)
        if entry.kind == "seal":
            self.seals.append(str(entry.body.get("commitment")))

    def _wrong(self, place: int, what: Text) -> None:
        self.problems.append(Problem(what=what, where=self._where(place)))

    def _where(self, place: int) -> str:
        return f"{self.log.path.name}:{place}"


def verify_log(log: Log, party: Party, *, notes: Sequence[str] = ()) -> Verified:
    """Verifies one log from its first entry to its last.

    Args:
        log: The log.
        party: The side, whose first keys are believed; all else follows from them.
        notes: Signed checkpoints of this log that are kept elsewhere.
    """
    walk = _Walk(log, party)
    try:
        walk.problems += (Problem(what=_FILE, where=log.path.name, why=same(told)) for told in log.faults())
        kept = [(note, read_checkpoint(read_note(note))) for note in (*log.checkpoints(log.origin), *notes)]
        walk.run(frozenset(one.size for _, one in kept))
    except AcuerdoError as error:
        walk.problems += error.problems
        kept = []
    keys = walk.keyring.nodes()
    for note, checkpoint in kept:
        root = walk.roots.get(checkpoint.size, merkle.EMPTY_ROOT if checkpoint.size == 0 else None)
        if root != checkpoint.root or not signed_by(read_note(note), log.origin, keys=keys):
            where = f"{log.path.name} ({checkpoint.size})"
            walk.problems.append(Problem(what=_OTHER_CHECKPOINT, where=where))
    return Verified(
        side=party.side,
        size=walk.size,
        withheld=walk.withheld,
        root=walk.tree.root(),
        checkpoints=len(kept),
        seals=tuple(walk.seals),
        problems=tuple(walk.problems),
    )


def verify_node(node: Node) -> tuple[Verified, ...]:
    """Verifies every log of a node, what the others attested of ours, the sealed contents and the receipts."""
    others = {side: node.log(side) for side in node.peers}
    notes = {side: log.checkpoints(node.own.origin) for side, log in others.items()}
    found: list[Verified] = []
    for side, party in node.parties.items():
        own = side == node.party.side
        log = node.log(side)
        one = verify_log(log, party, notes=[note for kept in notes.values() for note in kept] if own else ())
        if own:
            receipts = Receipts(node.folder / "receipts.sqlite").problems(node.keyring(side).nodes())
            extra = (*_sealed(node.folder / "sealed", one.seals), *_alarms(node), *receipts)
            attested = max((_attested(node, side, notes=kept) for side, kept in notes.items()), default=0)
            one = _with(one, extra, attested=attested)
        found.append(one)
    return tuple(found)


def _with(one: Verified, problems: Sequence[Problem], *, attested: int) -> Verified:
    return replace(one, problems=(*one.problems, *problems), attested=attested)


def _attested(node: Node, side: str, *, notes: Sequence[str]) -> int:
    """The size of the longest checkpoint of ours that another side cosigned."""
    keyring = node.keyring(side)
    keys = keyring.nodes()
    return max(
        (
            read_checkpoint(note).size
            for note in map(read_note, notes)
            if cosigned_at(note, keyring.party.origin, keys=keys) is not None
        ),
        default=0,
    )


def _sealed(folder: Path, seals: Sequence[str]) -> Iterator[Problem]:
    for commitment in seals:
        try:
            Sealed.read(folder, commitment)
        except AcuerdoError as error:
            yield from error.problems


def _alarms(node: Node) -> Iterator[Problem]:
    for side in node.peers:
        try:
            node.require_calm(side)
        except AcuerdoError as error:
            yield from error.problems


_GAP = Text("Entries are missing before this one.", "Faltan asientos antes de este.")
_OTHER_LEAF = Text(
    "The entry is not the one whose hash stands beside it: it was changed.",
    "El asiento no es aquel cuyo resumen está a su lado: fue alterado.",
)
_OTHER_TREE = Text(
    "What is stored beside this entry does not follow from the entries.",
    "Lo guardado junto a este asiento no se sigue de los asientos.",
)
_OTHER_CHECKPOINT = Text(
    "The log is not the one that a signed checkpoint tells of.",
    "La bitácora no es aquella de la que habla un punto de control firmado.",
)
_FILE = Text("The file is damaged.", "El archivo está dañado.")
