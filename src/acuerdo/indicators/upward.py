"""From places to the places above them."""

from __future__ import annotations

from acuerdo.core.place import PlaceLevel
from acuerdo.indicators.bench import CODE_LENGTH, MISSING, Bench, above


def upward(table: str, level: PlaceLevel, *, bench: Bench, measure: str) -> str:
    """SQL that gathers the places of one level under each wanted place above them.

    Args:
        table: A relation with places of that level.
        level: The level gathered.
        bench: Where, and for which levels.
        measure: The aggregate of ``value``, such as ``sum(value)``.

    Returns:
        A SELECT of the columns of a relation. A place is missing where one of the places in it has no value;
        the publisher's own "not specified" places count where they have one, and are not waited for.
    """
    parts = [
        _gathered(table, level, upper=upper, measure=measure) for upper in above(level, wanted=bench.levels)
    ]
    own = f"SELECT * FROM {table} WHERE length(place) = {CODE_LENGTH[level]}"
    parts += [own] if level in bench.levels and measure == "sum(value)" else []
    return " UNION ALL BY NAME ".join(parts) or f"SELECT * FROM {table} WHERE false"


def _gathered(table: str, level: PlaceLevel, *, upper: PlaceLevel, measure: str) -> str:
    return f"""
    (WITH inside AS (
        SELECT *, left(place, {CODE_LENGTH[upper]}) AS parent, NOT ends_with(place, '99') AS specified
        FROM {table} WHERE length(place) = {CODE_LENGTH[level]}
    ), expected AS (
        SELECT vintage, parent, count(DISTINCT place) FILTER (WHERE specified) AS places FROM inside GROUP BY ALL
    ), gathered AS (
        SELECT vintage, parent, breakdown, period, any_value(start) AS start, any_value(finish) AS finish,
               {measure} AS value, count(value) FILTER (WHERE specified) AS stated,
               bool_and(value IS NOT NULL) AS sound, max(doubt) AS doubt, max(known_from) AS known_from,
               bit_or(bits) AS bits
        FROM inside GROUP BY vintage, parent, breakdown, period
    )
    SELECT vintage, parent AS place, breakdown, period, start, finish,
           CASE WHEN sound AND stated = places THEN value END AS value,
           CASE WHEN sound AND stated = places THEN doubt ELSE {MISSING} END AS doubt, known_from, bits
    FROM gathered JOIN expected USING (vintage, parent))"""
