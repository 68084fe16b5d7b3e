"""Envelopes: DSSE as others read it, and one form only."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from securesystemslib.dsse import Envelope as TheirEnvelope
from securesystemslib.signer import SSlibKey  # pyright: ignore[reportPrivateImportUsage]

from acuerdo.core.errors import RecordRefused
from acuerdo.record.canonical import read_canonical
from acuerdo.record.envelope import PAYLOAD_TYPE, Envelope, pae
from acuerdo.record.signer import KeySigner, verifies

KEY = KeySigner(bytes(range(32)))
ENVELOPE = Envelope(b'{"a":"\xc3\xb1"}').signed_by(KEY)


@given(st.binary(max_size=300))
def test_what_is_signed_is_what_another_implementation_signs(payload: bytes) -> None:
    theirs = TheirEnvelope(payload=payload, payload_type=PAYLOAD_TYPE, signatures={})
    assert pae(payload) == theirs.pae()
    assert Envelope.from_bytes(Envelope(payload).signed_by(KEY).to_bytes()).payload == payload


def test_another_implementation_verifies_our_envelope() -> None:
    theirs = TheirEnvelope.from_dict(json.loads(ENVELOPE.to_bytes()))
    key = SSlibKey(KEY.key_id, "ed25519", "ed25519", {"public": KEY.public.hex()})
    assert list(theirs.verify([key], 1)) == [KEY.key_id]


def test_the_bytes_are_canonical_json() -> None:
    assert read_canonical(ENVELOPE.to_bytes())["payloadType"] == PAYLOAD_TYPE


def test_signing_again_with_the_same_key_adds_nothing() -> None:
    assert ENVELOPE.signed_by(KEY, KEY) == ENVELOPE
    assert len(ENVELOPE.signed_by(KeySigner.generate()).signatures) == 2


@given(st.integers(0, len(ENVELOPE.to_bytes()) - 1), st.integers(1, 255))
def test_no_changed_byte_is_believed(at: int, change: int) -> None:
    raw = bytearray(ENVELOPE.to_bytes())
    raw[at] ^= change
    try:
        read = Envelope.from_bytes(bytes(raw))
    except RecordRefused:
        return
    signature = read.signatures[0]
    assert signature.key_id != KEY.key_id or not verifies(
        KEY.public, signature.value, message=pae(read.payload)
    )


@given(st.binary(max_size=400))
def test_noise_is_refused(raw: bytes) -> None:
    with pytest.raises(RecordRefused):
        Envelope.from_bytes(raw)


def test_another_form_of_the_same_envelope_is_refused() -> None:
    read = json.loads(ENVELOPE.to_bytes())
    payload = base64.b64decode(read["payload"])
    loose = base64.b64encode(payload).decode().rstrip("=")
    for other in (
        json.dumps(read).encode(),
        json.dumps({**read, "payload": loose}, separators=(",", ":")).encode(),
        json.dumps({**read, "more": 1}, separators=(",", ":")).encode(),
        json.dumps({**read, "signatures": []}, separators=(",", ":")).encode(),
        json.dumps({**read, "signatures": read["signatures"] * 17}, separators=(",", ":")).encode(),
        json.dumps({**read, "payloadType": "text/plain"}, separators=(",", ":")).encode(),
        ENVELOPE.to_bytes() + b"\n",
    ):
        with pytest.raises(RecordRefused):
            Envelope.from_bytes(other)


def test_bits_that_base64_does_not_use_are_not_free() -> None:
    raw = Envelope(b"\x01").signed_by(KEY).to_bytes()
    assert b'"payload":"AQ=="' in raw
    with pytest.raises(RecordRefused):
        Envelope.from_bytes(raw.replace(b'"AQ=="', b'"AR=="'))
