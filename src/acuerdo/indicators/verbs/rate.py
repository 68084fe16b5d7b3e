"""Rate: a year's count per 100,000 inhabitants."""

from __future__ import annotations

from acuerdo.core.errors import Problem, UnitMismatch
from acuerdo.core.place import PlaceLevel
from acuerdo.core.text import Text
from acuerdo.core.unit import UNITS, Unit
from acuerdo.indicators.bench import Bench, Relation
from acuerdo.indicators.quotient import YEAR_OF_MIDDLE, quotient
from acuerdo.indicators.recipe import Rate

_SHORTEST_YEAR = 365


def levels(step: Rate, wanted: frozenset[PlaceLevel]) -> frozenset[PlaceLevel]:
    """The same."""
    del step
    return wanted


def unit(step: Rate, units: tuple[Unit, ...]) -> Unit:
    """Per 100,000 inhabitants, of a count and a population.

    Raises:
        UnitMismatch: If the first is no count, or the second is not in inhabitants.
    """
    count, people = units
    if not count.additive or people.id != "inhabitants":
        raise UnitMismatch(
            Problem(
                what=Text(
                    f"A rate of {count.label.en} per {step.times} {people.label.en} has no meaning.",
                    f"Una tasa de {count.label.es} por {step.times} {people.label.es} no tiene sentido.",
                ),
                why=Text(
                    "A rate divides a count by inhabitants.", "Una tasa divide un conteo entre habitantes."
                ),
                fix=Text("Use 'ratio', or another denominator.", "Use «ratio» u otro denominador."),
            )
        )
    return UNITS["per_100_000_inhabitants"]


def relate(step: Rate, given: tuple[Relation, ...], *, bench: Bench) -> Relation:
    """The rate; a period shorter than a year has none, since it would pass for a yearly one."""
    count, people = given
    result = unit(step, (count.unit, people.unit))
    yearly = bench.relation(
        f"SELECT * FROM {count.table} WHERE finish - start + 1 >= {_SHORTEST_YEAR}",
        unit=count.unit,
        split=count.split,
    )
    sql = quotient(yearly, people, times=step.times, periods=YEAR_OF_MIDDLE)
    return bench.relation(sql, unit=result, split=count.split)
