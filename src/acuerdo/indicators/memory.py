"""Remembers sums over periods while a thread lives: a dozen indicators add up the same months.

Stored files never change and are part of the key, so that what is remembered cannot become wrong.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from itertools import count
from threading import local
from typing import Any, final

from acuerdo.indicators.bench import Bench, Relation
from acuerdo.indicators.recipe import Recipe

MOST = 8
_NAMES = count()


@final
class _Kept(local):
    """What one thread remembers; another has an engine, and tables, of its own."""

    def __init__(self) -> None:
        self.relations: OrderedDict[tuple[Any, ...], Relation] = OrderedDict()


_KEPT = _Kept()


def remembered(expression: Recipe, bench: Bench, *, work: Callable[[Recipe, Bench], Relation]) -> Relation:
    """The relation of an expression, worked out at most once for the same files, days, places and labels.

    Args:
        expression: What to work out.
        bench: Where; its connection must be a cursor of the thread's one engine.
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
    kept = _KEPT.relations
    if key in kept:
        kept.move_to_end(key)
        return kept[key]
    found = work(expression, bench)
    table = f"remembered_{next(_NAMES)}"
    bench.connection.execute(f"CREATE TABLE {table} AS SELECT * FROM {found.table}")
    kept[key] = Relation(table=table, unit=found.unit, split=found.split)
    if len(kept) > MOST:
        _, oldest = kept.popitem(last=False)
        bench.connection.execute(f"DROP TABLE {oldest.table}")
    return kept[key]
