"""Signed notes, checkpoints and cosignatures, against what their specifications and others publish."""

from __future__ import annotations

import base64
import hashlib
import time

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from acuerdo.core.errors import RecordRefused
from acuerdo.record.checkpoint import (
    Checkpoint,
    cosign,
    cosigned_at,
    read_checkpoint,
    sign_checkpoint,
    signed_by,
)
from acuerdo.record.note import ED25519, Note, NoteSignature, hint, read_note
from acuerdo.record.signer import KeySigner, verifies

# The key and note of the test of the Go reference implementation of signed notes (golang.org/x/mod/sumdb/note).
VERIFIER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SIGNER = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
NOTE = (
    f"{TEXT}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqf"
    "qdngotpRZb6KE6RyyBwJnAM=\n"
)
# The example of C2SP tlog-cosignature.
COSIGNED = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGz"
    "Gku9nTo+zyWE+xeMcTOAYQ8=\n"
    "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZ"
    "qhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
)


def test_the_note_of_the_reference_implementation_verifies_and_is_made_again_byte_for_byte() -> None:
    public = base64.b64decode(VERIFIER.split("+", 2)[2])[1:]
    assert hint("PeterNeumann", public, kind=ED25519).hex() == "c74f20a3"
    note = read_note(NOTE)
    assert note.text == TEXT
    value = note.by("PeterNeumann", bytes.fromhex("c74f20a3"))
    assert value is not None
    assert verifies(public, value, message=TEXT.encode())
    assert not verifies(public, value, message=TEXT.replace("y", "Y").encode())
    signer = KeySigner(base64.b64decode(SIGNER.split("+", 4)[4])[1:])
    line = NoteSignature(
        "PeterNeumann", hint("PeterNeumann", signer.public, kind=ED25519), signer.sign(TEXT.encode())
    )
    assert Note(TEXT, (line,)).render() == NOTE


def test_the_published_checkpoint_is_read_and_rendered_as_it_is() -> None:
    note = read_note(COSIGNED)
    checkpoint = read_checkpoint(note)
    assert (checkpoint.origin, checkpoint.size) == ("example.com/behind-the-sofa", 20852163)
    assert note.render() == COSIGNED
    witness = note.signatures[1]
    # 1679315147 is the time that the specification gives for this cosignature.
    assert int.from_bytes(witness.value[:8], "big") == 1679315147
    assert len(witness.value) == 72


def test_a_cosignature_signs_the_message_that_the_specification_prints() -> None:
    log, witness = KeySigner.generate(), KeySigner.generate()
    checkpoint = Checkpoint(origin="example.com/behind-the-sofa", size=20852163, root=bytes(32))
    note = sign_checkpoint(checkpoint, log)
    line = cosign(note, witness, name="witness.example.com/w1", at=1679315147)
    message = f"cosignature/v1\ntime 1679315147\n{checkpoint.text}".encode()
    Ed25519PublicKey.from_public_bytes(witness.public).verify(line.value[8:], message)
    identity = b"witness.example.com/w1\n\x04" + witness.public
    assert line.hint == hashlib.sha256(identity).digest()[:4]
    both = read_note(note.under(line).render())
    assert signed_by(both, checkpoint.origin, keys=[log.public])
    assert not signed_by(both, checkpoint.origin, keys=[witness.public])
    assert cosigned_at(both, "witness.example.com/w1", keys=[witness.public]) == 1679315147
    assert cosigned_at(both, "witness.example.com/w1", keys=[log.public]) is None
    assert cosigned_at(both, "witness.example.com/w2", keys=[witness.public]) is None


def test_a_cosignature_is_not_a_signature_of_the_log() -> None:
    key = KeySigner.generate()
    checkpoint = Checkpoint(origin="acuerdo/demo/us", size=3, root=bytes(32))
    line = cosign(Note(checkpoint.text, ()), key, name=checkpoint.origin, at=int(time.time()))
    assert not signed_by(Note(checkpoint.text, (line,)), checkpoint.origin, keys=[key.public])


GOOD = sign_checkpoint(Checkpoint(origin="o", size=1, root=bytes(32)), KeySigner(bytes(32))).render()


@given(st.integers(0, len(GOOD.encode()) - 1), st.integers(1, 255))
def test_no_changed_byte_of_a_checkpoint_is_believed(at: int, change: int) -> None:
    raw = bytearray(GOOD.encode())
    raw[at] ^= change
    try:
        note = read_note(raw.decode())
        checkpoint = read_checkpoint(note)
    except (UnicodeDecodeError, RecordRefused):
        return
    assert not signed_by(note, checkpoint.origin, keys=[KeySigner(bytes(32)).public])


@pytest.mark.parametrize(
    "body",
    [
        "o\n1\n",
        "o\n01\n{root}\n",
        "o\n-1\n{root}\n",
        "\n1\n{root}\n",
        "o\n1\n{root}\nmore\n",
        "o\n1\nAAAA\n",
        "o\n١\n{root}\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(body: str) -> None:
    text = body.format(root=base64.b64encode(bytes(32)).decode())
    with pytest.raises(RecordRefused):
        read_checkpoint(Note(text, ()))


@pytest.mark.parametrize(
    "rendered",
    [
        "",
        "text\n",
        "text\n\n",
        "text\n\nname AAAAAAA=\n",
        "text\n\n— name +\n",
        "te\x07xt\n\n— n AAAAAAAA\n",
        "t\n\n" + "— n AAAAAAAA\n" * 17,
        "t\n\n— a+b AAAAAAAA\n",
    ],
)
def test_what_is_no_note_is_refused(rendered: str) -> None:
    with pytest.raises(RecordRefused):
        read_note(rendered)
