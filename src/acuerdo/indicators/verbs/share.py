"""Share: a part in its whole, in per cent."""

from __future__ import annotations

from acuerdo.core.place import PlaceLevel
from acuerdo.core.unit import UNITS, Unit, require_same
from acuerdo.indicators.bench import Bench, Relation
from acuerdo.indicators.quotient import quotient
from acuerdo.indicators.recipe import Share


def levels(step: Share, wanted: frozenset[PlaceLevel]) -> frozenset[PlaceLevel]:
    """The same."""
    del step
    return wanted


def unit(step: Share, units: tuple[Unit, ...]) -> Unit:
    """Per cent, of two amounts in one unit.

    Raises:
        UnitMismatch: If part and whole are of two units.
    """
    del step
    require_same({"of": units[0], "within": units[1]})
    return UNITS["percent"]


def relate(step: Share, given: tuple[Relation, ...], *, bench: Bench) -> Relation:
    """The share."""
    part, whole = given
    result = unit(step, (part.unit, whole.unit))
    return bench.relation(quotient(part, whole, times=100), unit=result, split=part.split)
