"""Who was handed what, and when: one row for each parcel, written before the parcel leaves."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, Literal, final

from acuerdo.record.log import PATIENCE, told

Way = Literal["network", "file"]
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS handed (
    number INTEGER PRIMARY KEY, at TEXT NOT NULL, receiver TEXT NOT NULL, log TEXT NOT NULL, begin INTEGER NOT NULL,
    finish INTEGER NOT NULL, withheld TEXT NOT NULL, late TEXT NOT NULL, sha256 TEXT NOT NULL, way TEXT NOT NULL
) STRICT
"""
_TRIGGER: Final = """
CREATE TRIGGER IF NOT EXISTS handed_no_{verb} BEFORE {verb} ON handed
BEGIN SELECT RAISE(ABORT, 'receipts are only added to'); END
"""


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

    def add(self, one: Receipt) -> None:
        """Adds a receipt; it is on the disk when this returns."""
        with told(self.path):
            self._connection.execute(
                "INSERT INTO handed (at, receiver, log, begin, finish, withheld, late, sha256, way)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(one.at, one.receiver, one.log, one.begin, one.end),
                    *(json.dumps(one.withheld), json.dumps(one.late), one.sha256, one.way),
                ),
            )

    def all(self, receiver: str | None = None) -> Iterator[Receipt]:
        """Every receipt in order, of one party if it is given."""
        if not self.path.exists():
            return
        query = (
            "SELECT at, receiver, log, begin, finish, withheld, late, sha256, way FROM handed"
            " WHERE receiver = coalesce(?, receiver) ORDER BY number"
        )
        with told(self.path):
            for at, to, log, begin, end, withheld, late, sha256, way in self._connection.execute(
                query, (receiver,)
            ):
                yield Receipt(
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


def _runs(written: str) -> tuple[tuple[int, int], ...]:
    return tuple((begin, end) for begin, end in json.loads(written))
