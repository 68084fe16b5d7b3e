"""A side as the other knows it: its name, its first public keys, and what its own rules ask of its signatures.

The two sides exchange these files by hand, once, and compare their fingerprints aloud. Everything else that is believed
follows from them.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cached_property
from pathlib import Path
from typing import Annotated, Final, Literal, final

from pydantic import Field, ValidationError, field_validator

from acuerdo.core.errors import Problem, RecordRefused
from acuerdo.core.text import Text
from acuerdo.record.canonical import canonical, read_canonical
from acuerdo.record.faults import reason
from acuerdo.record.signer import key_id
from acuerdo.record.valid import field_problems
from acuerdo.spec.fields import AbstractSpec, Key, Plain, Words, refusal

Role = Literal["desk", "node", "recovery"]
ROLES: Final[dict[Role, Text]] = {
    "desk": Text("signs entries", "firma asientos"),
    "node": Text(
        "signs checkpoints and witnesses the other side's", "firma puntos de control y atestigua los ajenos"
    ),
    "recovery": Text("hands over and revokes keys, nothing else", "entrega y revoca llaves, nada más"),
}


@final
class PublicKey(AbstractSpec):
    """The public half of a key.

    Attributes:
        public: The 32 bytes of an Ed25519 public key, in base64.
        holder: Whose it is: an office, a person.
        roles: What it may sign.
    """

    public: str
    holder: Plain
    roles: Annotated[tuple[Role, ...], Field(strict=False, min_length=1)]

    @field_validator("public")
    @classmethod
    def _is_a_key(cls, value: str) -> str:
        try:
            raw = base64.b64decode(value, validate=True)
        except ValueError:
            raw = b""
        if len(raw) != 32 or base64.b64encode(raw).decode() != value:
            raise refusal(
                Text("This is not a public key.", "Esto no es una llave pública."),
                Text("Give 32 bytes in base64.", "Dé 32 bytes en base64."),
            )
        return value

    @cached_property
    def raw(self) -> bytes:
        """Its 32 bytes."""
        return base64.b64decode(self.public)

    @cached_property
    def id(self) -> str:
        """Its name."""
        return key_id(self.raw)


@final
class Party(AbstractSpec):
    """A side as the other knows it.

    Attributes:
        record: Id of the record that the two sides keep.
        side: Id of the side: ``us``, ``mx``.
        name: The side's name.
        keys: Its first keys; later ones are entries in its log.
        thresholds: How many distinct keys must sign an entry of a kind, where one is not enough.
    """

    record: Key
    side: Key
    name: Words
    keys: Annotated[tuple[PublicKey, ...], Field(strict=False, min_length=1)]
    thresholds: dict[Key, Annotated[int, Field(ge=1, le=16)]] = {}  # noqa: RUF012 - pydantic copies it

    @field_validator("keys")
    @classmethod
    def _no_key_twice(cls, value: tuple[PublicKey, ...]) -> tuple[PublicKey, ...]:
        if len({key.public for key in value}) < len(value):
            raise refusal(
                Text("One key stands for two holders.", "Una llave figura con dos titulares."),
                Text("Give each a key of their own.", "Dé a cada cual una llave propia."),
            )
        return value

    @property
    def origin(self) -> str:
        """The name of its log in checkpoints."""
        return origin(self.record, self.side)

    @property
    def fingerprint(self) -> str:
        """What is compared aloud: the sha256 of the file, in groups of four."""
        digits = hashlib.sha256(self.to_bytes()).hexdigest()[:32]
        return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))

    def to_bytes(self) -> bytes:
        """The file's bytes."""
        return canonical(self.model_dump(mode="json"))

    @classmethod
    def from_bytes(cls, raw: bytes, *, where: str = "") -> Party:
        """The side that a file describes.

        Raises:
            RecordRefused: If it does not.
        """
        try:
            return cls.model_validate(read_canonical(raw))
        except (RecordRefused, ValidationError) as error:
            faults = error.problems if isinstance(error, RecordRefused) else field_problems(error, "party")
            why = [one.why or one.what for one in faults]
            raise RecordRefused(
                Problem(
                    what=Text("This does not describe a side.", "Esto no describe a una parte."),
                    where=where,
                    why=Text(" ".join(one.en for one in why), " ".join(one.es for one in why)),
                    fix=Text(
                        "Ask the side for its file again; acuerdo keys --export writes it.",
                        "Pida de nuevo su archivo a la parte; lo escribe acuerdo keys --export.",
                    ),
                )
            ) from error

    @classmethod
    def read(cls, path: Path) -> Party:
        """The side that a file describes.

        Raises:
            RecordRefused: If it does not.
        """
        try:
            return cls.from_bytes(path.read_bytes().removesuffix(b"\n"), where=str(path))
        except OSError as error:
            raise RecordRefused(
                Problem(
                    what=Text("The file cannot be read.", "El archivo no puede leerse."),
                    where=str(path),
                    why=reason(error),
                )
            ) from error


def origin(record: str, side: str) -> str:
    """The name of a side's log in checkpoints."""
    return f"acuerdo/{record}/{side}"
