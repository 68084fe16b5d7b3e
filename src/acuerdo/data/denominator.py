"""Whether the population that a file brings along can be one: a people neither stands still nor leaps."""

from __future__ import annotations

from collections.abc import Mapping

from acuerdo.core.text import Text

# Mexico has grown between 0.6 and 3.5 per cent a year since 1950 by CONAPO's own series
_LEAP = 0.05
_STANDSTILL = 0.001
_STANDSTILL_YEARS = 5


def faults(totals: Mapping[int, float]) -> tuple[Text, ...]:
    """What is impossible in a country's yearly population.

    Args:
        totals: Population by year; only consecutive years are compared.

    Returns:
        One text per leap of more than 5 % in a year, and one if it stands still for five years or longer.

    >>> faults({2019: 125_900_000, 2020: 126_700_000})
    ()
    """
    growth = {year: totals[year] / totals[year - 1] - 1 for year in sorted(totals) if totals.get(year - 1)}
    leaps = tuple(
        Text(
            f"the population changes by {change * 100:+.1f}% from {year - 1} to {year}",
            f"la población cambia {change * 100:+.1f}\u00a0% de {year - 1} a {year}",
        )
        for year, change in growth.items()
        if abs(change) > _LEAP
    )
    still = [year for year, change in growth.items() if abs(change) < _STANDSTILL]
    if len(still) < _STANDSTILL_YEARS:
        return leaps
    return (
        *leaps,
        Text(
            f"the population stands still in {len(still)} years between {still[0]} and {still[-1]}",
            f"la población no se mueve en {len(still)} años entre {still[0]} y {still[-1]}",
        ),
    )
