"""What a reader can work out about hidden cells from everything that is public."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING, Any, final

import numpy as np
from numpy.typing import NDArray

from acuerdo.core.errors import CheckFailed, Problem, missing_extra
from acuerdo.core.text import Text, same

if TYPE_CHECKING:
    from acuerdo.record.suppression.table import Table

Vector = NDArray[np.float64]
SOLVED = 0
TOLERANCE = 1e-6
"""Counts are whole; the solver's own feasibility tolerance is 1e-7."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Attacker:
    """A reader who knows the sums, every public cell, and that no count is below zero.

    Attributes:
        keys: The cells in the order of every vector here.
        counts: True counts, shape (cells,).
        sums: One row per sum, one column per cell: -1 at the total, 1 at each part; times the counts it gives zero.
        ceiling: A bound above every count that the attacker could believe; shape (cells,).
    """

    keys: tuple[str, ...]
    counts: Vector
    sums: Any
    ceiling: Vector

    @classmethod
    def of(cls, table: Table, *, slack: int) -> Attacker:
        """The attacker of a system of tables.

        Args:
            slack: How far above the whole an attacker's guess may go; in counts.
        """
        from scipy.sparse import csr_array

        keys = tuple(table.counts)
        place = {key: i for i, key in enumerate(keys)}
        rows, columns, values = [], [], []
        for row, one in enumerate(table.sums):
            for key, value in ((one.total, -1.0), *((part, 1.0) for part in one.parts)):
                rows.append(row)
                columns.append(place[key])
                values.append(value)
        counts = np.array([table.counts[key] for key in keys], dtype=float)
        shape = (len(table.sums), len(keys))
        return cls(
            keys=keys,
            counts=counts,
            sums=csr_array((values, (rows, columns)), shape=shape),
            ceiling=np.full(len(keys), counts.max(initial=0.0) + counts.sum() + slack),
        )

    def farthest(self, cell: int, *, up: bool, hidden: Vector) -> tuple[float, Vector]:
        """How far a hidden cell can be from its true count, and which hidden cells let it go there.

        Args:
            cell: Index of the cell.
            up: Whether to look above the true count or below it.
            hidden: How far each cell is hidden, 0 or 1 (between, while a choice is being searched); shape (cells,).

        Returns:
            The distance in counts, and for each cell the distance that hiding it would give (dual prices);
            shape (cells,). The distance is at most their sum over the hidden cells, whichever those are.
        """
        room_above, room_below = self.ceiling - self.counts, self.counts
        sign = -1.0 if up else 1.0
        objective = np.zeros(len(self.keys))
        objective[cell] = sign
        found = _solver().linprog(
            objective,
            A_eq=self.sums,
            b_eq=np.zeros(self.sums.shape[0]),
            bounds=np.column_stack(
                (self.counts - room_below * hidden, self.counts + room_above * hidden),
            ),
            method="highs",
        )
        if found.status != SOLVED:
            # The true counts are always a solution, so that anything else is the solver's own failure.
            raise CheckFailed(_unsolved(self.keys[cell], found.message))
        prices = -found.upper.marginals * room_above + found.lower.marginals * room_below
        return float(abs(found.x[cell] - self.counts[cell])), np.maximum(prices, 0.0)

    def interval(self, key: str, *, hidden: Collection[str]) -> tuple[float, float | None]:
        """The lowest and highest count of a cell that agree with all that is public; no highest is None."""
        cell = self.keys.index(key)
        mask = np.isin(self.keys, list(hidden)).astype(float)
        below, above = (self.farthest(cell, up=up, hidden=mask)[0] for up in (False, True))
        # Only a cell that nothing public bounds can be carried as far as the whole and all others together.
        highest = (
            None if self.counts[cell] + above > self.counts.sum() + TOLERANCE else self.counts[cell] + above
        )
        return float(self.counts[cell] - below), highest


def small(table: Table, *, threshold: int) -> tuple[str, ...]:
    """The cells that count somebody, and fewer than ``threshold``."""
    return tuple(key for key, count in table.counts.items() if 0 < count < threshold)


def _unsolved(key: str, message: str) -> Problem:
    return Problem(
        what=Text(
            "The linear programme of this cell was not solved, so that nothing can be said to be safe.",
            "El programa lineal de esta celda no se resolvió, así que de nada puede decirse que esté a salvo.",
        ),
        where=key or "total",
        why=same(message),
    )


def _solver() -> ModuleType:
    try:
        from scipy import optimize
    except ImportError as error:
        raise missing_extra(
            "suppression", Text("Suppression of small cells", "La supresión de celdas")
        ) from error
    return optimize


def least_cost(costs: Vector, *, cuts: Sequence[tuple[Vector, float]], fixed: Vector) -> Vector | None:
    """The cheapest set of cells to hide that satisfies every cut; None if there is none.

    Args:
        costs: Cost of hiding each cell; shape (cells,).
        cuts: Pairs of prices, shape (cells,), and what the hidden cells' prices must add up to.
        fixed: 1 where a cell must be hidden, 0 where it cannot be, NaN where it is free; shape (cells,).
    """
    optimize = _solver()
    free = np.isnan(fixed)
    prices = np.array([prices for prices, _ in cuts]).reshape(len(cuts), len(costs))
    needed = np.array([needed for _, needed in cuts])
    found = optimize.milp(
        costs,
        integrality=np.ones(len(costs)),
        bounds=optimize.Bounds(np.where(free, 0.0, fixed), np.where(free, 1.0, fixed)),
        constraints=optimize.LinearConstraint(prices, lb=needed),
    )
    return None if found.x is None else np.round(found.x)
