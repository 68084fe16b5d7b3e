"""Equations as graphs: what a model's equations build when they are written with symbols.

An equation is plain Python over :class:`Expression`; nothing is computed while it is written. The graph is then
evaluated with arrays (NumPy, JAX) or printed as a kernel, so that every back end computes the same declaration.

A scalar expression has one value per draw, a vector one value per element of its space and draw. A comparison gives
1 or 0; :func:`where` chooses by it.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias, final

from acuerdo.foresight.faults import wrong_equation

SCALAR = ""
Operand: TypeAlias = "Expression | float"


@final
@dataclass(frozen=True, slots=True, eq=False)
class Expression:
    """One node of an equation.

    Attributes:
        op: ``constant``, ``symbol`` or the name of an operation.
        args: What it is computed from.
        name: The symbol's name, or the matrix of a ``sparse`` product.
        value: The number of a ``constant``.
        space: The name of the vector space it ranges over; empty for a scalar.
    """

    op: str
    args: tuple[Expression, ...] = ()
    name: str = ""
    value: float = 0.0
    space: str = SCALAR

    def __add__(self, other: Operand) -> Expression:
        return _sum("add", self, other)

    def __radd__(self, other: Operand) -> Expression:
        return _sum("add", other, self)

    def __sub__(self, other: Operand) -> Expression:
        return _sum("subtract", self, other)

    def __rsub__(self, other: Operand) -> Expression:
        return _sum("subtract", other, self)

    def __mul__(self, other: Operand) -> Expression:
        return _product(self, other)

    def __rmul__(self, other: Operand) -> Expression:
        return _product(other, self)

    def __truediv__(self, other: Operand) -> Expression:
        return _operation("divide", self, other)

    def __rtruediv__(self, other: Operand) -> Expression:
        return _operation("divide", other, self)

    def __pow__(self, other: Operand) -> Expression:
        exponent = _as_expression(other)
        if exponent.op == "constant" and exponent.value == 2.0:
            return _operation("multiply", self, self)
        if exponent.op == "constant" and exponent.value == 0.5:
            return _operation("sqrt", self)
        return _operation("power", self, exponent)

    def __rpow__(self, other: Operand) -> Expression:
        return _operation("power", other, self)

    def __neg__(self) -> Expression:
        return _operation("negative", self)

    def __lt__(self, other: Operand) -> Expression:
        return _operation("less", self, other)

    def __gt__(self, other: Operand) -> Expression:
        return _operation("less", other, self)

    def __bool__(self) -> bool:
        raise wrong_equation("if")


def constant(value: float) -> Expression:
    """A number."""
    return Expression("constant", value=float(value))


def symbol(name: str, *, space: str = SCALAR) -> Expression:
    """A named quantity: a state, a parameter, a lever, an input, a vector of data."""
    return Expression("symbol", name=name, space=space)


def exp(x: Operand) -> Expression:
    """The exponential; its argument has no unit."""
    return _operation("exp", x)


def log(x: Operand) -> Expression:
    """The natural logarithm; its argument has no unit."""
    return _operation("log", x)


def sqrt(x: Operand) -> Expression:
    """The square root."""
    return _operation("sqrt", x)


def logistic(x: Operand) -> Expression:
    """1 / (1 + exp(−x))."""
    return 1.0 / (1.0 + exp(-_as_expression(x)))


def minimum(x: Operand, y: Operand) -> Expression:
    """The smaller of two."""
    return _operation("minimum", x, y)


def maximum(x: Operand, y: Operand) -> Expression:
    """The larger of two."""
    return _operation("maximum", x, y)


def where(condition: Expression, then: Operand, *, otherwise: Operand) -> Expression:
    """``then`` where the condition is not 0, else ``otherwise``; both are computed."""
    return _operation("where", condition, then, otherwise)


def total(x: Expression) -> Expression:
    """The sum over the elements of a vector; a scalar is its own sum."""
    return Expression("total", (x,)) if x.space else x


def sparse_product(matrix: str, x: Expression) -> Expression:
    """The sparse part of a declared matrix times a vector."""
    return Expression("sparse", (x,), name=matrix, space=x.space)


def walk(roots: Iterable[Expression], *, known: Container[int] = ()) -> Iterator[Expression]:
    """Every node that the roots need, each once, what is needed first.

    Args:
        roots: The equations.
        known: Identities of nodes whose own parts are not needed.
    """
    seen: set[int] = set()
    stack = [(root, False) for root in reversed(list(roots))]
    while stack:
        node, ready = stack.pop()
        if ready:
            yield node
        elif id(node) not in seen:
            seen.add(id(node))
            stack.append((node, True))
            if id(node) not in known:
                stack.extend((arg, False) for arg in reversed(node.args))


def shared(roots: Mapping[str, Expression]) -> dict[str, Expression]:
    """The same equations with equal parts made one node, so that each is computed once."""
    made: dict[tuple[object, ...], Expression] = {}
    new: dict[int, Expression] = {}
    for node in walk(roots.values()):
        args = tuple(new[id(arg)] for arg in node.args)
        key = (node.op, node.name, node.value, node.space, *map(id, args))
        if key not in made:
            made[key] = Expression(node.op, args, node.name, node.value, node.space)
        new[id(node)] = made[key]
    return {name: new[id(root)] for name, root in roots.items()}


def identity(roots: Mapping[str, Expression]) -> list[list[object]]:
    """The equations as plain lists, equal for equal equations; for fingerprints."""
    number: dict[int, int] = {}
    lines: list[list[object]] = []
    for node in walk(roots.values()):
        number[id(node)] = len(lines)
        lines.append([node.op, node.name, node.value, node.space, *(number[id(arg)] for arg in node.args)])
    return [*lines, *([name, number[id(root)]] for name, root in sorted(roots.items()))]


def _as_expression(x: Operand) -> Expression:
    return x if isinstance(x, Expression) else constant(x)


def _operation(op: str, *operands: Operand) -> Expression:
    args = tuple(_as_expression(x) for x in operands)
    spaces = sorted({arg.space for arg in args} - {SCALAR})
    if len(spaces) > 1:
        raise wrong_equation("spaces", ", ".join(spaces))
    return Expression(op, args, space=spaces[0] if spaces else SCALAR)


def _sum(op: str, x: Operand, y: Operand, /) -> Expression:
    # A declared zero, such as the empty sum of flows, costs nothing.
    left, right = _as_expression(x), _as_expression(y)
    if _is(right, 0.0):
        return left
    if _is(left, 0.0):
        return right if op == "add" else -right
    return _operation(op, left, right)


def _product(x: Operand, y: Operand) -> Expression:
    left, right = _as_expression(x), _as_expression(y)
    if _is(left, 1.0):
        return right
    return left if _is(right, 1.0) else _operation("multiply", left, right)


def _is(x: Expression, number: float) -> bool:
    return x.op == "constant" and x.value == number
