"""Where a private key is kept if not in a file of the node: one file in ``record/keepers`` for each way.

A place is written ``<keeper>:<where>``, such as ``pkcs11:token=SRE;object=desk``. It names, and opens nothing: no PIN
and no program to be run stands in it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, final

from acuerdo.core.plugins import Folder
from acuerdo.core.text import Text
from acuerdo.record.asking import Ask
from acuerdo.record.party import PublicKey
from acuerdo.record.signer import AbstractSigner

KEEPERS: Final = Folder(
    "record/keepers", suffixes=(".py",), kind=Text("a way of keeping a key", "un modo de guardar una llave")
)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Keeper:
    """A way of keeping a private key, so that it never comes out.

    Attributes:
        public: The 32 bytes of the public half of the key at a place; asks nobody for anything.
        open: What signs with the key at a place, of which the public half is known; has signed once for a trial.
    """

    public: Callable[[str], bytes]
    open: Callable[[str, PublicKey, Ask | None], AbstractSigner]


def keeper(place: str) -> Keeper:
    """What keeps the key at a place.

    Raises:
        NotFound: If there is no such way of keeping a key.
    """
    return KEEPERS.module(place.partition(":")[0]).KEEPER
