"""One log in one SQLite file: entries are added at its end, and nothing in it is ever changed.

A row holds an entry's envelope, the hash of its leaf, and the roots of the subtrees that the leaf completes, so that an
append is one row and a proof a few look-ups. Of an entry that its owner withholds, a copy has the leaf alone; the
envelope may come later. Every acknowledged append is on the disk (WAL, ``synchronous=FULL``).
"""

from __future__ import annotations

import os
import sqlite3
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, final

from acuerdo.record import merkle
from acuerdo.record.faults import busy, damaged, file_refused, unwritable

PATIENCE: Final = 10.0
"""Seconds that a writer waits for another."""
_SCHEMA: Final = """
CREATE TABLE about (origin TEXT NOT NULL, format INTEGER NOT NULL) STRICT;
CREATE TABLE entry (
    place INTEGER PRIMARY KEY, leaf BLOB NOT NULL, subtrees BLOB NOT NULL, envelope BLOB, alters_keys INTEGER NOT NULL
) STRICT;
CREATE INDEX key_entry ON entry (place) WHERE alters_keys;
CREATE TRIGGER entry_at_the_end BEFORE INSERT ON entry
WHEN NEW.place <> (SELECT coalesce(max(place), -1) + 1 FROM entry)
BEGIN SELECT RAISE(ABORT, 'the record is only added to'); END;
CREATE TABLE late (place INTEGER PRIMARY KEY REFERENCES entry, envelope BLOB NOT NULL) STRICT;
CREATE TABLE checkpoint (
    number INTEGER PRIMARY KEY, origin TEXT NOT NULL, size INTEGER NOT NULL, note TEXT NOT NULL
) STRICT;
"""
_TRIGGER: Final = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'the record is only added to'); END;
"""


@final
@dataclass(frozen=True, slots=True)
class Row:
    """One place of a log: the leaf, and the envelope unless its owner withholds it."""

    place: int
    leaf: bytes
    envelope: bytes | None


@final
@dataclass(frozen=True, slots=True)
class New:
    """What is added at the end: an envelope, or the leaf alone of one that is withheld."""

    leaf: bytes
    envelope: bytes | None = None
    alters_keys: bool = False

    @classmethod
    def of(cls, envelope: bytes, *, alters_keys: bool = False) -> New:
        """A whole entry."""
        return cls(merkle.leaf_hash(envelope), envelope, alters_keys)


@final
class Log:
    """One log.

    Attributes:
        path: Its file.
        origin: Its name in checkpoints.
    """

    def __init__(self, path: Path, origin: str, *, read_only: bool = False) -> None:
        self.path = path
        self.origin = origin
        self.read_only = read_only

    @cached_property
    def _connection(self) -> sqlite3.Connection:
        with told(self.path):
            locked = self.path.exists() and not os.access(self.path.parent, os.W_OK)
            connection = _connect(self.path, self.origin, read_only=self.read_only or locked)
        # Whoever forgets to close a log leaves no journal behind.
        weakref.finalize(self, connection.close)
        return connection

    def close(self) -> None:
        """Lets go of the file."""
        self._connection.close()
        del self.__dict__["_connection"]

    # ------------------------------------------------------------------------------------------------- reading

    @property
    def size(self) -> int:
        """How many entries it has."""
        (size,) = self._one("SELECT coalesce(max(place), -1) + 1 FROM entry")
        return size

    def rows(self, begin: int = 0, end: int | None = None) -> Iterator[Row]:
        """Its places in order, from one and before another."""
        with told(self.path):
            yield from (
                Row(*row)
                for row in self._connection.execute(
                    "SELECT e.place, e.leaf, coalesce(e.envelope, l.envelope) FROM entry e"
                    " LEFT JOIN late l USING (place) WHERE e.place >= ? AND e.place < ? ORDER BY e.place",
                    (begin, 2**62 if end is None else end),
                )
            )

    def row(self, place: int) -> Row | None:
        """One place; None if the log is not that long."""
        return next(self.rows(place, place + 1), None)

    @property
    def supplied(self) -> int:
        """How many envelopes came after their leaf."""
        (count,) = self._one("SELECT count(*) FROM late")
        return count

    def withheld(self, begin: int = 0, *, most: int) -> tuple[int, ...]:
        """The places from one on of which only the leaf is here, at most so many."""
        with told(self.path):
            found = self._connection.execute(
                "SELECT place FROM entry e WHERE envelope IS NULL AND place >= ?"
                " AND NOT EXISTS (SELECT 1 FROM late l WHERE l.place = e.place) ORDER BY place LIMIT ?",
                (begin, most),
            )
            return tuple(place for (place,) in found)

    def key_places(self, end: int | None = None) -> tuple[int, ...]:
        """The places of the entries that change the side's keys."""
        with told(self.path):
            found = self._connection.execute("SELECT place FROM entry WHERE alters_keys ORDER BY place")
            return tuple(place for (place,) in found if end is None or place < end)

    def subtree(self, level: int, position: int) -> bytes:
        """The root of a complete subtree; see :mod:`acuerdo.record.merkle`.

        Raises:
            StoreDamaged: If the file does not hold it.
        """
        last = (position + 1 << level) - 1
        column = "leaf" if level == 0 else f"substr(subtrees, {32 * (level - 1) + 1}, 32)"
        found = self._connection.execute(f"SELECT {column} FROM entry WHERE place = ?", (last,)).fetchone()
        if found is None or len(found[0]) != 32:
            raise damaged(self.path, place=last)
        return found[0]

    def whole_rows(self) -> Iterator[tuple[Row, bytes, bool]]:
        """Every place in order with all that is stored beside it, for who verifies the file."""
        with told(self.path):
            query = (
                "SELECT e.place, e.leaf, coalesce(e.envelope, l.envelope), e.subtrees, e.alters_keys FROM entry e"
                " LEFT JOIN late l USING (place) ORDER BY e.place"
            )
            for place, leaf, envelope, subtrees, alters in self._connection.execute(query):
                yield Row(place, leaf, envelope), subtrees, bool(alters)

    def faults(self) -> tuple[str, ...]:
        """What SQLite itself finds wrong with the file; empty when all is well."""
        with told(self.path):
            found = (told for (told,) in self._connection.execute("PRAGMA integrity_check(10)"))
            return tuple(told for told in found if told != "ok")

    def root(self, size: int | None = None) -> bytes:
        """The root of the tree over its first entries; over all, if no number is given."""
        with told(self.path):
            return merkle.root(self.size if size is None else size, subtree=self.subtree)

    def inclusion(self, place: int, size: int) -> tuple[bytes, ...]:
        """The proof that an entry is in the tree of a size."""
        with told(self.path):
            return merkle.inclusion_proof(place, size, subtree=self.subtree)

    def consistency(self, earlier: int, later: int) -> tuple[bytes, ...]:
        """The proof that the tree of one size is the beginning of that of another."""
        with told(self.path):
            return merkle.consistency_proof(earlier, later, subtree=self.subtree)

    def checkpoints(self, origin: str | None = None) -> tuple[str, ...]:
        """The signed checkpoints kept here, of one log if it is given, in the order in which they came."""
        with told(self.path):
            found = self._connection.execute(
                "SELECT note FROM checkpoint WHERE origin = coalesce(?, origin) ORDER BY number", (origin,)
            )
            return tuple(note for (note,) in found)

    def last_checkpoint(self, origin: str) -> str | None:
        """The largest signed checkpoint of a log kept here, the latest of that size; None if there is none."""
        with told(self.path):
            found = self._connection.execute(
                "SELECT note FROM checkpoint WHERE origin = ? ORDER BY size DESC, number DESC LIMIT 1",
                (origin,),
            ).fetchone()
        return found[0] if found else None

    # ------------------------------------------------------------------------------------------------- writing

    @contextmanager
    def writing(self) -> Iterator[int]:
        """One transaction by the only writer: all of it is on the disk when it ends, or nothing is.

        Yields:
            The size of the log, which nobody else changes meanwhile.

        Raises:
            StoreDamaged: If the file cannot be written, or another process keeps it too long.
        """
        with told(self.path):
            connection = self._connection
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.size
                connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
                raise

    def append(self, new: Sequence[New], *, size: int) -> int:
        """Adds entries at the end, within :meth:`writing`; returns the size after them."""
        fresh: dict[tuple[int, int], bytes] = {}

        def subtree(level: int, position: int) -> bytes:
            return fresh.get((level, position)) or self.subtree(level, position)

        for place, one in enumerate(new, size):
            roots = merkle.completed(one.leaf, place, subtree=subtree)
            fresh[0, place] = one.leaf
            fresh.update({(level, place >> level): found for level, found in enumerate(roots, 1)})
            self._connection.execute(
                "INSERT INTO entry VALUES (?, ?, ?, ?, ?)",
                (place, one.leaf, b"".join(roots), one.envelope, int(one.alters_keys)),
            )
        return size + len(new)

    def supply(self, place: int, envelope: bytes) -> None:
        """Adds the envelope of an entry of which only the leaf was there, within :meth:`writing`."""
        self._connection.execute("INSERT OR IGNORE INTO late VALUES (?, ?)", (place, envelope))

    def keep_checkpoint(self, origin: str, *, size: int, note: str) -> None:
        """Adds a signed checkpoint, within :meth:`writing`."""
        self._connection.execute(
            "INSERT INTO checkpoint (origin, size, note) VALUES (?, ?, ?)", (origin, size, note)
        )

    def _one(self, query: str, *values: object) -> tuple:
        with told(self.path):
            found = self._connection.execute(query, values).fetchone()
        if found is None:
            raise damaged(self.path)
        return found


def _connect(path: Path, origin: str, *, read_only: bool) -> sqlite3.Connection:
    exists = path.exists()
    # On a disk that cannot be written SQLite makes no index of its journal; without a journal it needs none.
    whole = "&immutable=1" if not path.with_name(f"{path.name}-wal").exists() else ""
    uri = f"{path.absolute().as_uri()}?mode={f'ro{whole}' if read_only else 'rwc'}"
    # One thread uses a log, but any may be the one that finds it forgotten, and closes it.
    connection = sqlite3.connect(
        uri, uri=True, isolation_level=None, timeout=PATIENCE, check_same_thread=False
    )
    if read_only:
        connection.execute("PRAGMA query_only = ON")
    else:
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")
    connection.execute("PRAGMA trusted_schema = OFF")
    if not exists or not connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
        _begin(connection, origin)
    (found,) = connection.execute("SELECT origin FROM about").fetchone() or (None,)
    if found != origin:
        raise file_refused(path, expected=origin, found=str(found))
    return connection


def _begin(connection: sqlite3.Connection, origin: str) -> None:
    """Makes the tables, whole or not at all."""
    tables = ("about", "entry", "late", "checkpoint")
    triggers = "".join(
        _TRIGGER.format(table=table, verb=verb) for table in tables for verb in ("update", "delete")
    )
    connection.execute("BEGIN IMMEDIATE")
    if not connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
        for statement in _statements(_SCHEMA + triggers):
            connection.execute(statement)
        connection.execute("INSERT INTO about VALUES (?, 1)", (origin,))
    connection.execute("COMMIT")


def _statements(script: str) -> Iterator[str]:
    """The statements of a script; unlike ``executescript``, running them keeps the transaction."""
    held = ""
    for line in script.splitlines(keepends=True):
        held += line
        if sqlite3.complete_statement(held):
            yield held
            held = ""


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Says what SQLite says in words that a reader can act on."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise busy(path) from error
        if any(word in str(error) for word in ("full", "readonly", "unable to open", "disk I/O")):
            raise unwritable(path, str(error)) from error
        raise damaged(path, why=str(error)) from error
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise damaged(path, why=str(error)) from error
