"""How a level rose through time, one band per account; the height of a band is the level."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Final, final

from acuerdo.review.charts.ink import ACCENT, CATEGORIES, HAIRLINE, INK, MUTED
from acuerdo.review.charts.press import FONT, Drawing, Spot
from acuerdo.review.charts.scale import tick_year, time_axis
from acuerdo.review.charts.svg import element, picture, words

_LEVEL: Final = 9.0
_WIDE: Final = 520
_NAMES: Final = 150.0
_MARK_ROW: Final = 16.0
_LETTER: Final = 6.7


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A level, 0 to 3, from a day on, and what a reader is told of it."""

    on: date
    level: int
    text: str


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """How far somebody tells that a promise got; ``steps`` in order of time, none where nothing is told."""

    label: str
    steps: tuple[Step, ...]


def rises(
    accounts: Sequence[Account], *, width: int, until: date, marks: Mapping[date, str], nothing: str
) -> Drawing:
    """The picture of a level through time.

    Args:
        accounts: From top to bottom.
        width: Width of the whole picture in pixels.
        until: The last day that is known.
        marks: Days to be named, such as that of the promise and of its deadline.
        nothing: Printed where an account tells nothing.
    """
    beside = width >= _WIDE
    left = _NAMES if beside else 0.0
    axis = time_axis([*marks, until], room=width - left - 4)

    def place(day: date) -> float:
        return left + axis.place(day.toordinal(), width - left - 4)

    top = y = 8 + _MARK_ROW * len(marks)
    parts: list[str] = []
    spots: list[Spot] = []
    for one in accounts:
        base = y + (36 if beside else 52)
        parts.append(words(one.label, 0.0, y=base - 8 if beside else y + 15, fill=INK, font_weight="600"))
        parts.append(element("line", x1=left, x2=float(width), y1=base, y2=base, stroke=HAIRLINE))
        if not one.steps:
            parts.append(words(nothing, left + 4, y=base - 8, fill=MUTED, font_style="italic"))
        for step, following in zip_longest(one.steps, one.steps[1:]):
            x, end, tall = place(step.on), place(following.on if following else until), step.level * _LEVEL
            parts.append(_band(x, end, base=base, tall=tall))
            spots.append(Spot(round(x, 1), round(base - tall, 1), step.text))
        y = base
    parts += _years(axis.ticks, [place(date.fromordinal(int(tick))) for tick in axis.ticks], top=top, foot=y)
    for row, (day, label) in enumerate(sorted(marks.items())):
        parts.append(_mark(place(day), label, row=row, foot=y))
    text = element("g", "".join(parts), font_family=FONT, font_size=13)
    return Drawing(
        order=picture(width, y + 20, inner=text), width=width, height=round(y + 20), spots=tuple(spots)
    )


def _band(x: float, end: float, *, base: float, tall: float) -> str:
    """A band as high as the level; at level 0 a line only."""
    body = element(
        "rect",
        x=x,
        y=base - tall,
        width=max(end - x, 1.0),
        height=tall,
        fill=CATEGORIES[0],
        fill_opacity="0.22",
    )
    edge = element(
        "line", x1=x, x2=max(end, x + 1), y1=base - tall, y2=base - tall, stroke=CATEGORIES[0], stroke_width=2
    )
    dot = element("circle", cx=x, cy=base - tall, r=3.4, fill=CATEGORIES[0])
    return (body if tall else "") + edge + dot


def _years(ticks: Sequence[float], places: Sequence[float], *, top: float, foot: float) -> Iterator[str]:
    for tick, x in zip(ticks, places, strict=True):
        yield element("line", x1=x, x2=x, y1=top, y2=foot + 5, stroke=HAIRLINE)
        yield words(tick_year(tick), x + 4, y=foot + 16, fill=MUTED, font_size=12.5)


def _mark(x: float, label: str, *, row: int, foot: float) -> str:
    left = len(label) * _LETTER + 8 < x
    y = 4 + _MARK_ROW * row
    line = element("line", x1=x, x2=x, y1=y, y2=foot, stroke=ACCENT, stroke_dasharray="2 3")
    anchor = "end" if left else "start"
    return line + words(
        label, x + (-5 if left else 5), y=y + 9, fill=ACCENT, font_weight="600", text_anchor=anchor
    )
