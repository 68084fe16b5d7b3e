"""From one figure of an indicator back to the publishers' own values and files that it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, final

from acuerdo.core.errors import NotFound, Problem, not_found
from acuerdo.core.period import Period
from acuerdo.core.place import PlaceLevel, place
from acuerdo.core.status import Status
from acuerdo.core.text import Text
from acuerdo.core.unit import Unit
from acuerdo.data.cited_figures import CitedFigure, figures_of
from acuerdo.data.corrections import Correction, corrections
from acuerdo.data.release import Release
from acuerdo.data.sql import literal
from acuerdo.data.store import Store
from acuerdo.indicators.bench import CERTAINTY, Bench
from acuerdo.indicators.build import EVERYTHING, build_each
from acuerdo.indicators.indicator import Indicator
from acuerdo.indicators.recipe import Change, Index, Mean, Rate, Recipe, Selection, operands
from acuerdo.indicators.selection import observed
from acuerdo.indicators.setting import bench_for, input_series
from acuerdo.indicators.value import Value
from acuerdo.indicators.workings import MEANINGS
from acuerdo.spec.source import Reference

_PERIOD: Final = Text("a period of that indicator for that place", "un periodo de ese indicador en ese lugar")
_NOTHING: Final = Text("Nothing is stored for it.", "No hay nada guardado de él.")
_INGEST: Final = Text(
    "acuerdo cite ID names its sources; bring their files in with acuerdo ingest.",
    "acuerdo cite ID nombra sus fuentes; incorpore sus archivos con acuerdo ingest.",
)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One value of a publisher that a figure is computed from, our corrections applied.

    Attributes:
        series: Id of the publisher's series.
        place: Code of the place.
        label: The publisher's breakdown, ``""`` for a total.
        period: When.
        value: The value in ``unit``; None where it is missing.
        unit: Its unit.
        status: What it is worth.
        known_from: The day on which it became public.
        release: The file that it stands in.
        cited: Where a figure that was copied from print was read; None for a value of a data file.
    """

    series: str
    place: str
    label: str
    period: Period
    value: float | None
    unit: Unit
    status: Status
    known_from: date
    release: Release
    cited: tuple[CitedFigure, Reference] | None = None


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """A figure and everything that it was computed from.

    Attributes:
        indicator: What the figure is of.
        value: The figure.
        inputs: In order of series, place, label and period.
        releases: The files that they stand in, each once, in order.
        corrections: Corrections of ours that are declared for series of these.
    """

    indicator: Indicator
    value: Value
    inputs: tuple[Input, ...]
    releases: tuple[Release, ...]
    corrections: tuple[Correction, ...]


def trail(
    store: Store, indicator: Indicator, *, where: str, period: Period | str, as_of: date | None = None
) -> Trail:
    """The way from a figure back to what was published.

    Args:
        store: Where the releases lie.
        indicator: One of the catalog.
        where: Code of the place.
        period: When.
        as_of: Only what was public on that day; None for everything stored.

    Raises:
        UsageError: If the indicator is not offered at that level of place.
        NotFound: If it has no row for that place and period; names the nearest.
    """
    when, level = Period.of(period), place(where).level
    (series,) = build_each(store, indicator, days=[as_of], levels=[level], places=[where])
    value = series.at(where, when)
    asked = f"{indicator.id}, {where}" + (f", {as_of}" if as_of else "")
    if value is None and not series.of(where):
        raise NotFound(Problem(what=_NOTHING, where=asked, fix=_INGEST))
    if value is None:
        near = sorted(series.of(where), key=lambda one: abs(one.period.end - when.end))
        known = dict.fromkeys(one.period.code for one in near)
        raise not_found(_PERIOD, when.code, known=known, where=asked, by_spelling=False)
    day = as_of or EVERYTHING
    with bench_for(store, indicator, levels=frozenset({level}), days=[day]) as bench:
        leaves = _leaves(indicator.recipe, bench.levels, spans=(_span(when),))
        found = {_order(one): one for leaf in leaves for one in _inputs(leaf, bench, where=where)}
    inputs = tuple(found[key] for key in sorted(found))
    used = {one.series for one in inputs}
    sources = sorted({one.partition(".")[0] for one in input_series(indicator)})
    return Trail(
        indicator=indicator,
        value=value,
        inputs=inputs,
        releases=tuple({one.release.id: one.release for one in inputs}.values()),
        corrections=tuple(
            one for source in sources for one in corrections(source) if used & set(one.where.series)
        ),
    )


def _order(one: Input) -> tuple[str, str, str, date, str]:
    return (one.series, one.place, one.label, one.period.start, one.period.code)


Span = tuple[date, date]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class _Leaf:
    """A selection, and of which places and days its values are needed."""

    selection: Selection
    levels: frozenset[PlaceLevel]
    over: tuple[str, ...]
    spans: tuple[Span, ...]


def _leaves(
    expression: Selection | Recipe,
    levels: frozenset[PlaceLevel],
    *,
    spans: tuple[Span, ...],
    over: tuple[str, ...] = (),
) -> Iterator[_Leaf]:
    if isinstance(expression, Selection):
        yield _Leaf(selection=expression, levels=levels, over=over, spans=spans)
        return
    ((verb, step),) = expression.steps
    inner = MEANINGS[verb].levels(step, levels)
    for operand in operands(expression):
        needed = tuple(one for span in spans for one in _needed(step, span, operand=operand))
        yield from _leaves(operand, inner, spans=needed, over=getattr(step, "over", ()))


def _needed(step: object, span: Span, *, operand: Selection | Recipe) -> tuple[Span, ...]:
    """The days of which a step needs values of an operand, to give one of a span."""
    match step:
        case Rate(per=people) if people is operand:
            return (_span(Period.year((span[0] + (span[1] - span[0]) // 2).year)),)
        case Change(base=Period() as base) | Index(base=Period() as base):
            return (span, _span(base))
        case Change():
            return (span, _earlier(span, step.back))
        case Mean(window=int() as window):
            return ((_earlier(span, window - 1)[0], span[1]),)
        case _:
            return (span,)


def _span(period: Period) -> Span:
    return (period.start, period.end)


def _earlier(span: Span, steps: int) -> Span:
    """The span as many of its own lengths before, in whole months."""
    start, end = span
    months = 12 * (end.year - start.year) + end.month - start.month + 1
    first = 12 * start.year + start.month - 1 - steps * months
    after = first + months
    return (_first_day(first), _first_day(after) - timedelta(days=1))


def _first_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _inputs(leaf: _Leaf, bench: Bench, *, where: str) -> Iterator[Input]:
    sql = observed(leaf.selection, bench.at(leaf.levels), over=leaf.over)
    if sql is None:
        return
    inside = " OR ".join(
        f"(start >= DATE '{first}' AND finish <= DATE '{last}')" for first, last in leaf.spans
    )
    # Of several series that continue one another, the first that has a value gives it
    rows = bench.connection.execute(
        f"SELECT series, place, label, period, value, doubt, known_from, bits::VARCHAR FROM ({sql}) "
        f"WHERE starts_with(place, {literal(where)}) AND ({inside}) "
        "WINDOW one AS (PARTITION BY place, period) "
        "QUALIFY rank = coalesce(min(rank) FILTER (value IS NOT NULL) OVER one, min(rank) OVER one)"
    ).fetchall()
    for series, code, label, period, value, doubt, known_from, bits in rows:
        yield Input(
            series=series,
            place=code,
            label=label,
            period=Period.parse(period),
            value=value,
            unit=bench.units[series],
            status=Status.MISSING if value is None else Status(CERTAINTY[doubt - 1]),
            known_from=known_from,
            release=bench.releases[bits.index("1")],
            cited=_cited(series, label, period=period, value=value),
        )


def _cited(
    series: str, label: str, *, period: str, value: float | None
) -> tuple[CitedFigure, Reference] | None:
    wanted = (label, period, value)
    return next(
        (
            (figure, page)
            for figure, page in figures_of(series)
            if (figure.breakdown, figure.period.code, figure.value) == wanted
        ),
        None,
    )
