"""Figures that are known only as somebody printed them, each with its source and the day it became public.

They stand in ``data/figures``, one YAML file per table. A day of publication that is known only to the month or
year is taken as the last day of it; where no date is known at all, it is the day on which the source was read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal, final

from pydantic import Field

from acuerdo.core.period import PeriodKind
from acuerdo.data.source import Basis, Published
from acuerdo.spec.fields import AbstractSpec, Day, Declares, Key, Plain, Points, UnitId, When, Words
from acuerdo.spec.load import load_document
from acuerdo.spec.source import Reference
from acuerdo.spec.table import Table

KIND = "acuerdo_figures"
SOURCE_ID = "published_figures"
_FOLDER = Path(__file__).parent / "figures"


@final
class CitedFigure(AbstractSpec):
    """One printed number.

    Attributes:
        period: What it covers.
        value: The number, in the unit of its series.
        status: What it is worth, in the codes of :class:`acuerdo.core.status.Status`.
        source: Key of the reference that prints it.
        published: The day its publisher made it public, if known better than the reference's own date.
        breakdown: What part of the whole it counts: ``force=army;window=2012-2018``.
        note: What a reader must know.
    """

    period: When
    value: int | float
    status: Literal["A", "E", "F", "P", "U"] = "A"
    source: Annotated[str, Points(("references",))]
    published: When | None = None
    breakdown: Plain = ""
    note: Words | None = None


@final
class CitedSeries(AbstractSpec):
    """Numbers that count the same thing in the same way; rival counts are series of their own."""

    id: Key
    title: Words
    definition: Words
    unit: UnitId
    place: Plain
    stock: bool = False
    revised_upward: bool = False
    ahead: bool = False
    figures: Annotated[tuple[CitedFigure, ...], Field(min_length=1)]


@final
class FigureTable(AbstractSpec):
    """One file of figures.

    Attributes:
        kind: Marks the file as one of these.
        accessed: The day on which the sources were read.
        title: What the table is about.
        references: The sources.
        series: The figures, by series.
    """

    kind: Literal["acuerdo_figures"]
    accessed: Day
    title: Words
    references: Annotated[Table[Reference], Declares("references")]
    series: Table[CitedSeries]

    def published(self, figure: CitedFigure) -> Published:
        """When a figure became public, and how that is known."""
        reference = self.references[figure.source]
        when = figure.published or reference.date
        exact = when is not None and when.kind is PeriodKind.DAY
        by_publisher = figure.published is not None or reference.kind == "original"
        on = self.accessed if when is None else min(when.end, self.accessed)
        return Published(on, Basis.PRINTED if exact and by_publisher else Basis.RETRIEVED)

    def latest(self) -> date:
        """The day on which the newest figure became public."""
        return max(self.published(figure).on for _, figure in self.rows())

    def rows(self) -> Iterator[tuple[CitedSeries, CitedFigure]]:
        """Every figure with its series, in the order of the file."""
        return ((series, figure) for series in self.series.values() for figure in series.figures)


@cache
def packaged_tables() -> Mapping[str, FigureTable]:
    """The tables that come with the software, by file name.

    Raises:
        SpecProblems: If a file does not say what it must.
    """
    return MappingProxyType(
        {path.stem: load_document(path, FigureTable) for path in sorted(_FOLDER.glob("*.yaml"))}
    )


@cache
def figures_of(series_id: str) -> tuple[tuple[CitedFigure, Reference], ...]:
    """The figures of a series, each with the page that prints it; none for a series of another source."""
    return tuple(
        (figure, table.references[figure.source])
        for table in packaged_tables().values()
        for series, figure in table.rows()
        if series_id == f"{SOURCE_ID}.{series.id}"
    )


def packaged_files() -> tuple[Path, ...]:
    """The files of the tables, in order of name."""
    return tuple(sorted(_FOLDER.glob("*.yaml")))
