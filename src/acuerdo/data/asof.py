"""What was known when: SQL over releases.

Every function returns a SELECT over the stored files, for one connection to run. Words and behaviour follow SDMX
REST (``asOf``, ``includeHistory``) and ALFRED (vintage dates, first release).

- *as of D*: one value per series, place, breakdown and period, the last one published on or before D. A value that
  a newer file no longer holds stands, unless that file restates all it covers: then the value was withdrawn.
- *first release*: the value first published.
- *history*: every vintage of every value.
- *revisions*: the history with what changed against the vintage before. A change is a *revision* (same
  definition, new value) or a *redefinition* (the definition changed), never both; our own corrections
  (:mod:`acuerdo.data.corrections`) are neither: *as of* applies and names them, the other three give what
  the publisher gave.

Ties of one day are broken by ``sequence``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import final

from acuerdo.data.corrections import Correction, corrected, corrections
from acuerdo.data.release import Coverage, Release
from acuerdo.data.sql import listed, literal, parquet
from acuerdo.data.store import OBSERVATION

_KEY = "series, place, breakdown, period"
_REST = ("period_start", "period_end", "value", "unit", "status", "known_from", "sequence")
_NOTHING = (
    "SELECT '' AS series, '' AS place, '' AS breakdown, '' AS period, DATE '1970-01-01' AS period_start, "
    "DATE '1970-01-01' AS period_end, 0::DOUBLE AS value, '' AS unit, '' AS status, DATE '1970-01-01' AS known_from, "
    "0::INTEGER AS sequence WHERE false"
)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Vintage:
    """One date on which values of a series became known.

    Attributes:
        on: The date.
        release: The file that says so.
    """

    on: date
    release: Release


def as_of(
    releases: Sequence[Release], day: date | None = None, *, series: Collection[str] | None = None
) -> str:
    """SQL for the values known at the end of a day, one per key, corrections applied.

    To the columns of an observation comes ``correction``: the id of the one applied, or empty.

    Args:
        releases: The files to look into.
        day: The day; None for all that is known now.
        series: Ids of the series wanted; all if not given.
    """
    declared = declared_corrections(releases, series=series)
    if not declared:
        return corrected(as_published(releases, day, series=series), ())
    parts = _unshadowed(_published(_holding(releases, series), day), day)
    return _extreme("arg_max", corrected(_rows(parts, day, series=series), declared), also=("correction",))


def as_published(
    releases: Sequence[Release], day: date | None = None, *, series: Collection[str] | None = None
) -> str:
    """SQL for the values known at the end of a day, one per key, as the publisher gave them."""
    parts = _unshadowed(_published(_holding(releases, series), day), day)
    rows = _rows(parts, day, series=series)
    return rows if _alone([one for one, _ in parts], series) else _extreme("arg_max", rows)


def declared_corrections(
    releases: Sequence[Release], *, series: Collection[str] | None = None
) -> tuple[Correction, ...]:
    """The corrections that touch the series wanted of the releases' sources."""
    named = dict.fromkeys(one.source for one in releases)
    return tuple(
        one
        for source_id in named
        for one in corrections(source_id)
        if series is None or not set(series).isdisjoint(one.where.series)
    )


def first_release(releases: Sequence[Release], *, series: Collection[str] | None = None) -> str:
    """SQL for the values as first published, one per key."""
    held = _holding(releases, series)
    return _extreme("arg_min", _rows([(one, "") for one in held], None, series=series))


def history(releases: Sequence[Release], *, series: Collection[str] | None = None) -> str:
    """SQL for every vintage of every value."""
    return _rows([(one, "") for one in _holding(releases, series)], None, series=series)


def revisions(releases: Sequence[Release], *, series: Collection[str] | None = None) -> str:
    """SQL for the history in order, with ``previous``, ``previous_known_from``, ``definition`` and ``change``.

    ``change`` is ``first``, ``same``, ``revision`` or ``redefinition``.
    """
    held = [one for one in _holding(releases, series) if one.path]
    if not held:
        return (
            f"SELECT *, 0::DOUBLE AS previous, known_from AS previous_known_from, '' AS definition, '' AS change "
            f"FROM ({_NOTHING})"
        )
    definitions = ", ".join(f"({literal(str(one.path))}, {literal(one.definition)})" for one in held)
    condition = f"WHERE series IN {listed(sorted(series))}" if series is not None else ""
    return f"""
        WITH defined (filename, definition) AS (VALUES {definitions}),
        vintage AS (
            SELECT {OBSERVATION}, definition FROM {parquet([one.path for one in held if one.path], filename=True)}
            JOIN defined USING (filename) {condition}),
        compared AS (
            SELECT *, lag(value) OVER past AS previous, lag(known_from) OVER past AS previous_known_from,
                lag(definition) OVER past AS previous_definition, lag(unit) OVER past AS previous_unit
            FROM vintage WINDOW past AS (PARTITION BY {_KEY} ORDER BY known_from, sequence))
        SELECT * EXCLUDE (previous_definition, previous_unit), CASE
            WHEN previous_known_from IS NULL THEN 'first'
            WHEN definition <> previous_definition OR unit <> previous_unit THEN 'redefinition'
            WHEN value IS DISTINCT FROM previous THEN 'revision'
            ELSE 'same' END AS change
        FROM compared ORDER BY {_KEY}, known_from, sequence"""


def vintages(releases: Sequence[Release], *, series: Collection[str] | None = None) -> tuple[Vintage, ...]:
    """The dates on which values became known, in order, each with its file."""
    found = [Vintage(on=on, release=one) for one in _holding(releases, series) for on in one.vintages]
    return tuple(sorted(found, key=lambda one: (one.on, one.release.sequence)))


def _holding(releases: Iterable[Release], series: Collection[str] | None) -> list[Release]:
    return [one for one in releases if series is None or not set(series).isdisjoint(one.series)]


def _published(releases: Sequence[Release], day: date | None) -> list[Release]:
    return [one for one in releases if day is None or one.vintages[0] <= day]


def _alone(releases: Sequence[Release], series: Collection[str] | None) -> bool:
    """Whether each series wanted comes from one vintage only, so that its keys are unique as they stand."""
    given = [name for one in releases for name in one.series if series is None or name in series]
    return len(given) == len(set(given)) and all(len(one.vintages) == 1 for one in releases)


def _extreme(pick: str, rows: str, *, also: Sequence[str] = ()) -> str:
    """One row per key: the last published, or the first."""
    packed = ", ".join(f"'{column}': {column}" for column in (*_REST, *also))
    return (
        f"SELECT {_KEY}, unnest({pick}({{{packed}}}, (known_from, sequence))) FROM ({rows}) GROUP BY {_KEY}"
    )


def _rows(parts: Sequence[tuple[Release, str]], day: date | None, *, series: Collection[str] | None) -> str:
    """The rows of the releases, each under its own condition; files with one condition are read together."""
    by_condition: dict[str, list[Release]] = {}
    for one, shadow in parts:
        late = day is not None and one.vintages[-1] > day
        conditions = [
            *([f"series IN {listed(sorted(series))}"] if series is not None else []),
            *([f"known_from <= DATE '{day}'"] if late else []),
            *([shadow] if shadow else []),
        ]
        by_condition.setdefault(" AND ".join(conditions), []).append(one)
    selects = [
        f"SELECT {OBSERVATION} FROM {parquet([one.path for one in held if one.path])}"
        + (f" WHERE {condition}" if condition else "")
        for condition, held in by_condition.items()
    ]
    return " UNION ALL ".join(selects) or _NOTHING


def _unshadowed(releases: Sequence[Release], day: date | None) -> list[tuple[Release, str]]:
    """The releases with a condition for their rows that no later restating release of the source withdrew."""
    parts: list[tuple[Release, str]] = []
    for one in releases:
        spans = {cover.series: _withdrawn(one, cover, releases=releases, day=day) for cover in one.coverage}
        if any(spans.values()) and all(_inside(cover, spans[cover.series]) for cover in one.coverage):
            continue
        parts.append((one, " AND ".join(_outside(series, span) for series, span in spans.items() if span)))
    return parts


_Span = tuple[date, date]


def _withdrawn(
    one: Release, cover: Coverage, *, releases: Sequence[Release], day: date | None
) -> list[_Span]:
    """The spans of a series that later files restate; an extract withdraws nothing from a whole file."""
    return sorted(
        (later.first, later.last)
        for other in releases
        if other.restates
        and other.source == one.source
        and (other.published.on, other.sequence) > (one.vintages[-1], one.sequence)
        and (day is None or other.published.on <= day)
        and (one.extract or not other.extract)
        for later in other.coverage
        if later.series == cover.series and later.first <= cover.last and later.last >= cover.first
    )


def _inside(cover: Coverage, spans: Sequence[_Span]) -> bool:
    return any(first <= cover.first and cover.last <= last for first, last in spans)


def _outside(series: str, spans: Sequence[_Span]) -> str:
    within = " OR ".join(
        f"(period_start >= DATE '{first}' AND period_end <= DATE '{last}')" for first, last in spans
    )
    return f"NOT (series = {literal(series)} AND ({within}))"
