"""Numbers of a system's rows and random streams, the same for every back end."""

from __future__ import annotations

from acuerdo.foresight.tracing import System


def rows_of(system: System) -> dict[str, int]:
    """The row of each state's first element, and how many rows there are under ``""``."""
    rows: dict[str, int] = {}
    row = 0
    for state in system.states:
        rows[state.name] = row
        row += system.data.spaces[state.space] if state.space else 1
    return rows | {"": row}


def cells_of(system: System) -> dict[str, int]:
    """The number of each flow's first random stream; those of the starting counts, one for each row, come before."""
    cells: dict[str, int] = {}
    cell = rows_of(system)[""]
    for flow in system.flows:
        cells[flow.name] = cell
        cell += system.data.spaces[flow.rate.space] if flow.rate.space else 1
    return cells
