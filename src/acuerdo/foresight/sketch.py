"""Quantiles of millions of values without keeping them: counts in bins of equal relative width.

A value's bin is read off the leading bits of its floating-point form: its exponent and the first ``bits`` bits of
its fraction. A bin is at most 2^-bits wide relative to its values, so a quantile is off by at most half of that.
Counts are whole numbers, so they add up to the same whatever the order. Values nearer to zero than the floor count
as zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from acuerdo.foresight.model import Floats

Integers = NDArray[np.int64]
_FRACTION_BITS = 52
_EXPONENT_BIAS = 1023
# All bits but the sign
_MAGNITUDE = np.int64(2**63 - 1)


@final
@dataclass(frozen=True, slots=True)
class Bins:
    """A way to sort numbers into bins.

    Attributes:
        bits: Bits of the fraction that are kept.
        floor: Power of two below which a magnitude counts as zero.
    """

    bits: int
    floor: int

    @property
    def error(self) -> float:
        """The largest relative error of a quantile."""
        return 2.0 ** -(self.bits + 1)

    def codes(self, values: Floats, *, room: Integers | None = None) -> Integers:
        """The bin of each value; 0 for zero, negative for negative values, ascending with the value.

        Args:
            values: Shape (dates, values).
            room: Memory for the answer, of as many dates at least; taken anew if None.
        """
        # In place: taking memory for each step between would cost more than the step
        out = None if room is None else room[: len(values)]
        codes = np.bitwise_and(np.ascontiguousarray(values).view(np.int64), _MAGNITUDE, out=out)
        codes >>= _FRACTION_BITS - self.bits
        codes -= self._zero()
        np.maximum(codes, 0, out=codes)
        below = values < 0.0
        return np.negative(codes, where=below, out=codes) if below.any() else codes

    def middles(self, codes: Integers) -> Floats:
        """The middle of each bin."""
        shift = _FRACTION_BITS - self.bits
        lows = (np.abs(codes) + self._zero()) << shift
        highs = (np.abs(codes) + self._zero() + 1) << shift
        middles = 0.5 * (lows.view(np.float64) + highs.view(np.float64))
        return np.where(codes == 0, 0.0, np.copysign(middles, codes))

    def _zero(self) -> int:
        """The code of the last magnitude that counts as zero."""
        return ((_EXPONENT_BIAS + self.floor) << self.bits) - 1


@final
@dataclass(frozen=True, slots=True)
class Sketch:
    """Counts per bin for several dates, each with its own range of bins.

    Attributes:
        low: The first bin of each date, shape (dates,).
        width: How many bins each date has, shape (dates,).
        counts: The counts, one date after another.
    """

    low: Integers
    width: Integers
    counts: Integers

    @classmethod
    def of(cls, bins: Bins, values: Floats, *, room: Integers | None = None) -> Sketch:
        """The counts of values of shape (dates, values).

        Args:
            bins: What they are counted in.
            values: The values.
            room: Memory to compute in, of as many dates at least; taken anew if None.
        """
        if values.shape[1] == 0:
            nothing = np.zeros(values.shape[0], dtype=np.int64)
            return cls(nothing, nothing, np.zeros(0, dtype=np.int64))
        codes = bins.codes(values, room=room)
        low = codes.min(axis=1)
        width = codes.max(axis=1) - low + 1
        begins = np.concatenate([[0], np.cumsum(width)])
        codes += (begins[:-1] - low)[:, None]
        counts = np.bincount(codes.ravel(), minlength=int(begins[-1]))
        return cls(low, width, counts.astype(np.int64, copy=False))

    @classmethod
    def beside(cls, parts: Sequence[Sketch]) -> Sketch:
        """The counts of some dates and of the dates after them."""
        return cls(
            np.concatenate([one.low for one in parts]),
            np.concatenate([one.width for one in parts]),
            np.concatenate([one.counts for one in parts]),
        )

    @classmethod
    def merged(cls, parts: Sequence[Sketch]) -> Sketch:
        """The counts of all, of the same dates each."""
        counted = [one for one in parts if one.counts.size]
        if len(counted) < 2:
            return counted[0] if counted else parts[0]
        low = np.min([one.low for one in counted], axis=0)
        width = np.max([one.low + one.width for one in counted], axis=0) - low
        begins = np.cumsum(width) - width
        counts = np.zeros(int(width.sum()), dtype=np.int64)
        for one in counted:
            targets, sources = begins + one.low - low, np.cumsum(one.width) - one.width
            for target, source, many in zip(targets, sources, one.width, strict=True):
                counts[target : target + many] += one.counts[source : source + many]
        return cls(low, width, counts)

    def quantile(self, bins: Bins, share: float) -> Floats:
        """The quantile at each date, NaN where nothing was counted: the value below which ``share`` of them lie."""
        out = np.full(self.low.size, np.nan)
        for row, (begin, low, width) in enumerate(
            zip(np.cumsum(self.width) - self.width, self.low, self.width, strict=True)
        ):
            if width:
                summed = np.cumsum(self.counts[begin : begin + width])
                place = int(np.searchsorted(summed, share * (summed[-1] - 1), side="right"))
                out[row] = bins.middles(np.array([low + place]))[0]
        return out

    def within(self, bins: Bins, edges: Floats) -> Integers:
        """How many values lie between each edge and the next at each date, shape (dates, edges - 1).

        A bin counts where its middle lies; an edge itself belongs to what lies above it.
        """
        out = np.zeros((self.low.size, edges.size - 1), dtype=np.int64)
        for row, (begin, low, width) in enumerate(
            zip(np.cumsum(self.width) - self.width, self.low, self.width, strict=True)
        ):
            places = np.searchsorted(edges, bins.middles(np.arange(low, low + width)), side="right") - 1
            inside = (places >= 0) & (places < edges.size - 1)
            np.add.at(out[row], places[inside], self.counts[begin : begin + width][inside])
        return out

    def below_zero(self) -> Floats:
        """The share of values below zero at each date, zero itself counted half."""
        out = np.full(self.low.size, np.nan)
        for row, (begin, low, width) in enumerate(
            zip(np.cumsum(self.width) - self.width, self.low, self.width, strict=True)
        ):
            if width:
                counts, codes = self.counts[begin : begin + width], np.arange(low, low + width)
                out[row] = (counts[codes < 0].sum() + 0.5 * counts[codes == 0].sum()) / counts.sum()
        return out
