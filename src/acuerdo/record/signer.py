"""What can sign: a key in memory here, a token elsewhere; both give an Ed25519 signature and never the key itself."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from functools import lru_cache
from typing import final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


class AbstractSigner(ABC):
    """A key that can sign.

    What a token can give is here and no more (:mod:`acuerdo.record.keeper`): its public key, and a signature.
    """

    @property
    @abstractmethod
    def public(self) -> bytes:
        """The 32 bytes of the public key."""

    @abstractmethod
    def sign(self, message: bytes) -> bytes:
        """The 64 bytes of the Ed25519 signature (RFC 8032) over a message."""

    @property
    def key_id(self) -> str:
        """The key's name: the sha256 of its public half."""
        return key_id(self.public)


@final
class KeySigner(AbstractSigner):
    """A private key in memory."""

    __slots__ = ("_key", "_public")

    def __init__(self, secret: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(secret)
        self._public = self._key.public_key().public_bytes_raw()

    @classmethod
    def generate(cls) -> KeySigner:
        """A new key from the system's randomness."""
        return cls(Ed25519PrivateKey.generate().private_bytes_raw())

    @property
    def public(self) -> bytes:
        """The 32 bytes of the public key."""
        return self._public

    @property
    def secret(self) -> bytes:
        """The 32 bytes of the private key, for the file that keeps it encrypted."""
        return self._key.private_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """The signature over a message."""
        return self._key.sign(message)


def key_id(public: bytes) -> str:
    """The name of a key: the sha256 of its public half, in hexadecimal."""
    return hashlib.sha256(public).hexdigest()


def verifies(public: bytes, signature: bytes, *, message: bytes) -> bool:
    """Whether a signature over a message was made by the key."""
    try:
        _public_key(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


@lru_cache(maxsize=256)
def _public_key(public: bytes) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(public)
