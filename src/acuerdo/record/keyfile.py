"""The file of a private key: the key encrypted with a passphrase (scrypt, AES-256-GCM), or the place that keeps it."""

from __future__ import annotations

import base64
import hashlib
import os
import unicodedata
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from acuerdo.core.errors import KeyRefused, Problem
from acuerdo.core.text import Text
from acuerdo.record.canonical import canonical, read_canonical
from acuerdo.record.party import PublicKey
from acuerdo.record.signer import KeySigner
from acuerdo.record.whole_file import write_whole

FORMAT: Final = "acuerdo-key/1"
COST: Final = 2**15
"""The cost of one guess at a passphrase: 32 MiB of memory and about a tenth of a second."""
_MOST_COST: Final = 2**20


def write_key(path: Path, signer: KeySigner, *, about: PublicKey, passphrase: str, cost: int = COST) -> None:
    """Writes a key's file, readable by its owner only; it never overwrites one.

    Raises:
        KeyRefused: If the passphrase is empty, or the file is there already.
    """
    if not passphrase:
        raise _refused(path, Text("The passphrase is empty.", "La frase de acceso está vacía."))
    salt, nonce = os.urandom(16), os.urandom(12)
    head = {
        "format": FORMAT,
        "key": about.model_dump(mode="json"),
        "scrypt": {"n": cost, "r": 8, "p": 1, "salt": base64.b64encode(salt).decode()},
        "aes_256_gcm": {"nonce": base64.b64encode(nonce).decode()},
    }
    secret = AESGCM(_derived(passphrase, salt, cost=cost)).encrypt(nonce, signer.secret, canonical(head))
    _write_new(path, {**head, "secret": base64.b64encode(secret).decode()})


def write_place(path: Path, place: str, *, about: PublicKey) -> None:
    """Writes the file of a key that is kept elsewhere; it never overwrites another.

    Raises:
        KeyRefused: If another is there already.
    """
    _write_new(path, {"format": FORMAT, "key": about.model_dump(mode="json"), "kept_in": place})


def place_of(path: Path) -> str:
    """The place that keeps the key of a file; empty if the file itself does.

    Raises:
        RecordRefused: If the file is no key's.
    """
    return str(read_canonical(path.read_bytes()).get("kept_in", ""))


def read_key(path: Path, passphrase: str) -> KeySigner:
    """The key in a file.

    Raises:
        KeyRefused: If the passphrase is not its own, or the file was changed.
        RecordRefused: If the file is no key's.
    """
    head = read_canonical(path.read_bytes())
    try:
        secret = base64.b64decode(head.pop("secret"), validate=True)
        kdf: dict[str, Any] = head["scrypt"]
        salt, nonce = base64.b64decode(kdf["salt"]), base64.b64decode(head["aes_256_gcm"]["nonce"])
        if not 2 <= kdf["n"] <= _MOST_COST or (kdf["r"], kdf["p"]) != (8, 1):
            raise _refused(path, _DAMAGED)
        derived = _derived(passphrase, salt, cost=kdf["n"])
        return KeySigner(AESGCM(derived).decrypt(nonce, secret, canonical(head)))
    except InvalidTag as error:
        raise _refused(path, _WRONG) from error
    except (KeyError, TypeError, ValueError) as error:
        raise _refused(path, _DAMAGED) from error


def public_of(path: Path) -> PublicKey:
    """The public half that a key's file tells, without its passphrase.

    Raises:
        KeyRefused: If the file is no key's.
    """
    try:
        return PublicKey.model_validate(read_canonical(path.read_bytes())["key"])
    except (KeyError, ValueError) as error:
        raise _refused(path, _DAMAGED) from error


def _write_new(path: Path, value: dict[str, Any]) -> None:
    written = canonical(value)
    if not path.exists():
        write_whole(path, written)
    elif path.read_bytes() != written:
        raise _refused(path, Text("There is a key of that name.", "Ya hay una llave con ese nombre."))


def _derived(passphrase: str, salt: bytes, *, cost: int) -> bytes:
    # One word typed on two keyboards may come as two texts: ñ, or n and a tilde.
    typed = unicodedata.normalize("NFC", passphrase).encode(errors="surrogateescape")
    return hashlib.scrypt(typed, salt=salt, n=cost, r=8, p=1, dklen=32, maxmem=256 * cost * 8 + 2**20)


_WRONG = Text(
    "The passphrase is not this key's, or the file was changed.",
    "La frase de acceso no es la de esta llave, o el archivo fue alterado.",
)
_DAMAGED = Text("The file is not a whole key file.", "El archivo no es un archivo de llave íntegro.")


def _refused(path: Path, why: Text) -> KeyRefused:
    return KeyRefused(
        Problem(
            what=Text("The key cannot be used.", "La llave no puede usarse."),
            where=path.name,
            why=why,
            fix=Text(
                "Try again. A lost passphrase is not recovered: another key of the desk, or the recovery key, brings a "
                "new one (acuerdo hand-over --key) and ends this one (acuerdo revoke).",
                "Inténtelo de nuevo. Una frase perdida no se recupera: otra llave de la mesa, o la de recuperación, "
                "trae una nueva (acuerdo hand-over --key) y termina esta (acuerdo revoke).",
            ),
        )
    )
