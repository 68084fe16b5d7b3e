"""Mean: over the shorter periods in a longer one, or over a moving window."""

from __future__ import annotations

from acuerdo.core.place import PlaceLevel
from acuerdo.core.unit import UNITS, Unit, mismatch
from acuerdo.indicators.bench import MISSING, Bench, Relation
from acuerdo.indicators.grain import gather
from acuerdo.indicators.recipe import Mean


def levels(step: Mean, wanted: frozenset[PlaceLevel]) -> frozenset[PlaceLevel]:
    """The same."""
    del step
    return wanted


def unit(step: Mean, units: tuple[Unit, ...]) -> Unit:
    """That of what is averaged, or so much of it a day.

    Raises:
        UnitMismatch: If no such unit a day is declared.
    """
    (of,) = units
    if step.each is None:
        return of
    named = UNITS.get(f"{of.id}_per_{step.each}")
    if named is None:
        raise mismatch(of, UNITS["days"])
    return named


def relate(step: Mean, given: tuple[Relation, ...], *, bench: Bench) -> Relation:
    """The mean; missing where a period in it is missing."""
    (of,) = given
    sql = (
        gather(of.table, step.periods, measure="avg")
        if step.periods
        else _moving(of.table, window=step.window or 1)
    )
    return bench.relation(sql, unit=unit(step, (of.unit,)), split=of.split)


def _moving(table: str, *, window: int) -> str:
    """The mean of the last ``window`` periods; without a gap, which a day between two periods would be."""
    return f"""
    WITH moving AS (
        SELECT * EXCLUDE (value, doubt, known_from, bits), avg(value) OVER run AS mean,
               count(value) OVER run = {window}
                   AND sum(finish - start + 1) OVER run = finish - min(start) OVER run + 1 AS whole,
               max(doubt) OVER run AS doubt, max(known_from) OVER run AS known_from,
               bit_or(bits) OVER run AS bits
        FROM {table} WHERE NOT contains(period, ':') AND NOT starts_with(period, '12M-')
        WINDOW run AS (PARTITION BY vintage, place, breakdown ORDER BY start ROWS {window - 1} PRECEDING)
    )
    SELECT vintage, place, breakdown, period, start, finish, CASE WHEN whole THEN mean END AS value,
           CASE WHEN whole THEN doubt ELSE {MISSING} END AS doubt, known_from, bits
    FROM moving"""
