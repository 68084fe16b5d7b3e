"""How parts make up a whole: from what there is without them, each part in turn, to what there is with all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, final

from acuerdo.review.charts.across import Across
from acuerdo.review.charts.ink import CATEGORIES, INK, MUTED
from acuerdo.review.charts.press import FONT, Drawing, Spot
from acuerdo.review.charts.scale import value_axis
from acuerdo.review.charts.svg import element, picture, words

WHOLE: Final = CATEGORIES[0]
MORE: Final = CATEGORIES[1]
LESS: Final = CATEGORIES[2]
_WIDE: Final = 520
_LETTER: Final = 6.7
_ROW: Final = 27.0
_TALL: Final = 14.0
_WRITTEN: Final = 70.0


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One bar.

    Attributes:
        label: What it is.
        first: Where it begins: zero for a whole, the end of the one before for a part.
        last: Where it ends.
        written: Its size as a reader reads it.
        reach: From the least to the greatest that a whole can be; None for a part.
    """

    label: str
    first: float
    last: float
    written: str
    reach: tuple[float, float] | None = None


def steps(found: Sequence[Step], *, width: int, write: Callable[[float], str]) -> Drawing:
    """The picture, top to bottom.

    Args:
        width: Of the whole picture, in pixels.
        write: How a value of the axis is written.
    """
    beside = width >= _WIDE
    left = 12 + _LETTER * max(len(one.label) for one in found) if beside else 116.0
    ends = [end for one in found for end in (one.first, one.last, *(one.reach or ()))]
    plot = Across(left=left, width=width - left - _WRITTEN, axis=value_axis(ends, about=5 if beside else 3))
    bottom = 6 + _ROW * len(found)
    parts = list(plot.grid(bottom=bottom, write=write))
    spots = []
    for number, one in enumerate(found):
        y = 6 + _ROW * (number + 0.5)
        parts += _bar(one, plot, y=y)
        parts.append(
            words(one.label, left - 10, y=y + 4, fill=INK, text_anchor="end", font_size=12.5,
                  font_weight=None if one.reach is None else "650")
        )  # fmt: skip
        parts.append(
            words(one.written, width - 2, y=y + 4, fill=_ink(one), text_anchor="end", font_size=12.5,
                  font_weight="600")
        )  # fmt: skip
        if number + 1 < len(found):
            x = plot.x(one.last)
            parts.append(
                element("line", x1=x, x2=x, y1=y + _TALL / 2, y2=y + _ROW - _TALL / 2, stroke=MUTED,
                        stroke_width=0.8, stroke_dasharray="2 2")
            )  # fmt: skip
        spots.append(Spot(round(plot.x(one.last), 1), round(y, 1), f"{one.label}: {one.written}"))
    inner = element("g", "".join(parts), font_family=FONT)
    total = bottom + 26
    return Drawing(
        order=picture(width, total, inner=inner), width=width, height=round(total), spots=tuple(spots)
    )


def _ink(one: Step) -> str:
    if one.reach is not None:
        return WHOLE
    return MUTED if one.first == one.last else MORE if one.last > one.first else LESS


def _bar(one: Step, plot: Across, *, y: float) -> Iterator[str]:
    first, last = sorted((plot.x(one.first), plot.x(one.last)))
    yield element(
        "rect", x=first, y=y - _TALL / 2, width=max(last - first, 1.2), height=_TALL, fill=_ink(one),
        fill_opacity=None if one.reach is None else "0.55",
    )  # fmt: skip
    if one.reach is not None:
        low, high = (plot.x(end) for end in one.reach)
        yield element("line", x1=low, x2=high, y1=y, y2=y, stroke=INK, stroke_width=1.3)
        for end in (low, high):
            yield element("line", x1=end, x2=end, y1=y - 4, y2=y + 4, stroke=INK, stroke_width=1.3)
