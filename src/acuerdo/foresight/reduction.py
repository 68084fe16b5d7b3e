"""What is kept of many draws: means, quantiles, single dates; block after block, never all weeks of all draws."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, Literal, TypeVar, final

import numpy as np
from numpy.typing import NDArray

from acuerdo.foresight.model import Floats
from acuerdo.foresight.sketch import Bins, Sketch

# An outcome itself, its difference from the first scenario, and that difference relative to the first scenario
Kind = Literal["level", "difference", "relative"]
Parts = dict[str, NDArray[Any]]
Number = TypeVar("Number", np.int64, np.float64)
# Numbers that are reduced at once: 64 kB of them
_TOGETHER = 8192
_BINS: Mapping[Kind, Bins] = {"level": Bins(9, -40), "difference": Bins(9, -20), "relative": Bins(9, -17)}


class AbstractReduction(ABC):
    """Something kept of the draws of one outcome; the same for any division of the draws into blocks."""

    @abstractmethod
    def block(self, values: Floats, ok: NDArray[np.bool_], *, kind: Kind) -> Parts:
        """What a block contributes.

        Args:
            values: Shape (dates, draws); they are overwritten afterwards, so nothing may be kept that looks into them.
            ok: Which draws are finite throughout, shape (draws,).
            kind: Whether these are levels or contrasts.
        """

    @abstractmethod
    def merged(self, parts: Sequence[Parts]) -> Parts:
        """What several blocks contribute together, given in their order."""


@final
@dataclass(frozen=True, slots=True)
class Moments(AbstractReduction):
    """Mean and standard deviation at every reported date."""

    def block(self, values: Floats, ok: NDArray[np.bool_], *, kind: Kind) -> Parts:
        """Count, mean and summed squared deviation."""
        del kind
        good = _good(values, ok)
        count = good.shape[1]
        mean = good.mean(axis=1) if count else np.zeros(values.shape[0])
        squares = np.empty(values.shape[0])
        room = _room(good, np.float64)
        for dates in _few(good):
            some = good[dates]
            apart = np.subtract(some, mean[dates, None], out=room[: len(some)])
            squares[dates] = np.einsum("ij,ij->i", apart, apart)
        return {"count": np.array(count), "mean": mean, "squares": squares}

    def merged(self, parts: Sequence[Parts]) -> Parts:
        """One after the other is added."""
        return reduce(_with_moments, parts)


@final
@dataclass(frozen=True, slots=True)
class Quantiles(AbstractReduction):
    """Quantiles at every reported date, off by at most 0.1 per cent of the value."""

    def block(self, values: Floats, ok: NDArray[np.bool_], *, kind: Kind) -> Parts:
        """Counts per bin."""
        good, bins = _good(values, ok), _BINS[kind]
        room = _room(good, np.int64)
        return _parts(Sketch.beside([Sketch.of(bins, good[dates], room=room) for dates in _few(good)]))

    def merged(self, parts: Sequence[Parts]) -> Parts:
        """The counts added."""
        return _parts(Sketch.merged([sketch_of(one) for one in parts]))


@final
@dataclass(frozen=True, slots=True)
class Kept(AbstractReduction):
    """Every draw's value at chosen dates.

    Attributes:
        places: Positions among the reported dates; -1 is the last.
    """

    places: Sequence[int] = (-1,)

    def block(self, values: Floats, ok: NDArray[np.bool_], *, kind: Kind) -> Parts:
        """The values, NaN for draws that failed, so that the n-th value is the n-th draw's."""
        del kind
        return {"values": np.where(ok, values[list(self.places)], np.nan)}

    def merged(self, parts: Sequence[Parts]) -> Parts:
        """One after the other."""
        return {"values": np.concatenate([one["values"] for one in parts], axis=1)}


def bins_of(kind: Kind) -> Bins:
    """The bins that a kind of value is counted in."""
    return _BINS[kind]


def sketch_of(parts: Parts) -> Sketch:
    """The counts kept by :class:`Quantiles`."""
    return Sketch(*(parts[name].astype(np.int64, copy=False) for name in ("low", "width", "counts")))


def _with_moments(one: Parts, other: Parts) -> Parts:
    """Chan, Golub and LeVeque's update (1983)."""
    left, right = int(one["count"]), int(other["count"])
    count = left + right
    if not left or not right:
        return other if not left else one
    apart = np.subtract(other["mean"], one["mean"])
    mean = one["mean"] + apart * (right / count)
    squares = np.add(one["squares"], other["squares"]) + apart**2 * (left * right / count)
    return {"count": np.array(count), "mean": mean, "squares": squares}


def _good(values: Floats, ok: NDArray[np.bool_]) -> Floats:
    """The values of the draws that are fine; nothing is copied where all are."""
    return values if ok.all() else values[:, ok]


def _few(values: Floats) -> Iterator[slice]:
    """A few dates after the other, so many that what is computed of them stays in the processor's own memory."""
    step = _step(values)
    yield from (slice(first, first + step) for first in range(0, values.shape[0], step))


def _step(values: Floats) -> int:
    return max(1, _TOGETHER // max(values.shape[1], 1))


def _room(values: Floats, kind: type[Number]) -> NDArray[Number]:
    """Room for what is computed of a few dates: taken from the system once, not for each few again."""
    return np.empty((_step(values), values.shape[1]), dtype=kind)


def _parts(sketch: Sketch) -> Parts:
    return {"low": sketch.low, "width": sketch.width, "counts": sketch.counts}
