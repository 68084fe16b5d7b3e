"""A release: one published file, and what is known about it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, final

from acuerdo.core.text import Text
from acuerdo.data.source import Basis, Published, SetAside

# Raised whenever the engine or a source reads the same bytes differently; such a file is read anew
PARSER_VERSION = 1
METADATA_KEY = "acuerdo_release"


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The span of one series in a release.

    Attributes:
        series: Id of the series.
        rows: Number of values.
        first: Start of the earliest period.
        last: End of the latest period.
        total: Sum over the rows, as a control figure; it may add totals to their parts.
    """

    series: str
    rows: int
    first: date
    last: date
    total: float


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One published file. Everything here stands in the stored file itself.

    Attributes:
        source: Id of the source.
        title: The data set.
        publisher: Who published it.
        licence: Id of the licence.
        url: Where it was or can be had.
        published: When it became public, and how that is known.
        retrieved: When it was downloaded; None for a file that was already on disk.
        name: The file's name as given, without folders.
        sha256: Fingerprint of the publisher's unpacked bytes.
        bytes: Their number.
        rows_read: Rows of the publisher's table.
        definition: Version of the definition in force.
        restates: Whether a key that it does not hold is withdrawn.
        vintages: The dates on which its values became known, in order; more than one only for a file that
            holds several vintages itself.
        coverage: One entry per series, in order of id.
        set_aside: Rows not kept, with the reason.
        notes: What the user was told.
        extract: True where this is a part of the file (the packaged evidence); a full ingest replaces it.
        parser: Version of the reading rules.
        sequence: Order among releases of one day, the same in every store.
        path: The stored file; None until stored.
    """

    source: str
    title: Text
    publisher: Text
    licence: str
    url: str
    published: Published
    retrieved: date | None = None
    name: str
    sha256: str
    bytes: int
    rows_read: int
    definition: str = ""
    restates: bool = False
    vintages: tuple[date, ...]
    coverage: tuple[Coverage, ...]
    set_aside: tuple[SetAside, ...] = ()
    notes: tuple[Text, ...] = ()
    extract: bool = False
    parser: int = PARSER_VERSION
    sequence: int
    path: Path | None = None

    @property
    def id(self) -> str:
        """``source/date_hash``, the path under ``releases``."""
        stem = self.path.stem if self.path else f"{self.published.on}_{self.sha256[:16]}"
        return f"{self.source}/{stem}"

    @property
    def rows(self) -> int:
        """Number of values stored."""
        return sum(one.rows for one in self.coverage)

    @property
    def series(self) -> tuple[str, ...]:
        """Ids of its series."""
        return tuple(one.series for one in self.coverage)

    @property
    def first(self) -> date:
        """Start of the earliest period of any series."""
        return min(one.first for one in self.coverage)

    @property
    def last(self) -> date:
        """End of the latest period of any series."""
        return max(one.last for one in self.coverage)

    def to_json(self) -> str:
        """The release as one line of JSON, keys sorted, the same for the same release."""
        fields = asdict(self)
        del fields["path"]
        return json.dumps(fields, default=str, ensure_ascii=False, sort_keys=True)


def release_from_json(text: str, path: Path) -> Release:
    """The release that :meth:`Release.to_json` wrote into ``path``."""
    fields: dict[str, Any] = json.loads(text)
    published = fields.pop("published")
    return Release(
        **{
            **fields,
            "title": Text(**fields["title"]),
            "publisher": Text(**fields["publisher"]),
            "published": Published(_day(published["on"]), Basis(published["basis"])),
            "retrieved": _day(fields["retrieved"]) if fields["retrieved"] else None,
            "vintages": tuple(_day(one) for one in fields["vintages"]),
            "coverage": tuple(
                Coverage(**{**one, "first": _day(one["first"]), "last": _day(one["last"])})
                for one in fields["coverage"]
            ),
            "set_aside": tuple(
                SetAside(rows=one["rows"], reason=Text(**one["reason"])) for one in fields["set_aside"]
            ),
            "notes": tuple(Text(**one) for one in fields["notes"]),
        },
        path=path,
    )


def sequence_of(last: date, sha256: str) -> int:
    """Order among releases of one day: the one that reaches further is later, then by fingerprint.

    It comes from the content alone, so two stores with the same files agree, whatever was read first.
    """
    months = (last.year - 1900) * 12 + last.month
    return (months % 4096) << 19 | int(sha256[:5], 16) >> 1


def _day(text: str) -> date:
    return date.fromisoformat(text)
