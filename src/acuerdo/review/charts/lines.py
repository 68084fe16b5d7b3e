"""Lines over time: values, the vintages behind them, rivals beside them, the framework's own dates above them.

Positions are worked out here, so that a picture does not depend on which fonts the machine has; Vega draws it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from typing import Any, final

from acuerdo.review.charts.ink import ACCENT, MUTED, PAPER
from acuerdo.review.charts.press import Drawing, Plate, Spot, compile_plate, order
from acuerdo.review.charts.scale import Axis, spread, tick_year, time_axis, value_axis

NumberWords = Callable[[float], str]

_LABEL_GAP = 15.0
_MARK_ROW = 17
_BOTTOM = 28
_DAYS_PER_YEAR = 365.25
# Below this width the names of the lines stand above the plot instead of at the ends of the lines.
_WIDE = 520


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One value of a line.

    Attributes:
        on: The day at which it is drawn: the middle of its period.
        value: The value, in the chart's one unit.
        text: What a reader is told on pointing at it: period, value, unit.
        firm: False for a provisional, predicted or estimated value, which is drawn hollow and dashed.
    """

    on: date
    value: float
    text: str = ""
    firm: bool = True


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line in stretches; between two stretches there is no value, and nothing is drawn.

    Attributes:
        label: Printed at its end; empty for none.
        dots: Whether each value also gets a dot.
    """

    label: str
    stretches: tuple[tuple[Point, ...], ...]
    colour: str
    width: float = 2.0
    dots: bool = False

    @property
    def points(self) -> tuple[Point, ...]:
        """All its values, in order of time."""
        return tuple(point for stretch in self.stretches for point in stretch)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A date of the framework's own life that a reader needs in the picture."""

    on: date
    label: str
    strong: bool = True


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class LineChart:
    """Everything that a chart over time shows, already in one language.

    Attributes:
        behind: Faint lines, such as earlier vintages; never labelled.
    """

    lines: tuple[Line, ...]
    behind: tuple[Line, ...] = ()
    marks: tuple[Mark, ...] = ()

    @property
    def points(self) -> tuple[Point, ...]:
        """Every value shown, with those behind."""
        return tuple(point for line in (*self.lines, *self.behind) for point in line.points)


def _grammar() -> Any:
    import altair as alt

    def scale(axis: str) -> Any:
        return alt.Scale(domainMin=alt.ExprRef(f"{axis}_low"), domainMax=alt.ExprRef(f"{axis}_high"), nice=False, zero=False)

    def ticks(axis: str, **more: Any) -> Any:
        words = f"{axis}_text[indexof({axis}_ticks, datum.value)]"
        return alt.Axis(values=alt.ExprRef(f"{axis}_ticks"), labelExpr=words, title=None, **more)

    x = alt.X("t:Q", scale=scale("x"), axis=ticks("x", grid=False, tickSize=5, labelPadding=4, labelOffset=alt.ExprRef("half_year")))
    y = alt.Y("v:Q", scale=scale("y"), axis=ticks("y", domain=False, ticks=False, labelPadding=8))
    colour = alt.Color("colour:N", scale=None)
    path = alt.layer(
        alt.Chart(alt.NamedData("solid")).mark_line(strokeJoin="round"),
        alt.Chart(alt.NamedData("dashed")).mark_line(strokeDash=[4, 3], strokeCap="butt"),
    ).encode(x=x, y=y, color=colour, detail="path:N", strokeWidth=alt.StrokeWidth("width:Q", scale=None))
    dots = alt.Chart(alt.NamedData("dots")).mark_point(size=30, opacity=1, strokeWidth=1.6).encode(
        x=x, y=y, stroke=alt.Stroke("colour:N", scale=None), fill=alt.Fill("fill:N", scale=None)
    )
    rules = alt.Chart(alt.NamedData("marks")).mark_rule(strokeWidth=1, strokeDash=[2, 3])
    words = alt.Chart(alt.NamedData("words")).encode(
        x=alt.X("px:Q", scale=None), y=alt.Y("py:Q", scale=None), color=colour, text="label:N"
    )
    chart = alt.layer(
        rules.encode(x=x, color=colour, y=alt.Y("py:Q", scale=None), y2=alt.Y2Value(alt.ExprRef("height"))),
        path,
        dots,
        words.transform_filter("datum.side == 'right'").mark_text(align="left", fontSize=13, fontWeight=600),
        words.transform_filter("datum.side == 'left'").mark_text(align="right", fontSize=13, fontWeight=600),
    )
    start = {"low": 0, "high": 1, "ticks": [0], "text": [""]}
    return chart.add_params(
        alt.param(name="half_year", value=0),
        *(alt.param(name=f"{axis}_{part}", value=value) for axis in "xy" for part, value in start.items()),
    )


def _plate() -> Plate:
    return compile_plate(_grammar)


def drawing(chart: LineChart, *, width: int, height: int, words: NumberWords) -> Drawing:
    """The picture of a chart over time.

    Args:
        width: Width of the whole picture in pixels.
        height: Height of the plot, without its margins.
        words: Writes an axis value as a reader reads it.
    """
    values = value_axis([point.value for point in chart.points])
    value_text = [words(tick) for tick in values.ticks]
    named = [line for line in chart.lines if line.label and line.points]
    beside = width >= _WIDE
    left = round(max(len(text) for text in value_text) * 6.8) + 12
    right = max((round(len(line.label) * 7.1) + 18 for line in named), default=12) if beside else 12
    key = 0 if beside else len(named) * round(_LABEL_GAP)
    top = 12 + key + len(chart.marks) * _MARK_ROW
    frame = _Frame(plot=width - left - right, height=height, top=top, key=key, left=left, right=right)
    days = [point.on for point in chart.points] + [mark.on for mark in chart.marks if mark.strong]
    times = time_axis(days, room=frame.plot)
    vega = order(
        _plate(),
        size=(frame.plot, height),
        padding={"left": left, "right": right, "top": top, "bottom": _BOTTOM},
        settings={
            "x_low": times.low, "x_high": times.high, "x_ticks": times.ticks, "x_text": [*map(tick_year, times.ticks)],
            "y_low": values.low, "y_high": values.high, "y_ticks": values.ticks, "y_text": value_text,
            "half_year": _DAYS_PER_YEAR / 2 / (times.high - times.low) * frame.plot,
        },
        rows={**_line_rows(chart), **_word_rows(chart, named, frame, times, values)},
    )  # fmt: skip
    return Drawing(
        order=vega, width=width, height=height + top + _BOTTOM, spots=_spots(chart.lines, frame, times, values)
    )


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """The plot inside its picture, in pixels: ``key`` is the height that the names of the lines take above it."""

    plot: int
    height: int
    top: int
    key: int
    left: int
    right: int


def _spots(lines: Sequence[Line], frame: _Frame, times: Axis, values: Axis) -> tuple[Spot, ...]:
    return tuple(
        Spot(
            round(frame.left + times.place(point.on.toordinal(), frame.plot), 1),
            round(frame.top + frame.height - values.place(point.value, frame.height), 1),
            point.text,
        )
        for line in lines
        for point in line.points
        if point.text
    )


def _line_rows(chart: LineChart) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = {"solid": [], "dashed": [], "dots": []}
    for number, line in enumerate([*chart.behind, *chart.lines]):
        for part, path, points in _paths(line):
            rows[part] += [
                {**_at(point), "path": f"{number:03}.{path:03}", "colour": line.colour, "width": line.width}
                for point in points
            ]
        alone = [stretch[0] for stretch in line.stretches if len(stretch) == 1]
        rows["dots"] += [
            {**_at(point), "colour": line.colour, "fill": line.colour if point.firm else PAPER}
            for point in (line.points if line.dots else alone)
        ]
    return rows


def _at(point: Point) -> dict[str, float]:
    return {"t": point.on.toordinal(), "v": point.value}


def _word_rows(
    chart: LineChart, named: Sequence[Line], frame: _Frame, times: Axis, values: Axis
) -> dict[str, list[dict[str, Any]]]:
    rules: list[dict[str, Any]] = []
    words: list[dict[str, Any]] = []
    shown = [mark for mark in chart.marks if times.low <= mark.on.toordinal() <= times.high]
    for row, mark in enumerate(shown):
        colour = ACCENT if mark.strong else MUTED
        across = times.place(mark.on.toordinal(), frame.plot)
        above = -8.0 - (len(shown) - 1 - row) * _MARK_ROW
        to_right = across + len(mark.label) * 7.2 + 6 < frame.plot + frame.right
        rules.append({"t": mark.on.toordinal(), "py": above - 6, "colour": colour})
        words.append(
            {
                "px": across + (5 if to_right else -5), "py": above, "label": mark.label, "colour": colour,
                "side": "right" if to_right else "left",
            }
        )  # fmt: skip
    if frame.key:
        down = [-frame.top + 8 + number * _LABEL_GAP for number in range(len(named))]
        across = -frame.left + 4
    else:
        wanted = [frame.height - values.place(line.points[-1].value, frame.height) for line in named]
        down, across = list(spread(wanted, _LABEL_GAP)), frame.plot + 9
    words += [
        {"px": across, "py": at, "label": line.label, "colour": line.colour, "side": "right"}
        for line, at in zip(named, down, strict=True)
    ]
    return {"marks": rules, "words": words}


def _paths(line: Line) -> Iterator[tuple[str, int, list[Point]]]:
    """The line cut where it turns from firm to provisional; the cut shares its point with both sides."""
    number = 0
    for stretch in line.stretches:
        for firm, steps in groupby(pairwise(stretch), key=lambda step: step[1].firm):
            number += 1
            pairs = list(steps)
            yield ("solid" if firm else "dashed"), number, [pairs[0][0], *(end for _, end in pairs)]
