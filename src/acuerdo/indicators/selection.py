"""The leaves of a recipe: which observations, by the publisher's labels, as they stood on each day."""

from __future__ import annotations

from acuerdo.core.errors import not_found
from acuerdo.core.text import Text
from acuerdo.core.unit import require_same
from acuerdo.data.sql import listed, literal, parquet
from acuerdo.indicators.bench import CERTAINTY, VINTAGES, Bench, Relation, place_filter
from acuerdo.indicators.recipe import Selection


def select(selection: Selection, bench: Bench, *, over: tuple[str, ...] = ()) -> Relation:
    """The observations of a selection; labels in ``over``, and in lists, are added up unless split by.

    Raises:
        NotFound: If a label is none of the publisher's; names the nearest.
        UnitMismatch: If the series are of several units.
    """
    unit = require_same({one: bench.units[one] for one in selection.series_ids})
    lists = (key for key, wanted in selection.where.items() if not isinstance(wanted, str))
    split = tuple(key for key in sorted({*over, *lists}) if key in bench.by)
    staged = _stage(selection, bench, over=over, split=split)
    table = bench.keep(_added_up(bench.keep(_as_known(staged))))
    if selection.absent == "zero":
        table = bench.keep(_zero_where_absent(table, selection, bench))
    return Relation(table=table, unit=unit, split=split)


def _stage(selection: Selection, bench: Bench, *, over: tuple[str, ...], split: tuple[str, ...]) -> str:
    """A scratch table with every vintage of the observations chosen."""
    ids = selection.series_ids
    labels = _labels(selection, bench, over=over)
    pairs = ", ".join(
        f"({literal(label)}, {literal(join_label({key: parts[key] for key in split}))})"
        for label, parts in labels.items()
    )
    ranks = ", ".join(f"{literal(one)}: {rank}" for rank, one in enumerate(ids))
    certainty = "[" + ", ".join(literal(code) for code in CERTAINTY) + "]"
    return bench.keep(
        f"""
        SELECT MAP {{{ranks}}}[series] AS rank, place, label.kept AS breakdown, label.label, period,
               period_start AS start, period_end AS finish, value,
               list_position({certainty}, status)::UTINYINT AS doubt, known_from, sequence, file.bits, file.extract,
               series
        FROM {_files(selection, bench)} AS stored
        JOIN (VALUES {pairs or "(NULL, NULL)"}) AS label(label, kept) ON stored.breakdown = label.label
        JOIN release_bits AS file ON stored.filename = file.path
        WHERE series IN {listed(ids)} AND breakdown IN {listed(labels or [""])}
          AND {place_filter("place", country=bench.country, levels=bench.levels)}"""
    )


def _files(selection: Selection, bench: Bench) -> str:
    chosen = set(selection.series_ids)
    paths = [
        one.path
        for one in bench.releases
        if chosen & set(one.series) and one.path and selection.definition in {None, one.definition}
    ]
    return parquet(paths, filename=True) if paths else "no_observations"


def _labels(selection: Selection, bench: Bench, *, over: tuple[str, ...]) -> dict[str, dict[str, str]]:
    """The breakdowns of the series that the selection means, each with its parts by key."""
    rows = bench.connection.execute(
        f"SELECT DISTINCT breakdown FROM {_files(selection, bench)} "
        f"WHERE series IN {listed(selection.series_ids)} ORDER BY breakdown"
    ).fetchall()
    keys = {*selection.where, *over}
    parted = {label: parts for (label,) in rows if (parts := split_label(label)).keys() == keys}
    for key, wanted in selection.where.items():
        known = {parts[key] for parts in parted.values()}
        for label in (wanted,) if isinstance(wanted, str) else wanted:
            if known and label not in known:
                kind = Text(f"a label of '{key}' that is", f"una etiqueta de «{key}» que sea")
                raise not_found(kind, label, known, where=", ".join(selection.series_ids))
    return {
        label: parts
        for label, parts in parted.items()
        if all(
            parts[key] == wanted if isinstance(wanted, str) else parts[key] in wanted
            for key, wanted in selection.where.items()
        )
    }


def split_label(breakdown: str) -> dict[str, str]:
    """The parts of a breakdown by key.

    >>> split_label("sex=female;weapon=firearm")
    {'sex': 'female', 'weapon': 'firearm'}
    """
    return dict(part.split("=", 1) for part in breakdown.split(";")) if breakdown else {}


def join_label(parts: dict[str, str]) -> str:
    """The breakdown of some parts, keys in order."""
    return ";".join(f"{key}={parts[key]}" for key in sorted(parts))


def _as_known(staged: str) -> str:
    """The value last published for each key on or before each day.

    A release that gives everything again withdraws what it no longer holds; a packaged part of a file withdraws
    nothing from a whole one. The meaning is that of :func:`acuerdo.data.asof.as_of`, for many days at once.
    """
    return f"""
    WITH known AS (
        SELECT vintage, rank, series, place, breakdown, label, period, any_value(start) AS start,
               any_value(finish) AS finish,
               arg_max({{'value': value, 'doubt': doubt, 'known_from': known_from, 'sequence': sequence, 'bits': bits,
                        'extract': extract}},
                       (known_from, sequence)) AS last
        FROM {staged} JOIN {VINTAGES} ON known_from <= vintage
        GROUP BY vintage, rank, series, place, breakdown, label, period
    )
    SELECT * EXCLUDE (last), last.value, last.doubt, last.known_from, last.bits FROM known
    ANTI JOIN restatements AS anew
      ON anew.series = known.series AND anew.published <= known.vintage
     AND (anew.published, anew.sequence) > (known.last.known_from, known.last.sequence)
     AND anew.first <= known.start AND known.finish <= anew.last AND (known.last.extract OR NOT anew.extract)"""


def _added_up(known: str) -> str:
    """Labels added up; of several series the first that has a value."""
    return f"""
    WITH added AS (
        SELECT vintage, rank, place, breakdown, period, any_value(start) AS start, any_value(finish) AS finish,
               CASE WHEN count(*) = count(value) THEN sum(value) END AS value, max(doubt) AS doubt,
               max(known_from) AS known_from, bit_or(bits) AS bits
        FROM {known} GROUP BY vintage, rank, place, breakdown, period
    )
    SELECT * EXCLUDE (rank) FROM added
    QUALIFY row_number() OVER (PARTITION BY vintage, place, breakdown, period ORDER BY value IS NULL, rank) = 1"""


def _zero_where_absent(table: str, selection: Selection, bench: Bench) -> str:
    """Rows of zero for what a list of events does not list, in every period that the list covers."""
    return f"""
    WITH spans AS (
        SELECT vintage, period, period_start AS start, period_end AS finish, min(known_from) AS known_from,
               arg_min(file.bits, (known_from, sequence)) AS bits
        FROM {_files(selection, bench)} AS stored JOIN release_bits AS file ON stored.filename = file.path
        JOIN {VINTAGES} ON known_from <= vintage
        WHERE series IN {listed(selection.series_ids)} GROUP BY ALL
    ), keys AS (SELECT DISTINCT vintage, place, breakdown FROM {table})
    SELECT vintage, place, breakdown, period, spans.start, spans.finish, coalesce(value, 0) AS value,
           coalesce(doubt, 1)::UTINYINT AS doubt, coalesce(found.known_from, spans.known_from) AS known_from,
           coalesce(found.bits, spans.bits) AS bits
    FROM spans JOIN keys USING (vintage)
    LEFT JOIN {table} AS found USING (vintage, place, breakdown, period)"""
