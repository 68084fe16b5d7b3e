"""Periods inside longer periods, in SQL.

A longer period is whole only where the shorter ones cover every one of its days. Where they cover it from its
first day to the end of a month, and the series goes no further, it is a period to date.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from acuerdo.indicators.bench import MISSING
from acuerdo.indicators.recipe import Grain


@final
@dataclass(frozen=True, slots=True)
class Target:
    """The longer period that a day lies in, as SQL over the column ``start``.

    Attributes:
        code: Its code.
        first: Its first day.
        last: Its last day.
        to_date: The code of the period to date that ends at ``reached``; NULL where there is no such code.
    """

    code: str
    first: str
    last: str
    to_date: str = "NULL"


_UNTIL = "strftime(reached, '%Y-%m')"
_FISCAL = "year(start + INTERVAL 3 MONTH)"
TARGETS: dict[Grain, Target] = {
    "month": Target("strftime(start, '%Y-%m')", "date_trunc('month', start)::DATE", "last_day(start)"),
    "quarter": Target(
        "year(start) || '-Q' || quarter(start)",
        "date_trunc('quarter', start)::DATE",
        "last_day((date_trunc('quarter', start) + INTERVAL 2 MONTH)::DATE)",
    ),
    "half": Target(
        "year(start) || '-H' || ((month(start) + 5) // 6)",
        "make_date(year(start), CASE WHEN month(start) < 7 THEN 1 ELSE 7 END, 1)",
        "CASE WHEN month(start) < 7 THEN make_date(year(start), 6, 30) ELSE make_date(year(start), 12, 31) END",
    ),
    "year": Target(
        "strftime(start, '%Y')",
        "make_date(year(start), 1, 1)",
        "make_date(year(start), 12, 31)",
        f"strftime(first, '%Y') || ':' || {_UNTIL}",
    ),
    "fiscal_year": Target(
        f"'FY' || {_FISCAL}",
        f"make_date({_FISCAL} - 1, 10, 1)",
        f"make_date({_FISCAL}, 9, 30)",
        f"'FY' || year(first + INTERVAL 3 MONTH) || ':' || {_UNTIL}",
    ),
}


def gather(table: str, grain: Grain, *, measure: str) -> str:
    """SQL that puts shorter periods together into longer ones.

    Args:
        table: A relation with shorter periods.
        grain: The longer period.
        measure: The aggregate of ``value``: ``sum`` or ``avg``.

    Returns:
        A SELECT of the columns of a relation. A longer period with a gap, or with a missing part, is missing.
    """
    target = TARGETS[grain]
    # A window such as twelve months ending, or a period to date, overlaps its neighbours and adds up to nothing
    return f"""
    WITH parts AS (
        SELECT *, {target.code} AS code, {target.first} AS first, {target.last} AS last,
               max(finish) OVER (PARTITION BY vintage) AS newest
        FROM {table} WHERE NOT contains(period, ':') AND NOT starts_with(period, '12M-')
    ), gathered AS (
        SELECT vintage, place, breakdown, code, first, last, any_value(newest) AS newest,
               {measure}(value) AS value, count(*) = count(value) AS stated, min(start) AS opened,
               max(finish) AS reached, sum(finish - start + 1) AS days, max(doubt) AS doubt,
               max(known_from) AS known_from, bit_or(bits) AS bits
        FROM parts WHERE finish <= last GROUP BY vintage, place, breakdown, code, first, last
    ), judged AS (
        SELECT *, stated AND days = last - first + 1 AS whole,
               stated AND reached < last AND opened = first AND days = reached - first + 1
                   AND reached = newest AND reached = last_day(reached) AND {target.to_date} IS NOT NULL AS running
        FROM gathered
    )
    SELECT vintage, place, breakdown, CASE WHEN running THEN {target.to_date} ELSE code END AS period,
           first AS start, CASE WHEN running THEN reached ELSE last END AS finish,
           CASE WHEN whole OR running THEN value END AS value,
           CASE WHEN whole OR running THEN doubt ELSE {MISSING} END AS doubt, known_from, bits
    FROM judged"""
