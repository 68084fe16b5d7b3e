"""Where an axis begins and ends, and which values it prints."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import final

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_YEAR_STEPS = (1, 2, 5, 10, 20)
_HEADROOM = 1.04


@final
@dataclass(frozen=True, slots=True)
class Axis:
    """An axis from ``low`` to ``high`` with its printed values."""

    low: float
    high: float
    ticks: tuple[float, ...]

    def place(self, value: float, length: float) -> float:
        """How far along an axis of that length a value stands."""
        return (value - self.low) / (self.high - self.low) * length


def value_axis(values: Sequence[float], *, about: int = 5) -> Axis:
    """An axis that begins at zero, or lies around it, with about that many steps of a round size.

    >>> value_axis([35_700.0, 12_000.0]).ticks
    (0.0, 10000.0, 20000.0, 30000.0, 40000.0)
    """
    low, high = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
    if low == high:
        return Axis(0.0, 1.0, (0.0, 1.0))
    step = _round_step((high - low) / about)
    first, last = math.floor(low / step), math.ceil(high * _HEADROOM / step) if high > 0 else 0
    if high > 0 and (last - 1) * step >= high:
        last -= 1
    ticks = tuple(round(number * step, 10) for number in range(first, last + 1))
    return Axis(ticks[0], max(ticks[-1], high), ticks)


def _round_step(rough: float) -> float:
    size = 10 ** math.floor(math.log10(rough))
    return next(step * size for step in _STEPS if step * size >= rough * 0.999999)


def time_axis(days: Sequence[date], *, room: float) -> Axis:
    """An axis over whole years, in days, with a value at the start of every so many of them.

    Args:
        days: The dates that must fit; at least one.
        room: Length of the axis in pixels; decides how many years are named.
    """
    first, last = min(days).year, max(days).year
    years = range(first, last + 1)
    most = max(2.0, room / 46)
    step = next((size for size in _YEAR_STEPS if len(years) / size <= most), _YEAR_STEPS[-1])
    ticks = tuple(
        float(date(year, 1, 1).toordinal()) for year in years if year % step == 0 or len(years) == 1
    )
    low, high = date(first, 1, 1).toordinal(), date(last, 12, 31).toordinal()
    return Axis(float(low), float(high), ticks or (float(low),))


def tick_year(tick: float) -> str:
    """The year that a value of a time axis stands for."""
    return str(date.fromordinal(int(tick)).year)


def spread(wanted: Sequence[float], gap: float) -> tuple[float, ...]:
    """Positions as near as possible to those wanted, in the same order, at least ``gap`` apart.

    Used to keep the labels at the ends of lines from printing over one another.

    >>> spread([10.0, 11.0], 6.0)
    (7.5, 13.5)
    """
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    blocks: list[list[float]] = []  # [sum of wanted positions less their offsets, count]
    for index in order:
        blocks.append([wanted[index], 1.0])
        while len(blocks) > 1 and _start(blocks[-2]) + blocks[-2][1] * gap > _start(blocks[-1]):
            total, count = blocks.pop()
            before = blocks[-1]
            before[0] += total - count * before[1] * gap
            before[1] += count
    placed = [_start(block) + number * gap for block in blocks for number in range(int(block[1]))]
    result = [0.0] * len(wanted)
    for index, position in zip(order, placed, strict=True):
        result[index] = position
    return tuple(result)


def _start(block: list[float]) -> float:
    total, count = block
    return total / count
