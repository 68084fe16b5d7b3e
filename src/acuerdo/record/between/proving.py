"""What a bundle proves to a third person who has nothing but it and the public keys of the two sides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO, final

from acuerdo.core.errors import Problem, RecordRefused
from acuerdo.core.text import Text
from acuerdo.record.admission import admit
from acuerdo.record.between.bundle import Bundle, read_bundle
from acuerdo.record.between.parcel import Parcel
from acuerdo.record.checkpoint import Checkpoint, cosigned_at, read_checkpoint, signed_by
from acuerdo.record.frontier import Frontier
from acuerdo.record.keyring import Keyring, other_keys
from acuerdo.record.note import Note, read_note
from acuerdo.record.party import Party, origin
from acuerdo.record.witness import introduced


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenLog:
    """What is proven of one log.

    Attributes:
        party: The side whose log it is.
        begin: The first place that is in the file.
        size: How many entries the log had at its signed checkpoint.
        withheld: Of how many only the hash is in the file.
        unproven: Entries that came late, whose place in the log this file cannot show.
        cosigned: The sides that cosigned a beginning of it: how many entries, and when, in seconds since 1970.
    """

    party: Party
    begin: int
    size: int
    withheld: int
    unproven: int
    cosigned: Mapping[str, tuple[int, int]]


@final
class _Walk:
    """One log as it comes, parcel by parcel."""

    def __init__(self, party: Party, first: Parcel, *, sizes: frozenset[int]) -> None:
        begin = first.page.begin
        tree = Frontier.given(begin, first.frontier)
        if tree is None:
            raise _proves_nothing(_NOT_WHOLE, party.side)
        self.party, self.begin, self.sizes, self.tree = party, begin, sizes, tree
        self.keyring = introduced(Keyring.of(party), first.page, end=begin)
        self.roots: dict[int, bytes] = {begin: self.tree.root()}
        self.last: tuple[Note, Checkpoint] | None = None
        self.withheld = self.unproven = 0

    def take(self, parcel: Parcel) -> None:
        """Verifies a parcel: every signature on an entry, every place, and that the checkpoint is of this log."""
        page = parcel.page
        if page.begin != self.tree.size:
            raise _proves_nothing(_NOT_WHOLE, self.party.side)
        for item in page.items:
            if item.envelope is None:
                self.withheld += 1
            else:
                self.keyring = admit(item.envelope, self.tree.size, keyring=self.keyring).keyring
            self.tree.add(item.hash)
            if self.tree.size in self.sizes:
                self.roots[self.tree.size] = self.tree.root()
        self.unproven += len(parcel.late)
        note = read_note(page.note)
        checkpoint = read_checkpoint(note)
        holds = self.tree.begins(checkpoint.size, checkpoint.root, proof=page.proof)
        if not holds or checkpoint.origin != self.party.origin:
            raise _proves_nothing(_NOT_SIGNED, self.party.side)
        self.last = note, checkpoint

    def whole(self) -> Checkpoint:
        """The last checkpoint, if all that is under it came and one of the side's keys signed it."""
        note, checkpoint = self.last or (None, None)
        if note is None or checkpoint is None or checkpoint.size != self.tree.size:
            raise _proves_nothing(_NOT_WHOLE, self.party.side)
        if not signed_by(note, self.party.origin, keys=self.keyring.nodes()):
            raise _proves_nothing(_NO_SUCH_KEY if self.withheld else _NOT_SIGNED, self.party.side)
        return checkpoint


def proven_bundle(file: BinaryIO, *, known: Sequence[Party] = ()) -> tuple[Bundle, tuple[ProvenLog, ...]]:
    """What a bundle proves.

    Args:
        file: The bundle.
        known: The sides' own files, where the reader has them; the bundle must name the same.

    Raises:
        RecordRefused: If it proves nothing.
        KeyRefused: If a signature in it does not hold, or it names other keys than those known.
    """
    bundle = read_bundle(file)
    parties = {one.side: one for one in bundle.parties}
    for one in known:
        if parties.get(one.side) != one:
            raise other_keys(one)
    notes = [(note, read_checkpoint(note)) for note in map(read_note, bundle.attested)]
    sizes = frozenset(one.size for _, one in notes)
    walks: dict[str, _Walk] = {}
    for parcel in bundle.parcels:
        party = parties.get(parcel.log)
        if party is None or parcel.record != bundle.record or party.record != bundle.record:
            raise _proves_nothing(_NOT_NAMED, parcel.log)
        if parcel.log not in walks:
            walks[parcel.log] = _Walk(party, parcel, sizes=sizes)
        walks[parcel.log].take(parcel)
    keys = {
        side: (walks[side].keyring if side in walks else Keyring.of(party)).nodes()
        for side, party in parties.items()
    }
    return bundle, tuple(_proven(one, keys, notes=notes) for one in walks.values())


def _proven(
    walk: _Walk, keys: Mapping[str, Sequence[bytes]], *, notes: Sequence[tuple[Note, Checkpoint]]
) -> ProvenLog:
    size = walk.whole().size
    found: dict[str, tuple[int, int]] = {}
    for note, checkpoint in notes:
        root = walk.roots.get(checkpoint.size)
        if checkpoint.origin != walk.party.origin or root is None:
            continue
        if root != checkpoint.root:
            raise _proves_nothing(_OTHER_ATTESTED, walk.party.side)
        for side in keys.keys() - {walk.party.side}:
            at = cosigned_at(note, origin(walk.party.record, side), keys=keys[side])
            if at is not None and checkpoint.size >= found.get(side, (0, 0))[0]:
                found[side] = checkpoint.size, at
    return ProvenLog(
        party=walk.party,
        begin=walk.begin,
        size=size,
        withheld=walk.withheld,
        unproven=walk.unproven,
        cosigned=dict(sorted(found.items())),
    )


_NOT_WHOLE = Text(
    "Part of the log is missing from the file.", "Falta en el archivo una parte de la bitácora."
)
_NOT_SIGNED = Text(
    "The entries are not those of which the signed checkpoint tells.",
    "Los asientos no son aquellos de los que habla el punto de control firmado.",
)
_NO_SUCH_KEY = Text(
    "No key that the file tells of signed its checkpoint. The entry that handed the key over may be among those "
    "withheld: ask the side for a bundle that has it (acuerdo mark opens an entry to others).",
    "Ninguna llave de la que habla el archivo firmó su punto de control. El asiento que entregó la llave puede estar "
    "entre los reservados: pida a la parte un paquete que lo tenga (acuerdo mark abre un asiento a otros).",
)
_NOT_NAMED = Text("The side is not among those named.", "La parte no está entre las nombradas.")
_OTHER_ATTESTED = Text(
    "Another side cosigned something else: the past was rewritten after that.",
    "Otra parte cofirmó otra cosa: el pasado se reescribió después.",
)


def _proves_nothing(why: Text, side: str) -> RecordRefused:
    return RecordRefused(
        Problem(what=Text("This bundle proves nothing.", "Este paquete no prueba nada."), where=side, why=why)
    )
