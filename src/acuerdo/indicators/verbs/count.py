"""Count: how many places reach a threshold."""

from __future__ import annotations

from acuerdo.core.place import PlaceLevel
from acuerdo.core.unit import UNITS, Unit
from acuerdo.indicators.bench import Bench, Relation
from acuerdo.indicators.recipe import Count
from acuerdo.indicators.upward import upward


def levels(step: Count, wanted: frozenset[PlaceLevel]) -> frozenset[PlaceLevel]:
    """The level of the places counted."""
    del wanted
    return frozenset({PlaceLevel(step.across)})


def unit(step: Count, units: tuple[Unit, ...]) -> Unit:
    """Places, whatever the threshold is in."""
    del step, units
    return UNITS["places"]


def relate(step: Count, given: tuple[Relation, ...], *, bench: Bench) -> Relation:
    """The number of places at or above the threshold; missing where one of them has no value."""
    measure = f"count(*) FILTER (WHERE value >= {float(step.at_least)!r})::DOUBLE"
    sql = upward(given[0].table, PlaceLevel(step.across), bench=bench, measure=measure)
    return bench.relation(sql, unit=unit(step, ()), split=given[0].split)
