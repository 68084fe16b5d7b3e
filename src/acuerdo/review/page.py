"""What a page is made of: plain values, tables, figures and links, the same for readers and for machines."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, TypeVar, final

from acuerdo.core.text import Lang, Text
from acuerdo.core.unit import Unit
from acuerdo.review.charts.press import Drawing
from acuerdo.review.charts.spark import Spark
from acuerdo.review.wording import say

if TYPE_CHECKING:
    from acuerdo.foresight.formula import Symbol
    from acuerdo.foresight.typeset import Line

PageKind = Literal[
    "overview", "goal", "objective", "indicator", "indicators", "commitments", "meetings", "money", "data_health",
    "sources", "method", "succession", "documents", "claims", "claim", "commitment", "audit", "calendar",
    "evaluations", "evaluation", "what_not_to_sign", "foresight", "scenario", "coupled", "mechanism",
    "all_pages",
]  # fmt: skip


@final
@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads somewhere.

    Attributes:
        to: A page's path without its ending, with an anchor if need be; or an address beginning ``http``.
    """

    text: Text
    to: str


@final
@dataclass(frozen=True, slots=True)
class Amount:
    """A value and its unit; None is a value that is missing, and never a zero."""

    value: float | None
    unit: Unit
    with_unit: bool = False
    firm: bool = True


@final
@dataclass(frozen=True, slots=True)
class Change:
    """A relative change: −0.1 for ten per cent less; None where one side is missing.

    Attributes:
        difference: The difference in ``unit``, shown instead of the relative change where both are given.
    """

    ratio: float | None
    difference: float | None = None
    unit: Unit | None = None


@final
@dataclass(frozen=True, slots=True)
class State:
    """The state of a thing: its sign and its words."""

    sign: str
    text: Text


@final
@dataclass(frozen=True, slots=True)
class Small:
    """A small line in a table, with what it shows in words."""

    spark: Spark
    text: Text


@final
@dataclass(frozen=True, slots=True)
class Short:
    """A day or a period written in short."""

    of: Any


@final
@dataclass(frozen=True, slots=True)
class Code:
    """A fingerprint or an id, set in a fixed width."""

    text: str


@final
@dataclass(frozen=True, slots=True)
class Equation:
    """An equation of a model, set as mathematics."""

    line: Line


@final
@dataclass(frozen=True, slots=True)
class Letter:
    """A symbol of a model's equations, with the letters that tell the elements of a group apart."""

    symbol: Symbol
    index: str = ""


@final
@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; numbers stand at the right."""

    key: str
    title: Text
    numeric: bool = False


def headed(scope: str, /, *keys: str, numeric: Collection[str] = ()) -> tuple[Column, ...]:
    """Columns under the interface's own words: over the column ``first`` stands what ``health.first`` says.

    Args:
        numeric: Which of them hold numbers.
    """
    return tuple(Column(key, say(f"{scope}.{key}"), key in numeric) for key in keys)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under columns; the first column names the row.

    Attributes:
        stacks: Whether rows become small cards on a narrow screen instead of scrolling sideways.
    """

    caption: Text
    columns: tuple[Column, ...]
    rows: Sequence[Mapping[str, Any]]
    stacks: bool = False


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A picture with its words, its table and its sources.

    Attributes:
        name: Unique within the page.
        alt: What the picture shows, for those who cannot see it.
        draw: Draws it in a language for a width of ``wide`` or ``narrow``.
        table: The same values as rows.
        legend: Inks and what they stand for, where labels cannot stand in the picture.
        notes: The source line and the day as of which it is known.
        broad: Whether it takes the whole width of the page.
    """

    name: str
    title: Text
    alt: Text
    draw: Callable[[Lang, Literal["wide", "narrow"]], Drawing]
    subtitle: Text | None = None
    table: Table | None = None
    legend: tuple[tuple[str, Text], ...] = ()
    notes: tuple[Any, ...] = ()
    broad: bool = False


_Part = TypeVar("_Part", Table, Figure)


def every(kind: type[_Part], content: Any) -> list[_Part]:
    """Every figure or every table of some content, in order; a figure's own table is one of the tables."""
    found: list[_Part] = []
    stack: list[Any] = [content]
    while stack:
        value = stack.pop()
        if isinstance(value, kind):
            found.append(value)
        elif isinstance(value, Figure):
            stack.append(value.table)
        elif isinstance(value, Mapping):
            stack.extend(reversed(list(value.values())))
        elif isinstance(value, list | tuple):
            stack.extend(reversed(value))
    return found


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A file beside the pages, one in each language: ``path`` from the language's folder, ``text`` as it is."""

    path: str
    text: Text


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of the review.

    Attributes:
        kind: Also the name of its template.
        path: Where it lies, without language and ending: ``indicators/mx_homicide_rate``.
        parents: Paths and titles of the pages above it, topmost first, without the overview.
        content: Everything it says.
        downloads: Files that it offers.
    """

    kind: PageKind
    path: str
    title: Text
    summary: Text
    content: Mapping[str, Any]
    label: Text | None = None
    parents: tuple[Link, ...] = ()
    downloads: tuple[Download, ...] = ()


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What all pages of one review share.

    Attributes:
        framework: Its id; ``name`` and ``short_name`` are its names.
        day: The day of the review: nothing later is in it.
        as_of: Whether that day was asked for.
        version: Version of the software.
    """

    framework: str
    name: Text
    short_name: Text
    day: date
    as_of: bool
    version: str
    navigation: tuple[Link, ...] = field(default=())
