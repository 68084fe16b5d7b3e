"""The least error at each value of an assumption, and how much of it still counts as a fit."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, final

from acuerdo.review.charts.ink import ACCENT, CATEGORIES, HAIRLINE, INK, MUTED, PAPER
from acuerdo.review.charts.press import FONT, Drawing, Spot
from acuerdo.review.charts.scale import Axis, value_axis
from acuerdo.review.charts.svg import element, picture, words

_BLUE: Final = CATEGORIES[0]
_LEFT: Final = 48.0
_RIGHT: Final = 20.0
_TOP: Final = 22.0
_BOTTOM: Final = 28.0
_WIDE: Final = 520
# The error is shown between these shares of what still counts as a fit; its axis does not begin at zero
_LEAST, _SHOWN = 0.9, 1.12


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One profile.

    Attributes:
        points: Values and the least error reached with each, ascending.
        most: The largest error that counts as a fit, with what is printed there.
        published: The published value, with what is printed there.
        told: What a reader is told on pointing at each point.
    """

    points: Sequence[tuple[float, float]]
    most: tuple[float, str]
    published: tuple[float, str]
    told: Sequence[str]


def profile(one: Profile, *, width: int, height: int, write: Callable[[float], str]) -> Drawing:
    """The picture.

    Args:
        width: Of the whole picture, in pixels.
        height: Of the plot alone.
        write: How a value of the assumption is written.
    """
    across = _between([value for value, _ in one.points], about=6 if width >= _WIDE else 3)
    errors = _between(
        [
            *(min(error, _SHOWN * one.most[0]) for _, error in one.points),
            _SHOWN * one.most[0],
            _LEAST * one.most[0],
        ],
        about=4,
    )
    at = [
        (_x(value, across, width=width), _y(min(error, errors.high), errors, height=height))
        for value, error in one.points
    ]
    parts = [
        *_axes(across, errors, size=(width, height), write=write),
        *_limits(one, axes=(across, errors), size=(width, height)),
        element(
            "path",
            d="M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in at),
            fill="none",
            stroke=_BLUE,
            stroke_width=2,
        ),
        *(element("circle", cx=x, cy=y, r=3.2, fill=_BLUE) for x, y in at),
    ]
    spots = tuple(Spot(round(x, 1), round(y, 1), told) for (x, y), told in zip(at, one.told, strict=True))
    total = _TOP + height + _BOTTOM
    inner = element("g", "".join(parts), font_family=FONT, font_size=12)
    return Drawing(order=picture(width, total, inner=inner), width=width, height=round(total), spots=spots)


def _between(values: Sequence[float], *, about: int) -> Axis:
    """An axis from the least to the greatest, which are not moved, with the round values between them."""
    low, high = min(values), max(values)
    # A round step is that of an axis from zero over the same length
    step = value_axis([high - low], about=about).ticks[1]
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return Axis(low, high, tuple(float(f"{number * step:.6g}") for number in range(first, last + 1)))


def _x(value: float, axis: Axis, *, width: int) -> float:
    return _LEFT + axis.place(value, width - _LEFT - _RIGHT)


def _y(value: float, axis: Axis, *, height: int) -> float:
    return _TOP + height - axis.place(value, height)


def _axes(
    across: Axis, errors: Axis, *, size: tuple[int, int], write: Callable[[float], str]
) -> Iterator[str]:
    width, height = size
    for value in errors.ticks:
        y = _y(value, errors, height=height)
        ink = INK if value == 0 else HAIRLINE
        yield element("line", x1=_LEFT, x2=width - _RIGHT, y1=y, y2=y, stroke=ink, stroke_width=0.7)
        yield words(write(value), _LEFT - 6, y=y + 4, fill=MUTED, text_anchor="end")
    for value in across.ticks:
        x = _x(value, across, width=width)
        yield words(write(value), x, y=_TOP + height + 18, fill=MUTED, text_anchor="middle")


def _limits(one: Profile, *, axes: tuple[Axis, Axis], size: tuple[int, int]) -> Iterator[str]:
    """What still counts as a fit is shaded; the published value is marked."""
    (width, height), (across, errors) = size, axes
    y, floor = _y(one.most[0], errors, height=height), _TOP + height
    yield element(
        "rect", x=_LEFT, y=y, width=width - _LEFT - _RIGHT, height=floor - y, fill=_BLUE, fill_opacity="0.09"
    )
    yield words(one.most[1], width - _RIGHT - 4, y=floor - 8, fill=_BLUE, text_anchor="end", stroke=PAPER,
                stroke_width="3", paint_order="stroke")  # fmt: skip
    x = _x(one.published[0], across, width=width)
    yield element("line", x1=x, x2=x, y1=_TOP - 4, y2=floor, stroke=ACCENT, stroke_dasharray="2 3")
    end = x > 0.6 * width
    yield words(one.published[1], x + (-4 if end else 4), y=_TOP - 8, fill=ACCENT,
                text_anchor="end" if end else "start")  # fmt: skip
