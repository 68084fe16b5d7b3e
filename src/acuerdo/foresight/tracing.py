"""The equations of a model under one structure, traced once into graphs.

def equations(m: Equations) -> None:
    members = m["members"]
    m.start("members", m["starting_size"] * m["share"])
    m.flow("recruits", m["recruitment_rate"] * members, into="members")
    m.outcome("members", total(members))
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import final

from acuerdo.core.errors import NotFound, Problem, UsageError
from acuerdo.core.result import fingerprint
from acuerdo.core.text import Text
from acuerdo.foresight.expression import (
    Expression,
    Operand,
    constant,
    identity,
    shared,
    sparse_product,
    symbol,
    total,
    walk,
    where,
)
from acuerdo.foresight.faults import unknown_word, wrong_equation
from acuerdo.foresight.model import Data, Floats, Model, State

TIME = "time"
BELOW = 1e-6
"""How far below zero a state must be, in its unit, to be more than rounding."""
_SYMBOL = Text("a quantity", "una cantidad")
_STATE = Text("a state", "un estado")
_MECHANISM = Text("a mechanism", "un mecanismo")
_ALTERNATIVE = Text("an alternative", "una alternativa")
_MATRIX = Text("a matrix", "una matriz")

Choice = tuple[tuple[str, str], ...]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """What moves out of one state and into another, at a rate per unit of time."""

    name: str
    rate: Expression
    out_of: str
    into: str


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class System:
    """A model's equations under one structure, ready for any back end.

    Attributes:
        model: The model.
        choice: The alternative chosen of each mechanism that is not at its default; sorted.
        data: The arrays used.
        starts: The value of each state at time zero.
        derivatives: The rate of change of each state.
        rates: The part of it that no flow makes.
        outcomes: Each outcome, as a function of the states.
        flows: The flows that the derivatives are made of.
        jumps: New values of states at the dates of impulse levers.
    """

    model: Model
    choice: Choice
    data: Data
    starts: Mapping[str, Expression]
    derivatives: Mapping[str, Expression]
    rates: Mapping[str, Expression]
    outcomes: Mapping[str, Expression]
    flows: tuple[Flow, ...]
    jumps: Mapping[str, Expression]

    @property
    def label(self) -> str:
        """The structure as a key; empty for the published model's own."""
        return ",".join(f"{name}={chosen}" for name, chosen in self.choice)

    @property
    def states(self) -> tuple[State, ...]:
        """The states that the structure has: those that its equations start."""
        return tuple(one for one in self.model.states if one.name in self.starts)

    def narrowed(self, outcomes: Sequence[str]) -> System:
        """The same system with some of its outcomes only."""
        return replace(self, outcomes={name: one for name, one in self.outcomes.items() if name in outcomes})

    def guarded(self) -> System:
        """The same system, its outcomes NaN wherever a state that cannot be negative is.

        A draw that went where the model says it cannot go is then counted with those that did not stay finite,
        instead of passing for an answer.
        """
        below = constant(0.0)
        for one in self.states:
            if one.non_negative:
                below = below + total(symbol(one.name, space=one.space) < -BELOW)
        if not below.args:
            return self
        nothing = constant(0.0) / constant(0.0)
        return replace(
            self, outcomes={name: where(below, nothing, otherwise=one) for name, one in self.outcomes.items()}
        )

    def used(self) -> frozenset[str]:
        """The names of all symbols that the equations use."""
        roots = [*self.starts.values(), *self.derivatives.values(), *self.outcomes.values()]
        return frozenset(node.name for node in walk([*roots, *self.jumps.values()]) if node.op == "symbol")

    def fingerprint(self) -> str:
        """Equal for equal equations on equal data."""
        graphs = {
            kind: identity(shared(graph))
            for kind, graph in (
                ("starts", self.starts),
                ("derivatives", self.derivatives),
                ("outcomes", self.outcomes),
                ("flows", {flow.name: flow.rate for flow in self.flows}),
                ("jumps", self.jumps),
            )
        }
        vectors = {name: one.values.tolist() for name, one in self.data.vectors.items()}
        matrices = {
            name: [one.rows.tolist(), one.columns.tolist(), one.values.tolist(), one.left.tolist(),
                   one.right.tolist(), one.diagonal.tolist(), one.scale.tolist()]
            for name, one in self.data.matrices.items()
        }  # fmt: skip
        routes = [[flow.name, flow.out_of, flow.into] for flow in self.flows]
        return fingerprint([self.model.id, self.label, graphs, vectors, matrices, routes])


@final
class Equations:
    """Where a model writes its equations; ``m["name"]`` is any declared quantity."""

    def __init__(self, model: Model, choice: Mapping[str, str], *, data: Data) -> None:
        self._model = model
        self._choice = choice
        self._data = data
        self._symbols = _symbols(model, data)
        self._states = {one.name: one for one in model.states}
        self.starts: dict[str, Expression] = {}
        self.rates: dict[str, Expression] = {}
        self.outcomes: dict[str, Expression] = {}
        self.flows: list[Flow] = []
        self.jumps: dict[str, Expression] = {}

    def __getitem__(self, name: str) -> Expression:
        if name not in self._symbols:
            raise NotFound(unknown_word(_SYMBOL, name, known=self._symbols, where=self._model.id))
        return self._symbols[name]

    def chosen(self, mechanism: str) -> str:
        """The alternative of a mechanism under which the equations are being written.

        Raises:
            NotFound: If the model declares no such mechanism.
        """
        if mechanism not in self._choice:
            raise NotFound(unknown_word(_MECHANISM, mechanism, known=self._choice, where=self._model.id))
        return self._choice[mechanism]

    def times(self, matrix: str, x: Expression) -> Expression:
        """A declared matrix times a vector, by its structure.

        Raises:
            NotFound: If the data have no such matrix.
        """
        if matrix not in self._data.matrices:
            raise NotFound(unknown_word(_MATRIX, matrix, known=self._data.matrices, where=self._model.id))
        declared = self._data.matrices[matrix]
        summed = constant(0.0)
        if declared.values.size:
            summed = sparse_product(matrix, x)
        for rank in range(declared.left.shape[0]):
            inner = total(self._part(matrix, f"right_{rank}") * x)
            summed = summed + self._part(matrix, f"left_{rank}") * inner
        return self._part(matrix, "scale") * (summed + self._part(matrix, "diagonal") * x)

    def start(self, state: str, value: Operand) -> None:
        """The value of a state at time zero; a state that is never started does not exist under this structure."""
        self.starts[self._known(state)] = _as(value)

    def flow(self, name: str, rate: Operand, *, out_of: str = "", into: str = "") -> Expression:
        """A flow of people or things, per unit of time; leaves one state, enters another, or both.

        What a vector loses may enter a single account, as the sum over its elements; what a single account loses
        enters a vector only as a vector that says what each element gets.

        Returns:
            The rate, for use in outcomes.

        Raises:
            UsageError: If a flow or state has that name already, or it is not a vector where a state is.
        """
        moved = _as(rate)
        for state in filter(None, (out_of, into)):
            space = self._states[self._known(state)].space
            if space and moved.space != space:
                raise wrong_equation("spread", name, state)
        if name in {one.name for one in self.flows}:
            raise wrong_equation("twice", name)
        if name in self._states:
            raise wrong_equation("taken", name)
        self.flows.append(Flow(name=name, rate=moved, out_of=out_of, into=into))
        return moved

    def derivative(self, state: str, rate: Operand) -> None:
        """The rate of change of a state that is not moved by flows: a price, a memory, an account."""
        self.rates[self._known(state)] = _as(rate)

    def jump(self, state: str, value: Operand) -> None:
        """The value of a state just after a date of an impulse lever, from the values just before."""
        self.jumps[self._known(state)] = _as(value)

    def outcome(self, name: str, value: Operand) -> None:
        """An outcome as a function of the states; always a scalar."""
        self.outcomes[name] = _as(value)

    def _known(self, state: str) -> str:
        if state not in self._states:
            raise NotFound(unknown_word(_STATE, state, known=self._states, where=self._model.id))
        return state

    def _part(self, matrix: str, part: str) -> Expression:
        values = matrix_part(self._data, f"{matrix}.{part}")
        first = float(values[0])
        if bool((values == first).all()):
            return constant(first)
        return symbol(f"{matrix}.{part}", space=self._data.matrices[matrix].space)


def trace(model: Model, structure: Mapping[str, str] | None = None) -> System:
    """The equations of a model under a structure.

    Args:
        model: The model.
        structure: The alternative of each mechanism that is not left at its default.

    Raises:
        UsageError: If a mechanism or alternative is not the model's, or an equation cannot be read.
        NotFound: If an equation names what is not declared.
    """
    return _trace(model, _choice(model, structure or {}))


@cache
def _trace(model: Model, choice: Choice) -> System:
    full = {one.name: one.alternatives[0].id for one in model.mechanisms} | dict(choice)
    data = model.data(full)
    m = Equations(model, full, data=data)
    model.equations(m)
    return System(
        model=model,
        choice=choice,
        data=data,
        starts=m.starts,
        derivatives=_derivatives(model, m),
        rates={name: rate for name, rate in m.rates.items() if name in m.starts},
        outcomes={one.name: m.outcomes[one.name] for one in model.outcomes if one.name in m.outcomes}
        | m.outcomes,
        flows=tuple(m.flows),
        jumps=m.jumps,
    )


def _derivatives(model: Model, m: Equations) -> dict[str, Expression]:
    """Each state's rate of change: what its flows bring and take, and what it is given directly."""
    found: dict[str, Expression] = {}
    for state in (one for one in model.states if one.name in m.starts):
        rate = m.rates.get(state.name, constant(0.0))
        for flow in m.flows:
            # What a vector loses, one account gains: the sum over its elements
            moved = flow.rate if state.space else total(flow.rate)
            if flow.into == state.name:
                rate = rate + moved
            if flow.out_of == state.name:
                rate = rate - moved
        found[state.name] = rate
    return found


def _choice(model: Model, structure: Mapping[str, str]) -> Choice:
    mechanisms = {one.name: one for one in model.mechanisms}
    problems: list[Problem] = []
    for name, chosen in structure.items():
        if name not in mechanisms:
            problems.append(unknown_word(_MECHANISM, name, known=mechanisms, where=model.id))
        elif chosen not in (known := [one.id for one in mechanisms[name].alternatives]):
            problems.append(unknown_word(_ALTERNATIVE, chosen, known=known, where=f"{model.id}: {name}"))
    if problems:
        raise UsageError(problems)
    moved = {
        name: chosen for name, chosen in structure.items() if chosen != mechanisms[name].alternatives[0].id
    }
    return tuple(sorted(moved.items()))


def matrix_part(data: Data, name: str) -> Floats:
    """The numbers, shape (n,), of a dotted symbol such as ``conflict.scale``."""
    matrix, _, part = name.partition(".")
    declared = data.matrices[matrix]
    kind, _, rank = part.partition("_")
    match kind:
        case "left":
            return declared.left[int(rank)]
        case "right":
            return declared.right[int(rank)]
        case "scale":
            return declared.scale
        case _:
            return declared.diagonal


def _symbols(model: Model, data: Data) -> dict[str, Expression]:
    scalars = (*model.parameters, *model.constants, *model.levers, *model.inputs)
    return {
        TIME: symbol(TIME),
        **{one.name: symbol(one.name) for one in scalars},
        **{one.name: symbol(one.name, space=one.space) for one in model.states},
        **{name: symbol(name, space=one.space) for name, one in data.vectors.items()},
    }


def _as(value: Operand) -> Expression:
    return value if isinstance(value, Expression) else constant(value)
