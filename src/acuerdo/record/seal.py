"""Sealing: a hash in the log binds content that stays with its owner, and tells nothing of it.

The commitment is over a secret salt of 32 bytes and the content's own hash, so that what is hidden cannot be guessed
and compared, however short it is; and so that a large file need not be in the log when it is revealed.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final, final

from acuerdo.core.errors import Problem, RecordRefused
from acuerdo.core.text import Text
from acuerdo.record.whole_file import write_whole

_PREFIX: Final = b"acuerdo-seal/1\n"
SALT: Final = 32


@final
@dataclass(frozen=True, slots=True)
class Sealed:
    """Content and the salt that hides it."""

    salt: bytes
    content: bytes

    @classmethod
    def of(cls, content: bytes) -> Sealed:
        """Content with a salt of its own."""
        return cls(os.urandom(SALT), content)

    @property
    def sha256(self) -> str:
        """The hash of the content."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def commitment(self) -> str:
        """The hash that goes into the log."""
        return commitment(self.salt, self.sha256)

    def write(self, folder: Path) -> Path:
        """Keeps it, readable by its owner only; it is on the disk when this returns."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / self.commitment
        write_whole(path, self.salt + self.content)
        return path

    @classmethod
    def read(cls, folder: Path, committed: str) -> Sealed:
        """What was kept under a commitment.

        Raises:
            RecordRefused: If it is not there, or is no longer what was sealed.
        """
        path = folder / committed
        raw = path.read_bytes() if path.is_file() else b""
        kept = cls(raw[:SALT], raw[SALT:])
        if kept.commitment != committed:
            raise RecordRefused(
                Problem(
                    what=Text(
                        "The sealed content is not here as it was sealed.",
                        "El contenido sellado no está aquí como se selló.",
                    ),
                    where=str(path),
                    fix=Text(
                        "Restore the file from a backup; without it the seal cannot be opened.",
                        "Restaure el archivo de un respaldo; sin él, el sello no puede abrirse.",
                    ),
                )
            )
        return kept


def commitment(salt: bytes, sha256: str) -> str:
    """The hash that binds a salt and the hash of some content, in hexadecimal."""
    return hashlib.sha256(_PREFIX + salt + bytes.fromhex(sha256)).hexdigest()
