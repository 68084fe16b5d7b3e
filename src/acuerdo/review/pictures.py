"""The pictures of an indicator: over time, beside its rivals, on the map, state by state, and as it was revised."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache, partial
from typing import Any, Final, Literal

from acuerdo.core.text import LANGS, Lang, Text
from acuerdo.core.unit import Unit
from acuerdo.indicators.value import IndicatorSeries, Value
from acuerdo.review import writing
from acuerdo.review.charts.ink import CATEGORIES, VINTAGE
from acuerdo.review.charts.lines import Line, LineChart, Mark, Point, drawing
from acuerdo.review.charts.press import Drawing
from acuerdo.review.dossier import Dossier
from acuerdo.review.entries import source_line
from acuerdo.review.page import Amount, Column, Figure, Short, Table, headed
from acuerdo.review.reading import BY_DIFFERENCE, Reading, Revision, firm, full, middle, stretches
from acuerdo.review.wording import say, word

Size = Literal["wide", "narrow"]
SHAPES: Final = {"wide": (760, 300), "narrow": (360, 220)}
_MOST_DOTS = 45
_MORE_THAN_A_FEW = 5
_FAMILIES: Final = {"deaths", "victims", "investigations", "persons", "events"}


def draw_lines(chart: LineChart, lang: Lang, *, size: Size) -> Drawing:
    """A chart over time in one of the two sizes of a page."""
    width, height = SHAPES[size]
    return drawing(chart, width=width, height=height, number=partial(writing.axis_number, lang=lang))


def point(value: Value, lang: Lang, *, name: str = "") -> Point:
    """A value as a point of a line, with what it says on being pointed at."""
    figure = value.value or 0.0
    known = word(lang, "chart.known_from", day=value.known_from)
    status = "" if firm(value) else f", {value.status.label.in_(lang)}"
    head = f"{name}, " if name else ""
    written = f"{writing.period(value.period, lang)}: {writing.measured(figure, value.unit, lang=lang)}"
    told = f"{head}{written}{status} ({known})"
    return Point(on=middle(value.period), value=figure, text=told, firm=firm(value))


def line(
    values: tuple[Value, ...], lang: Lang, *, label: str = "", colour: str = CATEGORIES[0], width: float = 2.2
) -> Line:
    """The line of some values, with dots when they are few."""
    parts = tuple(tuple(point(one, lang, name=label) for one in part) for part in stretches(values))
    few = sum(len(part) for part in parts) <= _MOST_DOTS
    return Line(label=label, stretches=parts, colour=colour, width=width, dots=few)


def launch_marks(
    dossier: Dossier, reading: Reading, *, lang: Lang, baseline: bool = True
) -> tuple[Mark, ...]:
    """The framework's launch and the baseline's period."""
    day = writing.short_day(reading.launched, lang)
    launch = word(lang, "chart.launch", name=dossier.framework.short_name, day=day)
    marks = [Mark(on=reading.launched, label=launch)]
    if baseline and reading.indicator.baseline.period.end <= dossier.day:
        period = reading.indicator.baseline.period
        words = word(lang, "chart.baseline", period=writing.short_period(period, lang))
        marks.append(Mark(on=middle(period), label=words, strong=False))
    return tuple(sorted(marks, key=lambda mark: mark.on))


def twice(chart: Callable[[Lang], LineChart]) -> Callable[[Lang, Size], Drawing]:
    """Draws a chart over time in either size; what a language says in it is worked out once for both."""
    kept = cache(chart)
    return lambda lang, size: draw_lines(kept(lang), lang, size=size)


def over_time(dossier: Dossier, reading: Reading) -> Figure:
    """The indicator over time, with earlier vintages behind it where they differ."""
    indicator = reading.indicator
    values = reading.national
    vintages = [one for one in map(partial(_departure, reading), reading.history[:-1]) if one]

    def chart(lang: Lang) -> LineChart:
        behind = tuple(
            Line(
                label="",
                stretches=tuple(tuple(point(one, lang) for one in part) for part in parts),
                colour=VINTAGE,
                width=1.1,
            )
            for parts in vintages
        )
        return LineChart(
            lines=(line(values, lang),), behind=behind, marks=launch_marks(dossier, reading, lang=lang)
        )

    return Figure(
        name="series",
        title=indicator.title,
        subtitle=_subtitle(reading, len(vintages)),
        alt=_alt(reading),
        draw=twice(chart),
        table=value_table(indicator.short, full(reading.series, indicator.country)),
        notes=source_line(dossier, values),
    )


def _subtitle(reading: Reading, vintages: int) -> Text:
    """The unit, and only those of the drawing's conventions that this drawing uses."""
    parts = [say("chart.unit", unit=reading.unit.label)]
    if vintages:
        parts.append(say("chart.vintages", n=vintages))
    if any(not firm(one) for one in reading.known_national):
        parts.append(say("chart.unsure"))
    if len(stretches(reading.national)) > 1:
        parts.append(say("chart.gaps"))
    return Text(*(" ".join(part.in_(lang) for part in parts) for lang in LANGS))


def _alt(reading: Reading) -> Text:
    known = reading.known_national
    first, last = known[0], known[-1]
    highest = max(known, key=lambda one: one.value or 0.0)
    told = {
        lang: word(
            lang,
            "chart.alt",
            title=reading.indicator.title,
            start=writing.during_text(first.period),
            first=writing.measured(first.value or 0.0, reading.unit, lang=lang),
            end=writing.during_text(last.period),
            last=writing.measured(last.value or 0.0, reading.unit, lang=lang),
            peak=writing.during_text(highest.period),
            most=writing.measured(highest.value or 0.0, reading.unit, lang=lang),
        )
        for lang in LANGS
    }
    return Text(**told)


def _departure(reading: Reading, vintage: IndicatorSeries) -> tuple[tuple[Value, ...], ...]:
    """The stretches of a vintage that differ from what is known now, each with a neighbour on either side."""
    country = reading.indicator.country
    then = full(vintage, country)
    differs = [_differs(one, reading.series.at(country, one.period)) for one in then]
    near = [any(differs[max(0, at - 1) : at + 2]) for at in range(len(then))]
    found: list[list[Value]] = [[]]
    for one, shown in zip(then, near, strict=True):
        if shown and one.value is not None:
            found[-1].append(one)
        elif found[-1]:
            found.append([])
    return tuple(part for group in found for part in stretches(tuple(group)) if group)


def _differs(then: Value, now: Value | None) -> bool:
    return then.value is not None and (now is None or now.value is None or abs(then.value - now.value) > 1e-9)


def value_table(name: Text, values: Sequence[Value]) -> Table:
    """Period, value, status and the day it became known, newest first."""
    numeric = {"value"}
    return Table(
        caption=say("table.values_of", name=name),
        columns=headed("table", "period", "value", "status", "known_from", numeric=numeric),
        rows=[
            {
                "period": one.period,
                "value": Amount(one.value, one.unit, firm=firm(one)),
                "status": one.status.label,
                "known_from": Short(one.known_from),
            }
            for one in reversed(values)
        ],
    )


def rivals(dossier: Dossier, reading: Reading) -> Figure | None:
    """The indicator beside the others that measure the same thing, where they can stand on one axis."""
    others = [dossier.readings[key] for key in reading.indicator.rivals if key in dossier.readings]
    if not reading.known_national:
        return None
    shown = [reading, *(one for one in others if one.known_national and _alike(reading, one))]
    words = (say("rivals.title"), say("rivals.subtitle"))
    return side_by_side(dossier, shown, name="rivals", words=words) if len(shown) > 1 else None


def side_by_side(
    dossier: Dossier, readings: Sequence[Reading], *, name: str, words: tuple[Text, Text]
) -> Figure:
    """Several indicators on one axis, each under its own name, from about the first period that all of them have.

    Args:
        words: Title and subtitle.
    """
    shown = readings[: len(CATEGORIES)]
    start = _first_shared(shown)

    def chart(lang: Lang) -> LineChart:
        lines = tuple(
            line(_since(one, start), lang, label=one.indicator.short.in_(lang), colour=colour)
            for one, colour in zip(shown, CATEGORIES, strict=False)
        )
        marks = launch_marks(dossier, shown[0], lang=lang, baseline=False)
        return LineChart(lines=lines, marks=marks)

    return Figure(
        name=name,
        title=words[0],
        subtitle=words[1],
        alt=say("rivals.alt", names=tuple(one.indicator.short for one in shown)),
        draw=twice(chart),
        table=_rival_table(shown, start),
        notes=source_line(dossier, [value for one in shown for value in _since(one, start)]),
    )


def _first_shared(shown: Sequence[Reading]) -> date:
    """Where lines side by side begin: at the latest start of those that are more than a few points, or the baseline."""
    long = [one for one in shown if len(one.known_national) >= _MORE_THAN_A_FEW]
    starts = [one.known_national[0].period.start for one in long]
    return min(max(starts, default=date.max), shown[0].indicator.baseline.period.start)


def _since(reading: Reading, start: date) -> tuple[Value, ...]:
    return tuple(one for one in reading.national if one.period.start >= start)


def _alike(one: Reading, other: Reading) -> bool:
    if one.known_national[0].period.kind is not other.known_national[0].period.kind:
        return False
    return comparable(one.unit, other.unit)


def comparable(one: Unit, other: Unit) -> bool:
    """Whether values of two units can stand on one axis: the same unit, or both are counts of cases or people."""
    return one == other or {one.id, other.id} <= _FAMILIES


def _rival_table(shown: Sequence[Reading], start: date) -> Table:
    periods = sorted({value.period for one in shown for value in _since(one, start)}, reverse=True)
    columns = (
        Column("period", say("table.period")),
        *(Column(one.indicator.id, one.indicator.short, True) for one in shown),
    )
    rows: list[Mapping[str, Any]] = []
    for period in periods:
        row: dict[str, Any] = {"period": period}
        for one in shown:
            value = one.series.at(one.indicator.country, period)
            row[one.indicator.id] = Amount(
                value.value if value else None, one.unit, firm=value is None or firm(value)
            )
        rows.append(row)
    return Table(caption=say("rivals.table"), columns=columns, rows=rows, stacks=True)


def revised(dossier: Dossier, reading: Reading, *, found: Sequence[Revision]) -> Figure | None:
    """How the values of the most revised recent periods moved from publication to publication."""
    country = reading.indicator.country
    chosen = sorted(sorted(found, key=lambda one: -abs(one.size))[:5], key=lambda one: one.period)
    if not chosen or len(reading.history) < 2:
        return None
    paths: dict[str, list[Value]] = {}
    for one in chosen:
        published = [vintage.at(country, one.period) for vintage in reading.history]
        paths[one.period.code] = [
            value for value in published if value is not None and value.value is not None
        ]

    def chart(lang: Lang) -> LineChart:
        lines = tuple(
            Line(
                label=writing.short_period(values[0].period, lang),
                stretches=(_steps(values, reading, lang=lang),),
                colour=colour,
                dots=True,
            )
            for values, colour in zip(paths.values(), CATEGORIES, strict=False)
        )
        return LineChart(lines=lines)

    return Figure(
        name="revisions",
        title=say("revisions.title"),
        subtitle=say("revisions.subtitle", unit=say(f"revisions.{_measure(reading)}")),
        alt=say("revisions.alt", name=reading.indicator.short, n=len(chosen)),
        draw=twice(chart),
        notes=source_line(dossier, [value for values in paths.values() for value in values]),
    )


def _measure(reading: Reading) -> str:
    """In what a revision is told: points of a share or of a scale, else per cent."""
    if reading.unit.id == "percent":
        return "points"
    return "units" if reading.unit.id in BY_DIFFERENCE else "percent"


def _steps(values: Sequence[Value], reading: Reading, *, lang: Lang) -> tuple[Point, ...]:
    """How far each published value of a period lies from the first one."""
    first = values[0].value or 0.0
    relative = _measure(reading) == "percent"
    found: list[Point] = []
    for one in values:
        moved = (one.value or 0.0) - first
        size = 100 * moved / abs(first) if relative else moved
        told = writing.change(size / 100, lang) if relative else writing.difference(size, one.unit, lang=lang)
        text = f"{point(one, lang).text}: {told}"
        found.append(Point(on=one.known_from, value=size, text=text, firm=firm(one)))
    return tuple(found)
