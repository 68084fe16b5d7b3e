"""Taking what was sent: everything is verified before it is kept, and a parcel is kept whole or not at all.

The same parcel may come twice, late, or over what is here already; that changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import final

from acuerdo.core.errors import KeyRefused, Problem, RecordRefused
from acuerdo.core.text import Text
from acuerdo.record import witness
from acuerdo.record.admission import admit
from acuerdo.record.between.parcel import Parcel
from acuerdo.record.checkpoint import Checkpoint, cosigned_at, read_checkpoint
from acuerdo.record.keyring import Keyring
from acuerdo.record.log import Log
from acuerdo.record.merkle import leaf_hash
from acuerdo.record.node import Node
from acuerdo.record.note import read_note


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What came of a parcel.

    Attributes:
        log: The side whose log it was part of.
        new: How many places were added.
        late: How many entries were added of which the leaf was here.
        size: How many places the copy has now.
        checkpoint: What the log said of itself.
        attested: Our own checkpoint that the sender attested; None if it attested none.
    """

    log: str
    new: int
    late: int
    size: int
    checkpoint: Checkpoint
    attested: Checkpoint | None


def take(node: Node, parcel: Parcel, *, live: bool, recover: bool = False) -> Taken:
    """Takes a parcel into a node.

    Args:
        node: The node.
        parcel: What was sent.
        live: Whether it comes from its sender at this moment; a file may be old.
        recover: Whether our own log may be taken back from another side's copy, after a loss.

    Raises:
        RecordRefused: If it does not fit this record, or what is here; nothing of it is kept.
        KeyRefused: If a signature does not hold.
        WitnessAlarm: If it contradicts what was shown before.
    """
    side, own = parcel.log, node.party.side
    if parcel.record != node.party.record or side not in node.parties:
        raise _not_ours(parcel)
    if not live:
        parcel.require_whole()
    attested = _attested(node, parcel, recover=recover)
    log = node.log(side)
    before = log.size
    if side == own and not recover:
        _same_as_ours(node, parcel)
        return _taken(log, parcel, before=before, late=0, attested=attested)
    node.receive(side, _with_known_note(log, parcel.page), live=live, recovering=recover)
    late = _supply(node, side, late=parcel.late)
    return _taken(log, parcel, before=before, late=late, attested=attested)


def _taken(log: Log, parcel: Parcel, *, before: int, late: int, attested: Checkpoint | None) -> Taken:
    size = log.size
    checkpoint = read_checkpoint(read_note(parcel.page.note))
    return Taken(
        log=parcel.log, new=size - before, late=late, size=size, checkpoint=checkpoint, attested=attested
    )


def _attested(node: Node, parcel: Parcel, *, recover: bool) -> Checkpoint | None:
    """What the sender attests of our own log; looked at first, for if we were rolled back all else must wait."""
    side = parcel.sender
    if parcel.attests is None or parcel.to != node.party.side or side not in node.peers or recover:
        return None
    keyring = node.keyring(side)
    if parcel.log == side:
        keyring = witness.introduced(keyring, parcel.page, begin=node.log(side).size)
    try:
        return take_attestation(node, side, rendered=parcel.attests, keyring=keyring)
    except KeyRefused:
        # An old file attests with the key of its day, which is no news and no fault.
        if cosigned_at(read_note(parcel.attests), keyring.party.origin, keys=keyring.nodes()) is None:
            raise
        return None


def take_attestation(node: Node, side: str, *, rendered: str, keyring: Keyring | None = None) -> Checkpoint:
    """Takes a side's cosignature of our own checkpoint.

    Args:
        node: Our node.
        side: The side that attests.
        rendered: Our checkpoint with its cosignature.
        keyring: That side's keys, where more is known of them than what is here.

    Raises:
        RecordRefused: If our node never signed that checkpoint.
        KeyRefused: If that side did not cosign it.
        WitnessAlarm: If our own log is not what was attested; it is kept as proof.
    """
    _require_ours(node, rendered)
    return node.attested(side, rendered, keyring=keyring)


def _require_ours(node: Node, rendered: str) -> None:
    """Only what our own node signed can be held against our log."""
    if not node.is_ours(read_note(rendered)):
        raise RecordRefused(
            Problem(
                what=Text(
                    "What is attested of our log was never signed by our node.",
                    "Lo que se atestigua de nuestra bitácora nunca lo firmó nuestro nodo.",
                )
            )
        )


def _same_as_ours(node: Node, parcel: Parcel) -> None:
    """Our own log comes back to us: it must be what we have, or the beginning of it."""
    _require_ours(node, parcel.page.note)
    checkpoint = read_checkpoint(read_note(parcel.page.note))
    own = node.own
    if checkpoint.size > own.size:
        error = witness.alarm("rolled_back", f"{own.origin} ({own.size} < {checkpoint.size})")
    elif own.root(checkpoint.size) != checkpoint.root:
        error = witness.alarm("rewritten_past", f"{own.origin} ({checkpoint.size})")
    else:
        return
    if parcel.sender in node.peers:
        node.keep_alarm(parcel.sender, witness.alarm_record(error, parcel.page))
    raise error


def _with_known_note(log: Log, page: witness.Page) -> witness.Page:
    """The page with the checkpoint as it was kept, if one of the same text was; so no two notes of one text pile up."""
    text = read_note(page.note).text
    for kept in log.checkpoints(log.origin):
        if read_note(kept).text == text:
            return replace(page, note=kept)
    return page


def _supply(node: Node, side: str, *, late: Sequence[tuple[int, bytes]]) -> int:
    """Adds entries of which the leaf was here, each checked as it would have been at its place."""
    log, count, sizes = node.log(side), 0, node.certain(side)
    if not late:
        return 0
    with log.writing():
        for place, envelope in late:
            row = log.row(place)
            if row is None or leaf_hash(envelope) != row.leaf:
                raise _other_entry(side, place)
            if row.envelope is not None:
                continue
            keyring = node.keyring(side, end=place)
            if admit(envelope, place, keyring=keyring, sizes=sizes).new.alters_keys:
                raise _hidden_key(side, place)
            log.supply(place, envelope)
            count += 1
    return count


def _not_ours(parcel: Parcel) -> RecordRefused:
    return RecordRefused(
        Problem(
            what=Text(
                f"This is the log of '{parcel.log}' in the record '{parcel.record}', which is not kept here.",
                f"Esta es la bitácora de «{parcel.log}» en el registro «{parcel.record}», que no se lleva aquí.",
            )
        )
    )


def _other_entry(side: str, place: int) -> RecordRefused:
    return RecordRefused(
        Problem(
            what=Text(
                "What was sent for this place is not the entry whose leaf is here.",
                "Lo enviado para este lugar no es el asiento cuya hoja está aquí.",
            ),
            where=f"{side}:{place}",
        )
    )


def _hidden_key(side: str, place: int) -> RecordRefused:
    return RecordRefused(
        Problem(
            what=Text(
                "An entry about keys was withheld and comes late; what was signed meanwhile cannot be judged.",
                "Un asiento sobre llaves se retuvo y llega tarde; lo firmado entretanto no puede juzgarse.",
            ),
            where=f"{side}:{place}",
            fix=Text(
                "Ask that side why; begin its copy anew from its first entry.",
                "Pregunte a esa parte por qué; comience de nuevo su copia desde el primer asiento.",
            ),
        )
    )
