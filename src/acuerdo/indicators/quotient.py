"""One relation divided by another, place by place and period by period."""

from __future__ import annotations

from acuerdo.indicators.bench import MISSING, Relation

SAME_PERIOD = "one.period = other.period"
# The mid-year population of the calendar year in which the middle day of a year-long period lies
YEAR_OF_MIDDLE = "other.period = strftime(one.start + ((one.finish - one.start) // 2)::INTEGER, '%Y')"


def quotient(one: Relation, other: Relation, *, times: float, periods: str = SAME_PERIOD) -> str:
    """SQL for ``times * one / other``; missing where either is missing, or the divisor is zero.

    A dividend split by labels is divided by a divisor of the same labels, or by the total if that is not split.
    """
    labels = "one.breakdown = other.breakdown" if other.split else "true"
    divisible = "one.value IS NOT NULL AND other.value <> 0"
    return f"""
    SELECT one.vintage, one.place, one.breakdown, one.period, one.start, one.finish,
           CASE WHEN {divisible} THEN {float(times)!r} * one.value / other.value END AS value,
           CASE WHEN {divisible} THEN greatest(one.doubt, other.doubt) ELSE {MISSING} END AS doubt,
           greatest(one.known_from, coalesce(other.known_from, one.known_from)) AS known_from,
           one.bits | coalesce(other.bits, one.bits) AS bits
    FROM {one.table} AS one LEFT JOIN {other.table} AS other
      ON one.vintage = other.vintage AND one.place = other.place AND {labels} AND {periods}"""
