"""Ranges one under the other, in groups: everything that fits, the middle nine tenths, and the middles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, final

from acuerdo.review.charts.across import Across
from acuerdo.review.charts.ink import CATEGORIES, INK, PAPER
from acuerdo.review.charts.press import FONT, Drawing, Spot
from acuerdo.review.charts.scale import value_axis
from acuerdo.review.charts.svg import element, lines, picture, words

_BLUE: Final = CATEGORIES[0]
_WIDE: Final = 520
_LETTER: Final = 6.5
_ROW: Final = 25.0
_TOLD: Final = 132.0
_TALL: Final = 11.0
# Words stand over the lines of the grid
_OVER: Final = {"stroke": PAPER, "stroke_width": "4", "paint_order": "stroke"}


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """One range.

    Attributes:
        label: What it is of.
        low: Its least.
        high: Its greatest.
        inner: Where the middle nine tenths of it lie; None where it is put together from several.
        middles: Each is a dot.
        told: The range as a reader reads it.
    """

    label: str
    low: float
    high: float
    middles: Sequence[float]
    told: str
    inner: tuple[float, float] | None = None


def ranges(found: Sequence[Range], *, width: int, write: Callable[[float], str]) -> Drawing:
    """The picture, in the order given.

    Args:
        width: Of the whole picture, in pixels.
        write: How a value of the axis is written.
    """
    beside = width >= _WIDE
    left = min(0.42 * width, 16 + _LETTER * max(len(one.label) for one in found)) if beside else 4.0
    plot = Across(
        left=left,
        width=width - left - (_TOLD if beside else 12.0),
        axis=value_axis([end for one in found for end in (one.low, one.high)]),
    )
    room = left - 14 if beside else width - _TOLD
    parts, spots, y = [], [], 6.0
    for one in found:
        label = lines(one.label, room=room, letter=_LETTER)
        tall = max(_ROW, 15.0 * len(label) + 8) if beside else 15.0 * len(label) + 26
        middle = y + tall / 2 if beside else y + tall - 15
        parts += _words(
            one, label, y=y, middle=middle, at=(left - 10 if beside else left, width), beside=beside
        )
        parts += _bar(one, plot, y=middle)
        spots.append(Spot(round(plot.x(one.middles[0]), 1), round(middle, 1), f"{one.label}: {one.told}"))
        y += tall
    grid = plot.grid(bottom=y + 2, write=write)
    inner = element("g", "".join([*grid, *parts]), font_family=FONT)
    total = y + 26
    return Drawing(
        order=picture(width, total, inner=inner), width=width, height=round(total), spots=tuple(spots)
    )


def _words(
    one: Range, label: Sequence[str], *, y: float, middle: float, at: tuple[float, float], beside: bool
) -> Iterator[str]:
    across, width = at
    top = middle - 7.5 * (len(label) - 1) + 4 if beside else y + 13
    for number, line in enumerate(label):
        yield words(
            line, across, y=top + 15 * number, fill=INK, font_size=12.5, text_anchor="end" if beside else "start",
            **_OVER,
        )  # fmt: skip
    yield words(
        one.told, width - 2, y=middle + 4 if beside else y + 13, fill=_BLUE, font_size=12.5,
        font_weight="600", text_anchor="end", **_OVER,
    )  # fmt: skip


def _bar(one: Range, plot: Across, *, y: float) -> Iterator[str]:
    for ends, opacity in (((one.low, one.high), 0.24), (one.inner, 0.34)):
        if ends is not None:
            first, last = plot.x(ends[0]), plot.x(ends[1])
            yield element(
                "rect", x=first, y=y - _TALL / 2, width=max(last - first, 1.5), height=_TALL, fill=_BLUE,
                fill_opacity=f"{opacity}",
            )  # fmt: skip
    for value in one.middles:
        yield element("circle", cx=plot.x(value), cy=y, r=3.4, fill=_BLUE)
