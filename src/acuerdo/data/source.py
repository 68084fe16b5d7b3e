"""What a source plug-in states and does: who publishes, how to recognise a file, how to read it.

A plug-in is one file in ``data/sources``; its name is the source's id and it defines ``SOURCE``. It recodes
nothing beyond places and periods, merges nothing and chooses nothing: the publisher's own labels are kept.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, final

from acuerdo.core.citation import Citation
from acuerdo.core.errors import Problem
from acuerdo.core.text import Text

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


class Basis(StrEnum):
    """How the date of publication is known."""

    PRINTED = "printed"
    SCHEDULE = "schedule"
    RETRIEVED = "retrieved"
    STATED = "stated"

    @property
    def label(self) -> Text:
        """The basis in words."""
        return _BASIS_LABELS[self]


_BASIS_LABELS = {
    Basis.PRINTED: Text("printed by the publisher", "impresa por la fuente"),
    Basis.SCHEDULE: Text(
        "by the publisher's schedule, from the last period in the file",
        "según el calendario de la fuente, a partir del último periodo del archivo",
    ),
    Basis.RETRIEVED: Text(
        "first date on which it is known to have been public", "primera fecha en que consta que era público"
    ),
    Basis.STATED: Text("stated by whoever brought the file in", "declarada por quien incorporó el archivo"),
}


@final
@dataclass(frozen=True, slots=True)
class Published:
    """When a file became public, and how that is known."""

    on: date
    basis: Basis


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """Terms under which the figures may be used.

    Attributes:
        id: SPDX id where there is one, else a short name.
        name: The name in both languages.
        url: Where the terms stand, or empty.
        open: Whether derived figures may be shipped with the software.
    """

    id: str
    name: Text
    url: str = ""
    open: bool


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One thing that a source counts.

    Attributes:
        id: Unique over all sources; begins with the source's id, a dot, and the measure: ``cbp_drugs.quantity``.
        title: What it is called.
        definition: What exactly is counted, by whom, when.
        unit: Id of the unit.
        stock: True for a level at a date (missing persons), False for a flow over a period (deaths).
        revised_upward: Whether later vintages are known to raise recent counts.
        adds_up_by: Breakdown keys whose labels add up to the total in every file; checked when one is read.
        ahead: Whether a value may be public before its period is over: an appropriation, an index edition.
    """

    id: str
    title: Text
    definition: Text
    unit: str
    stock: bool = False
    revised_upward: bool = False
    adds_up_by: tuple[str, ...] = ()
    ahead: bool = False


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """The facts about a publisher's data set.

    Attributes:
        title: The data set's name.
        publisher: Who publishes it.
        carrier: Who re-published the file as it reached us, if not the publisher; empty otherwise.
        licence: Terms of use.
        citation: How to cite it.
        landing_page: The publisher's page for people.
        download: The address of the file itself; empty where it is not known, or changes without a rule.
        schedule: How often and how late it is published, in words.
        encoding: Encoding of the publisher's files.
        caveats: What a user must know before using a figure.
    """

    title: Text
    publisher: Text
    licence: Licence
    citation: Citation
    landing_page: str
    schedule: Text
    carrier: str = ""
    download: str = ""
    encoding: str = "utf-8"
    caveats: tuple[Text, ...] = ()


class Format(StrEnum):
    """What sort of file it is, once unpacked."""

    TEXT = "text"
    PARQUET = "parquet"
    XLSX = "xlsx"
    RDA = "rda"


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The beginning of an unknown file: all that recognition may look at.

    Attributes:
        format: Text or one of the binary formats.
        lines: The first lines (up to 64 KB), decoded (UTF-8, else latin-1); empty for a binary file.
        columns: Column names of a Parquet file; names of the objects of an R file; empty otherwise.
        sheets: First rows of each sheet of a workbook, cells as text; empty otherwise.
    """

    format: Format
    lines: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    sheets: Mapping[str, tuple[tuple[str, ...], ...]] = field(
        default_factory=dict[str, tuple[tuple[str, ...], ...]]
    )

    def header(self, delimiter: str = ",") -> tuple[str, ...]:
        """The cells of a text's first line, without quotation marks; empty for a binary file."""
        return tuple(cell.strip().strip('"') for cell in self.lines[0].split(delimiter)) if self.lines else ()


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """One file to be read, unpacked to a scratch folder.

    Attributes:
        name: The name the user gave it, for messages.
        path: The unpacked file.
        connection: A scratch DuckDB connection; what a source creates in it is thrown away.
        published: The day that the user gave, for a file whose content does not say it; it also overrules the
            source's own finding.
    """

    name: str
    path: Path
    connection: DuckDBPyConnection
    published: date | None = None


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """Rows that were read and not kept, and why: totals inside the rows, padding, empty future months."""

    rows: int
    reason: Text


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What a source made of a file.

    Attributes:
        sql: A SELECT over the raw connection, giving the columns ``series, place, breakdown, period, value,
            unit, status`` (texts; ``value`` DOUBLE, NULL is never given: a missing value is a missing row unless
            the publisher prints that it is missing, status ``M``). Keys are unique. The store adds
            ``period_start, period_end, known_from, sequence``. A file that itself holds several vintages (a
            table of occurrence by registration) gives an eighth column, ``known_from`` DATE; keys are then
            unique within each ``known_from``.
        published: When the file became public.
        definition: Version of the definition and classification in force, e.g. ``2015`` or ``2026``; a change
            between two vintages is a redefinition, never a revision.
        rows_read: Rows of the publisher's table.
        restates: Whether the file gives again everything that it ever gave for the series and periods it covers,
            so that a key it no longer holds is withdrawn. If not, an older value stands until a newer one comes.
        set_aside: Rows not kept, with the reason.
        problems: Everything wrong with the file; the engine refuses it if there is any.
        notes: What the user should be told though nothing is wrong.
    """

    sql: str
    published: Published
    rows_read: int
    definition: str = ""
    restates: bool = False
    set_aside: tuple[SetAside, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Text, ...] = ()


class AbstractSource(ABC):
    """A publisher's data set. Concrete sources are ``@final`` and live in ``data/sources``."""

    about: ClassVar[About]
    series: ClassVar[tuple[Series, ...]]
    # The header as published, for messages about a file that is nearly one of this source's
    columns: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def recognises(self, sample: Sample) -> bool:
        """Whether a file is one of this source's, by its content alone."""

    @abstractmethod
    def parse(self, raw: Raw) -> Parsed:
        """Read a file. Collects every problem instead of stopping at the first."""

    def download_address(self, on: date) -> str:
        """The address of the newest file as of a day; most addresses do not change."""
        del on
        return self.about.download
