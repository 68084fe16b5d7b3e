"""Signed notes: a text and signatures under it, as lines that people and programs can read.

Reference:
    C2SP signed-note, version 1.0.0.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, replace
from typing import Final, final

from acuerdo.core.errors import Problem, RecordRefused
from acuerdo.core.text import Text

ED25519: Final = 0x01
COSIGNATURE: Final = 0x04
_MOST_BYTES: Final = 16 * 1024
_MOST_SIGNATURES: Final = 16
_DASH: Final = "— "


@final
@dataclass(frozen=True, slots=True)
class NoteSignature:
    """One line under a note.

    Attributes:
        name: The name of the key.
        hint: The first four bytes that tell keys of one name apart.
        value: What was signed with; its form depends on the kind of signature.
    """

    name: str
    hint: bytes
    value: bytes

    def line(self) -> str:
        """The line."""
        return f"{_DASH}{self.name} {base64.b64encode(self.hint + self.value).decode()}\n"


@final
@dataclass(frozen=True, slots=True)
class Note:
    """A text that ends in a newline, and its signatures, of which nothing is believed before they are checked."""

    text: str
    signatures: tuple[NoteSignature, ...]

    def render(self) -> str:
        """The note as its file."""
        return f"{self.text}\n{''.join(one.line() for one in self.signatures)}"

    def under(self, *signatures: NoteSignature) -> Note:
        """The note with further signatures; one that is there already is not added."""
        new = tuple(one for one in signatures if one not in self.signatures)
        return replace(self, signatures=(*self.signatures, *new))

    def by(self, name: str, hint: bytes) -> bytes | None:
        """What a key signed with; None if it did not sign."""
        return next((one.value for one in self.signatures if (one.name, one.hint) == (name, hint)), None)


def hint(name: str, public: bytes, *, kind: int) -> bytes:
    """The four bytes that tell keys of one name apart."""
    return hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()[:4]


def read_note(rendered: str) -> Note:
    """The note that a file holds.

    Raises:
        RecordRefused: If it is none.
    """
    text, gap, lines = rendered.rpartition("\n\n")
    if (
        not gap
        or not lines.endswith("\n")
        or len(rendered) > _MOST_BYTES
        or any(char < " " and char != "\n" for char in rendered)
    ):
        raise not_a_note()
    signatures = tuple(_signature(line) for line in lines.removesuffix("\n").split("\n"))
    if len(signatures) > _MOST_SIGNATURES:
        raise not_a_note()
    return Note(text + "\n", signatures)


def _signature(line: str) -> NoteSignature:
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not name or "+" in name or name != "".join(name.split()):
        raise not_a_note()
    try:
        value = base64.b64decode(encoded, validate=True)
    except ValueError as error:
        raise not_a_note() from error
    if len(value) < 5 or base64.b64encode(value).decode() != encoded:
        raise not_a_note()
    return NoteSignature(name, value[:4], value[4:])


def not_a_note() -> RecordRefused:
    """The error for a text that is no signed note."""
    return RecordRefused(
        Problem(
            what=Text("This is not a signed checkpoint.", "Esto no es un punto de control firmado."),
            why=Text(
                "A checkpoint is a signed note: text, an empty line, and signature lines.",
                "Un punto de control es una nota firmada: texto, una línea vacía y líneas de firma.",
            ),
        )
    )
