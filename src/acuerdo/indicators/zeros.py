"""What a list of events does not list, inside the span of the list, is zero."""

from __future__ import annotations

from acuerdo.core.period import Period
from acuerdo.data.sql import listed
from acuerdo.indicators.bench import VINTAGES, Bench
from acuerdo.indicators.grain import TARGETS
from acuerdo.indicators.recipe import Grain, Selection

_MONTHS: dict[str, tuple[Grain, int]] = {
    "month": ("month", 1),
    "quarter": ("quarter", 3),
    "half": ("half", 6),
    "year": ("year", 12),
    "fiscal_year": ("fiscal_year", 12),
}


def zero_where_absent(table: str, selection: Selection, *, bench: Bench) -> str:
    """A table like the one given, with a zero in every period that a file covers and has no row for.

    A zero is known from the day on which the first file that covers its period became public.
    """
    found = bench.connection.execute(f"SELECT period FROM {table} LIMIT 1").fetchone()
    grain, step = _MONTHS.get(Period.parse(found[0]).kind.value, (None, 0)) if found else (None, 0)
    if grain is None:
        return table
    target = TARGETS[grain]
    return bench.keep(f"""
    WITH covered AS (SELECT * FROM coverage WHERE series IN {listed(selection.series_ids)}),
    starts AS (
        SELECT unnest(generate_series(min(first), max(last), INTERVAL {step} MONTH))::DATE AS start FROM covered
    ), spans AS (
        SELECT {target.code} AS period, {target.first} AS start, {target.last} AS finish FROM starts
    ), listed AS (
        SELECT vintage, period, start, finish, min(published) AS known_from,
               arg_min(bits, (published, sequence)) AS bits
        FROM spans JOIN covered ON covered.first <= start AND finish <= covered.last
        JOIN {VINTAGES} ON published <= vintage GROUP BY vintage, period, start, finish
    ), keys AS (SELECT DISTINCT vintage, place, breakdown FROM {table})
    SELECT vintage, place, breakdown, period, listed.start, listed.finish,
           CASE WHEN found.period IS NULL THEN 0 ELSE value END AS value, coalesce(doubt, 1)::UTINYINT AS doubt,
           coalesce(found.known_from, listed.known_from) AS known_from, coalesce(found.bits, listed.bits) AS bits
    FROM listed JOIN keys USING (vintage) LEFT JOIN {table} AS found USING (vintage, place, breakdown, period)""")
