"""Things in a row and what passes between neighbours: boxes with named arrows, across or down the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, final

from acuerdo.review.charts.ink import CATEGORIES, INK, PAPER
from acuerdo.review.charts.press import FONT, Drawing
from acuerdo.review.charts.svg import element, picture, words

_WIDE: Final = 520
_BOX: Final = 128.0
_TALL: Final = 96.0
_FLAT: Final = 50.0
_GAP: Final = 78.0
_LETTER: Final = 6.9
_LINE: Final = 16.0
_ARROW: Final = CATEGORIES[0]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """What passes between two neighbours.

    Attributes:
        between: The place of the first of the two.
        onward: Whether it goes to the next one, or back from it.
        label: Its name.
    """

    between: int
    onward: bool
    label: str


def chain(names: Sequence[str], arrows: Sequence[Arrow], *, width: int) -> Drawing:
    """The picture; ``names`` are the boxes in order."""
    across = width >= _WIDE
    parts: list[str] = []
    for place, name in enumerate(names):
        parts += _box(name, place, width=width, of=len(names))
    for between in range(len(names) - 1):
        here = [one for one in arrows if one.between == between]
        for number, one in enumerate(here):
            parts += _arrow(one, (number, len(here)), width=width, of=len(names))
    height = _TALL + 8 if across else len(names) * _FLAT + (len(names) - 1) * _GAP + 8
    inner = element("g", "".join(parts), font_family=FONT, font_size=13)
    return Drawing(order=picture(width, height, inner=inner), width=width, height=round(height))


def _start(place: int, *, width: int, of: int) -> float:
    """Where a box begins along the row."""
    if width >= _WIDE:
        return 1 + place * ((width - 2 - _BOX) / (of - 1))
    return 4 + place * (_FLAT + _GAP)


def _box(name: str, place: int, *, width: int, of: int) -> Iterator[str]:
    start = _start(place, width=width, of=of)
    across = width >= _WIDE
    x, y, wide, tall = (start, 4.0, _BOX, _TALL) if across else (1.0, start, width - 2.0, _FLAT)
    yield element("rect", x=x, y=y, width=wide, height=tall, fill=PAPER, stroke=INK, stroke_width=1.1, rx=2)
    lines = _lines(name, room=wide - 14)
    top = y + tall / 2 - _LINE * (len(lines) - 1) / 2 + 4.5
    for number, line in enumerate(lines):
        yield words(
            line, x + wide / 2, y=top + number * _LINE, fill=INK, text_anchor="middle", font_weight="600"
        )


def _arrow(one: Arrow, among: tuple[int, int], *, width: int, of: int) -> Iterator[str]:
    """A line with a head, one of some between the same two; its name over it, or beside it on a narrow page."""
    number, count = among
    begin = _start(one.between, width=width, of=of)
    after = _start(one.between + 1, width=width, of=of)
    share = (number + 0.5) / count
    if width >= _WIDE:
        y = 4 + _TALL * share + 6
        tail, head = begin + _BOX + 5, after - 5
        yield from _line((tail, y), (head, y), onward=one.onward)
        yield words(one.label, (tail + head) / 2, y=y - 5, fill=_ARROW, text_anchor="middle", font_size=12.5)
    else:
        x = 20 + (width - 40) * share - (width - 40) / count / 2 + 12
        yield from _line((x, begin + _FLAT + 5), (x, after - 5), onward=one.onward)
        yield words(one.label, x + 9, y=(begin + _FLAT + after) / 2 + 4, fill=_ARROW, font_size=12.5)


def _line(tail: tuple[float, float], head: tuple[float, float], *, onward: bool) -> Iterator[str]:
    (x1, y1), (x2, y2) = (tail, head) if onward else (head, tail)
    yield element("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=_ARROW, stroke_width=1.6)
    length = abs(x2 - x1) + abs(y2 - y1)
    dx, dy = (x2 - x1) / length, (y2 - y1) / length
    points = " ".join(
        f"{x2 - 8 * back * dx + 4.5 * side * dy:.1f},{y2 - 8 * back * dy + 4.5 * side * dx:.1f}"
        for back, side in ((0, 0), (1, 1), (1, -1))
    )
    yield element("polygon", points=points, fill=_ARROW)


def _lines(name: str, *, room: float) -> list[str]:
    """A name broken where it does not fit."""
    lines = [""]
    for word in name.split():
        if lines[-1] and (len(lines[-1]) + 1 + len(word)) * _LETTER > room:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
