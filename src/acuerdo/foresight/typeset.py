"""A model's equations as text that can be read aloud: what each state gains and loses, and what each flow is.

What several equations share is written once and named: A₁, A₂ and so on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

from acuerdo.foresight.expression import Expression
from acuerdo.foresight.model import Model
from acuerdo.foresight.tracing import System, trace

_INFIX: Final[Mapping[str, tuple[str, int]]] = {
    "add": (" + ", 1), "subtract": (" − ", 1), "multiply": (" · ", 2), "divide": (" / ", 2), "power": (" ^ ", 4),
    "less": (" < ", 0),
}  # fmt: skip
_HIGHEST: Final = 9
# A part that is shorter is read more easily than its name
_LONG: Final = 18
_LOWERED: Final = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def equations(model: Model, structure: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The equations under a structure, one a line: what is shared, then states, flows, jumps and outcomes."""
    system = trace(model, structure)
    known = _known(model, system)
    shared = _shared(system, known=known)
    named = known | {id(node): name for name, node in shared.items()}
    lines = [f"{name} = {_written(node, named)}" for name, node in shared.items()]
    lines += [f"{one.name}(0) = {_within(system.starts[one.name], named)}" for one in system.states]
    lines += [f"d {one.name} / dt = {_slope(system, one.name, named=named)}" for one in system.states]
    lines += [f"{flow.name} = {_written(flow.rate, named)}" for flow in system.flows]
    lines += [f"{name} ← {_within(jump, named)}" for name, jump in system.jumps.items()]
    for name, outcome in system.outcomes.items():
        own = named.get(id(outcome)) == name
        line = f"{name} = {_written(outcome, named) if own else _within(outcome, named)}"
        # A flow that is reported as it is has been written
        lines += [line] if line not in lines and line != f"{name} = {name}" else []
    return tuple(lines)


def _known(model: Model, system: System) -> dict[int, str]:
    """What has a name already: flows, and outcomes whose name means nothing else."""
    taken = {
        one.name for one in (*model.states, *model.parameters, *model.constants, *model.inputs, *system.flows)
    }
    outcomes = {
        id(outcome): name for name, outcome in system.outcomes.items() if outcome.args and name not in taken
    }
    return outcomes | {id(flow.rate): flow.name for flow in system.flows if flow.rate.args}


def _shared(system: System, *, known: Mapping[int, str]) -> dict[str, Expression]:
    """The parts that are used more than once and are too long to be read twice, those first that others hold."""
    roots = (
        *system.starts.values(), *system.rates.values(), *(flow.rate for flow in system.flows),
        *system.jumps.values(), *system.outcomes.values(),
    )  # fmt: skip
    uses: Counter[int] = Counter()
    ordered: dict[int, Expression] = {}

    def visit(node: Expression) -> None:
        uses[id(node)] += 1
        if id(node) not in ordered:
            for one in node.args:
                visit(one)
            ordered.setdefault(id(node), node)

    for root in roots:
        visit(root)
    found = [
        node
        for key, node in ordered.items()
        if uses[key] > 1 and node.args and key not in known and len(_text(node, known)[0]) >= _LONG
    ]
    return {f"A{str(number).translate(_LOWERED)}": node for number, node in enumerate(found, 1)}


def _slope(system: System, state: str, *, named: Mapping[int, str]) -> str:
    """What a state gains and loses, each flow by its name."""
    space = next(one.space for one in system.states if one.name == state)
    parts: list[str] = []
    if state in system.rates:
        parts.append(f"+ {_within(system.rates[state], named)}")
    for flow in system.flows:
        name = flow.name if space or not flow.rate.space else f"Σ {flow.name}"
        if flow.into == state:
            parts.append(f"+ {name}")
        if flow.out_of == state:
            parts.append(f"− {name}")
    return " ".join(parts).removeprefix("+ ") or "0"


def _written(node: Expression, named: Mapping[int, str]) -> str:
    """What a named expression is made of."""
    return _text(node, {key: name for key, name in named.items() if key != id(node)})[0]


def _within(node: Expression, named: Mapping[int, str]) -> str:
    """An expression; what is named elsewhere by its name."""
    return _text(node, named)[0]


def _text(node: Expression, named: Mapping[int, str]) -> tuple[str, int]:
    """The text of a node, and how tightly it binds."""
    if id(node) in named:
        return named[id(node)], _HIGHEST
    match node.op:
        case "constant":
            return _number(node.value), _HIGHEST if node.value >= 0.0 else 1
        case "symbol":
            return node.name, _HIGHEST
        case "negative":
            return f"−{_inside(node.args[0], named, level=3)}", 3
        case "total":
            return f"Σ {_inside(node.args[0], named, level=3)}", 3
        case "sparse":
            return f"{node.name} × {_inside(node.args[0], named, level=3)}", 2
        case "where":
            test, then, otherwise = (_text(arg, named)[0] for arg in node.args)
            return f"({then} if {test}, else {otherwise})", _HIGHEST
        case op if op in _INFIX:
            return _infix(node, named)
        case op:
            return f"{op}({', '.join(_text(arg, named)[0] for arg in node.args)})", _HIGHEST


def _infix(node: Expression, named: Mapping[int, str]) -> tuple[str, int]:
    sign, level = _INFIX[node.op]
    left, right = node.args
    if (
        node.op == "add"
        and right.op == "multiply"
        and right.args[0].op == "constant"
        and right.args[0].value == -1.0
    ):
        return f"{_inside(left, named, level=level)} − {_inside(right.args[1], named, level=2)}", level
    if node.op == "multiply" and left is right:
        return f"{_inside(left, named, level=5)}²", 4
    # What stands after a minus or a division keeps its brackets
    after = level + 1 if node.op in {"subtract", "divide", "power"} else level
    return f"{_inside(left, named, level=level)}{sign}{_inside(right, named, level=after)}", level


def _inside(node: Expression, named: Mapping[int, str], *, level: int) -> str:
    text, own = _text(node, named)
    return text if own >= level else f"({text})"


def _number(value: float) -> str:
    return f"{value:g}".replace("-", "−")
