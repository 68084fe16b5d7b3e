"""Where everything of a system lies in the kernel's flat arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from acuerdo.foresight.cells import channels_of, rows_of
from acuerdo.foresight.expression import SCALAR, Expression, shared, walk
from acuerdo.foresight.model import Floats
from acuerdo.foresight.tracing import System, matrix_part

_LEAVES = {"constant", "symbol", "total", "sparse"}


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A system with its equal parts shared across all of its equations, and a place for each of its numbers.

    Attributes:
        system: The traced model.
        roots: Every equation as ``kind.name``: start, slope, outcome, jump, flow, rate.
        rows: Row of each state's first element, and how many rows there are in all under ``""``.
        numbers: Position of each vector of data, and of each matrix's values as ``name.values``.
        places: Position of each matrix's row pointers (``name.rows``) and columns (``name.columns``).
        data: All numbers, flat.
        index: All row pointers and columns, flat.
        prepared: What depends on parameters alone, by node, and its slot after the parameters.
        stored: Vectors that a matrix multiplies and that are no states: first row after the slots.
        moves: Row of each flow's first channel, and of each rate that no flow makes, in the array of rates; the rows
            of the states come after those of the channels.
        slots: Rows of the array of parameters, prepared scalars and stored vectors.
    """

    system: System
    roots: Mapping[str, Expression]
    rows: Mapping[str, int]
    numbers: Mapping[str, int]
    places: Mapping[str, int]
    data: Floats
    index: NDArray[np.int64]
    prepared: Mapping[int, int]
    stored: Mapping[int, int]
    moves: Mapping[str, int]
    slots: int

    def kind(self, kind: str) -> dict[str, Expression]:
        """The equations of one kind by name."""
        return {
            name.partition(".")[2]: root for name, root in self.roots.items() if name.startswith(f"{kind}.")
        }


def program_of(system: System) -> Program:
    """Lays a system out."""
    kinds = {
        "start": system.starts,
        "slope": system.derivatives,
        "outcome": system.outcomes,
        "jump": system.jumps,
        "flow": {flow.name: flow.rate for flow in system.flows},
        "rate": system.rates,
    }
    roots = shared({f"{kind}.{name}": root for kind, graph in kinds.items() for name, root in graph.items()})
    numbers, data = _numbers(system)
    places, index = _places(system)
    rows, channels = rows_of(system), channels_of(system)
    parameters = len(system.model.parameters)
    prepared = {id(node): parameters + slot for slot, node in enumerate(_prepared(system, roots))}
    stored, slots = _stored(system, roots, first=parameters + len(prepared))
    return Program(
        system=system,
        roots=roots,
        rows=rows,
        numbers=numbers,
        places=places,
        data=data,
        index=index,
        prepared=prepared,
        stored=stored,
        moves=channels | {name: channels[""] + rows[name] for name in system.rates},
        slots=slots,
    )


def _numbers(system: System) -> tuple[dict[str, int], Floats]:
    arrays = {name: one.values for name, one in system.data.vectors.items()}
    arrays |= {name: matrix_part(system.data, name) for name in sorted(system.used()) if "." in name}
    arrays |= {f"{name}.values": one.values for name, one in system.data.matrices.items()}
    return _positions(arrays), np.concatenate([np.zeros(1), *arrays.values()])


def _places(system: System) -> tuple[dict[str, int], NDArray[np.int64]]:
    arrays: dict[str, NDArray[np.int64]] = {}
    for name, matrix in system.data.matrices.items():
        counts = np.bincount(matrix.rows, minlength=matrix.scale.size)
        arrays[f"{name}.rows"] = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        arrays[f"{name}.columns"] = matrix.columns.astype(np.int64)
    return _positions(arrays), np.concatenate([np.zeros(1, dtype=np.int64), *arrays.values()])


def _positions(arrays: Mapping[str, NDArray[np.generic]]) -> dict[str, int]:
    """Where each array begins in the flat one, whose first place is never used, so that it is never empty."""
    found: dict[str, int] = {}
    position = 1
    for name, array in arrays.items():
        found[name] = position
        position += array.size
    return found


def _prepared(system: System, roots: Mapping[str, Expression]) -> list[Expression]:
    """The largest scalar parts that depend on parameters and constants alone."""
    fixed_names = {one.name for one in (*system.model.parameters, *system.model.constants)}
    fixed: dict[int, bool] = {}
    nodes = list(walk(roots.values()))
    for node in nodes:
        own = node.op == "constant" or (node.op == "symbol" and node.name in fixed_names)
        inner = node.op not in _LEAVES and node.space == SCALAR and all(fixed[id(arg)] for arg in node.args)
        fixed[id(node)] = own or inner
    outer = {id(arg) for node in nodes if not fixed[id(node)] for arg in node.args}
    outer |= {id(root) for root in roots.values()}
    return [node for node in nodes if node.op not in _LEAVES and fixed[id(node)] and id(node) in outer]


def _stored(system: System, roots: Mapping[str, Expression], *, first: int) -> tuple[dict[int, int], int]:
    states = {one.name for one in system.states}
    found: dict[int, int] = {}
    for node in walk(roots.values()):
        if node.op == "sparse":
            inner = node.args[0]
            if not (inner.op == "symbol" and inner.name in states) and id(inner) not in found:
                found[id(inner)] = first
                first += system.data.spaces[inner.space]
    return found, first
