"""A node: the folder in which one side keeps its own log, its copies of the others', its keys and its sealed contents.

    node/
      party.json        who we are, as the others know us
      peers/<side>.json who they are
      keys/<name>.key   our private keys, each encrypted
      logs/<side>.sqlite  our log, and our copy of each other side's, with the checkpoints seen of both
      pending/<id>      entries that still lack a signature
      sealed/<hash>     contents that were sealed
      alarms/           contradictions found, kept as proof until somebody has looked at them

An append is acknowledged when its transaction is on the disk; a sealed content is on the disk before its entry.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, final

from acuerdo.core.errors import NotFound, Problem, RecordRefused, WitnessAlarm, not_found
from acuerdo.core.text import Text
from acuerdo.record import witness
from acuerdo.record.admission import admit
from acuerdo.record.alarms import Alarms
from acuerdo.record.checkpoint import Checkpoint, read_checkpoint, sign_checkpoint, signed_by
from acuerdo.record.entry import Entry
from acuerdo.record.envelope import Envelope
from acuerdo.record.keyfile import public_of
from acuerdo.record.keyring import Keyring
from acuerdo.record.log import Log
from acuerdo.record.marking import read_marking
from acuerdo.record.note import Note, read_note
from acuerdo.record.party import Party
from acuerdo.record.placed import Placed
from acuerdo.record.signer import AbstractSigner
from acuerdo.record.state import State, state
from acuerdo.record.whole_file import write_whole


@final
class Node:
    """One side's node.

    Attributes:
        folder: Its folder.
        party: The side itself.
        peers: The other sides, by id.
    """

    def __init__(self, folder: Path, party: Party, peers: Mapping[str, Party]) -> None:
        self.folder = folder
        self.party = party
        self.peers = peers
        self._logs: dict[str, Log] = {}
        # A log's beginning never changes, so the keys after it are worked out once.
        self._keyrings: dict[tuple[str, tuple[int, ...]], Keyring] = {}
        # Nor do logs grow shorter: what is known of them for sure spares asking their files again at each append.
        self._own_keyring: tuple[int, Keyring] | None = None
        self._at_least: dict[str, int] = {}
        self._alarms = Alarms(folder / "alarms")

    @classmethod
    def create(cls, folder: Path, party: Party, *peers: Party) -> Node:
        """Makes the folder of a new node.

        Raises:
            RecordRefused: If there is a node already, or a peer belongs to another record.
        """
        if (folder / "party.json").exists():
            raise _refused(folder, Text("There is a node here already.", "Aquí ya hay un nodo."))
        for name in ("peers", "keys", "logs", "pending", "sealed", "alarms"):
            (folder / name).mkdir(parents=True, exist_ok=True, mode=0o700)
        node = cls(folder, party, {})
        for peer in peers:
            node = node.with_peer(peer)
        write_whole(folder / "party.json", party.to_bytes())
        return node

    @classmethod
    def open(cls, folder: Path) -> Node:
        """The node in a folder.

        Raises:
            NotFound: If there is none.
            RecordRefused: If its files do not belong together.
        """
        if not (folder / "party.json").is_file():
            raise no_node(folder)
        own = Party.read(folder / "party.json")
        peers = {path.stem: Party.read(path) for path in sorted((folder / "peers").glob("*.json"))}
        named = {path.stem for path in (folder / "logs").glob("*.sqlite")}
        apart = [side for side, one in peers.items() if (one.side, one.record) != (side, own.record)]
        if apart or not named <= {own.side, *peers}:
            raise _refused(folder, _APART)
        return cls(folder, own, peers)

    def with_peer(self, peer: Party) -> Node:
        """The node that also knows another side; its file was compared with that side by hand.

        Raises:
            RecordRefused: If it is of another record, or that side is known already by another file.
        """
        known = self.peers.get(peer.side, peer)
        if peer.record != self.party.record or peer.side == self.party.side or known != peer:
            raise _refused(
                self.folder,
                Text("This is not another side of this record.", "Esta no es otra parte de este registro."),
            )
        write_whole(self.folder / "peers" / f"{peer.side}.json", peer.to_bytes())
        return Node(self.folder, self.party, {**self.peers, peer.side: peer})

    # --------------------------------------------------------------------------------------------- what is here

    @cached_property
    def parties(self) -> Mapping[str, Party]:
        """All sides, ours among them, by id."""
        return dict(sorted({**self.peers, self.party.side: self.party}.items()))

    def log(self, side: str) -> Log:
        """The log of a side: our own, or our copy.

        Raises:
            NotFound: If there is no such side.
        """
        if side not in self.parties:
            raise not_found(Text("a side", "una parte"), side, known=self.parties)
        if side not in self._logs:
            path = self.folder / "logs" / f"{side}.sqlite"
            self._logs[side] = Log(path, self.parties[side].origin)
        return self._logs[side]

    @property
    def own(self) -> Log:
        """Our own log."""
        return self.log(self.party.side)

    def close(self) -> None:
        """Lets go of all files."""
        for log in self._logs.values():
            log.close()
        self._logs.clear()
        self._keyrings.clear()
        self._own_keyring = None
        self._at_least.clear()

    def sizes(self) -> dict[str, int]:
        """How many entries of each side are here; what an author who signs now has seen."""
        return {side: self.log(side).size for side in self.parties}

    def keyring(self, side: str, *, end: int | None = None) -> Keyring:
        """The keys of a side after all its entries, or after the first few."""
        log = self.log(side)
        places = log.key_places(end)
        held = self._keyrings.get((side, places))
        if held is None:
            held = Keyring.of(self.parties[side])
            for place in places:
                row = log.row(place)
                if row is not None and row.envelope is not None:
                    entry = Entry.stored(Envelope.from_bytes(row.envelope).payload)
                    held = held.after(entry, place)
            self._keyrings[side, places] = held
        return held

    def entries(self) -> Iterator[Placed]:
        """Every entry that is here and not withheld; signatures were checked when it came, and are by ``verify``."""
        for side in self.parties:
            for row in self.log(side).rows():
                if row.envelope is not None:
                    envelope = Envelope.from_bytes(row.envelope)
                    signers = tuple(one.key_id for one in envelope.signatures)
                    yield Placed(Entry.stored(envelope.payload), row.place, signers)

    def state(self, *, shared: bool = False) -> State:
        """What the logs come to.

        Args:
            shared: Only what every side may have; the same on every node, byte for byte, once all have exchanged.
        """
        return state(one for one in self.entries() if not shared or _is_shared(one))

    # ------------------------------------------------------------------------------------------------- our log

    def append(self, envelope: Envelope) -> Placed:
        """Adds an entry to our own log; it is on the disk when this returns.

        Raises:
            RecordRefused: If it cannot stand there.
            KeyRefused: If its signatures do not suffice.
            StoreDamaged: If the disk does not take it, or another process keeps the log too long.
        """
        raw = envelope.to_bytes()
        own = self.own
        with own.writing() as size:
            known = self._own_keyring
            keyring = known[1] if known and known[0] == size else self.keyring(self.party.side)
            admitted = admit(raw, size, keyring=keyring)
            self._require_seen(admitted.placed.entry, size)
            own.append([admitted.new], size=size)
        self._own_keyring = size + 1, admitted.keyring
        return admitted.placed

    def checkpoint(self, *signers: AbstractSigner) -> Note:
        """Our present checkpoint, signed by our node's keys and kept: what was once signed is never contradicted.

        Raises:
            WitnessAlarm: If the log does not begin with what was signed by us, or attested by others, before.
        """
        own = self.own
        with own.writing() as size:
            for side in self.parties:
                known = self.log(side).last_checkpoint(own.origin)
                before = read_checkpoint(read_note(known)) if known else None
                if before and (before.size > size or own.root(before.size) != before.root):
                    raise witness.alarm("rolled_back", f"{own.origin} ({size} < {before.size})")
            now = Checkpoint(origin=own.origin, size=size, root=own.root(size))
            note = sign_checkpoint(now, signers[0]).under(
                *(line for one in signers[1:] for line in sign_checkpoint(now, one).signatures)
            )
            if note.render() not in own.checkpoints(own.origin):
                own.keep_checkpoint(own.origin, size=size, note=note.render())
        return note

    def is_ours(self, note: Note) -> bool:
        """Whether a key of our node signed a checkpoint; after a loss only its file may know a later one."""
        files = map(public_of, (self.folder / "keys").glob("*.key"))
        kept = [key.raw for key in files if "node" in key.roles]
        return signed_by(note, self.own.origin, keys=[*self.keyring(self.party.side).nodes(), *kept])

    # --------------------------------------------------------------------------------------------- other sides

    def receive(self, side: str, page: witness.Page, *, live: bool = True, recovering: bool = False) -> int:
        """Takes part of a log; returns how many of its entries are here now.

        Args:
            side: The side whose log it is.
            page: What was sent.
            live: Whether the checkpoint is the log's present one.
            recovering: Whether our own log is being taken back after a loss, so that it may be shorter than it was.

        Raises:
            RecordRefused: If it does not fit, or contradicts what is here of our own log.
            KeyRefused: If a signature does not hold.
            WitnessAlarm: If it contradicts what was shown before; it is kept as proof, and nothing else is taken from
                that side until somebody has looked at it.
        """
        # A log that was put back is what is being mended here.
        self._alarms.require_none(side, but="rolled_back" if recovering else None)
        try:
            sizes = {} if recovering else self.certain(side)
            witness.receive(self.log(side), page, keyring=self.keyring(side), live=live, sizes=sizes)
        except WitnessAlarm as error:
            if side == self.party.side:
                raise _refused(self.folder / "logs", _ENTERED_AFTER, fix=_IMPORT_FIRST) from error
            self.keep_alarm(side, witness.alarm_record(error, page))
            raise
        return self.log(side).size

    def cosign(self, side: str, rendered: str, *, signer: AbstractSigner) -> str:
        """Another side's checkpoint with our cosignature, given only if all that is under it is here.

        Raises:
            RecordRefused: If it is not.
        """
        self.require_calm(side)
        note = read_note(rendered)
        line = witness.cosigned(
            self.log(side), note, signer=signer, name=self.party.origin, at=int(time.time())
        )
        return note.under(line).render()

    def certain(self, side: str) -> dict[str, int]:
        """How long the logs are of which we know it for sure where another side's is judged: our own."""
        return {self.party.side: self.own.size} if side != self.party.side else {}

    def attested(self, side: str, rendered: str, *, keyring: Keyring | None = None) -> Checkpoint:
        """Takes another side's cosignature of our own checkpoint; kept beside our copy of its log.

        Args:
            side: The side.
            rendered: Our checkpoint with its cosignature.
            keyring: That side's keys, where more is known of them than what is here.

        Raises:
            KeyRefused: If that side did not cosign it.
            WitnessAlarm: If our own log is not what was attested.
        """
        try:
            known = keyring or self.keyring(side)
            return witness.attested(self.own, self.log(side), rendered=rendered, witness=known)
        except WitnessAlarm as error:
            self.keep_alarm(side, {**witness.alarm_record(error), "note": rendered})
            raise

    # -------------------------------------------------------------------------------------------------- alarms

    def alarms(self, side: str | None = None) -> tuple[dict[str, Any], ...]:
        """The contradictions found and not yet looked at, of one side if it is given."""
        return self._alarms.found(side)

    def keep_alarm(self, side: str, record: Mapping[str, Any]) -> None:
        """Keeps a contradiction as proof."""
        self._alarms.keep(side, record)

    def clear_alarms(self, side: str) -> int:
        """Sets a side's contradictions aside, for somebody has looked at them; returns how many."""
        return self._alarms.set_aside(side)

    def require_calm(self, side: str) -> None:
        """Does nothing where no contradiction of a side waits to be looked at.

        Raises:
            WitnessAlarm: If one does.
        """
        self._alarms.require_none(side)

    def _require_seen(self, entry: Entry, size: int) -> None:
        """Does nothing where all that an entry of ours says to have seen is here.

        Raises:
            RecordRefused: If it is not.
        """
        seen = {**entry.seen, self.party.side: size}
        if seen.keys() != self.parties.keys() or not all(self._has(side, seen[side]) for side in self.peers):
            raise _refused(
                self.folder,
                Text(
                    "The entry says to have seen what is not here.",
                    "El asiento dice haber visto lo que no está aquí.",
                ),
            )

    def _has(self, side: str, count: int) -> bool:
        """Whether our copy of a log has so many entries."""
        if count > self._at_least.get(side, 0):
            self._at_least[side] = self.log(side).size
        return count <= self._at_least.get(side, 0)


def _is_shared(placed: Placed) -> bool:
    marking = read_marking(placed.entry.marking)
    return marking is not None and marking.reach in {"both", "public"}


_APART = Text(
    "The files of this node do not belong together: a log or a side's file is not what its name says.",
    "Los archivos de este nodo no van juntos: una bitácora o el archivo de una parte no es lo que dice su nombre.",
)


_ENTERED_AFTER = Text(
    "What is here of our own log is not what the other side has of it: something was entered here after the loss.",
    "Lo que hay aquí de nuestra bitácora no es lo que la otra parte tiene de ella: algo se asentó tras la pérdida.",
)
_IMPORT_FIRST = Text(
    "Move the files of this folder away and import again, before anything is entered; then enter that anew.",
    "Aparte los archivos de esta carpeta e importe de nuevo, antes de asentar nada; después vuelva a asentar eso.",
)


def no_node(folder: Path) -> NotFound:
    """The error where there is no node."""
    return NotFound(
        Problem(
            what=Text("There is no node of a record here.", "Aquí no hay un nodo de un registro."),
            where=str(folder),
            fix=Text(
                "Make one with acuerdo node init, or name its store with --store.",
                "Cree uno con acuerdo node init o indique su almacén con --store.",
            ),
        )
    )


def _refused(folder: Path, why: Text, *, fix: Text | None = None) -> RecordRefused:
    return RecordRefused(Problem(what=why, where=str(folder), fix=fix))
