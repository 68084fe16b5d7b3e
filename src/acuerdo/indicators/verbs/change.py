"""Change: the difference from an earlier period of the same kind."""

from __future__ import annotations

from acuerdo.core.errors import Problem, UnitMismatch
from acuerdo.core.place import PlaceLevel
from acuerdo.core.text import Text
from acuerdo.core.unit import UNITS, Unit
from acuerdo.data.sql import literal
from acuerdo.indicators.bench import MISSING, Bench, Relation
from acuerdo.indicators.recipe import Change

# Levels with a true zero, of which a percentage change means something.
_RATIO_SCALES = ("per_100_000_inhabitants", "pounds_per_event", "ratio", "effective_places", "index_base_100")
_STEP = """CASE WHEN regexp_full_match({0}.period, '(FY)?\\d{{4}}') THEN 12
    WHEN contains({0}.period, '-H') THEN 6 WHEN contains({0}.period, '-Q') THEN 3 ELSE 1 END"""


def levels(step: Change, wanted: frozenset[PlaceLevel]) -> frozenset[PlaceLevel]:
    """The same."""
    del step
    return wanted


def unit(step: Change, units: tuple[Unit, ...]) -> Unit:
    """That of the values for a difference, else per cent.

    Raises:
        UnitMismatch: For a percentage change of a score or of a percentage, which has no true zero or misleads.
    """
    (of,) = units
    if step.form == "difference":
        return of
    if not of.additive and of.id not in _RATIO_SCALES:
        raise UnitMismatch(
            Problem(
                what=Text(
                    f"A percentage change of values in {of.label.en} has no meaning.",
                    f"Un cambio porcentual de valores en {of.label.es} no tiene sentido.",
                ),
                fix=Text("Use the form 'difference'.", "Use la forma «difference»."),
            )
        )
    return UNITS["percent"]


def relate(step: Change, given: tuple[Relation, ...], *, bench: Bench) -> Relation:
    """The change; periods to date have none."""
    (of,) = given
    earlier = (
        f"other.period = {literal(step.base.code)}"
        if step.base
        else f"other.start = (one.start - to_months({step.back} * {_STEP.format('one')}))::DATE"
    )
    moved = "one.value - other.value"
    value = moved if step.form == "difference" else f"100.0 * ({moved}) / nullif(other.value, 0)"
    sql = f"""
    WITH paired AS (
        SELECT one.vintage, one.place, one.breakdown, one.period, one.start, one.finish, {value} AS value,
               greatest(one.doubt, coalesce(other.doubt, {MISSING})) AS doubt,
               greatest(one.known_from, coalesce(other.known_from, one.known_from)) AS known_from,
               one.bits | coalesce(other.bits, one.bits) AS bits
        FROM {of.table} AS one LEFT JOIN {of.table} AS other
          ON one.vintage = other.vintage AND one.place = other.place AND one.breakdown = other.breakdown
         AND NOT contains(other.period, ':') AND {_STEP.format("one")} = {_STEP.format("other")} AND {earlier}
        WHERE NOT contains(one.period, ':')
    )
    SELECT * REPLACE (CASE WHEN value IS NULL THEN {MISSING} ELSE doubt END AS doubt) FROM paired"""
    return bench.relation(sql, unit=unit(step, (of.unit,)), split=of.split)
