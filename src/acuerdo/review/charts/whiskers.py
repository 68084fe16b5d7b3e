"""Effects with their intervals, one under the other: the signed choice in colour, all others in grey."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, final

from acuerdo.review.charts.ink import ACCENT, HAIRLINE, INK, MUTED
from acuerdo.review.charts.press import FONT, Drawing, Spot
from acuerdo.review.charts.scale import Axis, value_axis
from acuerdo.review.charts.svg import element, picture, words

_WIDE: Final = 520
_LETTER: Final = 6.6
_ROW: Final = 26.0
_ROW_NARROW: Final = 40.0
_RIGHT: Final = 22.0
_REACH: Final = 2.2


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Whisker:
    """One effect.

    Attributes:
        label: Which choice gave it.
        value: The effect; None for a choice without a number.
        low: Lower end of its interval; None together with ``high``.
        high: Upper end.
        signed: Whether it decides.
        text: What a reader is told on pointing at it.
    """

    label: str
    value: float | None
    low: float | None
    high: float | None
    signed: bool
    text: str


def whiskers(found: Sequence[Whisker], *, width: int, write: Callable[[float], str]) -> Drawing:
    """The picture, in the order given."""
    beside = width >= _WIDE
    left = min(0.48 * width, 12 + _LETTER * max(len(one.label) for one in found)) if beside else 10.0
    row = _ROW if beside else _ROW_NARROW
    axis = _axis(found)
    plot = width - left - _RIGHT
    height = 8 + row * len(found)
    parts, spots = [_grid(axis, left=left, plot=plot, height=height, write=write)], []
    for number, one in enumerate(found):
        y = 8 + row * number + (row / 2 if beside else 29)
        parts.append(_label(one, y if beside else y - 14, left=left, beside=beside))
        parts.append(_whisker(one, y, axis=axis, left=left, plot=plot))
        spots.append(
            Spot(round(left + axis.place(_inside(one.value or 0.0, axis), plot), 1), round(y, 1), one.text)
        )
    total = height + 24
    inner = element("g", "".join(parts), font_family=FONT)
    return Drawing(
        order=picture(width, total, inner=inner), width=width, height=round(total), spots=tuple(spots)
    )


def _axis(found: Sequence[Whisker]) -> Axis:
    """Wide enough for every point; an interval that reaches much farther is cut."""
    points = [one.value for one in found if one.value is not None]
    most = _REACH * max((abs(one) for one in points), default=1.0)
    ends = [end for one in found for end in (one.low, one.high) if end is not None]
    return value_axis([*points, *(min(max(end, -most), most) for end in ends)])


def _inside(value: float, axis: Axis) -> float:
    return min(max(value, axis.low), axis.high)


def _grid(axis: Axis, *, left: float, plot: float, height: float, write: Callable[[float], str]) -> str:
    parts = []
    for value in axis.ticks:
        x = left + axis.place(value, plot)
        ink = INK if value == 0 else HAIRLINE
        parts.append(element("line", x1=x, x2=x, y1=4.0, y2=height, stroke=ink, stroke_width=0.7))
        parts.append(words(write(value), x, y=height + 16, fill=MUTED, text_anchor="middle", font_size=12))
    return "".join(parts)


def _label(one: Whisker, y: float, *, left: float, beside: bool) -> str:
    ink = ACCENT if one.signed else INK
    weight = "650" if one.signed else None
    most = int((left - 14) / _LETTER) if beside else 60
    text = one.label if len(one.label) <= most else one.label[: most - 1].rstrip() + "…"
    x, anchor = (left - 10, "end") if beside else (left, "start")
    return words(text, x, y=y + 4, fill=ink, text_anchor=anchor, font_size=12.5, font_weight=weight)


def _whisker(one: Whisker, y: float, *, axis: Axis, left: float, plot: float) -> str:
    ink = ACCENT if one.signed else MUTED
    if one.value is None:
        return words(
            "–", left + axis.place(0.0, plot), y=y + 4, fill=MUTED, text_anchor="middle", font_size=13
        )
    line = ""
    if one.low is not None and one.high is not None:
        ends = [left + axis.place(_inside(end, axis), plot) for end in (one.low, one.high)]
        line = element("line", x1=ends[0], x2=ends[1], y1=y, y2=y, stroke=ink, stroke_width=1.6)
    x = left + axis.place(_inside(one.value, axis), plot)
    return line + element("circle", cx=x, cy=y, r=5.0 if one.signed else 3.6, fill=ink)
