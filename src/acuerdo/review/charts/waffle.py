"""Levels of promises as squares, each filled as far as the promise got, in cells by side and time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, final

from acuerdo.review.charts.ink import CATEGORIES, HAIRLINE, INK, MUTED, PAPER
from acuerdo.review.charts.press import FONT, Drawing, Spot
from acuerdo.review.charts.svg import element, lines, picture, words

_BLUE: Final = CATEGORIES[0]
# Side of a square in a wide and in a narrow picture; the gap between two
_SIDES = (11.5, 9.0)
_GAP = 2.0
_WIDE = 520
_MOST_LEVEL = 3
# Room that the names of the rows take at the left of a wide picture: a side in a word, or a goal in a few
_LETTER = 7.2
_SMALL = 6.6
_NAMES = 120.0
_NAMES_AT_MOST = 0.36
_LINE = 16
Level = int | None
"""0 to 3; None where nothing public tells."""


def square(level: Level, x: float, *, y: float, side: float) -> str:
    """A promise: filled from below by its level, empty for none, a faint outline where nothing public tells.

    The filling tells the level without any colour.
    """
    inset = side - 1.2
    if level is None:
        return element(
            "rect", x=x + 0.6, y=y + 0.6, width=inset, height=inset, fill=PAPER, stroke=MUTED,
            stroke_width=1, stroke_dasharray="1.5 1.5",
        )  # fmt: skip
    outline = element(
        "rect", x=x + 0.6, y=y + 0.6, width=inset, height=inset, fill=PAPER, stroke=_BLUE, stroke_width=1.2
    )
    if not level:
        return outline
    tall = inset * level / _MOST_LEVEL
    return outline + element(
        "rect", x=x + 0.6, y=y + 0.6 + inset - tall, width=inset, height=tall, fill=_BLUE
    )


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """The promises of one row at one time.

    Attributes:
        levels: One per promise, highest first.
        text: What a reader is told on pointing at it.
    """

    levels: tuple[Level, ...]
    text: str


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class WaffleRow:
    """A row of cells, one per column."""

    label: str
    cells: tuple[Cell, ...]


def waffle(rows: Sequence[WaffleRow], columns: Sequence[str], *, width: int) -> Drawing:
    """Cells of squares in rows and columns; a square is a promise.

    Args:
        rows: From top to bottom, each with as many cells as there are columns.
        columns: Printed over them.
        width: Width of the whole picture in pixels.
    """
    beside = width >= _WIDE
    longest = max(len(row.label) for row in rows) * _LETTER
    left = min(max(_NAMES, longest), _NAMES_AT_MOST * width) if beside else 0.0
    room = (width - left) / len(columns)
    side = _SIDES[0] if beside else _SIDES[1]
    step = side + _GAP
    across = max(1, int((room - 10) // step))
    parts = _headings(columns, left=left, width=width)
    spots: list[Spot] = []
    y = 24.0
    for row in rows:
        parts.append(element("line", x1=0.0, x2=float(width), y1=y - 4, y2=y - 4, stroke=HAIRLINE))
        names = lines(row.label, room=left or width, letter=_LETTER)
        parts += [
            words(name, 0.0, y=y + 11 + at * _LINE, fill=INK, font_weight="600")
            for at, name in enumerate(names)
        ]
        y += 4 if beside else 4 + len(names) * _LINE
        for number, cell in enumerate(row.cells):
            x = left + number * room
            parts += [
                square(level, x + at % across * step, y=y + at // across * step, side=side)
                for at, level in enumerate(cell.levels)
            ]
            if cell.levels:
                spots.append(Spot(round(x + side / 2, 1), round(y + side / 2, 1), cell.text))
        most = max((len(cell.levels) for cell in row.cells), default=0)
        tall = max(1, math.ceil(most / across)) * step
        y += max(tall, len(names) * _LINE if beside else 0.0) + 12
    text = element("g", "".join(parts), font_family=FONT, font_size=13)
    return Drawing(order=picture(width, y, inner=text), width=width, height=round(y), spots=tuple(spots))


def _headings(columns: Sequence[str], *, left: float, width: int) -> list[str]:
    """The columns' names: the last one always and within the picture, of the others those that keep clear of it."""
    room = (width - left) / len(columns)
    x = min(width - room, width - len(columns[-1]) * _SMALL)
    found = [words(columns[-1], x, y=12.0, fill=MUTED, font_size=12.5)]
    for number, name in reversed(list(enumerate(columns[:-1]))):
        start = left + number * room
        if start + (len(name) + 1) * _SMALL <= x:
            found.append(words(name, start, y=12.0, fill=MUTED, font_size=12.5))
            x = start
    return found[::-1]
