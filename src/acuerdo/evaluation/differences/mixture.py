"""What the one coefficient of a two-way regression is a mixture of.

Every pair of cohorts gives a comparison of two groups over the periods in which one changes and the other does not. The
coefficient is their mean, weighted by how large the groups are and how evenly the treatment splits their periods.

References:
    Goodman-Bacon (2021), Difference-in-differences with variation in treatment timing, Journal of Econometrics 225(2),
    theorem 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from acuerdo.evaluation.panel import Panel

Array = NDArray[np.float64]


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Group:
    """A cohort: its size, its first treated column (the number of periods if never), its mean in each period."""

    size: int
    start: int
    mean: Array

    @property
    def treated_share(self) -> float:
        return 1 - self.start / self.mean.size


def mixture(panel: Panel) -> Mapping[str, tuple[float, float]]:
    """The weight and the mean effect of each kind of comparison; the weights add up to one.

    Kinds: ``treated_vs_never``, ``earlier_vs_later``, and ``later_vs_earlier``, in which units already treated stand in
    for untreated ones.

    Args:
        panel: A complete panel whose treatments last.
    """
    weights: dict[str, float] = {}
    sums: dict[str, float] = {}
    for kind, weight, effect in _comparisons(panel):
        weights[kind] = weights.get(kind, 0.0) + weight
        sums[kind] = sums.get(kind, 0.0) + weight * effect
    total = sum(weights.values())
    return {kind: (weight / total, sums[kind] / weight) for kind, weight in weights.items() if weight > 0}


def _groups(panel: Panel) -> list[_Group]:
    width = len(panel.periods)
    starts = np.array([width if one is None else one for one in panel.first_treated])
    return [
        _Group(
            size=int((starts == start).sum()),
            start=int(start),
            mean=panel.outcome[starts == start].mean(axis=0),
        )
        for start in np.unique(starts)
    ]


def _comparisons(panel: Panel) -> Iterator[tuple[str, float, float]]:
    """Kind, weight up to a common factor, and effect of every comparison."""
    groups, width = _groups(panel), len(panel.periods)
    for place, early in enumerate(groups):
        for late in groups[place + 1 :]:
            sizes = early.size * late.size
            gap, d_early, d_late = (
                early.treated_share - late.treated_share,
                early.treated_share,
                late.treated_share,
            )
            before = early.mean - late.mean
            if late.start == width:
                effect = _jump(before, begin=0, at=early.start, end=width)
                yield "treated_vs_never", sizes * d_early * (1 - d_early), effect
                continue
            effect = _jump(before, begin=0, at=early.start, end=late.start)
            yield "earlier_vs_later", sizes * gap * (1 - d_early), effect
            effect = _jump(-before, begin=early.start, at=late.start, end=width)
            yield "later_vs_earlier", sizes * gap * d_late, effect


def _jump(gap: Array, *, begin: int, at: int, end: int) -> float:
    return float(gap[at:end].mean() - gap[begin:at].mean())
