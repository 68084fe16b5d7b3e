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
        parts: Stretches of it, each of places in time (any numbers) and values; between two there is no value.
        top: Value of the upper edge, so that several lines share one scale; the highest value if None.
        baseline: Place and value of the baseline, if it is to be marked.
        since: Where the framework began.
        hollow_end: Whether the last value is provisional.
    """

    parts: Sequence[Sequence[tuple[float, float]]]
    top: float | None = None
    baseline: tuple[float, float] | None = None
    since: float | None = None
    hollow_end: bool = False


def spark(one: Spark, *, width: float = 132, height: float = 34) -> str:
    """The SVG of a small line; its zero is the lower edge unless there are values below zero."""
    points = [point for part in one.parts for point in part]
    if not points:
        return ""
    low, high = (
        min(0.0, *(v for _, v in points), 0.0),
        max(one.top or 0.0, *(v for _, v in points), 0.0) or 1.0,
    )
    first, last = points[0][0], points[-1][0]
    span = (last - first) or 1.0

    def place(x: float, v: float) -> tuple[float, float]:
        across = _EDGE + (x - first) / span * (width - 2 * _EDGE)
        return across, height - _EDGE - (v - low) / (high - low) * (height - 2 * _EDGE)

    floor = place(first, 0.0)[1]
    parts = [element("line", x1=0.0, x2=width, y1=floor, y2=floor, stroke=HAIRLINE)]
    if one.since is not None and first <= one.since <= last:
        across = place(one.since, 0.0)[0]
        parts.append(
            element("line", x1=across, x2=across, y1=0.0, y2=height, stroke=ACCENT, stroke_dasharray="2 2")
        )
    for part in one.parts:
        placed = [place(*point) for point in part]
        if len(placed) == 1:
            parts.append(element("circle", cx=placed[0][0], cy=placed[0][1], r=1.5, fill=CATEGORIES[0]))
            continue
        path = "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in placed)
        parts.append(
            element(
                "path", d=path, fill="none", stroke=CATEGORIES[0], stroke_width=1.6, stroke_linejoin="round"
            )
        )
    if one.baseline is not None:
        x, y = place(*one.baseline)
        parts.append(element("circle", cx=x, cy=y, r=2.6, fill=PAPER, stroke=CATEGORIES[4], stroke_width=1.4))
    x, y = place(*points[-1])
    fill = PAPER if one.hollow_end else CATEGORIES[0]
    parts.append(element("circle", cx=x, cy=y, r=2.8, fill=fill, stroke=CATEGORIES[0], stroke_width=1.4))
    return picture(width, height, inner="".join(parts))
