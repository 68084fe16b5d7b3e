"""Draws of parameters: which values, and why they are the same however the work is divided.

Every parameter has a stream of random numbers of its own, keyed by the model's, the parameter's and the seed's name;
the n-th draw takes the n-th number of each stream. So a draw is the same whoever computes it, whatever else is
drawn, and under every scenario: a contrast between two scenarios is paired.

Reference:
    Salmon and others, Parallel random numbers: as easy as 1, 2, 3 (2011), for the Philox generator.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import final

import numpy as np

from acuerdo.core.errors import Problem, UsageError
from acuerdo.core.text import Text
from acuerdo.foresight.faults import unknown_word
from acuerdo.foresight.model import Floats, Model, Parameter

_PARAMETER = Text("a parameter", "un parámetro")
# Philox gives four numbers for each count of its counter
_PER_COUNT = 4


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Draws:
    """How many draws there are, and of what.

    Attributes:
        count: How many.
        seed: The name of the streams; another seed gives other draws.
        given: Parameters whose draws are given, each with shape (count,), such as a calibrated posterior.
        vary: The parameters that are drawn from their ranges; all that are not given, if None.
    """

    count: int
    seed: int = 0
    given: Mapping[str, Floats] = field(default_factory=dict)
    vary: tuple[str, ...] | None = None

    @classmethod
    def central(cls) -> Draws:
        """One draw with every parameter at its central value."""
        return cls(count=1, vary=())

    @classmethod
    def of(cls, table: Mapping[str, Floats]) -> Draws:
        """The draws of a table, one array per parameter; parameters without one stay at their central values."""
        return cls(count=len(next(iter(table.values()))), given=table, vary=())

    def check(self, model: Model) -> None:
        """Checks the names and lengths.

        Raises:
            UsageError: If a parameter is not the model's, or an array has another length; lists all.
        """
        known = [one.name for one in model.parameters]
        names = [*self.given, *(self.vary or ())]
        problems = [unknown_word(_PARAMETER, name, known=known) for name in names if name not in known]
        problems += [
            _length(name, array.size, wanted=self.count)
            for name, array in self.given.items()
            if array.size != self.count
        ]
        if self.count < 1:
            problems.append(_length("draws", self.count, wanted=1))
        if problems:
            raise UsageError(problems)

    def block(self, model: Model, *, first: int, last: int) -> Floats:
        """The parameters, in the model's order, of draws ``first`` up to ``last``: shape (parameters, draws)."""
        rows = [self._row(model, one, first=first, last=last) for one in model.parameters]
        return np.stack(rows) if rows else np.empty((0, last - first))

    def identity(self) -> list[object]:
        """Equal for equal draws; for fingerprints."""
        given = {
            name: hashlib.sha256(np.asarray(array, dtype=np.float64).tobytes()).hexdigest()
            for name, array in self.given.items()
        }
        return [self.count, self.seed, given, None if self.vary is None else sorted(self.vary)]

    def _row(self, model: Model, one: Parameter, *, first: int, last: int) -> Floats:
        if one.name in self.given:
            return np.asarray(self.given[one.name][first:last], dtype=np.float64)
        if self.vary is not None and one.name not in self.vary:
            return np.full(last - first, one.value)
        return spread(one, uniforms(f"{model.id}/{one.name}/{self.seed}", first=first, last=last))


def uniforms(name: str, *, first: int, last: int) -> Floats:
    """Numbers ``first`` up to ``last`` of the named stream, each in [0, 1)."""
    key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:16], "little")
    stream = np.random.Generator(np.random.Philox(key=key, counter=first // _PER_COUNT))
    return stream.random(last - first + first % _PER_COUNT)[first % _PER_COUNT :]


def spread(one: Parameter, uniform: Floats) -> Floats:
    """The value of a parameter at quantiles of its range."""
    match one.spread:
        case "uniform":
            return one.low + (one.high - one.low) * uniform
        case "log_uniform":
            return one.low * (one.high / one.low) ** uniform
        case "triangular":
            width, left = one.high - one.low, one.value - one.low
            if width == 0.0:
                return np.full(uniform.shape, one.value)
            rising = one.low + np.sqrt(uniform * width * left)
            falling = one.high - np.sqrt((1.0 - uniform) * width * (width - left))
            return np.where(uniform < left / width, rising, falling)


def _length(name: str, found: int, *, wanted: int) -> Problem:
    return Problem(
        what=Text(
            f"'{name}' has {found} draws where {wanted} are needed.",
            f"'{name}' tiene {found} sorteos donde se necesitan {wanted}.",
        ),
        fix=Text(
            "Give every parameter the same number of draws.",
            "Dé a cada parámetro el mismo número de sorteos.",
        ),
    )
