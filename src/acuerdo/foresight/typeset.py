"""A model's equations as text that can be read aloud: what each state gains and loses, and what each flow is."""

from __future__ import annotations

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


def equations(model: Model, structure: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The equations under a structure, one a line: states first, then flows, jumps and outcomes."""
    system = trace(model, structure)
    lines = [f"{one.name}(0) = {_written(system.starts[one.name], system)}" for one in system.states]
    lines += [f"d {one.name} / dt = {_slope(system, one.name)}" for one in system.states]
    lines += [f"{flow.name} = {_written(flow.rate, system, whole=flow.name)}" for flow in system.flows]
    lines += [f"{name} ← {_written(jump, system)}" for name, jump in system.jumps.items()]
    lines += [
        f"{name} = {_written(outcome, system)}"
        for name, outcome in system.outcomes.items()
        if _written(outcome, system) != name
    ]
    return tuple(lines)


def _slope(system: System, state: str) -> str:
    """What a state gains and loses, each flow by its name."""
    space = next(one.space for one in system.states if one.name == state)
    parts: list[str] = []
    if state in system.rates:
        parts.append(f"+ {_written(system.rates[state], system)}")
    for flow in system.flows:
        name = flow.name if space or not flow.rate.space else f"Σ {flow.name}"
        if flow.into == state:
            parts.append(f"+ {name}")
        if flow.out_of == state:
            parts.append(f"− {name}")
    return " ".join(parts).removeprefix("+ ") or "0"


def _written(node: Expression, system: System, *, whole: str = "") -> str:
    """An expression; a flow within it is named, except the one that is being written out."""
    named = {id(flow.rate): flow.name for flow in system.flows if flow.name != whole and flow.rate.args}
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
