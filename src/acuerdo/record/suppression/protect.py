"""The least that must be hidden so that no small count can be worked out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import final

import numpy as np

from acuerdo.core.errors import CheckFailed, Problem
from acuerdo.core.text import Text
from acuerdo.record.suppression.attack import TOLERANCE, Attacker, Vector, least_cost, small
from acuerdo.record.suppression.table import Table, union

SMALL = 5
"""Below this a count may point to a person; the usual rule of statistics offices lies between 3 and 10."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """What is hidden, and what a reader still can and cannot work out.

    Attributes:
        threshold: Counts from 1 to one below it are small.
        primary: Keys hidden because they are small.
        secondary: Keys hidden because a small one could be worked out from them.
        intervals: For each small cell the lowest and highest count that agree with all that is public; None is
            no highest.
    """

    threshold: int
    primary: frozenset[str]
    secondary: frozenset[str]
    intervals: Mapping[str, tuple[float, float | None]]

    @property
    def hidden(self) -> frozenset[str]:
        """Everything that is not to be printed."""
        return self.primary | self.secondary

    def published(self, table: Table) -> dict[str, int | None]:
        """A table as it may be printed; None is hidden."""
        return {key: None if key in self.hidden else count for key, count in table.counts.items()}


def protect(
    tables: Iterable[Table], *, threshold: int = SMALL, public: Collection[str] = frozenset()
) -> Suppression:
    """Hides the least of both sides' tables so that each small count could as well be nobody, or not small.

    A small cell is safe when the counts that agree with all that is public reach from 0 to ``threshold``. The cost of
    hiding a cell is one and the logarithm of its count: few cells, and small ones rather than totals. The choice is
    the cheapest there is (a mixed-integer programme with the attacker's dual prices as cuts), not a rule of thumb.

    Args:
        tables: Every table that either side publishes or has published, each with all of its margins.
        threshold: Counts from 1 to one below it are small.
        public: Keys of cells that are public already and cannot be hidden any more.

    Raises:
        CheckFailed: If two tables count one cell differently, if ``public`` names no cell, or if what is public
            already gives a small cell away whatever else is hidden; names each.
        MissingExtra: If the optional part 'suppression' is not installed.
    """
    table = union(tables)
    attacker = Attacker.of(table, slack=threshold)
    primary = small(table, threshold=threshold)
    _refuse(table, primary, public=public)
    hidden = _search(attacker, primary, threshold=threshold, fixed=_fixed(attacker, primary, public=public))
    chosen = {key for key, one in zip(attacker.keys, hidden, strict=True) if one}
    return Suppression(
        threshold=threshold,
        primary=frozenset(primary),
        secondary=frozenset(chosen - set(primary)),
        intervals={key: attacker.interval(key, hidden=chosen) for key in primary},
    )


def _fixed(attacker: Attacker, primary: Sequence[str], *, public: Collection[str]) -> Vector:
    fixed = np.full(len(attacker.keys), np.nan)
    for i, key in enumerate(attacker.keys):
        if key in primary:
            fixed[i] = 1.0
        elif key in public:
            fixed[i] = 0.0
    return fixed


def _search(attacker: Attacker, primary: Sequence[str], *, threshold: int, fixed: Vector) -> Vector:
    """Adds cuts until the cheapest choice keeps every small cell safe."""
    costs = 1.0 + np.log1p(attacker.counts)
    cells = [attacker.keys.index(key) for key in primary]
    cuts: list[tuple[Vector, float]] = []
    while True:
        hidden = least_cost(costs, cuts=cuts, fixed=fixed)
        if hidden is None:
            # With all hidden that can be, whichever cells still fall short are the ones that are given away.
            everything = np.where(np.isnan(fixed), 1.0, fixed)
            short = _shortfalls(attacker, cells, threshold=threshold, hidden=everything)
            raise CheckFailed(
                [_given_away(attacker.keys[cell]) for cell in sorted({one for one, _, _ in short})]
            )
        short = _shortfalls(attacker, cells, threshold=threshold, hidden=hidden)
        if not short:
            return hidden
        # A price above what is needed says no more than one that equals it, and makes the programme looser.
        cuts += [(np.minimum(prices, needed), needed) for _, prices, needed in short]


def _shortfalls(
    attacker: Attacker, cells: Sequence[int], *, threshold: int, hidden: Vector
) -> list[tuple[int, Vector, float]]:
    """Each small cell whose count can be told too well, with the prices of hiding more."""
    found: list[tuple[int, Vector, float]] = []
    for cell in cells:
        for up in (False, True):
            needed = threshold - attacker.counts[cell] if up else attacker.counts[cell]
            reached, prices = attacker.farthest(cell, up=up, hidden=hidden)
            if reached < needed - TOLERANCE:
                found.append((cell, prices, float(needed)))
    return found


def _refuse(table: Table, primary: Sequence[str], *, public: Collection[str]) -> None:
    unknown = sorted(set(public) - set(table.counts))
    problems = [
        Problem(
            what=Text("No table has this public cell.", "Ningún cuadro tiene esta celda pública."),
            where=key or "total",
            fix=Text(
                "Give the whole table that it was published in.", "Dé el cuadro entero en que se publicó."
            ),
        )
        for key in unknown
    ]
    problems += [_given_away(key) for key in primary if key in public]
    if problems:
        raise CheckFailed(problems)


def _given_away(key: str) -> Problem:
    return Problem(
        what=Text(
            "What is public already gives a small count away, whatever else is hidden.",
            "Lo que ya es público delata un conteo pequeño, se oculte lo que se oculte.",
        ),
        where=key or "total",
        fix=Text(
            "Publish coarser categories, or ask the other side to withdraw the cells that give it away.",
            "Publique categorías más amplias, o pida a la otra parte que retire las celdas que lo delatan.",
        ),
    )
