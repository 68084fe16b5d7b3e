"""What happened against what would have: lines over the same periods, an interval behind them, and placebos."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, final

from acuerdo.review.charts.ink import ACCENT, HAIRLINE, INK, LAND, MUTED, VINTAGE
from acuerdo.review.charts.press import FONT, Drawing
from acuerdo.review.charts.scale import Axis, value_axis
from acuerdo.review.charts.svg import element, picture, words

Values = Sequence[float | None]
Write = Callable[[float], str]
_LEFT: Final = 54.0
_RIGHT: Final = 14.0
_TOP: Final = 26.0
_BOTTOM: Final = 28.0
_LETTER: Final = 6.9
_REACH: Final = 1.6


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """One line in the foreground.

    Attributes:
        ink: Its colour.
        values: A value for each period; None where it is missing, and nothing is drawn.
        dash: Its dashes; None for a full line.
    """

    ink: str
    values: Values
    dash: str | None = None


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Courses:
    """Lines over the same periods.

    Attributes:
        front: In the foreground; their values decide the axis.
        ticks: Columns that are named, with what is printed there.
        start: Column at which the treatment begins.
        start_label: Printed there.
        cloud: In the background; where one leaves the axis it is cut at the edge.
        band: Lower and upper edge of an interval; None if there is none.
    """

    front: Sequence[Stroke]
    ticks: Sequence[tuple[int, str]]
    start: int
    start_label: str
    cloud: Sequence[Values] = ()
    band: tuple[Values, Values] | None = None


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class _Plot:
    """Where a column and a value stand in the picture."""

    width: float
    height: float
    columns: int
    axis: Axis

    def x(self, column: int) -> float:
        return _LEFT + column / max(1, self.columns - 1) * (self.width - _LEFT - _RIGHT)

    def y(self, value: float) -> float:
        inside = min(max(value, self.axis.low), self.axis.high)
        return _TOP + self.height - self.axis.place(inside, self.height)


def courses(one: Courses, *, width: int, height: int, write: Write) -> Drawing:
    """The picture.

    Args:
        width: Of the whole picture, in pixels.
        height: Of the plot alone.
        write: How a value of the axis is written.
    """
    columns = max(len(stroke.values) for stroke in one.front)
    plot = _Plot(width=width, height=height, columns=columns, axis=_axis(one))
    parts = [*_grid(plot, one, write=write)]
    if one.band is not None:
        parts.append(_band(plot, one.band))
    parts += [_line(plot, Stroke(ink=VINTAGE, values=values), width=0.8) for values in one.cloud]
    parts += [_line(plot, stroke, width=2.0) for stroke in one.front]
    parts.append(_start(plot, one))
    total = _TOP + height + _BOTTOM
    group = element("g", "".join(parts), font_family=FONT)
    return Drawing(order=picture(width, total, inner=group), width=width, height=round(total))


def _axis(one: Courses) -> Axis:
    found = [value for stroke in one.front for value in stroke.values if value is not None]
    if not one.cloud:
        return value_axis(found)
    reach = _REACH * max(abs(value) for value in found)
    return value_axis([-reach, reach])


def _grid(plot: _Plot, one: Courses, *, write: Write) -> Iterator[str]:
    for value in plot.axis.ticks:
        y = plot.y(value)
        ink = INK if value == 0 else HAIRLINE
        yield element("line", x1=_LEFT, x2=plot.width - _RIGHT, y1=y, y2=y, stroke=ink, stroke_width=0.7)
        yield words(write(value), _LEFT - 6, y=y + 4, fill=MUTED, text_anchor="end", font_size=12)
    floor = plot.y(plot.axis.low)
    for column, label in one.ticks:
        x = plot.x(column)
        yield element("line", x1=x, x2=x, y1=floor, y2=floor + 4, stroke=MUTED)
        yield words(label, x, y=floor + 18, fill=MUTED, text_anchor="middle", font_size=12)


def _band(plot: _Plot, band: tuple[Values, Values]) -> str:
    pairs = [
        (column, low, high)
        for column, (low, high) in enumerate(zip(*band, strict=True))
        if low is not None and high is not None
    ]
    edge = [(plot.x(column), plot.y(high)) for column, _, high in pairs]
    edge += [(plot.x(column), plot.y(low)) for column, low, _ in reversed(pairs)]
    return element("path", d=f"M{_joined(edge)}Z", fill=LAND, stroke="none") if pairs else ""


def _line(plot: _Plot, stroke: Stroke, *, width: float) -> str:
    pieces: list[list[tuple[float, float]]] = [[]]
    for column, value in enumerate(stroke.values):
        if value is None:
            pieces.append([])
        else:
            pieces[-1].append((plot.x(column), plot.y(value)))
    return element(
        "path",
        d="".join(f"M{_joined(piece)}" for piece in pieces if len(piece) > 1),
        fill="none",
        stroke=stroke.ink,
        stroke_width=width,
        stroke_dasharray=stroke.dash,
        stroke_linejoin="round",
    )


def _joined(points: Sequence[tuple[float, float]]) -> str:
    return "L".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _start(plot: _Plot, one: Courses) -> str:
    x = plot.x(one.start)
    line = element(
        "line", x1=x, x2=x, y1=_TOP - 4, y2=plot.y(plot.axis.low), stroke=ACCENT, stroke_dasharray="2 3"
    )
    late = x + len(one.start_label) * _LETTER > plot.width
    anchor = "end" if late else "start"
    return line + words(
        one.start_label, x - 4 if late else x + 4, y=_TOP - 8, fill=ACCENT, text_anchor=anchor, font_size=12.5
    )
