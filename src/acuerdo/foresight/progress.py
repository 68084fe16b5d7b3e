"""How far long work has come: what is done, at which rate, and how long the rest takes at that rate."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple, TypeAlias, final

from acuerdo.core.text import Text

_SIMULATED = Text("Simulated", "Simulado")


class Progress(NamedTuple):
    """How far work has come.

    Attributes:
        done: How much is done, what was found on disk included.
        total: How much there is.
        rate: How much a second, of what was done now; 0 before the first of it.
        left: Seconds left at that rate; None before the first.
        of: What is done.
    """

    done: int
    total: int
    rate: float
    left: float | None
    of: Text = _SIMULATED


Advance: TypeAlias = Callable[[Progress], None]


@final
class Watch:
    """Counts what is done, and tells it.

    Attributes:
        total: How much there is.
        advance: Who is told; nobody if None.
        found: How much was there already.
        of: What is done.
    """

    def __init__(self, total: int, advance: Advance | None, *, found: int = 0, of: Text = _SIMULATED) -> None:
        self.total, self.advance, self.of = total, advance, of
        self.found = self.done = found
        self.begun = time.monotonic()

    def tick(self, count: int = 1, *, found: bool = False) -> None:
        """Tells that so much more is done, or was found to be."""
        self.done += count
        self.found += count if found else 0
        if self.advance is None:
            return
        passed = time.monotonic() - self.begun
        rate = (self.done - self.found) / passed if passed > 0.0 else 0.0
        left = (self.total - self.done) / rate if rate else None
        self.advance(Progress(self.done, self.total, rate, left, self.of))
