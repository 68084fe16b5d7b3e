"""Bringing one file in: unpack, recognise, read, check, store. Nothing is stored unless everything holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import final

import duckdb

from acuerdo.core.errors import IngestRefused
from acuerdo.data.macros import MACROS
from acuerdo.data.observations import observe, reading_failed
from acuerdo.data.recognise import recognise, sources
from acuerdo.data.release import PARSER_VERSION, Coverage, Release, sequence_of
from acuerdo.data.sample import sample
from acuerdo.data.source import AbstractSource, Basis, Parsed, Published, Raw
from acuerdo.data.store import Store, session
from acuerdo.data.unpack import Unpacked, unpack


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """What became of one file.

    Attributes:
        release: The stored release.
        new: False if the same bytes were stored before; then nothing was written.
    """

    release: Release
    new: bool


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
            parsed = read_file(connection, unpacked, among[source_id])
            if origin.published:
                parsed = replace(parsed, published=Published(origin.published, Basis.STATED))
            coverage = observe(
                connection, parsed, source=among[source_id], name=unpacked.name, table="observed"
            )
            release = describe(
                unpacked,
                parsed,
                source_id=source_id,
                about=among[source_id],
                coverage=coverage,
                origin=origin,
            )
            connection.execute(f"ALTER TABLE observed ADD COLUMN sequence INTEGER DEFAULT {release.sequence}")
            return Ingested(release=store.add(release, connection=connection, table="observed"), new=True)


def read_file(connection: duckdb.DuckDBPyConnection, unpacked: Unpacked, source: AbstractSource) -> Parsed:
    """What a source makes of an unpacked file, on a scratch connection.

    Raises:
        IngestRefused: If the source found problems.
    """
    connection.execute(MACROS)
    try:
        parsed = source.parse(Raw(name=unpacked.name, path=unpacked.path, connection=connection))
    except duckdb.Error as error:
        raise reading_failed(unpacked.name, error) from error
    if parsed.problems:
        raise IngestRefused(parsed.problems)
    return parsed


def describe(
    unpacked: Unpacked,
    parsed: Parsed,
    *,
    source_id: str,
    about: AbstractSource,
    coverage: tuple[Coverage, ...],
    origin: Origin,
) -> Release:
    """The release of a file that was read and checked."""
    facts = about.about
    return Release(
        source=source_id,
        title=facts.title,
        publisher=facts.publisher,
        licence=facts.licence.id,
        url=origin.url or facts.download or facts.landing_page,
        published=parsed.published,
        retrieved=origin.retrieved,
        name=Path(unpacked.name).name,
        sha256=unpacked.sha256,
        bytes=unpacked.bytes,
        rows_read=parsed.rows_read,
        definition=parsed.definition,
        restates=parsed.restates,
        coverage=coverage,
        set_aside=parsed.set_aside,
        notes=parsed.notes,
        sequence=sequence_of(max(one.last for one in coverage), unpacked.sha256),
    )
