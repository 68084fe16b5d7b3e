"""The store: a folder of immutable Parquet files, one per release, named by date and content.

``<root>/releases/<source>/<known_from>_<first 16 hex digits of the file's SHA-256>.parquet``

A file appears whole or not at all: it is written aside, flushed to disk, then renamed. There is no index, so
nothing can go stale, and any number of processes may read and write at once.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import final

import duckdb

from acuerdo.core.errors import Problem, StoreDamaged, UsageError
from acuerdo.core.text import Text
from acuerdo.data.coding import in_order
from acuerdo.data.release import METADATA_KEY, Release, release_from_json
from acuerdo.data.sql import literal
from acuerdo.data.unpack import no_room, sha256_of

_INCOMING = "incoming"
_HASH_DIGITS = 16
# Far longer than any write takes; what is older was left by a process that was killed
_ABANDONED_AFTER_SECONDS = 3600
_SORTED = ("series", "place", "breakdown", "period", "known_from")
_KNOWN: dict[Path, Release] = {}
_TYPES = {
    "series": "VARCHAR", "place": "VARCHAR", "breakdown": "VARCHAR", "period": "VARCHAR", "period_start": "DATE",
    "period_end": "DATE", "value": "DOUBLE", "unit": "VARCHAR", "status": "VARCHAR", "known_from": "DATE",
    "sequence": "INTEGER",
}  # fmt: skip
OBSERVATION = ", ".join(_TYPES)


@final
class Store:
    """One or more folders of releases; all are read, only the first is written.

    Attributes:
        roots: The folders, the user's own first.
    """

    def __init__(self, *roots: Path) -> None:
        self.roots = roots

    def releases(self, source: str | None = None) -> tuple[Release, ...]:
        """The releases in order of source, publication and sequence; a full file hides an extract of itself.

        Raises:
            StoreDamaged: If a stored file cannot be read.
        """
        best: dict[tuple[str, str], Release] = {}
        for one in _read_releases(tuple(self._files(source))):
            key = (one.source, one.sha256)
            if key not in best or _rank(one) > _rank(best[key]):
                best[key] = one
        return tuple(sorted(best.values(), key=lambda one: (one.source, one.published.on, one.sequence)))

    def find(self, sha256: str) -> Release | None:
        """The stored release of a file, by the fingerprint of its unpacked bytes."""
        return next((one for one in self.releases() if one.sha256 == sha256), None)

    def add(self, release: Release, *, connection: duckdb.DuckDBPyConnection, table: str) -> Release:
        """Stores one release and returns it with its path; what is already there stays as it is.

        Args:
            release: What is known about the file.
            connection: Where the observations are.
            table: Name of a table with the eleven columns of an observation.
        """
        folder = self.own / "releases" / release.source
        folder.mkdir(parents=True, exist_ok=True)
        with self.scratch() as scratch:
            written = scratch / "release.parquet"
            _copy(connection, table, path=written, metadata=release.to_json())
            digest = sha256_of(written)[:_HASH_DIGITS]
            final_path = folder / f"{release.published.on}_{digest}.parquet"
            if not final_path.exists():
                _flush(written)
                written.replace(final_path)
                _flush_folder(folder)
        return _read_releases((final_path,))[0]

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """A folder beside the releases for work in hand; removed at the end, or by a later call.

        Raises:
            UsageError: If nothing can be written there, or the disk fills up meanwhile.
        """
        incoming = self.own / _INCOMING
        try:
            incoming.mkdir(parents=True, exist_ok=True)
            _sweep(incoming)
            folder = Path(tempfile.mkdtemp(dir=incoming))
        except OSError as error:
            raise UsageError(_not_written(self.own, error)) from error
        try:
            yield folder
        except (OSError, duckdb.IOException) as error:
            if not no_room(error):
                raise
            raise UsageError(_full(self.own)) from error
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def verify(self) -> int:
        """Reads every stored file again and compares it with its name.

        Returns:
            The number of files read.

        Raises:
            StoreDamaged: Lists every file whose content is not what its name says.
        """
        files = list(self._files(None))
        damaged = [path for path in files if sha256_of(path)[:_HASH_DIGITS] != path.stem.rpartition("_")[2]]
        if damaged:
            raise StoreDamaged([_damaged(path) for path in damaged])
        return len(files)

    def _files(self, source: str | None) -> Iterator[Path]:
        for root in self.roots:
            yield from sorted((root / "releases").glob(f"{source or '*'}/*.parquet"))

    @property
    def own(self) -> Path:
        """The folder that is written to.

        Raises:
            UsageError: If no folder is open.
        """
        if not self.roots:
            raise UsageError(
                Problem(
                    what=Text("No store is open for writing.", "No hay un almacén abierto para escribir.")
                )
            )
        return self.roots[0]


@cache
def _reader() -> duckdb.DuckDBPyConnection:
    """One connection for reading what files say of themselves; opening one takes longer than asking it."""
    return duckdb.connect()


@contextmanager
def session() -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB connection in memory, which never reaches for the network."""
    with duckdb.connect(
        config={"autoinstall_known_extensions": False, "autoload_known_extensions": False}
    ) as connection:
        connection.execute("SET enable_progress_bar = false")
        yield connection


def _rank(release: Release) -> tuple[bool, int, str]:
    return (not release.extract, release.parser, release.id)


def _read_releases(paths: tuple[Path, ...]) -> list[Release]:
    """The metadata of stored files; kept, since a stored file never changes."""
    unread = [path for path in paths if path not in _KNOWN]
    if unread:
        with _reader().cursor() as connection:
            for path, text in _metadata(connection, unread).items():
                _KNOWN[path] = release_from_json(text, path)
    return [_KNOWN[path] for path in paths]


def _metadata(connection: duckdb.DuckDBPyConnection, paths: Sequence[Path]) -> dict[Path, str]:
    try:
        rows = connection.execute(
            "SELECT file_name, decode(value) FROM parquet_kv_metadata(?) WHERE decode(key) = ?",
            [[str(path) for path in paths], METADATA_KEY],
        ).fetchall()
    except duckdb.Error as error:
        # One at a time, to say which
        if len(paths) == 1:
            raise StoreDamaged(_damaged(paths[0])) from error
        return {path: text for one in paths for path, text in _metadata(connection, [one]).items()}
    found = {Path(name): text for name, text in rows}
    missing = [path for path in paths if path not in found]
    if missing:
        raise StoreDamaged([_damaged(path) for path in missing])
    return found


def _copy(connection: duckdb.DuckDBPyConnection, table: str, *, path: Path, metadata: str) -> None:
    # Every file has the same types, whatever the table was made of, so that all can be read together
    rows = in_order(connection, table, kinds=_TYPES, by=_SORTED)
    connection.execute(
        f"COPY ({rows}) TO {literal(str(path))} "
        f"(FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{METADATA_KEY}: {literal(metadata)}}})"
    )


def _damaged(path: Path) -> Problem:
    return Problem(
        what=Text(
            "This stored release is not what was once written: its content does not fit its name.",
            "Esta publicación almacenada no es lo que se escribió: su contenido no corresponde a su nombre.",
        ),
        where=str(path),
        fix=Text(
            "Delete it, and ingest the publisher's file again.",
            "Elimínela e incorpore de nuevo el archivo de la fuente.",
        ),
    )


def _not_written(root: Path, error: OSError) -> Problem:
    return Problem(
        what=Text(
            "Nothing can be written to this folder of the store.",
            "No se puede escribir en esta carpeta del almacén.",
        ),
        where=str(root),
        why=Text(f"The system says: {error.strerror}", f"El sistema dice: {error.strerror}"),
        fix=Text("Give a folder of your own with --store.", "Indique una carpeta suya con --store."),
    )


def _full(root: Path) -> Problem:
    return Problem(
        what=Text(
            "The disk is full. The file was not stored; what the store held before is whole.",
            "El disco está lleno. El archivo no se guardó; lo que el almacén ya tenía está íntegro.",
        ),
        where=str(root),
        fix=Text(
            "Make room, or give a folder on another disk with --store, and repeat the command.",
            "Libere espacio, o indique con --store una carpeta en otro disco, y repita el comando.",
        ),
    )


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    """Makes the new name durable; a system that cannot open folders does so itself."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sweep(incoming: Path) -> None:
    """Removes what killed processes left."""
    for entry in incoming.iterdir():
        try:
            age = time.time() - entry.stat().st_mtime
        except FileNotFoundError:
            continue
        if age > _ABANDONED_AFTER_SECONDS:
            shutil.rmtree(entry, ignore_errors=True)
