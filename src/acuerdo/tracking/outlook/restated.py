"""How far counts of a few vintages are restated: each group by its own past, with a little of the others'.

What moves such counts are single files that a reporting office restates, rarely and now and then by many at once: the
size of a restatement does not go with the count, and each group (each crime) has its own. The variance of a group is
that of what it was off by in the past, around what its growth makes one expect; it is drawn towards the mean of all
groups with the weight of two errors, and goes down with age as it does for all groups together. Since it is learned
from few, the interval is that of Student's distribution, not the normal one; a group with too few errors gets none.

Reference:
    Gelman and others (2013), Bayesian Data Analysis, third edition, 2.6: a variance with a scaled inverse chi-squared
    prior, whose predictive distribution is Student's. Abramowitz and Stegun (1964), Handbook of Mathematical
    Functions, 26.7.5: the quantiles of Student's distribution from those of the normal one.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import NormalDist, fmean
from typing import Final, final

from acuerdo.tracking.outlook.growth_by_age import GrowthByAge
from acuerdo.tracking.outlook.triangle import Cell, Group, Told, Triangle

# With fewer errors of its own a group has no interval
FEWEST_OWN: Final = 16
# Errors that the mean of all groups counts for in each; and, for the share of an age, in the mean of all ages
_OTHERS, _OTHER_AGES = 2, 5
# One restatement of many files must not make its age look unsteady in every group
_MOST: Final = 3.0**2
_Errors = Mapping[Group, list[tuple[int, float]]]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Restated:
    """The variance of restatements.

    Attributes:
        variance: By group, that of a count of usual age.
        errors: By group, from how many errors of its own.
        by_age: By age, what the variance is multiplied with.
    """

    variance: Mapping[Group, float]
    errors: Mapping[Group, int]
    by_age: Mapping[int, float]

    def interval(
        self, cell: Cell, told: Told, *, expected: float, level: float
    ) -> tuple[float, float] | None:
        """Where a count will settle; None for a group with too few errors of its own."""
        own = self.errors.get(cell.group, 0)
        if own < FEWEST_OWN:
            return None
        deviation = math.sqrt(self.variance[cell.group] * self.by_age.get(told.lag, 1.0))
        reach = students_quantile((1 + level) / 2, freedom=own + _OTHERS) * deviation
        return max(expected - reach, 0.0), expected + reach


def restated(known: Triangle, growth: GrowthByAge) -> Restated:
    """What a triangle teaches of restatements around a growth."""
    found: dict[Group, list[tuple[int, float]]] = defaultdict(list)
    for group, age, error in _errors(known, growth):
        found[group].append((age, error))
    by_age = _by_age(found)
    sums = {key: sum(error**2 / by_age[age] for age, error in errors) for key, errors in found.items()}
    usual = fmean(sums[key] / len(errors) for key, errors in found.items()) if found else 0.0
    return Restated(
        variance={
            key: (_OTHERS * usual + sums[key]) / (_OTHERS + len(errors)) for key, errors in found.items()
        },
        errors={key: len(errors) for key, errors in found.items()},
        by_age=by_age,
    )


def _errors(known: Triangle, growth: GrowthByAge) -> Iterator[tuple[Group, int, float]]:
    """What each telling of a count that has settled was off by."""
    for cell in known.cells:
        settled = cell.settled(known.delay.settled)
        if settled is None:
            continue
        for told in cell.told:
            expected = growth.settles_at(cell.breakdown, told) if told.lag < known.delay.settled else None
            if expected is not None:
                yield cell.group, told.lag, settled - expected


def _by_age(found: _Errors) -> dict[int, float]:
    """The variance at each age over that at all ages, each group in its own unit."""
    ratios: dict[int, list[float]] = defaultdict(list)
    for errors in found.values():
        usual = fmean(error**2 for _, error in errors)
        for age, error in errors:
            ratios[age] += [min(error**2 / usual, _MOST)] if usual else []
    return {age: (sum(each) + _OTHER_AGES) / (len(each) + _OTHER_AGES) for age, each in ratios.items()}


def students_quantile(share: float, *, freedom: int) -> float:
    """The quantile of Student's distribution; right to a thousandth from ten degrees of freedom on.

    >>> round(students_quantile(0.975, freedom=18), 3)
    2.101
    """
    z = NormalDist().inv_cdf(share)
    terms = (
        z,
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
    )
    return sum(term / freedom**power for power, term in enumerate(terms))
