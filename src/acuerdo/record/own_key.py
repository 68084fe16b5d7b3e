"""The private keys of our side: a file each in the folder of its node, with the key encrypted or the place of it."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path
from typing import final

from pydantic import ValidationError

from acuerdo.core.errors import UsageError
from acuerdo.core.text import Text
from acuerdo.record.asking import Ask, asked
from acuerdo.record.keeper import keeper
from acuerdo.record.keyfile import place_of, read_key, write_key, write_place
from acuerdo.record.party import PublicKey, Role
from acuerdo.record.signer import AbstractSigner, KeySigner
from acuerdo.record.valid import field_problems

PASSPHRASE_VARIABLE = "ACUERDO_PASSPHRASE"


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class OwnKey:
    """A key of ours that has its file.

    Attributes:
        about: Its public half.
        path: Its file.
    """

    about: PublicKey
    path: Path

    def open(self, ask: Ask | None = None) -> AbstractSigner:
        """What signs with it.

        Raises:
            KeyRefused: If there is no passphrase or PIN, or it is not the key's.
        """
        place = place_of(self.path)
        if place:
            return keeper(place).open(place, self.about, ask)
        return read_key(self.path, passphrase(self.about, ask=ask))


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class NewKey:
    """A key that is to become ours.

    Attributes:
        about: Its public half.
        secret: The key itself, where no other place keeps it.
        place: The place that keeps it.
    """

    about: PublicKey
    secret: KeySigner | None = None
    place: str = ""

    @classmethod
    def of(cls, holder: str, *roles: Role, place: str = "") -> NewKey:
        """A key made here from the system's randomness, or the one at a place.

        Raises:
            NotFound: If there is no such place.
            KeyRefused: If the key there does not serve.
        """
        if place:
            return cls(about=_about(keeper(place).public(place), holder=holder, roles=roles), place=place)
        secret, about = new_key(holder, *roles)
        return cls(about=about, secret=secret)

    def keep(self, folder: Path, *, ask: Ask | None) -> AbstractSigner:
        """Writes its file, which is on the disk when this returns, and gives what signs with it.

        Raises:
            KeyRefused: If there is no passphrase or PIN, or a file is there already.
        """
        path = key_path(folder, self.about)
        if self.secret is None:
            signer = keeper(self.place).open(self.place, self.about, ask)
            write_place(path, self.place, about=self.about)
            return signer
        write_key(path, self.secret, about=self.about, passphrase=passphrase(self.about, ask=ask, new=True))
        return self.secret


def new_key(holder: str, *roles: Role) -> tuple[KeySigner, PublicKey]:
    """A new key from the system's randomness, and its public half."""
    secret = KeySigner.generate()
    return secret, _about(secret.public, holder=holder, roles=roles)


def key_path(folder: Path, about: PublicKey) -> Path:
    """The file of a key of ours in the folder of keys."""
    return folder / f"{about.id[:16]}.key"


def passphrase(about: PublicKey, *, ask: Ask | None = None, new: bool = False) -> str:
    """The passphrase of a key: that of ``ACUERDO_PASSPHRASE``, or one that is asked for; a new one is typed twice.

    Raises:
        KeyRefused: If there is none.
    """
    named = f"{about.holder} ({about.id[:12]})"
    prompt = Text(f"Passphrase of {named}", f"Frase de acceso de {named}")
    return asked(PASSPHRASE_VARIABLE, prompt, lacking=_NO_PASSPHRASE, ask=ask, twice=new)


def _about(raw: bytes, *, holder: str, roles: tuple[Role, ...]) -> PublicKey:
    try:
        return PublicKey(public=base64.b64encode(raw).decode(), holder=holder, roles=roles)
    except ValidationError as error:
        raise UsageError(field_problems(error, "key")) from error


_NO_PASSPHRASE = Text(
    "Nothing is signed: there is no passphrase for the key.",
    "Nada se firma: falta la frase de acceso de la llave.",
)
