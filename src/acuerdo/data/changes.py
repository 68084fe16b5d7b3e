"""What a new release changed against what was known the moment before it."""

from __future__ import annotations

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
    """

    previous: Release | None
    new: int
    revised: int = 0
    same: int = 0
    removed: int = 0
    redefined: bool = False


def changes(
    connection: duckdb.DuckDBPyConnection, release: Release, releases: Sequence[Release], *, table: str
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
    counted = connection.execute(
        f"""
        WITH old AS ({as_published(before, series=release.series)}),
        span AS (SELECT series, min(period_start) AS first, max(period_end) AS last FROM {table} GROUP BY series),
        covered AS (SELECT old.* FROM old JOIN span USING (series)
                    WHERE old.period_start >= span.first AND old.period_end <= span.last),
        latest AS (SELECT * FROM {table}
                   QUALIFY known_from = max(known_from) OVER (PARTITION BY {_KEY}))
        SELECT count(*) FILTER (WHERE covered.unit IS NULL),
            count(*) FILTER (WHERE both_known AND latest.value IS DISTINCT FROM covered.value),
            count(*) FILTER (WHERE both_known AND latest.value IS NOT DISTINCT FROM covered.value),
            count(*) FILTER (WHERE latest.unit IS NULL)
        FROM covered FULL JOIN latest USING ({_KEY}),
            LATERAL (SELECT covered.unit IS NOT NULL AND latest.unit IS NOT NULL AS both_known)"""
    ).fetchone() or (0, 0, 0, 0)
    new, revised, same, removed = counted
    previous = max(alike, key=_order)
    redefined = previous.definition != release.definition
    return Changes(
        previous=previous, new=new, revised=revised, same=same, removed=removed, redefined=redefined
    )


def losses(release: Release, found: Changes, *, name: str) -> list[Problem]:
    """The problem of a file that gives everything again and yet lost too much of it, if it did."""
    known = found.revised + found.same + found.removed
    if not release.restates or found.previous is None or found.redefined:
        return []
    if not known or found.removed / known <= _MOST_LOST:
        return []
    share = found.removed / known
    before = found.previous.name
    return [
        Problem(
            what=Text(
                f"The file lacks {found.removed:,} of the {known:,} values ({share:.0%}) that '{before}' gave "
                "for the same periods.",
                f"Al archivo le faltan {found.removed:,} de los {known:,} valores ({share:.0%}) que '{before}' daba "
                "para los mismos periodos.",
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


def _order(release: Release) -> tuple[object, int]:
    return (release.published.on, release.sequence)
