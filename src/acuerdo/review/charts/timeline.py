"""The life of a framework in lanes: what was held, planned, due and done, each at its date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, final

from acuerdo.review.charts.ink import ACCENT, CATEGORIES, HAIRLINE, INK, MUTED, PAPER
from acuerdo.review.charts.press import FONT, Drawing, Spot
from acuerdo.review.charts.scale import Axis, tick_year, time_axis
from acuerdo.review.charts.svg import element, picture, words
from acuerdo.review.charts.waffle import Level, square

Sign = Literal[
    "held",
    "not_held",
    "not_found",
    "kept",
    "late",
    "no_evidence",
    "pending",
    "done",
    "plan",
    "event",
    "change",
]
_WIDE = 520
_STEP = 13.0
_NEAR = 11.0

# Shape first, colour second: each sign differs from its neighbours in both.
_BLUE, _ORANGE, _GREEN = CATEGORIES[0], CATEGORIES[1], CATEGORIES[2]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One dated thing.

    Attributes:
        until: Last day of something that lasted, drawn as a bar.
        text: What a reader is told on pointing at it: the date, the thing, what became of it.
        caption: Printed beside it where there is room; empty for most.
    """

    on: date
    sign: Sign
    text: str
    until: date | None = None
    caption: str = ""


@final
@dataclass(frozen=True, slots=True)
class Lane:
    """A row of the timeline."""

    label: str
    moments: tuple[Moment, ...]


def timeline(lanes: Sequence[Lane], *, width: int, today: date, today_label: str) -> Drawing:
    """The picture of a framework's life.

    Args:
        today: The day of the review; nothing later is known.
        today_label: Printed at that day.
    """
    beside = width >= _WIDE
    left, right = (132.0 if beside else 8.0), 16.0
    days = [
        day for lane in lanes for moment in lane.moments for day in (moment.on, moment.until or moment.on)
    ]
    plot = width - left - right
    axis = time_axis([*days, today], room=plot)
    y, parts, spots = 30.0, [], []
    for lane in lanes:
        levels = _levels(lane.moments, axis, plot=plot)
        height = 30.0 + _STEP * max(levels, default=0) + (0 if beside else 18)
        parts.append(_lane_label(lane.label, y, beside=beside))
        base = y + (20 if beside else 36)
        for moment, level in zip(lane.moments, levels, strict=True):
            x, at = left + axis.place(moment.on.toordinal(), plot), base + level * _STEP
            parts.append(
                _moment(moment, x, y=at, end=left + axis.place((moment.until or moment.on).toordinal(), plot))
            )
            spots.append(Spot(round(x, 1), round(at, 1), moment.text))
        y += height + 10
        parts.append(element("line", x1=0.0, x2=float(width), y1=y, y2=y, stroke=HAIRLINE))
        y += 2
    grid = _years(axis, left, plot=plot, bottom=y)
    now = left + axis.place(today.toordinal(), plot)
    end = element("line", x1=now, x2=now, y1=20.0, y2=y, stroke=ACCENT, stroke_dasharray="2 3")
    end += words(today_label, now - 5, y=y + 14, fill=ACCENT, text_anchor="end", font_size=12.5)
    text = element("g", grid + end + "".join(parts), font_family=FONT)
    spots.sort(key=lambda spot: (spot.x, spot.y))
    return Drawing(
        order=picture(width, y + 20, inner=text), width=width, height=round(y + 20), spots=tuple(spots)
    )


def _levels(moments: Sequence[Moment], axis: Axis, *, plot: float) -> list[int]:
    """How far down each moment is set so that no two print over one another."""
    ends: list[float] = []
    found: list[int] = []
    for moment in moments:
        start = axis.place(moment.on.toordinal(), plot)
        end = axis.place((moment.until or moment.on).toordinal(), plot) + _NEAR + len(moment.caption) * 6.4
        level = next((number for number, taken in enumerate(ends) if taken <= start), len(ends))
        ends[level : level + 1] = [end]
        found.append(level)
    return found


def _lane_label(label: str, y: float, *, beside: bool) -> str:
    return words(label, 0.0, y=y + (24 if beside else 16), fill=INK, font_size=13, font_weight="600")


def _years(axis: Axis, left: float, *, plot: float, bottom: float) -> str:
    parts = [element("line", x1=0.0, x2=left + plot, y1=22.0, y2=22.0, stroke=INK)]
    half = axis.place(axis.low + 182, plot)
    for tick in axis.ticks:
        x = left + axis.place(tick, plot)
        parts.append(element("line", x1=x, x2=x, y1=22.0, y2=bottom, stroke=HAIRLINE))
        parts.append(
            words(tick_year(tick), x + half, y=14.0, fill=MUTED, font_size=12.5, text_anchor="middle")
        )
    return "".join(parts)


def _moment(moment: Moment, x: float, *, y: float, end: float) -> str:
    bar = ""
    if end > x + 1:
        bar = element(
            "rect", x=x, y=y - 3, width=end - x, height=6.0, fill=CATEGORIES[0], fill_opacity="0.25"
        )
    caption = words(moment.caption, x + 9, y=y + 4.5, fill=MUTED, font_size=12.5) if moment.caption else ""
    return bar + sign(moment.sign, x, y=y) + caption


_SHAPES: Final[dict[str, tuple[str, str, str]]] = {
    "held": ("disc", INK, INK),
    "not_held": ("cross", ACCENT, ACCENT),
    "not_found": ("disc", PAPER, MUTED),
    "kept": ("tick", _GREEN, _GREEN),
    "done": ("tick", _BLUE, _BLUE),
    "late": ("triangle", _ORANGE, _ORANGE),
    "no_evidence": ("square", PAPER, MUTED),
    "pending": ("disc", PAPER, HAIRLINE),
    "plan": ("square", _BLUE, _BLUE),
    "event": ("diamond", MUTED, MUTED),
    "change": ("diamond", ACCENT, ACCENT),
}

_LEVELS: Final[dict[str, Level]] = {
    "level_none": None, "level_0": 0, "level_1": 1, "level_2": 2, "level_3": 3,
}  # fmt: skip


def sign(name: str, x: float, *, y: float) -> str:
    """The sign of a state of things, centred at a place; about 10 pixels across."""
    if name.startswith("level_"):
        return square(_LEVELS[name], x - 5, y=y - 5, side=10)
    shape, fill, stroke = _SHAPES[name]
    match shape:
        case "disc":
            return element("circle", cx=x, cy=y, r=4.6, fill=fill, stroke=stroke, stroke_width=1.6)
        case "square":
            return element(
                "rect",
                x=x - 4.2,
                y=y - 4.2,
                width=8.4,
                height=8.4,
                fill=fill,
                stroke=stroke,
                stroke_width=1.6,
            )
        case "cross":
            path = f"M{x - 4:.1f},{y - 4:.1f}l8,8m0,-8l-8,8"
            return element("path", d=path, fill="none", stroke=stroke, stroke_width=2.2)
        case "tick":
            path = f"M{x - 5:.1f},{y:.1f}l3.6,4l6.6,-8"
            return element("path", d=path, fill="none", stroke=stroke, stroke_width=2.4)
        case "triangle":
            return element("path", d=f"M{x:.1f},{y - 5:.1f}l5.2,9.4h-10.4z", fill=fill, stroke=stroke)
        case _:
            return element(
                "path", d=f"M{x:.1f},{y - 5.2:.1f}l5.2,5.2l-5.2,5.2l-5.2,-5.2z", fill=fill, stroke=stroke
            )
