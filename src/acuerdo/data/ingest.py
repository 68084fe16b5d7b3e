"""Bringing one file in: unpack, recognise, read, check, store. Nothing is stored unless everything holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import final

import duckdb

from acuerdo.core.errors import IngestRefused, Problem
from acuerdo.data.audit import stale_corrections
from acuerdo.data.changes import Changes, changes, doubts
from acuerdo.data.macros import MACROS
from acuerdo.data.observations import Observed, observe, reading_failed
from acuerdo.data.recognise import recognise, sources
from acuerdo.data.release import PARSER_VERSION, Release, sequence_of
from acuerdo.data.sample import sample
from acuerdo.data.source import About, AbstractSource, Basis, Parsed, Published, Raw
from acuerdo.data.store import Store, session
from acuerdo.data.unpack import Unpacked, unpack

_TABLE = "observed"
# Tables in parts small enough that even a file of some ten thousand rows keeps every processor busy
_WORKBENCH = "ATTACH ':memory:' AS workbench (ROW_GROUP_SIZE 16384); USE workbench"
# What a source's own code may trip over in a file that is not as it was when the source was written
_UNFORESEEN = (ValueError, TypeError, LookupError, ArithmeticError)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """What became of one file.

    Attributes:
        release: The stored release.
        new: False if the same bytes were stored before; then nothing was written.
        changes: Against what was known the moment before it; None where nothing was written.
        stale: Declared corrections of the source that no longer fit, now that this file is there.
    """

    release: Release
    new: bool
    changes: Changes | None = None
    stale: tuple[Problem, ...] = ()


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What is known about a file besides its content.

    Attributes:
        published: The day it became public, if the user says so; else the source finds it.
        retrieved: The day it was downloaded.
        url: The address it came from.
    """

    published: date | None = None
    retrieved: date | None = None
    url: str = ""


def ingest(
    path: Path,
    store: Store,
    *,
    origin: Origin | None = None,
    among: Mapping[str, AbstractSource] | None = None,
) -> Ingested:
    """Brings one file into the store.

    Args:
        path: The file, packed or not, whatever it is called.
        store: Where to.
        origin: What is known besides the content.
        among: The sources asked; all, if not given.

    Raises:
        IngestRefused: If anything is wrong with the file; lists everything.
    """
    origin = origin or Origin()
    with store.scratch() as scratch:
        unpacked = unpack(path, scratch)
        stored = store.find(unpacked.sha256)
        if stored and not stored.extract and stored.parser == PARSER_VERSION:
            return Ingested(release=stored, new=False)
        among = sources() if among is None else among
        source_id = recognise(sample(unpacked), name=unpacked.name, among=among)
        with session() as connection:
            connection.execute(_WORKBENCH)
            release = _observed(connection, unpacked, source=(source_id, among[source_id]), origin=origin)
            found = changes(connection, release, releases=store.releases(source_id), table=_TABLE)
            if problems := doubts(release, found, name=unpacked.name):
                raise IngestRefused(problems)
            stored = store.add(release, connection=connection, table=_TABLE)
    return Ingested(release=stored, new=True, changes=found, stale=stale_corrections(store, source_id))


def _observed(
    connection: duckdb.DuckDBPyConnection,
    unpacked: Unpacked,
    *,
    source: tuple[str, AbstractSource],
    origin: Origin,
) -> Release:
    """The release of a file, with its checked observations in a table of the connection."""
    source_id, reader = source
    parsed = read_file(connection, unpacked, source=reader, published=origin.published)
    if origin.published:
        parsed = replace(parsed, published=Published(origin.published, Basis.STATED))
    observed = observe(connection, parsed, source=reader, name=unpacked.name, table="checked")
    release = _release(unpacked, parsed, source_id=source_id, about=reader.about, observed=observed)
    connection.execute(f"CREATE VIEW {_TABLE} AS SELECT *, {release.sequence} AS sequence FROM checked")
    return replace(release, retrieved=origin.retrieved, url=origin.url or release.url)


def read_file(
    connection: duckdb.DuckDBPyConnection,
    unpacked: Unpacked,
    *,
    source: AbstractSource,
    published: date | None = None,
) -> Parsed:
    """What a source makes of an unpacked file, on a scratch connection.

    Raises:
        IngestRefused: If the source found problems.
    """
    connection.execute(MACROS)
    try:
        parsed = source.parse(
            Raw(name=unpacked.name, path=unpacked.path, connection=connection, published=published)
        )
    except (duckdb.Error, *_UNFORESEEN) as error:
        raise reading_failed(unpacked.name, error) from error
    if parsed.problems:
        raise IngestRefused(parsed.problems)
    return parsed


def _release(
    unpacked: Unpacked, parsed: Parsed, *, source_id: str, about: About, observed: Observed
) -> Release:
    return Release(
        source=source_id,
        title=about.title,
        publisher=about.publisher,
        licence=about.licence.id,
        url=about.download or about.landing_page,
        published=parsed.published,
        name=Path(unpacked.name).name,
        sha256=unpacked.sha256,
        bytes=unpacked.bytes,
        rows_read=parsed.rows_read,
        definition=parsed.definition,
        restates=parsed.restates,
        vintages=observed.vintages,
        coverage=observed.coverage,
        set_aside=parsed.set_aside,
        notes=parsed.notes,
        sequence=sequence_of(max(one.last for one in observed.coverage), unpacked.sha256),
    )
