"""An estimated number with its uncertainty, and the words for what it is worth."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import final

from acuerdo.core.errors import CheckFailed, Problem
from acuerdo.core.text import Text
from acuerdo.core.unit import Unit


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A point, an interval and how they were reached.

    Attributes:
        value: The point estimate in ``unit``; None where no estimate is possible.
        low: Lower end of the interval, in ``unit``; None together with ``high``.
        high: Upper end of the interval, in ``unit``.
        level: Coverage of the interval, between 0 and 1 (0.95 for 95 per cent).
        unit: The unit of all three numbers.
        method: The id of the method that made it.
        outcome: What happened, in words: why there is an estimate, or why there is none.
        vintages: Release ids of the data it rests on.

    Raises:
        CheckFailed: If the interval is crossed, one-sided, outside its point, or not a number.
    """

    value: float | None
    unit: Unit
    method: str
    outcome: Text
    low: float | None = None
    high: float | None = None
    level: float = 0.95
    vintages: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        fault = _fault(self.value, (self.low, self.high), level=self.level)
        if fault is not None:
            raise CheckFailed(Problem(what=fault, where=self.method))

    @property
    def has_interval(self) -> bool:
        """Whether an interval is stated."""
        return self.low is not None


def _fault(value: float | None, ends: tuple[float | None, float | None], *, level: float) -> Text | None:
    low, high = ends
    given = [number for number in (value, low, high) if number is not None]
    if any(math.isnan(number) for number in given):
        return Text(
            "An estimate is not a number; missing is written as None.",
            "Una estimación no es un número; lo que falta se escribe None.",
        )
    if (low is None) != (high is None):
        return Text("An interval needs both of its ends.", "Un intervalo requiere sus dos extremos.")
    if low is not None and high is not None:
        if low > high:
            return Text("An interval has its ends crossed.", "Un intervalo tiene los extremos cruzados.")
        if value is not None and not low <= value <= high:
            return Text(
                "An estimate lies outside its own interval.", "Una estimación queda fuera de su intervalo."
            )
    if not 0 < level < 1:
        return Text("A coverage lies between 0 and 1.", "Una cobertura está entre 0 y 1.")
    return None
