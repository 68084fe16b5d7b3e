"""One function of the kernel: a Runge-Kutta stage, the start, a jump.

A vector equation becomes a loop over the elements of its space; a sum over a space must be complete before it is
used, so the loops come in phases: what needs no sum, what needs the sums of the first phase, and so on. Everything
of one phase and space shares one loop, and the Runge-Kutta bookkeeping is done in the loop that computes the slope.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import final

from acuerdo.foresight.expression import SCALAR, Expression, walk
from acuerdo.foresight.kernel.program import Program
from acuerdo.foresight.kernel.templates import ARGUMENTS, WIDTH
from acuerdo.foresight.tracing import TIME

# What is done with a slope k, or with a new value k, at one place of the arrays
_COMMITS: Mapping[str, tuple[str, ...]] = {
    "first": ("store(acc, {at}, {k})", "store(nxt, {at}, add(load(base, {at}), multiply(spread(c), {k})))"),
    "later": (
        "if stage == 4:",
        "    store(nxt, {at}, add(load(base, {at}), multiply(spread(c), add(load(acc, {at}), {k}))))",
        "else:",
        "    store(acc, {at}, add(load(acc, {at}), multiply(spread(2.0), {k})))",
        "    store(nxt, {at}, add(load(base, {at}), multiply(spread(c), {k})))",
    ),
    "value": ("store(nxt, {at}, {k})",),
}


@final
class Stage:
    """A function being printed.

    Attributes:
        program: The system laid out.
        commits: The slope or new value of each state, or the rate of each flow.
        outcomes: The outcomes computed on the way.
        names: The variable that holds each node printed so far.
    """

    def __init__(
        self,
        program: Program,
        commits: Mapping[str, Expression],
        *,
        outcomes: Mapping[str, Expression] | None = None,
        rows: Mapping[str, int] | None = None,
        drawn: bool,
    ) -> None:
        self.program = program
        self.commits = commits
        self.outcomes = outcomes or {}
        self.names: dict[int, str] = {}
        self._leaves = _leaves(program, drawn=drawn)
        self._rows = rows or program.rows
        self._spaces = {one.name: one.space for one in program.system.states}
        self._spaces |= {flow.name: flow.rate.space for flow in program.system.flows}
        self._due: dict[str, int] = {}
        self._prepared = program.prepared if commits or outcomes else {}
        self._phases: dict[int, int] = {}
        self._count = 0
        self._nodes: list[Expression] = []

    def text(self, name: str, commit: str) -> str:
        """The function's text; ``commit`` says what it does with the slopes."""
        self._plan()
        lines: list[str] = []
        for phase in range(max(self._phases.values(), default=0) + 1):
            for node in self._nodes:
                if node.space == SCALAR and node.op != "total" and self._phases[id(node)] == phase:
                    lines += self.assigned(node)
            for space in self.program.system.data.spaces:
                lines += self._loop(space, phase, commit=commit)
        for state, root in self.commits.items():
            if not self._spaces[state]:
                lines += self._committed(state, root, commit=commit)
        lines += [
            f"store(out, o + {place} * stride, {self.names[id(root)]})"
            for place, root in enumerate(self.outcomes.values())
        ]
        return function(name, ARGUMENTS, lines=lines)

    def assigned(self, node: Expression) -> list[str]:
        """The lines that compute one node into a variable of its own."""
        self._count += 1
        name = self.names[id(node)] = f"n{self._count}"
        if id(node) in self._prepared:
            return [f"{name} = load(q, {self._prepared[id(node)] * WIDTH})"]
        match node.op:
            case "constant":
                return [f"{name} = spread({node.value!r})"]
            case "symbol":
                return [f"{name} = {self._leaves[node.name]}"]
            case "sparse":
                return self._product(name, node)
            case op:
                return [f"{name} = {op}({', '.join(self.names[id(arg)] for arg in node.args)})"]

    def _plan(self) -> None:
        """Finds the phase of every node; sums that only outcomes need wait for the loops of the slopes."""
        inner, after = list(self.commits.values()), list(self.outcomes.values())
        known = self._prepared
        self._rank(walk(inner, known=known), {})
        for name, root in self.commits.items():
            space = self._spaces[name]
            self._due[space] = max(self._due.get(space, 0), self._phases[id(root)])
        self._rank(walk(after, known=known), self._due)
        self._nodes = list(walk([*inner, *after], known=known))

    def _rank(self, nodes: Iterable[Expression], floor: Mapping[str, int]) -> None:
        for node in nodes:
            if id(node) in self._phases:
                continue
            args = () if id(node) in self._prepared else node.args
            phase = max((self._phases[id(arg)] for arg in args), default=0)
            if node.op == "total":
                phase = max(phase, floor.get(node.args[0].space, 0)) + 1
            elif node.op == "sparse" and id(node.args[0]) in self.program.stored:
                phase += 1
            self._phases[id(node)] = phase

    def _loop(self, space: str, phase: int, *, commit: str) -> list[str]:
        """The loop of one phase over one space; no lines if nothing is due."""
        totals = [
            node
            for node in self._nodes
            if node.op == "total" and node.args[0].space == space and self._phases[id(node)] == phase + 1
        ]
        stored = [
            node
            for node in self._nodes
            if id(node) in self.program.stored and node.space == space and self._phases[id(node)] == phase
        ]
        commits = {
            name: root
            for name, root in self.commits.items()
            if self._spaces[name] == space and self._due[space] == phase
        }
        if not (totals or stored or commits):
            return []
        sums = {id(node): f"t{self._count}_{place}" for place, node in enumerate(totals)}
        outer = dict(self.names)
        body: list[str] = []
        roots = [*(node.args[0] for node in totals), *stored, *commits.values()]
        for node in walk(roots, known={**outer, **self._prepared}):
            if id(node) not in self.names:
                body += self.assigned(node)
        body += [
            f"{sums[id(node)]} = add({sums[id(node)]}, {self.names[id(node.args[0])]})" for node in totals
        ]
        body += [
            f"store(q, ({self.program.stored[id(node)]} + i) * {WIDTH}, {self.names[id(node)]})"
            for node in stored
        ]
        for state, root in commits.items():
            body += self._committed(state, root, commit=commit)
        # What was computed inside the loop holds for one element only; later loops compute it again
        self.names = {**outer, **sums}
        head = [f"{name} = spread(0.0)" for name in sums.values()]
        size = self.program.system.data.spaces[space]
        return [*head, f"for i in range({size}):", *(f"    {line}" for line in body)]

    def _product(self, name: str, node: Expression) -> list[str]:
        """The sparse part of a matrix times a vector, for the row i."""
        places, inner = self.program.places, node.args[0]
        column = f"index[{places[f'{node.name}.columns']} + p]"
        if id(inner) in self.program.stored:
            source = f"load(q, ({self.program.stored[id(inner)]} + {column}) * {WIDTH})"
        else:
            source = f"load(y, ({self.program.rows[inner.name]} + {column}) * {WIDTH})"
        rows = places[f"{node.name}.rows"]
        value = f"spread(data[{self.program.numbers[f'{node.name}.values']} + p])"
        return [
            f"{name} = spread(0.0)",
            f"for p in range(index[{rows} + i], index[{rows} + i + 1]):",
            f"    {name} = add({name}, multiply({value}, {source}))",
        ]

    def _committed(self, name: str, root: Expression, *, commit: str) -> list[str]:
        return [line.format(at=self._at(name), k=self.names[id(root)]) for line in _COMMITS[commit]]

    def _at(self, state: str) -> str:
        row = self._rows[state]
        return f"({row} + i) * {WIDTH}" if self._spaces[state] else str(row * WIDTH)


def function(name: str, arguments: str, *, lines: Iterable[str]) -> str:
    """The text of one function."""
    body = [f"    {line}" for line in lines] or ["    pass"]
    return "\n".join(['@njit(error_model="numpy", cache=True)', f"def {name}({arguments}):", *body])


def _leaves(program: Program, *, drawn: bool) -> dict[str, str]:
    """How each symbol is read; in a loop, at the element i."""
    model, rows = program.system.model, program.rows
    found = {TIME: "spread(time)"}
    for one in program.system.states:
        place = f"({rows[one.name]} + i) * {WIDTH}" if one.space else str(rows[one.name] * WIDTH)
        found[one.name] = f"load(y, {place})"
    found |= {one.name: f"load(q, {place * WIDTH})" for place, one in enumerate(model.parameters)}
    found |= {one.name: f"spread({one.value!r})" for one in model.constants}
    found |= {one.name: f"spread(levers[v + {place}])" for place, one in enumerate(model.levers)}
    read = "load(inputs, x + {} * xs)" if drawn else "spread(inputs[x + {}])"
    found |= {one.name: read.format(place) for place, one in enumerate(model.inputs)}
    return found | {
        name: f"spread(data[{place} + i])"
        for name, place in program.numbers.items()
        if not name.endswith(".values")
    }
