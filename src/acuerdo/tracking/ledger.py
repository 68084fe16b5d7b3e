"""The ledger of filed statements: what was once released is never changed, only added to."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Final

from acuerdo.core.plugins import Folder
from acuerdo.core.text import Text
from acuerdo.spec.dump import dump_text
from acuerdo.spec.fields import AbstractSpec
from acuerdo.tracking.codebook import codebook
from acuerdo.tracking.statement import STATEMENTS, load_statements

LEDGER: Final = Folder("statements", suffixes=(".ledger",), kind=Text("a ledger", "un libro de registro"))


def digests() -> Mapping[str, str]:
    """The digest of every statement and of the codebook, by what it is of, as the files stand now."""
    book = codebook()
    found = {f"codebook {book.version}": _digest(book)}
    for name in STATEMENTS.files():
        file = load_statements(name)
        found |= {f"{file.framework} {one.id}": _digest(one) for one in file.statements.values()}
    return found


def released() -> Mapping[str, str]:
    """The digests that the ledger holds, in the order in which they were entered."""
    lines = LEDGER.file("released").read_text("utf-8").splitlines()
    return dict(line.rsplit(" ", 1) for line in lines)


def unreleased() -> tuple[str, ...]:
    """The lines to add to the ledger for what it does not hold yet."""
    held = released()
    return tuple(f"{key} {digest}" for key, digest in digests().items() if key not in held)


def changed() -> tuple[str, ...]:
    """What the ledger holds and the files no longer say in the same words."""
    now = digests()
    book = f"codebook {codebook().version}"
    earlier = {key for key in released() if key.startswith("codebook ") and key != book}
    return tuple(key for key, digest in released().items() if key not in earlier and now.get(key) != digest)


def _digest(one: AbstractSpec) -> str:
    return hashlib.sha256(dump_text(one).encode()).hexdigest()
