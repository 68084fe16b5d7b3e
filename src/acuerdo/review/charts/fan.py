"""What could happen, as a band over everything that fits; a policy's band over the band of nothing changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, final

from acuerdo.review.charts.ink import ACCENT, CATEGORIES, HAIRLINE, INK, MUTED, VINTAGE
from acuerdo.review.charts.press import FONT, Drawing, Spot
from acuerdo.review.charts.scale import Axis, tick_year, time_axis, value_axis
from acuerdo.review.charts.svg import element, picture, words

POLICY: Final = CATEGORIES[0]
BASE: Final = VINTAGE
_LEFT: Final = 62.0
_RIGHT: Final = 14.0
_TOP: Final = 26.0
_BOTTOM: Final = 28.0
_LETTER: Final = 6.9
_SPOTS: Final = 12

Band = tuple[Sequence[float], ...]
"""Least, two quantiles around the middle one, and greatest: five rows over the dates."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Fan:
    """Two bands over the same dates.

    Attributes:
        dates: The dates.
        base: The band where nothing is changed.
        policy: The band under the policy.
        start: The day on which the policy begins, with what is printed there.
        told: What a reader is told on pointing at a date, for each date.
    """

    dates: Sequence[date]
    base: Band
    policy: Band
    start: tuple[date, str]
    told: Sequence[str]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class _Plot:
    """Where a day and a value stand."""

    width: float
    height: float
    days: Axis
    values: Axis

    def x(self, day: float) -> float:
        return _LEFT + self.days.place(day, self.width - _LEFT - _RIGHT)

    def y(self, value: float) -> float:
        return _TOP + self.height - self.values.place(value, self.height)


def fan(one: Fan, *, width: int, height: int, write: Callable[[float], str]) -> Drawing:
    """The picture.

    Args:
        width: Of the whole picture, in pixels.
        height: Of the plot alone.
        write: How a value of the axis is written.
    """
    every = [value for band in (one.base, one.policy) for row in band for value in row]
    days = time_axis(one.dates, room=width - _LEFT - _RIGHT)
    plot = _Plot(width=width, height=height, days=days, values=value_axis(every))
    xs = [plot.x(day.toordinal()) for day in one.dates]
    parts = [
        *_grid(plot, write=write),
        *_band(plot, xs, band=one.base, ink=BASE),
        *_band(plot, xs, band=one.policy, ink=POLICY),
    ]
    parts.append(_start(plot, one))
    step = max(1, len(xs) // _SPOTS)
    spots = tuple(
        Spot(round(xs[place], 1), round(plot.y(one.policy[2][place]), 1), one.told[place])
        for place in range(len(xs) - 1, -1, -step)
    )[::-1]
    total = _TOP + height + _BOTTOM
    inner = element("g", "".join(parts), font_family=FONT)
    return Drawing(order=picture(width, total, inner=inner), width=width, height=round(total), spots=spots)


def _grid(plot: _Plot, *, write: Callable[[float], str]) -> Iterator[str]:
    for value in plot.values.ticks:
        y = plot.y(value)
        ink = INK if value == 0 else HAIRLINE
        yield element("line", x1=_LEFT, x2=plot.width - _RIGHT, y1=y, y2=y, stroke=ink, stroke_width=0.7)
        yield words(write(value), _LEFT - 6, y=y + 4, fill=MUTED, text_anchor="end", font_size=12)
    floor = plot.y(plot.values.low)
    for tick in plot.days.ticks:
        x = plot.x(tick)
        yield element("line", x1=x, x2=x, y1=floor, y2=floor + 4, stroke=MUTED)
        yield words(tick_year(tick), x, y=floor + 18, fill=MUTED, text_anchor="middle", font_size=12)


def _band(plot: _Plot, xs: Sequence[float], *, band: Band, ink: str) -> Iterator[str]:
    """All that fits lightly, the middle nine tenths more strongly, and the middle as a thin line."""
    for low, high, opacity in ((band[0], band[-1], 0.22), (band[1], band[-2], 0.28)):
        edge = [(x, plot.y(value)) for x, value in zip(xs, high, strict=True)]
        edge += [(x, plot.y(value)) for x, value in reversed(list(zip(xs, low, strict=True)))]
        yield element("path", d=f"M{_joined(edge)}Z", fill=ink, fill_opacity=opacity, stroke="none")
    middle = [(x, plot.y(value)) for x, value in zip(xs, band[2], strict=True)]
    yield element("path", d=f"M{_joined(middle)}", fill="none", stroke=ink, stroke_width=1.4)


def _joined(points: Sequence[tuple[float, float]]) -> str:
    return "L".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _start(plot: _Plot, one: Fan) -> str:
    day, label = one.start
    x, floor = plot.x(day.toordinal()), plot.y(plot.values.low)
    line = element("line", x1=x, x2=x, y1=_TOP - 4, y2=floor, stroke=ACCENT, stroke_dasharray="2 3")
    late = x + len(label) * _LETTER > plot.width
    return line + words(
        label,
        x - 4 if late else x + 4,
        y=_TOP - 8,
        fill=ACCENT,
        text_anchor="end" if late else "start",
        font_size=12.5,
    )
