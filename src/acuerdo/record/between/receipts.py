"""Who was handed what, and when: one row for each parcel, signed and written before the parcel leaves.

Each signature is over the one before it too, so that no row can be changed, added between others or taken out unseen by
whoever does not hold the node's key. Rows cut off at the end leave no trace.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, Literal, final

from acuerdo.core.errors import AcuerdoError, Problem
from acuerdo.core.text import Text
from acuerdo.record.canonical import canonical
from acuerdo.record.log import PATIENCE, told
from acuerdo.record.signer import AbstractSigner, verifies

Way = Literal["network", "file"]
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS handed (
    number INTEGER PRIMARY KEY, at TEXT NOT NULL, receiver TEXT NOT NULL, log TEXT NOT NULL, begin INTEGER NOT NULL,
    finish INTEGER NOT NULL, withheld TEXT NOT NULL, late TEXT NOT NULL, sha256 TEXT NOT NULL, way TEXT NOT NULL,
    signature BLOB NOT NULL
) STRICT
"""
_TRIGGER: Final = """
CREATE TRIGGER IF NOT EXISTS handed_no_{verb} BEFORE {verb} ON handed
BEGIN SELECT RAISE(ABORT, 'receipts are only added to'); END
"""
_COLUMNS: Final = "at, receiver, log, begin, finish, withheld, late, sha256, way"


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What was handed to whom.

    Attributes:
        at: When, by this machine's clock.
        receiver: The party.
        log: The side whose log it was part of.
        begin: The first place.
        end: The place after the last.
        withheld: Runs of those places of which the leaf alone was given.
        late: Runs of earlier places whose entries were given now.
        sha256: The hash of the parcel, byte for byte.
        way: Over the network or by file.
    """

    at: str
    receiver: str
    log: str
    begin: int
    end: int
    withheld: tuple[tuple[int, int], ...]
    late: tuple[tuple[int, int], ...]
    sha256: str
    way: Way

    def row(self) -> list[str | int]:
        """The receipt as it is stored and signed."""
        runs = json.dumps(self.withheld), json.dumps(self.late)
        return [self.at, self.receiver, self.log, self.begin, self.end, *runs, self.sha256, self.way]


@final
class Receipts:
    """The receipts of one node.

    Attributes:
        path: Their file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    def _connection(self) -> sqlite3.Connection:
        with told(self.path):
            connection = sqlite3.connect(self.path, isolation_level=None, timeout=PATIENCE)
            for pragma in ("journal_mode = WAL", "synchronous = FULL", "trusted_schema = OFF"):
                connection.execute(f"PRAGMA {pragma}")
            for statement in (_SCHEMA, *(_TRIGGER.format(verb=verb) for verb in ("update", "delete"))):
                connection.execute(statement)
            return connection

    def close(self) -> None:
        """Lets go of the file."""
        if "_connection" in self.__dict__:
            self._connection.close()
            del self.__dict__["_connection"]

    def add(self, one: Receipt, signer: AbstractSigner) -> None:
        """Adds a receipt; it is on the disk when this returns."""
        with told(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                last = self._connection.execute(
                    "SELECT signature FROM handed ORDER BY number DESC LIMIT 1"
                ).fetchone()
                signature = signer.sign(_signed(last[0] if last else b"", one.row()))
                marks = ", ".join("?" * 10)
                self._connection.execute(
                    f"INSERT INTO handed ({_COLUMNS}, signature) VALUES ({marks})", (*one.row(), signature)
                )
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def all(self, receiver: str | None = None) -> Iterator[Receipt]:
        """Every receipt in order, of one party if it is given."""
        for _, one, _ in self._rows():
            if receiver in {None, one.receiver}:
                yield one

    def problems(self, keys: Iterable[bytes]) -> Iterator[Problem]:
        """Every receipt that is not what one of the node's keys signed after the receipt before it."""
        known, before = tuple(keys), b""
        try:
            for number, one, signature in self._rows():
                message = _signed(before, one.row())
                if not any(verifies(key, signature, message=message) for key in known):
                    yield Problem(what=_CHANGED, where=f"{self.path.name}:{number}")
                before = signature
        except AcuerdoError as error:
            yield from error.problems

    def _rows(self) -> Iterator[tuple[int, Receipt, bytes]]:
        if not self.path.exists():
            return
        # Reading needs no disk that can be written; without a journal the file is whole as it is.
        whole = "" if self.path.with_name(f"{self.path.name}-wal").exists() else "&immutable=1"
        uri = f"{self.path.absolute().as_uri()}?mode=ro{whole}"
        with told(self.path), closing(sqlite3.connect(uri, uri=True, timeout=PATIENCE)) as reading:
            found = reading.execute(f"SELECT number, {_COLUMNS}, signature FROM handed ORDER BY number")
            for number, at, to, log, begin, end, withheld, late, sha256, way, signature in found:
                one = Receipt(
                    at=at,
                    receiver=to,
                    log=log,
                    begin=begin,
                    end=end,
                    withheld=_runs(withheld),
                    late=_runs(late),
                    sha256=sha256,
                    way=way,
                )
                yield number, one, signature


def _signed(before: bytes, row: list[str | int]) -> bytes:
    return b"acuerdo-receipt/1 " + hashlib.sha256(before).digest() + canonical(row)


def _runs(written: str) -> tuple[tuple[int, int], ...]:
    return tuple((begin, end) for begin, end in json.loads(written))


_CHANGED = Text(
    "This receipt, or the one before it, is not the one that the node signed.",
    "Este comprobante, o el anterior, no es el que firmó el nodo.",
)
