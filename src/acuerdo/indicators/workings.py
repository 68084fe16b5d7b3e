"""Works a recipe out, from its leaves to its root."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from acuerdo.core.place import PlaceLevel
from acuerdo.core.unit import Unit, require_same
from acuerdo.indicators.bench import Bench, Relation
from acuerdo.indicators.memory import remembered
from acuerdo.indicators.recipe import Recipe, Selection, Sum, Verb, operands
from acuerdo.indicators.selection import select
from acuerdo.indicators.verbs import change, count, index, mean, rate, ratio, share
from acuerdo.indicators.verbs import sum as sum_


class Meaning(Protocol):
    """What the file of a verb says."""

    def levels(self, step: Any, wanted: frozenset[PlaceLevel]) -> frozenset[PlaceLevel]:
        """The levels of place needed of the operands."""
        ...

    def unit(self, step: Any, units: tuple[Unit, ...]) -> Unit:
        """The unit of the result."""
        ...

    def relate(self, step: Any, given: tuple[Relation, ...], *, bench: Bench) -> Relation:
        """The result."""
        ...


MEANINGS: Mapping[Verb, Meaning] = {
    "count": count,
    "sum": sum_,
    "share": share,
    "rate": rate,
    "ratio": ratio,
    "index": index,
    "mean": mean,
    "change": change,
}


def unit_of(expression: Selection | Recipe, units: Mapping[str, Unit]) -> Unit:
    """The unit of an expression's result, from the units of the series; no data are needed.

    Raises:
        UnitMismatch: If it combines what cannot be combined.
    """
    if isinstance(expression, Selection):
        return require_same({one: units[one] for one in expression.series_ids})
    ((verb, step),) = expression.steps
    return MEANINGS[verb].unit(step, tuple(unit_of(one, units) for one in operands(expression)))


def work_out(expression: Selection | Recipe, bench: Bench, *, over: tuple[str, ...] = ()) -> Relation:
    """The values of an expression for every vintage on the bench."""
    if isinstance(expression, Selection):
        return select(expression, bench, over=over)
    ((_, step),) = expression.steps
    if isinstance(step, Sum) and step.periods and step.places:
        # Two steps, so that the first, by far the longer, serves every indicator that shares it
        inside = Recipe(sum=step.model_copy(update={"places": None}))
        return work_out(Recipe(sum=Sum(of=inside, places=step.places)), bench)
    if isinstance(step, Sum) and step.periods:
        return remembered(expression, bench, work=_work_out_step)
    return _work_out_step(expression, bench)


def _work_out_step(expression: Recipe, bench: Bench) -> Relation:
    ((verb, step),) = expression.steps
    meaning = MEANINGS[verb]
    inner = bench.at(meaning.levels(step, bench.levels))
    labels = getattr(step, "over", ())
    given = tuple(work_out(one, inner, over=labels) for one in operands(expression))
    return meaning.relate(step, given, bench=bench)
