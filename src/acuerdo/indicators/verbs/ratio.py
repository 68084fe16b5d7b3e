"""Ratio: one quantity per unit of another."""

from __future__ import annotations

from acuerdo.core.place import PlaceLevel
from acuerdo.core.unit import UNITS, Unit, mismatch
from acuerdo.indicators.bench import Bench, Relation
from acuerdo.indicators.quotient import quotient
from acuerdo.indicators.recipe import Ratio


def levels(step: Ratio, wanted: frozenset[PlaceLevel]) -> frozenset[PlaceLevel]:
    """The same."""
    del step
    return wanted


def unit(step: Ratio, units: tuple[Unit, ...]) -> Unit:
    """A plain ratio of two of one unit; else the unit named for both, such as pounds per event.

    Raises:
        UnitMismatch: If no such unit is declared.
    """
    del step
    one, other = units
    if one == other:
        return UNITS["ratio"]
    named = UNITS.get(f"{one.id}_per_{other.id.removesuffix('s')}")
    if named is None:
        raise mismatch(one, other)
    return named


def relate(step: Ratio, given: tuple[Relation, ...], *, bench: Bench) -> Relation:
    """The ratio."""
    one, other = given
    result = unit(step, (one.unit, other.unit))
    return bench.relation(quotient(one, other, times=1), unit=result, split=one.split)
