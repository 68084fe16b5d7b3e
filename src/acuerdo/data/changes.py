"""What a new release changed against what was known the moment before it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

import duckdb

from acuerdo.core.errors import Problem
from acuerdo.core.text import Text
from acuerdo.data.asof import as_published
from acuerdo.data.release import Release

_KEY = "series, place, breakdown, period"
# A whole file never loses this much between two vintages; one that was cut off does
_MOST_LOST = 0.05
# Nor does the sum over the keys that both vintages hold; a change of unit or a misplaced comma does this
_LARGEST_FACTOR = 1.5


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Counts of keys.

    Attributes:
        previous: The vintage before, or None for the first one of these series.
        new: Keys that were not known before.
        revised: Keys with another value.
        same: Keys with the same value.
        removed: Keys that were known for the periods that the new file covers and are not in it.
        redefined: Whether the definition changed, so that ``revised`` is not a count of revisions.
        factor: Sum of the new values over that of the old ones, over the keys that both hold; the farthest from
            1 of any series.
    """

    previous: Release | None
    new: int
    revised: int = 0
    same: int = 0
    removed: int = 0
    redefined: bool = False
    factor: float = 1.0


def changes(
    connection: duckdb.DuckDBPyConnection, release: Release, *, releases: Sequence[Release], table: str
) -> Changes:
    """Compares the observations in ``table`` with the other releases of the source.

    Args:
        connection: Where ``table`` is.
        release: The new release.
        releases: The stored ones of its source, with or without the new one.
        table: Its observations.
    """
    before = [one for one in releases if _order(one) < _order(release) and one.sha256 != release.sha256]
    alike = [one for one in before if not set(one.series).isdisjoint(release.series)]
    if not alike:
        return Changes(previous=None, new=release.rows)
    compared = _compare(connection, as_published(before, series=release.series), table=table)
    previous = max(alike, key=_order)
    return Changes(
        previous=previous,
        new=sum(one[0] for one in compared),
        revised=sum(one[1] for one in compared),
        same=sum(one[2] for one in compared),
        removed=sum(one[3] for one in compared),
        redefined=previous.definition != release.definition,
        factor=max((now / then for *_, now, then in compared if now > 0 and then > 0), key=_far, default=1.0),
    )


def _compare(
    connection: duckdb.DuckDBPyConnection, before: str, *, table: str
) -> list[tuple[int, int, int, int, float, float]]:
    """Per series: keys new, revised, same and removed; sums now and then over the keys that both hold."""
    return connection.execute(
        f"""
        WITH old AS ({before}),
        span AS (SELECT series, min(period_start) AS first, max(period_end) AS last FROM {table} GROUP BY series),
        covered AS (SELECT old.* FROM old JOIN span USING (series)
                    WHERE old.period_start >= span.first AND old.period_end <= span.last),
        latest AS (SELECT {_KEY}, arg_max({{'value': value, 'unit': unit}}, known_from) AS now
                   FROM {table} GROUP BY {_KEY}),
        both_sides AS (
            SELECT series, covered.unit IS NOT NULL AS was, now IS NOT NULL AS is_now, covered.value AS old_value,
                   now.value AS new_value FROM covered FULL JOIN latest USING ({_KEY}))
        SELECT count(*) FILTER (WHERE NOT was),
            count(*) FILTER (WHERE was AND is_now AND new_value IS DISTINCT FROM old_value),
            count(*) FILTER (WHERE was AND is_now AND new_value IS NOT DISTINCT FROM old_value),
            count(*) FILTER (WHERE NOT is_now),
            coalesce(sum(new_value) FILTER (WHERE was AND old_value IS NOT NULL), 0),
            coalesce(sum(old_value) FILTER (WHERE is_now AND new_value IS NOT NULL), 0)
        FROM both_sides GROUP BY series"""
    ).fetchall()


def doubts(release: Release, found: Changes, *, name: str) -> list[Problem]:
    """What makes a file that gives everything again hard to believe, next to the vintage before it."""
    if not release.restates or found.previous is None or found.redefined:
        return []
    return [
        *_lost(found, found.previous.name, name=name),
        *_out_of_scale(found, found.previous.name, name=name),
    ]


def _lost(found: Changes, before: str, *, name: str) -> list[Problem]:
    known = found.revised + found.same + found.removed
    if not known or found.removed / known <= _MOST_LOST:
        return []
    share = found.removed / known
    return [
        Problem(
            what=Text(
                f"The file lacks {found.removed:,} of the {known:,} values ({share:.0%}) that '{before}' gave "
                "for the same periods.",
                f"Al archivo le faltan {found.removed:,} de los {known:,} valores ({100 * share:.0f}\u00a0%) que "
                f"'{before}' daba para los mismos periodos.",
            ),
            where=name,
            why=Text(
                "A file that was cut off between two rows looks like this.",
                "Así se ve un archivo cortado entre dos filas.",
            ),
            fix=Text(
                "Get the file again. If the publisher did withdraw them, have the source state a new definition.",
                "Obtenga el archivo de nuevo. Si la fuente los retiró, declare una nueva definición en la fuente.",
            ),
        )
    ]


def _out_of_scale(found: Changes, before: str, *, name: str) -> list[Problem]:
    if 1 / _LARGEST_FACTOR <= found.factor <= _LARGEST_FACTOR:
        return []
    return [
        Problem(
            what=Text(
                f"The values are {found.factor:.2g} times those that '{before}' gave for the same keys.",
                f"Los valores son {found.factor:.2g} veces los que '{before}' daba para las mismas claves.",
            ),
            where=name,
            why=Text(
                "No publisher revises by so much; a change of unit looks like this.",
                "Ninguna fuente revisa tanto sus cifras; así se ve un cambio de unidad.",
            ),
            fix=Text(
                "Compare a few figures with the publisher's page. If they are right, have the source state a new "
                "definition.",
                "Compare algunas cifras con la página de la fuente. Si son correctas, declare una nueva definición.",
            ),
        )
    ]


def _far(factor: float) -> float:
    return abs(math.log(factor))


def _order(release: Release) -> tuple[object, int]:
    return (release.published.on, release.sequence)
