"""Index: values against a base period, or places against one another (concentration)."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

import numpy as np

from acuerdo.core.place import PlaceLevel
from acuerdo.core.unit import UNITS, Unit
from acuerdo.data.sql import literal
from acuerdo.indicators import concentration
from acuerdo.indicators.bench import MISSING, Bench, Relation
from acuerdo.indicators.recipe import Formula, Index
from acuerdo.indicators.upward import upward

_UNITS: dict[Formula, str] = {
    "base_100": "index_base_100",
    "herfindahl_hirschman": "index",
    "effective_number": "effective_places",
    "gini": "index",
    "theil": "index",
    "top_share": "percent",
}


def levels(step: Index, wanted: frozenset[PlaceLevel]) -> frozenset[PlaceLevel]:
    """The level of the places compared, for a formula of concentration."""
    return frozenset({PlaceLevel(step.across)}) if step.across else wanted


def unit(step: Index, units: tuple[Unit, ...]) -> Unit:
    """As the formula has it."""
    del units
    return UNITS[_UNITS[step.formula]]


def relate(step: Index, given: tuple[Relation, ...], *, bench: Bench) -> Relation:
    """The index; missing where the base period, or one of the places, has no value."""
    (of,) = given
    result = unit(step, ())
    if step.formula == "base_100":
        code = step.base.code if step.base else ""
        return bench.relation(_against_base(of.table, code), unit=result, split=of.split)
    return bench.relation(_over_places(step, of.table, bench=bench), unit=result, split=of.split)


def _against_base(table: str, base: str) -> str:
    """Only periods of the base's own kind: half a year's count against a whole year's says nothing."""
    same_kind = re.sub(r"\d", r"\\d", base)
    divisible = "one.value IS NOT NULL AND base.value <> 0"
    return f"""
    SELECT one.vintage, one.place, one.breakdown, one.period, one.start, one.finish,
           CASE WHEN {divisible} THEN 100.0 * one.value / base.value END AS value,
           CASE WHEN {divisible} THEN greatest(one.doubt, base.doubt) ELSE {MISSING} END AS doubt,
           greatest(one.known_from, coalesce(base.known_from, one.known_from)) AS known_from,
           one.bits | coalesce(base.bits, one.bits) AS bits
    FROM {table} AS one LEFT JOIN {table} AS base
      ON one.vintage = base.vintage AND one.place = base.place AND one.breakdown = base.breakdown
     AND base.period = {literal(base)}
    WHERE regexp_full_match(one.period, {literal(same_kind)})"""


def _over_places(step: Index, table: str, *, bench: Bench) -> str:
    """The counts of the places are gathered in SQL and the formula is worked out in NumPy."""
    gathered = bench.keep(
        upward(table, PlaceLevel(step.across or "state"), bench=bench, measure="list(value ORDER BY place)")
    )
    formula = _formula(step)
    rows = bench.connection.execute(
        f"SELECT rowid, value FROM {gathered} WHERE value IS NOT NULL ORDER BY rowid"
    ).fetchall()
    worked_out = [(row, formula(np.array(counts, dtype=np.float64))) for row, counts in rows]
    known = ", ".join(f"({row}, {value!r})" for row, value in worked_out if np.isfinite(value))
    results = bench.keep(f"SELECT * FROM (VALUES {known or '(NULL, NULL)'}) AS worked(id, result)")
    return f"""
    SELECT vintage, place, breakdown, period, start, finish, result::DOUBLE AS value,
           CASE WHEN result IS NULL THEN {MISSING} ELSE doubt END AS doubt, known_from, bits
    FROM {gathered} AS counts LEFT JOIN {results} AS worked ON counts.rowid = worked.id"""


def _formula(step: Index) -> Callable[[concentration.Counts], float]:
    if step.formula == "top_share":
        return partial(concentration.top_share, top=step.top or 1)
    return getattr(concentration, step.formula)
