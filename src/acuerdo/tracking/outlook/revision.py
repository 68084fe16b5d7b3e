"""How far published values move afterwards, in whatever vintages are stored."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence

from acuerdo.tracking.outlook.course import Course
from acuerdo.tracking.outlook.outlook import Revised


def revisions(course: Course) -> tuple[float, ...]:
    """The logarithm of the newest over the first published value of each period that two vintages told.

    A period that the oldest vintage told had been revised an unknown number of times before; it teaches nothing.
    """
    oldest, *later = course.vintages
    before = {one.period for one in oldest}
    told: dict[object, list[float]] = {}
    for run in later:
        for one in run:
            if one.value and one.value > 0 and one.period not in before:
                told.setdefault(one.period, []).append(one.value)
    return tuple(math.log(values[-1] / values[0]) for values in told.values() if len(values) > 1)


def revised(moved: Sequence[float]) -> Revised:
    """The size of revisions."""
    return Revised(
        values=len(moved),
        spread=statistics.stdev(moved) if len(moved) > 1 else None,
        mean=statistics.fmean(moved) if moved else None,
    )
