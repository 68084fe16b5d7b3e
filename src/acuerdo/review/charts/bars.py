"""Bars side by side from zero, with marks for what they are held against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import final

from acuerdo.review.charts.ink import ACCENT, CATEGORIES, INK, PAPER
from acuerdo.review.charts.press import FONT, Drawing, Spot
from acuerdo.review.charts.svg import element, picture, words

_ROW = 44.0
_LINE = 16.0
_BAR = 16.0
_MARK_ROW = 17.0
# Width of a letter of the words in a chart, in pixels, on the safe side.
_LETTER = 6.9


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar.

    Attributes:
        label: Printed over it.
        value: Its length, in the chart's one unit.
        written: The value as a reader reads it, printed at its end.
        colour: Its ink.
        hollow: Whether it is only outlined: what was said, against what was counted.
    """

    label: str
    value: float
    written: str
    colour: str = CATEGORIES[0]
    hollow: bool = False


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """A value that the bars are held up to, drawn as a line across them."""

    value: float
    label: str


def bars(rows: Sequence[Bar], *, width: int, against: Sequence[Against] = ()) -> Drawing:
    """The picture of some bars.

    Args:
        rows: At least one, top to bottom; none below zero.
        width: Width of the whole picture in pixels.
        against: Values to hold them against, in ascending order.
    """
    room = max(len(one.written) for one in rows) * _LETTER + 12
    highest = max([one.value for one in rows] + [one.value for one in against]) or 1.0
    plot = width - room
    top = 8 + len(against) * _MARK_ROW
    labels = [wrap(one.label, int(width / _LETTER)) for one in rows]
    height = top + len(rows) * _ROW + sum(len(lines) - 1 for lines in labels) * _LINE + 4
    scale = plot / highest
    parts = [_against(one, at, scale=scale, width=width, bottom=height) for at, one in enumerate(against)]
    spots: list[Spot] = []
    y = top - _ROW
    for one, lines in zip(rows, labels, strict=True):
        y += _ROW
        length = one.value * scale
        parts += [words(line, 0.0, y=y + 13 + at * _LINE, fill=INK) for at, line in enumerate(lines)]
        y += (len(lines) - 1) * _LINE
        fill = PAPER if one.hollow else one.colour
        parts.append(
            element(
                "rect", x=0.6, y=y + 20, width=max(length - 0.6, 1.0), height=_BAR, fill=fill,
                stroke=one.colour, stroke_width=1.2,
            )
        )  # fmt: skip
        parts.append(
            words(one.written, length + 7, y=y + 20 + _BAR - 3.5, fill=one.colour, font_weight="600")
        )
        spots.append(Spot(round(length, 1), round(y + 20 + _BAR / 2, 1), f"{one.label}: {one.written}"))
    text = element("g", "".join(parts), font_family=FONT, font_size=13)
    return Drawing(
        order=picture(width, height, inner=text), width=width, height=round(height), spots=tuple(spots)
    )


def _against(one: Against, row: int, *, scale: float, width: int, bottom: float) -> str:
    across = one.value * scale
    room = len(one.label) * _LETTER + 8
    left = room < across
    beside = across - 5 if left else max(0.0, min(across + 5, width - room))
    line = element(
        "line", x1=across, x2=across, y1=row * _MARK_ROW + 4, y2=bottom, stroke=ACCENT, stroke_dasharray="2 3"
    )
    return line + words(
        one.label, beside, y=row * _MARK_ROW + 13, fill=ACCENT, font_weight="600",
        text_anchor="end" if left else "start",
    )  # fmt: skip
