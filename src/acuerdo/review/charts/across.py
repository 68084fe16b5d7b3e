"""A plot whose one axis of values runs across, with its hairlines: the ground of ranges and of steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import final

from acuerdo.review.charts.ink import HAIRLINE, INK, MUTED
from acuerdo.review.charts.scale import Axis
from acuerdo.review.charts.svg import element, words


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Across:
    """The plot inside its picture, in pixels."""

    left: float
    width: float
    axis: Axis

    def x(self, value: float) -> float:
        """Pixels from the left of the picture to a value."""
        return self.left + self.axis.place(value, self.width)

    def grid(self, *, bottom: float, write: Callable[[float], str]) -> Iterator[str]:
        """A line at each printed value, that of zero in ink, with the value below it."""
        for value in self.axis.ticks:
            x = self.x(value)
            ink = INK if value == 0 else HAIRLINE
            yield element("line", x1=x, x2=x, y1=2.0, y2=bottom, stroke=ink, stroke_width=0.8)
            yield words(write(value), x, y=bottom + 16, fill=MUTED, text_anchor="middle", font_size=12)
