"""Checkpoints: what a log says of itself, signed by its node, and cosigned by the node of the other side.

Reference:
    C2SP tlog-checkpoint and tlog-cosignature (Ed25519), version 1.0.0.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, final

from acuerdo.record.note import COSIGNATURE, ED25519, Note, NoteSignature, hint, not_a_note
from acuerdo.record.signer import AbstractSigner, verifies

_LATEST: Final = 253_402_300_799
"""The end of the year 9999, in seconds since 1970: of a later moment no calendar here can tell."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """How long a log is and which entries it has.

    Attributes:
        origin: The log's name.
        size: How many entries it has.
        root: The root of its Merkle tree.
    """

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The text that is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def read_checkpoint(note: Note) -> Checkpoint:
    """The checkpoint that a note's text is; its signatures are not looked at.

    Raises:
        RecordRefused: If the text is none.
    """
    lines = note.text.split("\n")
    if len(lines) != 4 or lines[3] or not lines[0] or not lines[1].isascii() or not lines[1].isdigit():
        raise not_a_note()
    try:
        read = Checkpoint(
            origin=lines[0], size=int(lines[1][:20]), root=base64.b64decode(lines[2], validate=True)
        )
    except ValueError as error:
        raise not_a_note() from error
    if read.text != note.text or len(read.root) != 32:
        raise not_a_note()
    return read


def sign_checkpoint(checkpoint: Checkpoint, signer: AbstractSigner) -> Note:
    """The checkpoint signed by its log's own node."""
    name = checkpoint.origin
    value = signer.sign(checkpoint.text.encode())
    return Note(checkpoint.text, (NoteSignature(name, hint(name, signer.public, kind=ED25519), value),))


def cosign(note: Note, signer: AbstractSigner, *, name: str, at: int) -> NoteSignature:
    """The line by which a witness states that the checkpoint follows from the last one it saw.

    Args:
        note: The checkpoint.
        signer: The witness's key.
        name: The witness's name.
        at: Seconds since 1970-01-01T00:00:00Z.
    """
    value = at.to_bytes(8, "big") + signer.sign(_cosigned(note.text, at))
    return NoteSignature(name, hint(name, signer.public, kind=COSIGNATURE), value)


def signed_by(note: Note, name: str, *, keys: Iterable[bytes]) -> bool:
    """Whether one of a log's keys signed a checkpoint."""
    found = ((key, note.by(name, hint(name, key, kind=ED25519))) for key in keys)
    return any(value is not None and verifies(key, value, message=note.text.encode()) for key, value in found)


def cosigned_at(note: Note, name: str, *, keys: Iterable[bytes]) -> int | None:
    """When a witness cosigned a checkpoint, in seconds since 1970; None if it did not."""
    for key in keys:
        value = note.by(name, hint(name, key, kind=COSIGNATURE))
        if value is None or len(value) != 72:
            continue
        at = int.from_bytes(value[:8], "big")
        if at <= _LATEST and verifies(key, value[8:], message=_cosigned(note.text, at)):
            return at
    return None


def _cosigned(text: str, at: int) -> bytes:
    return f"cosignature/v1\ntime {at}\n{text}".encode()
