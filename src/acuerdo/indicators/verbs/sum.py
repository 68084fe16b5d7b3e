"""Sum: over labels, shorter periods, places, or several operands. With a part missing there is no sum."""

from __future__ import annotations

from acuerdo.core.errors import Problem, UnitMismatch
from acuerdo.core.place import PlaceLevel
from acuerdo.core.text import Text
from acuerdo.core.unit import Unit, require_same
from acuerdo.indicators.bench import COLUMNS, MISSING, Bench, Relation
from acuerdo.indicators.grain import gather
from acuerdo.indicators.recipe import Sum
from acuerdo.indicators.upward import upward


def levels(step: Sum, wanted: frozenset[PlaceLevel]) -> frozenset[PlaceLevel]:
    """The level that is added up, if one is."""
    return frozenset({PlaceLevel(step.places)}) if step.places else wanted


def unit(step: Sum, units: tuple[Unit, ...]) -> Unit:
    """The unit that all operands share; a level such as a rate or a score cannot be added.

    Raises:
        UnitMismatch: If they differ, or cannot be added.
    """
    del step
    shared = require_same({str(number): one for number, one in enumerate(units)})
    if not shared.additive:
        raise UnitMismatch(
            Problem(
                what=Text(
                    f"Values in {shared.label.en} cannot be added.",
                    f"Valores en {shared.label.es} no se suman.",
                ),
                why=Text("They are levels, not amounts.", "Son niveles, no cantidades."),
                fix=Text("Add the counts first, then divide.", "Sume primero los conteos y divida después."),
            )
        )
    return shared


def relate(step: Sum, given: tuple[Relation, ...], *, bench: Bench) -> Relation:
    """The sum."""
    shared = unit(step, tuple(one.unit for one in given))
    table = given[0].table if len(given) == 1 else bench.keep(_together(given))
    if step.periods:
        table = bench.keep(gather(table, step.periods, measure="sum"))
    if step.places:
        table = bench.keep(upward(table, PlaceLevel(step.places), bench=bench, measure="sum(value)"))
    return Relation(table=table, unit=shared, split=given[0].split)


def _together(given: tuple[Relation, ...]) -> str:
    rows = " UNION ALL ".join(f"SELECT {COLUMNS} FROM {one.table}" for one in given)
    whole = f"count(value) = {len(given)}"
    return f"""
    SELECT vintage, place, breakdown, period, any_value(start) AS start, any_value(finish) AS finish,
           CASE WHEN {whole} THEN sum(value) END AS value,
           CASE WHEN {whole} THEN max(doubt) ELSE {MISSING} END AS doubt,
           max(known_from) AS known_from, bit_or(bits) AS bits
    FROM ({rows}) GROUP BY vintage, place, breakdown, period"""
