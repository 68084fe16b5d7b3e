"""From an equation's graph to a formula: sums and products flattened, divisions as fractions, vectors by element."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, final

from acuerdo.foresight.expression import Expression
from acuerdo.foresight.formula import Formula, Symbol, letter
from acuerdo.foresight.model import Model
from acuerdo.foresight.notation import symbol

_INDICES: Final = "ijkl"
_FUNCTIONS: Final = {"exp": "exp", "log": "ln", "minimum": "min", "maximum": "max"}


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """How the quantities of an equation are named.

    Attributes:
        model: Whose equations they are.
        named: Symbols of whole parts, by the identity of their node.
        depth: How many elements are being told apart: 0 in a scalar, 1 in a vector, one more in each sum.
    """

    model: Model
    named: Mapping[int, Symbol]
    depth: int = 0

    def without(self, node: Expression) -> Setting:
        """The same where one part is told by what it is made of."""
        return replace(self, named={key: one for key, one in self.named.items() if key != id(node)})

    def index(self, *, many: bool) -> str:
        """The element of which a vector is told here."""
        return _INDICES[max(self.depth - 1, 0)] if many else ""

    def at(self, depth: int) -> Setting:
        """The same where so many elements are told apart."""
        return replace(self, depth=depth)

    def deeper(self) -> Setting:
        """The same inside a sum over elements."""
        return replace(self, depth=self.depth + 1)

    def formula(self, node: Expression) -> Formula:
        """The formula of a node."""
        if id(node) in self.named:
            return letter(self.named[id(node)], self.index(many=bool(node.space)))
        match node.op:
            case "constant":
                return Formula(kind="number", number=node.value)
            case "symbol":
                return letter(symbol(self.model, ("quantity", node.name)), self.index(many=bool(node.space)))
            case "add" | "subtract" | "negative":
                return added(self.terms(node))
            case "multiply" | "divide":
                return _multiplied(*self.factors(node))
            case "total":
                inner = self.deeper()
                return Formula(
                    kind="over", parts=(inner.formula(node.args[0]),), index=inner.index(many=True)
                )
            case "sparse":
                return self._weighted(node)
            case _:
                return self._function(node)

    def _function(self, node: Expression) -> Formula:
        parts = tuple(self.formula(one) for one in node.args)
        match node.op:
            case "power":
                return Formula(kind="power", parts=parts)
            case "sqrt":
                return Formula(kind="root", parts=parts)
            case "less":
                return Formula(kind="less", parts=parts)
            case "where":
                return Formula(kind="choice", parts=parts)
            case op:
                return Formula(kind="function", parts=parts, name=_FUNCTIONS[op])

    def _weighted(self, node: Expression) -> Formula:
        """The sum over the elements of a matrix's row times a vector."""
        inner = self.deeper()
        index = inner.index(many=True)
        weight = letter(symbol(self.model, ("quantity", node.name)), self.index(many=True) + index)
        body = _product([weight, *inner.factors(node.args[0])[0]])
        return Formula(kind="over", parts=(body,), index=index)

    def terms(self, node: Expression) -> list[Formula]:
        """What a sum adds up, what it takes away as ``minus``."""
        if id(node) in self.named:
            return [self.formula(node)]
        match node.op:
            case "add":
                left, right = node.args
                return [*self.terms(left), *self.terms(right)]
            case "subtract":
                left, right = node.args
                return [*self.terms(left), *(negated(one) for one in self.terms(right))]
            case "negative":
                return [negated(one) for one in self.terms(node.args[0])]
            case "multiply" if node.args[0].op == "constant" and node.args[0].value == -1.0:
                return [negated(one) for one in self.terms(node.args[1])]
            case _:
                one = self.formula(node)
                return list(one.parts) if one.kind == "sum" else [one]

    def factors(self, node: Expression) -> tuple[list[Formula], list[Formula]]:
        """What stands above and below the stroke of a product."""
        if id(node) not in self.named and node.op in {"multiply", "divide"}:
            (above, below), (other, under) = (self.factors(one) for one in node.args)
            if node.op == "multiply":
                return [*above, *other], [*below, *under]
            return [*above, *under], [*below, *other]
        one = self.formula(node)
        return ([], []) if one == _ONE else ([one], [])


_ONE: Final = Formula(kind="number", number=1.0)


def negated(one: Formula) -> Formula:
    """What is taken away instead of added."""
    return one.parts[0] if one.kind == "minus" else Formula(kind="minus", parts=(one,))


def added(terms: Sequence[Formula]) -> Formula:
    """The sum of terms, their numbers added up; nothing at all is zero."""
    numbers = [one for one in map(_value, terms) if one is not None]
    rest = [one for one in terms if _value(one) is None]
    number = sum(numbers)
    if number:
        whole = Formula(kind="number", number=abs(number))
        place = next(place for place, one in enumerate(terms) if _value(one) is not None)
        rest.insert(min(place, len(rest)), whole if number > 0.0 else negated(whole))
    if not rest:
        return Formula(kind="number")
    return rest[0] if len(rest) == 1 else Formula(kind="sum", parts=tuple(rest))


def _value(one: Formula) -> float | None:
    """The number that a term is, if it is one."""
    if one.kind == "minus":
        inner = _value(one.parts[0])
        return None if inner is None else -inner
    return one.number if one.kind == "number" else None


def _multiplied(above: Sequence[Formula], below: Sequence[Formula]) -> Formula:
    """A product or a fraction; signs stand before all of it."""
    if any(_value(one) == 0.0 for one in above):
        return Formula(kind="number")
    away = sum(one.kind == "minus" for one in (*above, *below)) % 2
    top, bottom = ([negated(one) if one.kind == "minus" else one for one in side] for side in (above, below))
    whole = _product(top)
    if bottom:
        whole = Formula(kind="fraction", parts=(whole, _product(bottom)))
    return negated(whole) if away else whole


def _product(factors: Sequence[Formula]) -> Formula:
    """Factors in their order, numbers first; one that is repeated as a power."""
    flat = [part for one in factors for part in (one.parts if one.kind == "product" else (one,))]
    counted = {one: flat.count(one) for one in flat}
    ordered = sorted(counted, key=lambda one: one.kind != "number")
    parts = tuple(one if counted[one] == 1 else _power(one, counted[one]) for one in ordered)
    if not parts:
        return _ONE
    return parts[0] if len(parts) == 1 else Formula(kind="product", parts=parts)


def _power(base: Formula, times: int) -> Formula:
    return Formula(kind="power", parts=(base, Formula(kind="number", number=float(times))))
