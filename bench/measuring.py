"""Timing two sides in turns and the figure that comes of it; a table where one figure does not tell it."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, final

Run = Callable[[], object]
Cell = str | int | float | None


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured figure and the bound it is held to.

    Attributes:
        name: What is measured.
        rival: What it is measured against; empty for an absolute figure.
        value: The ratio, or the figure itself.
        unit: ``x`` for a ratio, else ``s`` or ``MB``.
        bound: The most (or least) that is promised.
        at_least: Whether the bound is a floor.
        ours: Median of ours, in seconds or in ``unit``.
        theirs: Median of the rival, in seconds; None without one.
        runs: Runs of each side.
    """

    name: str
    rival: str = ""
    value: float
    unit: str = "x"
    bound: float
    at_least: bool = False
    ours: float
    theirs: float | None = None
    runs: int

    @property
    def met(self) -> bool:
        """Whether the promise is kept."""
        return self.value >= self.bound if self.at_least else self.value <= self.bound

    def line(self) -> str:
        """The figure as one line."""
        beside = f" ({self.ours:.3f} s; {self.rival}: {self.theirs:.3f} s)" if self.theirs is not None else ""
        sign = "≥" if self.at_least else "≤"
        promise = f"promised {sign} {self.bound:g}"
        return f"{self.name}: {self.value:.2f} {self.unit}, {promise}{beside}, median of {self.runs}"

    def as_record(self) -> dict[str, Any]:
        """The figure for a file, rounded to what was measured."""
        fields = asdict(self) | {"met": self.met}
        return {key: round(value, 4) if isinstance(value, float) else value for key, value in fields.items()}


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What a back-test found, row by row; the figure that is held to a bound stands beside it.

    Attributes:
        name: What was tested.
        columns: What each column tells.
        rows: Numbers and words; None where there is nothing to tell, which is printed as a dash.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def line(self) -> str:
        """The table as Markdown, so that a page can show what was printed."""
        cells = [self.columns, *(tuple(map(_cell, row)) for row in self.rows)]
        widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
        head, *body = ("| " + " | ".join(map(str.ljust, row, widths)) + " |" for row in cells)
        rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
        return "\n".join((f"{self.name}:", "", head, rule, *body, ""))

    def as_record(self) -> dict[str, Any]:
        """The table for a file, to three digits."""
        return {
            "name": self.name,
            "columns": list(self.columns),
            "rows": [list(map(_rounded, row)) for row in self.rows],
        }


def _rounded(value: Cell) -> Cell:
    return float(f"{value:.3g}") if isinstance(value, float) else value


def _cell(value: Cell) -> str:
    match value:
        case None:
            return "–"
        case float():
            return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
        case _:
            return str(value)


def seconds(run: Run) -> float:
    """How long one run takes, garbage collected beforehand."""
    gc.collect()
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun


def in_turns(*sides: Run, runs: int) -> tuple[float, ...]:
    """The median seconds of each side; they take turns, and the first round is not counted."""
    rounds = [[seconds(side) for side in sides] for _ in range(runs + 1)][1:]
    return tuple(statistics.median(column) for column in zip(*rounds, strict=True))
