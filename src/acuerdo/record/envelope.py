"""What is kept in a log: a payload and the signatures on it, in the form of DSSE.

Reference:
    Dead Simple Signing Envelope, protocol and envelope, version 1.0.0.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from typing import Final, final

from acuerdo.core.errors import Problem, RecordRefused
from acuerdo.core.text import Text
from acuerdo.record.canonical import MOST_BYTES
from acuerdo.record.signer import AbstractSigner

PAYLOAD_TYPE: Final = "application/vnd.acuerdo.entry+json"
MOST_SIGNATURES: Final = 16
_ONE: Final = rb'\{"keyid":"([0-9a-f]{64})","sig":"([A-Za-z0-9+/]{86}==)"\}'
_SIGNATURE: Final = re.compile(_ONE)
# The canonical JSON of an envelope has one form, so it is read as such: nothing else is parsed from the outside.
_FORM: Final = re.compile(
    rb'\{"payload":"([A-Za-z0-9+/]*={0,2})","payloadType":"%b","signatures":\[(%b(?:,%b){0,%d})\]\}'
    % (re.escape(PAYLOAD_TYPE.encode()), *[re.sub(rb"[()]", b"", _ONE)] * 2, MOST_SIGNATURES - 1)
)
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
        signatures = b",".join(
            b'{"keyid":"%b","sig":"%b"}' % (one.key_id.encode(), base64.b64encode(one.value))
            for one in self.signatures
        )
        return b'{"payload":"%b","payloadType":"%b","signatures":[%b]}' % (
            base64.b64encode(self.payload),
            PAYLOAD_TYPE.encode(),
            signatures,
        )

    @classmethod
    def from_bytes(cls, raw: bytes) -> Envelope:
        """The envelope that bytes describe.

        Raises:
            RecordRefused: If they are not an envelope of the record in its one form.
        """
        found = _FORM.fullmatch(raw) if len(raw) <= MOST_BYTES else None
        if found is None:
            raise not_an_envelope()
        signatures = (
            Signature(key_id.decode(), _decoded(value)) for key_id, value in _SIGNATURE.findall(found[2])
        )
        return cls(_decoded(found[1]), tuple(signatures))


def pae(payload: bytes) -> bytes:
    """The bytes that are signed: DSSE's pre-authentication encoding."""
    return b"%b%d %b" % (_PREFIX, len(payload), payload)


def _decoded(text: bytes) -> bytes:
    try:
        value = binascii.a2b_base64(text)
    except binascii.Error as error:
        raise not_an_envelope() from error
    # Unused bits at the end of base64 would give one envelope several forms.
    if binascii.b2a_base64(value, newline=False) != text:
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
