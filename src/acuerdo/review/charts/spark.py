"""A line the size of a word: the shape of a series, its baseline and its last value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

from acuerdo.review.charts.ink import ACCENT, CATEGORIES, HAIRLINE, PAPER
from acuerdo.review.charts.svg import element, picture

_EDGE = 4.0


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Spark:
    """A small line.

    Attributes:
        at: Where each value stands in time, any numbers in order.
        values: The values; None breaks the line.
        top: Value of the upper edge, so that several sparks share one scale; the highest value if None.
        baseline: Index of the baseline's value, if it is among them.
        since: Where the framework began, in the numbers of ``at``.
        hollow_end: Whether the last value is provisional.
    """

    at: Sequence[float]
    values: Sequence[float | None]
    top: float | None = None
    baseline: int | None = None
    since: float | None = None
    hollow_end: bool = False


def spark(one: Spark, *, width: float = 132, height: float = 34) -> str:
    """The SVG of a small line; its zero is the lower edge unless there are values below zero."""
    known = [(x, v) for x, v in zip(one.at, one.values, strict=True) if v is not None]
    if not known:
        return ""
    low = min(0.0, *(v for _, v in known))
    high = max(one.top or 0.0, *(v for _, v in known)) or 1.0
    first, last = min(one.at), max(one.at)
    span = (last - first) or 1.0

    def place(x: float, v: float) -> tuple[float, float]:
        across = _EDGE + (x - first) / span * (width - 2 * _EDGE)
        return across, height - _EDGE - (v - low) / (high - low) * (height - 2 * _EDGE)

    floor = place(first, 0.0)[1]
    parts = [element("line", x1=0.0, x2=width, y1=floor, y2=floor, stroke=HAIRLINE)]
    if one.since is not None and first <= one.since <= last:
        across = place(one.since, 0.0)[0]
        parts.append(element("line", x1=across, x2=across, y1=0.0, y2=height, stroke=ACCENT, stroke_dasharray="2 2"))
    path = _path([None if v is None else place(x, v) for x, v in zip(one.at, one.values, strict=True)])
    parts.append(element("path", d=path, fill="none", stroke=CATEGORIES[0], stroke_width=1.6, stroke_linejoin="round"))
    if one.baseline is not None and (value := one.values[one.baseline]) is not None:
        x, y = place(one.at[one.baseline], value)
        parts.append(element("circle", cx=x, cy=y, r=2.6, fill=PAPER, stroke=CATEGORIES[4], stroke_width=1.4))
    x, y = place(*known[-1])
    fill = PAPER if one.hollow_end else CATEGORIES[0]
    parts.append(element("circle", cx=x, cy=y, r=2.8, fill=fill, stroke=CATEGORIES[0], stroke_width=1.4))
    return picture(width, height, "".join(parts))


def _path(points: Sequence[tuple[float, float] | None]) -> str:
    drawn, out = False, []
    for point in points:
        if point is None:
            drawn = False
            continue
        out.append(f"{'L' if drawn else 'M'}{point[0]:.1f},{point[1]:.1f}")
        drawn = True
    return "".join(out)
