"""How a count grows from vintage to vintage, learned by chain ladder and believed as far as it is steady.

The counts of a group grow by the same factor at the same age. Vintages may be missing: the growth between two that
are there is the product of the steps in between, and the steps are found by least squares on its logarithm, weighted
by the counts, as in the chain ladder with a variance in proportion to the count. What a group has grown by from an
age to the end is then shrunk towards no growth by its credibility, ``1 - 4 variance / growth²`` where that is
positive and nothing elsewhere, the variance being that of the jackknife over vintages: growth that comes and goes
from vintage to vintage, and is not two standard errors from none, is not carried forward.

Reference:
    Mack (1993), Distribution-free calculation of the standard error of chain ladder reserve estimates, ASTIN Bulletin
    23(2); Gisler and Wüthrich (2008), Credibility for the chain ladder reserving method, ASTIN Bulletin 38(2); the
    form of the shrinkage is the non-negative garrote of Breiman (1995), Technometrics 37(4).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, final

import numpy as np
from numpy.typing import NDArray

from acuerdo.tracking.outlook.triangle import Cell, Told, Triangle

Floats = NDArray[np.float64]
# So little that it decides only the steps between which no vintage tells: they are taken as no growth
_TIE = 1e-6
# Growth is believed from two standard errors on
BELIEVED: Final = 2.0**2
_Sums = dict[tuple[int, int], dict[Hashable, tuple[float, float]]]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class GrowthByAge:
    """What was learned.

    Attributes:
        growth: By breakdown, the logarithm of the growth from each age, in steps, to the settled count; shape
            ``(settled + 1,)``, the last one zero.
        credibility: By breakdown, how far each is believed, from 0 to 1; the same shape.
        youngest: By breakdown, the least age at which any vintage tells a growth.
    """

    growth: Mapping[str, Floats]
    credibility: Mapping[str, Floats]
    youngest: Mapping[str, int]

    def settles_at(self, breakdown: str, told: Told) -> float | None:
        """What a count is expected to settle at; None where no vintage shows how one of its age grows."""
        if breakdown not in self.growth or told.lag < self.youngest[breakdown]:
            return None
        age = min(told.lag, len(self.growth[breakdown]) - 1)
        believed = self.growth[breakdown][age] * self.credibility[breakdown][age]
        return told.value * float(np.exp(believed))


def learn_by_age(triangle: Triangle) -> GrowthByAge:
    """The development of each breakdown, from what the triangle holds and nothing else."""
    steps = triangle.delay.settled
    by_breakdown: dict[str, list[Cell]] = defaultdict(list)
    for cell in triangle.learned():
        by_breakdown[cell.breakdown].append(cell)
    growth: dict[str, Floats] = {}
    credibility: dict[str, Floats] = {}
    youngest: dict[str, int] = {}
    for breakdown, cells in by_breakdown.items():
        sums = _sums(cells, steps=steps, by_place=triangle.delay.held_back == "places")
        if not sums:
            continue
        growth[breakdown], credibility[breakdown] = _growth(sums, steps=steps)
        youngest[breakdown] = min(young for young, _ in sums)
    return GrowthByAge(growth=growth, credibility=credibility, youngest=youngest)


def _sums(cells: Iterable[Cell], *, steps: int, by_place: bool) -> _Sums:
    """Counts before and after, summed by pair of ages and by what is left out in turn: a vintage, or a place."""
    found: dict[tuple[int, int], dict[Hashable, list[float]]] = defaultdict(
        lambda: defaultdict(lambda: [0.0, 0.0])
    )
    for cell in cells:
        for before, after in pairwise(cell.told):
            if before.lag >= steps or after.lag <= before.lag:
                continue
            block = cell.place if by_place else after.on
            both = found[before.lag, min(after.lag, steps)][block]
            both[0] += before.value
            both[1] += after.value
    return {
        ages: {block: (before, after) for block, (before, after) in blocks.items()}
        for ages, blocks in found.items()
        if sum(before for before, _ in blocks.values()) > 0 and sum(after for _, after in blocks.values()) > 0
    }


def _growth(sums: _Sums, *, steps: int) -> tuple[Floats, Floats]:
    """The logarithm of the growth from each age to the end, and its credibility."""
    ages = sorted(sums)
    blocks = sorted({str(block) for by_block in sums.values() for block in by_block})
    place = {block: number for number, block in enumerate(blocks)}
    counts = np.zeros((len(blocks), len(ages), 2))
    for row, pair in enumerate(ages):
        for block, both in sums[pair].items():
            counts[place[str(block)], row] = both
    path = np.zeros((len(ages), steps))
    for row, (young, old) in enumerate(ages):
        path[row, young:old] = 1.0
    whole = _to_the_end(path, counts.sum(axis=0))
    if len(blocks) < 2:
        return whole, np.zeros_like(whole)
    left_out = np.stack([_to_the_end(path, counts.sum(axis=0) - counts[one]) for one in range(len(blocks))])
    share = (len(blocks) - 1) / len(blocks)
    variance = share * ((left_out - left_out.mean(axis=0)) ** 2).sum(axis=0)
    square = whole**2
    believed = np.where(
        square > BELIEVED * variance, 1 - BELIEVED * variance / np.where(square > 0, square, 1.0), 0.0
    )
    return whole, believed


def _to_the_end(path: Floats, counts: Floats) -> Floats:
    """Weighted least squares for the steps, summed from each age to the last; shape ``(steps + 1,)``."""
    told = (counts[:, 0] > 0) & (counts[:, 1] > 0)
    path, counts = path[told], counts[told]
    steps = path.shape[1]
    if not len(path):
        return np.zeros(steps + 1)
    weight = counts[:, 0] / counts[:, 0].sum()
    ratio = np.log(counts[:, 1] / counts[:, 0])
    normal = path.T @ (path * weight[:, None]) + _TIE * np.eye(steps)
    each = np.linalg.solve(normal, path.T @ (weight * ratio))
    return np.append(np.cumsum(each[::-1])[::-1], 0.0)
