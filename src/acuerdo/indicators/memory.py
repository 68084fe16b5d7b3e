"""Remembers sums over periods while the process lives: a dozen indicators add up the same months.

Stored files never change and are part of the key, so that what is remembered cannot become wrong.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from itertools import count
from typing import Any

from acuerdo.indicators.bench import Bench, Relation
from acuerdo.indicators.recipe import Recipe

MOST = 8
_NAMES = count()
_KEPT: OrderedDict[tuple[Any, ...], Relation] = OrderedDict()


def remembered(expression: Recipe, bench: Bench, *, work: Callable[[Recipe, Bench], Relation]) -> Relation:
    """The relation of an expression, worked out at most once for the same files, days, places and labels.

    Args:
        expression: What to work out.
        bench: Where; its connection must be a cursor of the one engine of the process.
        work: How.
    """
    key = (
        expression.model_dump_json(exclude_none=True),
        bench.country,
        bench.levels,
        bench.by,
        bench.days,
        tuple(one.path for one in bench.releases),
    )
    if key in _KEPT:
        _KEPT.move_to_end(key)
        return _KEPT[key]
    found = work(expression, bench)
    table = f"remembered_{next(_NAMES)}"
    bench.connection.execute(f"CREATE TABLE {table} AS SELECT * FROM {found.table}")
    _KEPT[key] = Relation(table=table, unit=found.unit, split=found.split)
    if len(_KEPT) > MOST:
        _, oldest = _KEPT.popitem(last=False)
        bench.connection.execute(f"DROP TABLE {oldest.table}")
    return _KEPT[key]
