"""Effects with their intervals, one under the other: the signed choice in colour, all others in grey."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, final

from acuerdo.review.charts.ink import ACCENT, HAIRLINE, INK, MUTED
from acuerdo.review.charts.press import FONT, Drawing, Spot
from acuerdo.review.charts.scale import Axis, value_axis
from acuerdo.review.charts.svg import element, lines, picture, words

_WIDE: Final = 520
_LETTER: Final = 6.6
_ROW: Final = 26.0
_LINE: Final = 15.0
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
    left = min(0.48 * width, 16 + _LETTER * max(len(one.label) for one in found)) if beside else 10.0
    room = left - 14 if beside else width - left
    axis = _axis(found)
    plot = width - left - _RIGHT
    parts, spots, top = [], [], 8.0
    for one in found:
        label = lines(one.label, room=room, letter=_LETTER)
        tall = max(_ROW, _LINE * len(label) + 8) if beside else _LINE * len(label) + _ROW
        y = top + (tall / 2 if beside else _LINE * len(label) + 7)
        first = y - _LINE / 2 * (len(label) - 1) + 4 if beside else top + 10
        parts += _label(one, label, y=first, at=left - 10 if beside else left, beside=beside)
        parts.append(_whisker(one, y, axis=axis, left=left, plot=plot))
        spots.append(
            Spot(round(left + axis.place(_inside(one.value or 0.0, axis), plot), 1), round(y, 1), one.text)
        )
        top += tall
    parts.insert(0, _grid(axis, left=left, plot=plot, height=top, write=write))
    total = top + 24
    inner = element("g", "".join(parts), font_family=FONT)
    return Drawing(
        order=picture(width, total, inner=inner), width=width, height=round(total), spots=tuple(spots)
    )


def _axis(found: Sequence[Whisker]) -> Axis:
    """Wide enough for every point and for the interval that decides; another that reaches much farther is cut."""
    points = [one.value for one in found if one.value is not None]
    signed = [end for one in found if one.signed for end in (one.low, one.high) if end is not None]
    most = max((_REACH * max(map(abs, points), default=1.0), *map(abs, signed)))
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


def _label(one: Whisker, label: Sequence[str], *, y: float, at: float, beside: bool) -> Iterator[str]:
    """The label in as many lines as it takes, the first at a height."""
    for number, line in enumerate(label):
        yield words(
            line, at, y=y + _LINE * number, fill=ACCENT if one.signed else INK, font_size=12.5,
            text_anchor="end" if beside else "start", font_weight="650" if one.signed else None,
        )  # fmt: skip


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
