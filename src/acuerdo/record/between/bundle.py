"""Parcels in a file, for an office that no network reaches; they are the same as over the network.

The first line names the format, the second says who made it up for whom, which parties there are, and holds the last
checkpoint of each log that another side cosigned; then come the parcels, and a last line that says that all is there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, BinaryIO, Final, final

from pydantic import Field, ValidationError

from acuerdo.core.errors import Problem, RecordRefused
from acuerdo.core.text import Text
from acuerdo.record.between.asked import Asked, runs
from acuerdo.record.between.parcel import MOST_LATE, Lines, Parcel, Receiver, lines_of, read_parcels
from acuerdo.record.between.receipts import Receipts
from acuerdo.record.between.sending import Sender
from acuerdo.record.between.taking import Taken, take
from acuerdo.record.canonical import canonical, read_canonical
from acuerdo.record.checkpoint import read_checkpoint
from acuerdo.record.node import Node
from acuerdo.record.note import read_note
from acuerdo.record.party import Party
from acuerdo.spec.fields import AbstractSpec, Key

FORMAT: Final = b"acuerdo-bundle/1"
_END: Final = b"end of bundle"


@final
class _Cover(AbstractSpec):
    """The second line of a bundle."""

    attested: Annotated[tuple[str, ...], Field(strict=False, max_length=16)]
    parties: Annotated[tuple[Any, ...], Field(strict=False, max_length=16)]
    record: Key
    sender: Key
    to: Receiver


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """What a bundle says of itself; its parcels are read one after the other.

    Attributes:
        record: Id of the record.
        sender: The side that made it up.
        to: The party for whom.
        parties: The sides, as the sender knows them; whoever knows them already believes their own files.
        attested: Checkpoints that were cosigned.
        parcels: What it holds; read once.
    """

    record: str
    sender: str
    to: str
    parties: tuple[Party, ...]
    attested: tuple[str, ...]
    parcels: Iterator[Parcel]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """What was put in a bundle of one log.

    Attributes:
        log: The side whose log it is.
        begin: The first place.
        end: The place after the last.
        withheld: How many of them as a leaf alone.
        late: How many earlier entries that the receiver may have now.
    """

    log: str
    begin: int
    end: int
    withheld: int
    late: int


def write_bundle(sender: Sender, file: BinaryIO, *, to: str, whole: bool) -> tuple[Packed, ...]:
    """Writes what a party may have of all logs that are here.

    Args:
        sender: The node that sends.
        file: Where to.
        to: A side, an agency, or the public.
        whole: From the first entry of every log, its own among them; else what it is not known to have already.

    Raises:
        WitnessAlarm: If a contradiction of the receiver waits to be looked at.
    """
    node = sender.node
    node.require_calm(to)
    head = {
        "attested": list(_attested(sender)),
        "parties": [json.loads(one.to_bytes()) for one in node.parties.values()],
        "record": node.party.record,
        "sender": node.party.side,
        "to": to,
    }
    file.write(FORMAT + b"\n" + canonical(head) + b"\n")
    packed = [_pack(sender, file, to=to, log=log, whole=whole) for log in _logs(node, to, whole=whole)]
    file.write(_END + b"\n")
    return tuple(packed)


def read_bundle(file: BinaryIO) -> Bundle:
    """What a bundle says of itself.

    Raises:
        RecordRefused: If it is none; from its parcels, if it is cut off.
    """
    lines = lines_of(file)
    if lines() != FORMAT:
        raise _not_a_bundle()
    try:
        cover = _Cover.model_validate(read_canonical(lines()))
    except ValidationError as error:
        raise _not_a_bundle() from error
    return Bundle(
        record=cover.record,
        sender=cover.sender,
        to=cover.to,
        parties=tuple(Party.from_bytes(canonical(one)) for one in cover.parties),
        attested=cover.attested,
        parcels=_parcels(lines),
    )


def take_bundle(node: Node, file: BinaryIO, *, recover: bool = False) -> Iterator[Taken]:
    """Takes a bundle into a node, parcel by parcel; what is here already is compared and nothing comes twice.

    Raises:
        RecordRefused: If a parcel does not fit; those before it are kept.
        KeyRefused: If a signature does not hold.
        WitnessAlarm: If it contradicts what was shown before.
    """
    for parcel in read_bundle(file).parcels:
        yield take(node, parcel, live=False, recover=recover)


def _parcels(lines: Lines) -> Iterator[Parcel]:
    yield from read_parcels(lines, until=_END)
    if lines():
        raise _not_a_bundle()


def _logs(node: Node, to: str, *, whole: bool) -> Iterator[str]:
    """The logs that there is something to send of: our own, and those of which a signed checkpoint is here."""
    yield node.party.side
    for side in node.peers:
        log = node.log(side)
        note = log.last_checkpoint(log.origin)
        known = note is not None and read_checkpoint(read_note(note)).size <= log.size
        if known and (whole or side != to):
            yield side


def _pack(sender: Sender, file: BinaryIO, *, to: str, log: str, whole: bool) -> Packed:
    begin = 0 if whole else _known_to(sender.node, to, log=log)
    waiting = [] if whole else list(_lacking(sender.receipts, to, log=log, before=begin))
    at, withheld, late = begin, 0, 0
    while True:
        some, waiting = waiting[:MOST_LATE], waiting[MOST_LATE:]
        parcel, raw = sender.send(to, Asked(do="send", log=log, begin=at, lacking=runs(some)))
        file.write(raw)
        at += len(parcel.page.items)
        withheld += sum(one.envelope is None for one in parcel.page.items)
        late += len(parcel.late)
        if not waiting and at >= read_checkpoint(read_note(parcel.page.note)).size:
            return Packed(log=log, begin=begin, end=at, withheld=withheld, late=late)


def _known_to(node: Node, to: str, *, log: str) -> int:
    """How many places of our log a side has attested to have."""
    if log != node.party.side or to not in node.peers:
        return 0
    note = node.log(to).last_checkpoint(node.own.origin)
    return read_checkpoint(read_note(note)).size if note else 0


def _lacking(receipts: Receipts, to: str, *, log: str, before: int) -> Iterator[int]:
    """The places of which a party was given the leaf alone and nothing since, by the receipts."""
    found: set[int] = set()
    for one in receipts.all(to):
        if one.log == log:
            found.difference_update(range(one.begin, one.end))
            found.update(place for begin, end in one.withheld for place in range(begin, end))
            found.difference_update(place for begin, end in one.late for place in range(begin, end))
    yield from sorted(place for place in found if place < before)


def _attested(sender: Sender) -> Iterator[str]:
    """The last cosigned checkpoint of each log, by each side: those of ours by others, those of others by us."""
    node = sender.node
    for side in node.peers:
        log = node.log(side)
        ours, theirs = log.last_checkpoint(node.own.origin), log.last_checkpoint(log.origin)
        if ours is not None:
            yield ours
        if (
            theirs is not None
            and not node.alarms(side)
            and read_checkpoint(read_note(theirs)).size <= log.size
        ):
            yield node.cosign(side, theirs, signer=sender.signer)


def _not_a_bundle() -> RecordRefused:
    return RecordRefused(
        Problem(
            what=Text("This is not a bundle of the record.", "Esto no es un paquete del registro."),
            fix=Text("acuerdo exchange export writes one.", "Lo escribe acuerdo exchange export."),
        )
    )
