"""Lines over time: values, the vintages behind them, rivals beside them, the framework's own dates above them.

Positions are worked out here, so that a picture does not depend on which fonts the machine has; Vega draws it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, groupby, pairwise
from typing import Any, final

from acuerdo.review.charts.ink import ACCENT, HAIRLINE, INK, MUTED, PAPER
from acuerdo.review.charts.press import Drawing, Spot, order
from acuerdo.review.charts.scale import Axis, spread, tick_year, time_axis, value_axis
from acuerdo.review.charts.svg import element, words

NumberWords = Callable[[float], str]

_LABEL_GAP = 15.0
_MARK_ROW = 17
_BOTTOM = 28
# Width of a letter of the words in a chart, in pixels, on the safe side.
_LETTER = 6.7
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
        said: What somebody said of a value, set over the lines: ``text`` is printed beside it.
    """

    lines: tuple[Line, ...]
    behind: tuple[Line, ...] = ()
    marks: tuple[Mark, ...] = ()
    said: tuple[Point, ...] = ()

    @property
    def points(self) -> tuple[Point, ...]:
        """Every value shown, with those behind and those said."""
        drawn = tuple(point for line in (*self.lines, *self.behind) for point in line.points)
        return (*drawn, *self.said)


def grammar() -> Any:
    """The kind of chart, for Altair: hairlines and marks, firm and unsure lines, dots."""
    import altair as alt

    def scale(axis: str) -> Any:
        return alt.Scale(
            domainMin=alt.ExprRef(f"{axis}_low"),
            domainMax=alt.ExprRef(f"{axis}_high"),
            nice=False,
            zero=False,
        )

    x, y = alt.X("t:Q", scale=scale("x"), axis=None), alt.Y("v:Q", scale=scale("y"), axis=None)
    colour = alt.Color("colour:N", scale=None)
    rules = alt.layer(
        alt.Chart(alt.NamedData("grid")).mark_rule(strokeWidth=1),
        alt.Chart(alt.NamedData("marks")).mark_rule(strokeWidth=1, strokeDash=[2, 3]),
    ).encode(x=x, y=y, x2="t2:Q", y2="v2:Q", color=colour)
    lines = alt.layer(
        alt.Chart(alt.NamedData("solid")).mark_line(strokeJoin="round"),
        alt.Chart(alt.NamedData("dashed")).mark_line(strokeDash=[4, 3]),
    ).encode(x=x, y=y, color=colour, detail="path:N", strokeWidth=alt.StrokeWidth("width:Q", scale=None))
    dots = (
        alt.Chart(alt.NamedData("dots"))
        .mark_point(size=30, opacity=1, strokeWidth=1.6)
        .encode(x=x, y=y, stroke=alt.Stroke("colour:N", scale=None), fill=alt.Fill("fill:N", scale=None))
    )
    ends = [alt.param(name=f"{axis}_{end}", value=0) for axis in "xy" for end in ("low", "high")]
    return alt.layer(rules, lines, dots).add_params(*ends)


def drawing(chart: LineChart, *, width: int, height: int, number: NumberWords) -> Drawing:
    """The picture of a chart over time.

    Args:
        width: Width of the whole picture in pixels.
        height: Height of the plot, without its margins.
        number: Writes an axis value as a reader reads it.
    """
    named = [line for line in chart.lines if line.label and line.points]
    frame = _framed(chart, named, width=width, height=height, number=number)
    times, values = frame.times, frame.values
    shown = [mark for mark in chart.marks if times.low <= mark.on.toordinal() <= times.high]
    vega = order(
        grammar,
        size=(frame.plot, height),
        padding={"left": frame.left, "right": frame.right, "top": frame.top, "bottom": _BOTTOM},
        settings={"x_low": times.low, "x_high": times.high, "y_low": values.low, "y_high": values.high},
        rows={**_line_rows(chart), **_rule_rows(frame, shown)},
    )
    parts = (
        _axis_words(frame, number),
        _mark_words(frame, shown),
        _line_words(frame, named),
        _said_words(frame, chart.said),
    )
    written = "".join(chain.from_iterable(parts))
    return Drawing(
        order=vega,
        words=element(
            "g",
            written,
            transform=f"translate({frame.left},{frame.top})",
            font_size=13,
            dominant_baseline="middle",
        ),
        width=width,
        height=height + frame.top + _BOTTOM,
        spots=_spots(chart.lines, frame),
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
    times: Axis
    values: Axis

    def across(self, on: float) -> float:
        """Pixels from the left of the plot to a day."""
        return self.times.place(on, self.plot)

    def down(self, value: float) -> float:
        """Pixels from the top of the plot to a value."""
        return self.height - self.values.place(value, self.height)

    def value_at(self, down: float) -> float:
        """The value so many pixels below the top of the plot, or above it."""
        return self.values.high - down / self.height * (self.values.high - self.values.low)


def _framed(
    chart: LineChart, named: Sequence[Line], *, width: int, height: int, number: NumberWords
) -> _Frame:
    """Where the plot lies: what its words need at each side is left free."""
    values = value_axis([point.value for point in chart.points])
    beside = width >= _WIDE
    left = round(max(len(number(tick)) for tick in values.ticks) * 6.8) + 12
    right = max((round(len(line.label) * 7.1) + 18 for line in named), default=12) if beside else 12
    key = 0 if beside else len(named) * round(_LABEL_GAP)
    top = 12 + key + len(chart.marks) * _MARK_ROW
    days = [point.on for point in chart.points] + [mark.on for mark in chart.marks if mark.strong]
    times = time_axis(days, room=width - left - right)
    return _Frame(
        plot=width - left - right,
        height=height,
        top=top,
        key=key,
        left=left,
        right=right,
        times=times,
        values=values,
    )


def _spots(lines: Sequence[Line], frame: _Frame) -> tuple[Spot, ...]:
    return tuple(
        Spot(
            round(frame.left + frame.across(point.on.toordinal()), 1),
            round(frame.top + frame.down(point.value), 1),
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


def _rule_rows(frame: _Frame, marks: Sequence[Mark]) -> dict[str, list[dict[str, Any]]]:
    """Hairlines at the axis values, a line at zero, small strokes where years begin, and the marks' dotted lines."""
    times, values = frame.times, frame.values
    foot = frame.value_at(frame.height + 5)
    grid = [
        {"t": times.low, "t2": times.high, "v": tick, "v2": tick, "colour": INK if tick == 0 else HAIRLINE}
        for tick in values.ticks
    ]
    grid += [
        {"t": tick, "t2": tick, "v": values.low, "v2": foot, "colour": HAIRLINE}
        for tick in times.ticks
        if tick >= times.low
    ]
    rules = [
        {
            "t": mark.on.toordinal(), "t2": mark.on.toordinal(), "v": values.low,
            "v2": frame.value_at(_row_of(row) - 6), "colour": ACCENT if mark.strong else MUTED,
        }
        for row, mark in enumerate(marks)
    ]  # fmt: skip
    return {"grid": grid, "marks": rules}


def _row_of(row: int) -> float:
    """How far above the plot a mark's words stand; a later mark stands higher, so that no rule crosses its words."""
    return -10.0 - row * _MARK_ROW


def _axis_words(frame: _Frame, number: NumberWords) -> Iterator[str]:
    for tick in frame.values.ticks:
        yield words(number(tick), -8, y=frame.down(tick), fill=MUTED, text_anchor="end")
    half_year = _DAYS_PER_YEAR / 2
    for tick in frame.times.ticks:
        if tick >= frame.times.low:
            yield words(
                tick_year(tick),
                frame.across(tick + half_year),
                y=frame.height + 17,
                fill=MUTED,
                text_anchor="middle",
            )


def _mark_words(frame: _Frame, marks: Sequence[Mark]) -> Iterator[str]:
    for row, mark in enumerate(marks):
        across = frame.across(mark.on.toordinal())
        room = len(mark.label) * _LETTER + 6
        last = row == len(marks) - 1
        fits_left, fits_right = room < across + frame.left, across + room < frame.plot + frame.right
        to_right = (fits_right and (last or not fits_left)) or not fits_left
        # Where it fits at neither side it stands over its rule, inside the picture
        beside = min(across + 5, frame.plot + frame.right - room) if to_right else across - 5
        yield words(
            mark.label,
            beside,
            y=_row_of(row),
            fill=ACCENT if mark.strong else MUTED,
            text_anchor="start" if to_right else "end",
            font_weight="600",
        )


def _line_words(frame: _Frame, named: Sequence[Line]) -> Iterator[str]:
    """The names of the lines: at their ends, moved apart where two end near one another; or above the plot."""
    if frame.key:
        down: Sequence[float] = [8 - frame.top + number * _LABEL_GAP for number in range(len(named))]
        across = 4.0 - frame.left
    else:
        down, across = (
            spread([frame.down(line.points[-1].value) for line in named], _LABEL_GAP),
            frame.plot + 9.0,
        )
    for line, at in zip(named, down, strict=True):
        yield words(line.label, across, y=at, fill=line.colour, font_weight="600")


def _said_words(frame: _Frame, said: Sequence[Point]) -> Iterator[str]:
    """A cross and words for each value that was said; the words keep clear of the edges and of one another."""
    beside = spread([frame.down(one.value) - 11 for one in said], _LABEL_GAP)
    for one, at in zip(said, beside, strict=True):
        x, y = frame.across(one.on.toordinal()), frame.down(one.value)
        path = f"M{x - 5:.1f},{y:.1f}h10M{x:.1f},{y - 5:.1f}v10"
        yield element("path", d=path, stroke=PAPER, stroke_width=5)
        yield element("path", d=path, stroke=ACCENT, stroke_width=2.2)
        left = x > frame.plot / 2
        yield words(
            one.text, x + (-9 if left else 9), y=at, fill=ACCENT, font_weight="600", stroke=PAPER,
            stroke_width=3, paint_order="stroke", text_anchor="end" if left else "start",
        )  # fmt: skip


def _paths(line: Line) -> Iterator[tuple[str, int, list[Point]]]:
    """The line cut where it turns from firm to provisional; the cut shares its point with both sides."""
    number = 0
    for stretch in line.stretches:
        for firm, steps in groupby(pairwise(stretch), key=lambda step: step[1].firm):
            number += 1
            pairs = list(steps)
            yield ("solid" if firm else "dashed"), number, [pairs[0][0], *(end for _, end in pairs)]
