"""The leaves of a recipe: which observations, by the publisher's labels, as they stood on each day."""

from __future__ import annotations

from acuerdo.core.unit import require_same
from acuerdo.data.corrections import corrected, corrections
from acuerdo.data.release import Release
from acuerdo.data.sql import listed, literal, parquet
from acuerdo.indicators.bench import CERTAINTY, COLUMNS, VINTAGES, Bench, Relation, place_filter
from acuerdo.indicators.labels import Parts, join_label, meant
from acuerdo.indicators.recipe import Selection
from acuerdo.indicators.zeros import zero_where_absent

_CERTAINTY = "[" + ", ".join(literal(code) for code in CERTAINTY) + "]"
_NOTHING = (
    "SELECT NULL::DATE AS vintage, '' AS place, '' AS breakdown, '' AS period, NULL::DATE AS start, "
    "NULL::DATE AS finish, NULL::DOUBLE AS value, 0::UTINYINT AS doubt, NULL::DATE AS known_from, "
    "'0'::BIT AS bits WHERE false"
)


def select(selection: Selection, bench: Bench, *, over: tuple[str, ...] = ()) -> Relation:
    """The observations of a selection; labels in ``over``, and in lists, are added up unless split by.

    Raises:
        NotFound: If a label is none of the publisher's; names the nearest.
        UnitMismatch: If the series are of several units.
    """
    unit = require_same({one: bench.units[one] for one in selection.series_ids})
    split = _split(selection, bench, over=over)
    labels = _meant(selection, bench, over=over)
    sql = observed(selection, bench, over=over)
    if sql is None:
        return bench.relation(_NOTHING, unit=unit, split=split)
    if len(labels) > 1 or len(selection.series_ids) > 1:
        sql = _added_up(sql)
    table = bench.keep(f"SELECT {COLUMNS} FROM ({sql})")
    if selection.absent == "zero":
        table = zero_where_absent(table, selection, bench=bench)
    return Relation(table=table, unit=unit, split=split)


def observed(selection: Selection, bench: Bench, *, over: tuple[str, ...] = ()) -> str | None:
    """SQL for the observations of a selection one by one, as they stood on each day; None where there are none.

    Raises:
        NotFound: If a label is none of the publisher's; names the nearest.
    """
    labels = _meant(selection, bench, over=over)
    if not labels:
        return None
    held = _holding(selection, bench)
    split = _split(selection, bench, over=over)
    return _as_known(_rows(selection, bench, held=held, labels=labels, split=split), held)


def _meant(selection: Selection, bench: Bench, *, over: tuple[str, ...]) -> dict[str, Parts]:
    files = [one.path for one in _holding(selection, bench) if one.path]
    return meant(selection, bench.connection, files=files, over=over)


def _split(selection: Selection, bench: Bench, *, over: tuple[str, ...]) -> tuple[str, ...]:
    """The keys that are added up unless they are asked for one by one, of those asked for."""
    lists = (key for key, wanted in selection.where.items() if not isinstance(wanted, str))
    return tuple(key for key in sorted({*over, *lists}) if key in bench.by)


def _holding(selection: Selection, bench: Bench) -> list[Release]:
    chosen = set(selection.series_ids)
    return [
        one
        for one in bench.releases
        if chosen & set(one.series) and selection.definition in {None, one.definition}
    ]


def _rows(
    selection: Selection,
    bench: Bench,
    *,
    held: list[Release],
    labels: dict[str, Parts],
    split: tuple[str, ...],
) -> str:
    """SQL for every vintage of the observations chosen, corrections applied."""
    kept = {label: join_label({key: parts[key] for key in split}) for label, parts in labels.items()}
    ranks = ", ".join(f"{literal(one)}: {rank}" for rank, one in enumerate(selection.series_ids))
    stored = (
        f"SELECT * FROM {parquet([one.path for one in held if one.path], filename=True)} "
        f"WHERE series IN {listed(selection.series_ids)} AND breakdown IN {listed(labels)} "
        f"AND {place_filter('place', country=bench.country, levels=bench.levels)}"
    )
    declared = [one for source in sorted({one.source for one in held}) for one in corrections(source)]
    breakdown = (
        f"MAP {{{', '.join(f'{literal(label)}: {literal(to)}' for label, to in kept.items())}}}[breakdown]"
        if split
        else "''"
    )
    return f"""
        SELECT {f"MAP {{{ranks}}}[series]" if len(selection.series_ids) > 1 else "0"} AS rank, series, place,
               {breakdown} AS breakdown, breakdown AS label, period, period_start AS start, period_end AS finish,
               value, list_position({_CERTAINTY}, status)::UTINYINT AS doubt, known_from, sequence,
               MAP {{{", ".join(f"{literal(str(one.path))}: {bench.bit(one)}" for one in held)}}}[filename] AS bits,
               filename IN {listed([str(one.path) for one in held if one.extract] or [""])} AS extract
        FROM ({corrected(stored, declared)})"""


def _as_known(rows: str, held: list[Release]) -> str:
    """SQL for the value last published for each key on or before each day.

    A release that gives everything again withdraws what it no longer holds; a packaged part of a file withdraws
    nothing from a whole one. The meaning is that of :func:`acuerdo.data.asof.as_of`, for many days at once.
    """
    if sum(len(one.vintages) for one in held) == 1:
        return f"SELECT * FROM ({rows}) JOIN {VINTAGES} ON known_from <= vintage"
    return f"""
    WITH known AS (
        SELECT vintage, rank, series, place, breakdown, label, period, any_value(start) AS start,
               any_value(finish) AS finish,
               arg_max({{'value': value, 'doubt': doubt, 'known_from': known_from, 'sequence': sequence, 'bits': bits,
                        'extract': extract}},
                       (known_from, sequence)) AS last
        FROM ({rows}) JOIN {VINTAGES} ON known_from <= vintage
        GROUP BY vintage, rank, series, place, breakdown, label, period
    )
    SELECT * EXCLUDE (last), last.value, last.doubt, last.known_from, last.bits FROM known
    ANTI JOIN coverage AS anew
      ON anew.restates AND anew.series = known.series AND anew.published <= known.vintage
     AND (anew.published, anew.sequence) > (known.last.known_from, known.last.sequence)
     AND anew.first <= known.start AND known.finish <= anew.last AND (known.last.extract OR NOT anew.extract)"""


def _added_up(known: str) -> str:
    """SQL for labels added up; of several series the first that has a value."""
    return f"""
    WITH added AS (
        SELECT vintage, rank, place, breakdown, period, any_value(start) AS start, any_value(finish) AS finish,
               CASE WHEN count(*) = count(value) THEN sum(value) END AS value, max(doubt) AS doubt,
               max(known_from) AS known_from, bit_or(bits) AS bits
        FROM ({known}) GROUP BY vintage, rank, place, breakdown, period
    )
    SELECT * EXCLUDE (rank) FROM added
    QUALIFY row_number() OVER (PARTITION BY vintage, place, breakdown, period ORDER BY value IS NULL, rank) = 1"""
