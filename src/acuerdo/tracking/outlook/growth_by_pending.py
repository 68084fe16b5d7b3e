"""How a count grows with the share of its records that were still pending.

A death whose record is pending investigation is not yet counted under its cause, so that a count grows by more where
more was pending. Jurisdictions differ in what they leave pending for good; what counts is the share above the one
that the same vintage shows for the oldest counts of the place. One slope is fitted to all places, through no growth
at no excess, by least squares on the logarithm of the growth, weighted by the counts, and shrunk by its credibility
as the growth by age is.

Reference:
    Ahmad, Rossen, Spencer, Warner and Sutton (2018), Vital Statistics Rapid Release: provisional drug overdose death
    counts, technical notes, National Center for Health Statistics: adjustment by the share of records pending.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import final

from acuerdo.tracking.outlook.growth_by_age import BELIEVED
from acuerdo.tracking.outlook.triangle import Told, Triangle


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class GrowthByPending:
    """What was learned.

    Attributes:
        slope: The logarithm of the growth per per cent pending in excess; None where nothing could be learned.
        credibility: How far it is believed, from 0 to 1.
    """

    slope: float | None
    credibility: float

    def settles_at(self, breakdown: str, told: Told) -> float | None:
        """What a count is expected to settle at; None where what is pending was not told.

        The slope is that of all breakdowns: what is pending is a share of the records of all causes.
        """
        del breakdown
        if self.slope is None or told.excess is None:
            return None
        return told.value * math.exp(self.slope * self.credibility * told.excess)


def learn_by_pending(triangle: Triangle) -> GrowthByPending:
    """The slope from the first told count of each cell that has settled."""
    moments: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for cell in triangle.learned():
        first, settled = cell.told[0], cell.settled(triangle.delay.settled)
        if first.excess and settled and first.value > 0 and first.lag < triangle.delay.settled:
            both = moments[cell.place]
            both[0] += first.value * first.excess * math.log(settled / first.value)
            both[1] += first.value * first.excess**2
    if len(moments) < 2:
        return GrowthByPending(slope=None, credibility=0.0)
    product, square = (sum(both[side] for both in moments.values()) for side in (0, 1))
    slope = product / square
    left_out = [(product - one) / (square - other) for one, other in moments.values() if square > other]
    middle = sum(left_out) / len(left_out)
    variance = (len(left_out) - 1) / len(left_out) * sum((one - middle) ** 2 for one in left_out)
    believed = 1 - BELIEVED * variance / slope**2 if slope**2 > BELIEVED * variance else 0.0
    return GrowthByPending(slope=slope, credibility=believed)
