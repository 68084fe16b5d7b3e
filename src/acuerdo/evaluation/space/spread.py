"""How a count is shared out over places, in two spans of time, with the chance in it.

References:
    Künsch (1989), The jackknife and the bootstrap for general stationary observations, Annals of Statistics 17(3).
    Theil (1967), Economics and Information Theory, chapter 4.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, final

import numpy as np
from numpy.typing import NDArray

from acuerdo.indicators import concentration

Array = NDArray[np.float64]
Index = Literal["herfindahl_hirschman", "effective_number", "gini", "theil", "theil_by_exposure", "top_share"]
_PLAIN: dict[str, Callable[[Array], float]] = {
    "herfindahl_hirschman": concentration.herfindahl_hirschman,
    "effective_number": concentration.effective_number,
    "gini": concentration.gini,
    "theil": concentration.theil,
}


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Span:
    """The counts of one span of time.

    Attributes:
        counts: Shape (units, periods).
        exposure: Shape (units, periods); None where there is none.
    """

    counts: Array
    exposure: Array | None


def index_of(span: Span, index: Index, *, top: int) -> float:
    """The index of the counts added up over the span; NaN where nothing is counted."""
    total = span.counts.sum(axis=1)
    if index == "top_share":
        return concentration.top_share(total, top=top)
    if index == "theil_by_exposure" and span.exposure is not None:
        return theil_by_exposure(total, span.exposure.mean(axis=1))
    return _PLAIN[index](total)


def theil_by_exposure(counts: Array, exposure: Array) -> float:
    """Theil's T of the rates, each place weighing as its exposure: 0 where all rates are alike.

    >>> theil_by_exposure(np.array([1.0, 3.0]), np.array([10.0, 30.0]))
    0.0
    """
    mine, whole = concentration.shares(counts), exposure / exposure.sum()
    there = mine > 0
    if not there.any():
        return float("nan")
    return float((mine[there] * np.log(mine[there] / whole[there])).sum())


def drawn(span: Span, index: Index, *, top: int, block: int, rng: np.random.Generator) -> float:
    """The index of a span made of blocks of this one's periods, all places together."""
    periods = span.counts.shape[1]
    starts = rng.integers(0, periods, size=-(-periods // block))
    columns = ((starts[:, None] + np.arange(block)) % periods).ravel()[:periods]
    exposure = None if span.exposure is None else span.exposure[:, columns]
    return index_of(Span(counts=span.counts[:, columns], exposure=exposure), index, top=top)
