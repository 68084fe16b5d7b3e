"""One entry with the proof that it stands in a log, for a third person who gets nothing else.

The file holds the entry, the hashes that lead from it to a signed checkpoint, the other side's cosignature if there
is one, and the entries about keys. It proves that the entry was there, unchanged, when the checkpoint was signed. It
cannot prove that nothing else is there, nor that no entry about a key was left out; what is told of it says so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, final

from acuerdo.core.errors import NotFound, Problem, RecordRefused
from acuerdo.core.text import Text
from acuerdo.record.admission import admit
from acuerdo.record.canonical import canonical
from acuerdo.record.checkpoint import Checkpoint, cosigned_at, read_checkpoint, signed_by
from acuerdo.record.keyring import Keyring
from acuerdo.record.merkle import leaf_hash, root_from_inclusion
from acuerdo.record.node import Node
from acuerdo.record.note import read_note
from acuerdo.record.party import Party
from acuerdo.record.placed import Placed

FORMAT: Final = "acuerdo-proof/1"
MOST_BYTES: Final = 4 * 1024 * 1024
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_FIELDS: Final = {"checkpoint", "format", "keys", "parties", "proven", "side"}


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """What a file proves.

    Attributes:
        placed: The entry, at its place.
        party: The side that entered it.
        size: How long its log was at the checkpoint.
        cosigned: The other sides that cosigned the checkpoint, with the time in seconds since 1970.
        fingerprints: The fingerprint of each side's first keys, as the file gives them.
    """

    placed: Placed
    party: Party
    size: int
    cosigned: Mapping[str, int]
    fingerprints: Mapping[str, str]


def extract(node: Node, placed: Placed) -> bytes:
    """The file that proves one entry, by the latest checkpoint over it, one that is cosigned if there is one.

    Raises:
        NotFound: If no signed checkpoint over it is here.
    """
    log = node.log(placed.side)
    kept = [*log.checkpoints(log.origin)]
    if placed.side == node.party.side:
        kept += (note for side in node.peers for note in node.log(side).checkpoints(log.origin))
    # The last one with the most signatures under it
    over = [note for note in kept if read_checkpoint(read_note(note)).size > placed.place]
    if not over:
        raise _no_checkpoint(placed)
    note = max(over, key=lambda one: (len(read_note(one).signatures), read_checkpoint(read_note(one)).size))
    size = read_checkpoint(read_note(note)).size

    def item(place: int) -> dict[str, Any]:
        row = log.row(place)
        envelope = (row.envelope or b"").decode() if row else ""
        return {
            "envelope": envelope,
            "inclusion": [step.hex() for step in log.inclusion(place, size)],
            "place": place,
        }

    document = {
        "checkpoint": note,
        "format": FORMAT,
        "keys": [item(place) for place in log.key_places(size) if place != placed.place],
        "parties": [json.loads(party.to_bytes()) for party in node.parties.values()],
        "proven": item(placed.place),
        "side": placed.side,
    }
    return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def proven(raw: bytes) -> Proven:
    """What a file proves, by the keys that it names; that they are the sides' own is for the reader to compare.

    Raises:
        RecordRefused: If it proves nothing.
        KeyRefused: If a signature does not hold.
    """
    document = _read(raw)
    parties = {
        party.side: party for party in (Party.from_bytes(canonical(one)) for one in document["parties"])
    }
    party = parties.get(document["side"])
    if party is None:
        raise _proves_nothing(
            Text("The side is not among those named.", "La parte no está entre las nombradas.")
        )
    note = read_note(document["checkpoint"])
    checkpoint = read_checkpoint(note)
    placed, keyring = _followed(document, checkpoint, keyring=Keyring.of(party))
    if checkpoint.origin != party.origin or not signed_by(note, party.origin, keys=keyring.nodes()):
        raise _proves_nothing(_NOT_SIGNED)
    cosigned = {
        side: at
        for side, other in parties.items()
        if side != party.side
        and (at := cosigned_at(note, other.origin, keys=_first_nodes(other))) is not None
    }
    return Proven(
        placed=placed,
        party=party,
        size=checkpoint.size,
        cosigned=cosigned,
        fingerprints={side: one.fingerprint for side, one in parties.items()},
    )


def _followed(
    document: Mapping[str, Any], checkpoint: Checkpoint, *, keyring: Keyring
) -> tuple[Placed, Keyring]:
    """The entry that is proven, and the side's keys after all that the file gives."""
    wanted = document["proven"]["place"]
    found: Placed | None = None
    for one in sorted((*document["keys"], document["proven"]), key=lambda one: one["place"]):
        envelope = one["envelope"].encode()
        proof = [_bytes(step) for step in one["inclusion"]]
        root = root_from_inclusion(leaf_hash(envelope), one["place"], size=checkpoint.size, proof=proof)
        if root != checkpoint.root:
            raise _proves_nothing(_NOT_IN)
        admitted = admit(envelope, one["place"], keyring=keyring)
        keyring = admitted.keyring
        found = admitted.placed if one["place"] == wanted else found
    if found is None:
        raise _proves_nothing(_NOT_IN)
    return found, keyring


def _bytes(step: Any) -> bytes:
    if not isinstance(step, str) or not _HASH.fullmatch(step):
        raise _proves_nothing(_NOT_IN)
    return bytes.fromhex(step)


def _is_item(one: Any) -> bool:
    return (
        isinstance(one, dict)
        and one.keys() == {"envelope", "inclusion", "place"}
        and isinstance(one["envelope"], str)
        and isinstance(one["inclusion"], list)
        and type(one["place"]) is int
        and 0 <= one["place"] < 2**53
    )


def _first_nodes(party: Party) -> Sequence[bytes]:
    return [key.raw for key in party.keys if "node" in key.roles]


def _read(raw: bytes) -> dict[str, Any]:
    try:
        document = json.loads(raw) if len(raw) <= MOST_BYTES else None
    except (ValueError, RecursionError) as error:
        raise _proves_nothing(Text("It is not JSON.", "No es JSON.")) from error
    if not isinstance(document, dict) or document.keys() != _FIELDS or document["format"] != FORMAT:
        raise _proves_nothing(Text("It is no such file.", "No es un archivo de ese tipo."))
    items = [document["proven"], *document["keys"]] if isinstance(document["keys"], list) else [None]
    if (
        not all(map(_is_item, items))
        or not isinstance(document["parties"], list)
        or not isinstance(document["checkpoint"], str)
    ):
        raise _proves_nothing(Text("It lacks a part.", "Le falta una parte."))
    return document


_NOT_IN = Text(
    "The entry does not stand in the log that the checkpoint is of: one of the two was changed.",
    "El asiento no está en la bitácora de la que es el punto de control: uno de los dos fue alterado.",
)
_NOT_SIGNED = Text(
    "The checkpoint is not signed by the side's node.",
    "El punto de control no está firmado por el nodo de la parte.",
)


def _proves_nothing(why: Text) -> RecordRefused:
    return RecordRefused(
        Problem(what=Text("This file proves nothing.", "Este archivo no prueba nada."), why=why)
    )


def _no_checkpoint(placed: Placed) -> NotFound:
    return NotFound(
        Problem(
            what=Text(
                f"There is no signed checkpoint over entry {placed.entry.id[:12]} yet.",
                f"Aún no hay un punto de control firmado sobre el asiento {placed.entry.id[:12]}.",
            ),
            fix=Text(
                "Exchange with the other side first; that makes one.",
                "Intercambie primero con la otra parte; eso lo produce.",
            ),
        )
    )
