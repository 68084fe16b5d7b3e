"""What is kept in a log: a payload and the signatures on it, in the form of DSSE.

Reference:
    Dead Simple Signing Envelope, protocol and envelope, version 1.0.0.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, cast, final

from acuerdo.core.errors import Problem, RecordRefused
from acuerdo.core.text import Text
from acuerdo.record.canonical import canonical, read_canonical, read_stored
from acuerdo.record.signer import AbstractSigner

PAYLOAD_TYPE: Final = "application/vnd.acuerdo.entry+json"
MOST_SIGNATURES: Final = 16
_PREFIX: Final = f"DSSEv1 {len(PAYLOAD_TYPE)} {PAYLOAD_TYPE} ".encode()


@final
@dataclass(frozen=True, slots=True)
class Signature:
    """One signature, and a hint at the key that made it."""

    key_id: str
    value: bytes


@final
@dataclass(frozen=True, slots=True)
class Envelope:
    """A payload and its signatures, of which nothing is believed before they are checked."""

    payload: bytes
    signatures: tuple[Signature, ...] = ()

    def signed_by(self, *signers: AbstractSigner) -> Envelope:
        """The envelope with further signatures; a key that has signed before signs no second time."""
        there = {one.key_id for one in self.signatures}
        message = pae(self.payload)
        new = (Signature(one.key_id, one.sign(message)) for one in signers if one.key_id not in there)
        return Envelope(self.payload, (*self.signatures, *new))

    def to_bytes(self) -> bytes:
        """The one form in which an envelope is stored, sent and hashed."""
        return canonical(
            {
                "payload": base64.b64encode(self.payload).decode(),
                "payloadType": PAYLOAD_TYPE,
                "signatures": [
                    {"keyid": one.key_id, "sig": base64.b64encode(one.value).decode()}
                    for one in self.signatures
                ],
            }
        )

    @classmethod
    def from_bytes(cls, raw: bytes) -> Envelope:
        """The envelope that bytes describe.

        Raises:
            RecordRefused: If they are not an envelope of the record in its one form.
        """
        read = read_canonical(raw)
        if read.keys() != {"payload", "payloadType", "signatures"} or read["payloadType"] != PAYLOAD_TYPE:
            raise not_an_envelope()
        return cls(_decoded(read["payload"]), _signatures(read["signatures"]))

    @classmethod
    def stored(cls, raw: bytes) -> Envelope:
        """The envelope of bytes that were checked when they came.

        Raises:
            RecordRefused: If they are no longer what they were.
        """
        try:
            read = read_stored(raw)
            signatures = (Signature(one["keyid"], base64.b64decode(one["sig"])) for one in read["signatures"])
            return cls(base64.b64decode(read["payload"]), tuple(signatures))
        except (KeyError, TypeError, ValueError):
            return cls.from_bytes(raw)


def pae(payload: bytes) -> bytes:
    """The bytes that are signed: DSSE's pre-authentication encoding."""
    return b"%b%d %b" % (_PREFIX, len(payload), payload)


def _signatures(read: Any) -> tuple[Signature, ...]:
    if not isinstance(read, list) or not 1 <= len(cast("Sequence[Any]", read)) <= MOST_SIGNATURES:
        raise not_an_envelope()
    found: list[Signature] = []
    for one in cast("Sequence[Any]", read):
        if not isinstance(one, dict) or one.keys() != {"keyid", "sig"} or not isinstance(one["keyid"], str):
            raise not_an_envelope()
        found.append(Signature(one["keyid"], _decoded(one["sig"])))
    return tuple(found)


def _decoded(text: Any) -> bytes:
    try:
        value = base64.b64decode(text, validate=True)
    except (binascii.Error, TypeError, ValueError) as error:
        raise not_an_envelope() from error
    # Unused bits at the end of base64 would give one envelope several forms.
    if base64.b64encode(value).decode() != text:
        raise not_an_envelope()
    return value


def not_an_envelope() -> RecordRefused:
    """The error for bytes that are no envelope."""
    return RecordRefused(
        Problem(
            what=Text(
                "This is not a signed entry of the record.", "Esto no es un asiento firmado del registro."
            ),
            why=Text(
                "An entry is a DSSE envelope with a payload, its type, and 1 to 16 signatures.",
                "Un asiento es un sobre DSSE con contenido, su tipo y de 1 a 16 firmas.",
            ),
        )
    )
