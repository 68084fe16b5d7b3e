"""Units of equations, checked once when a model is examined; never while it runs.

Every node of the graph gets a unit from what it is made of. Sums, comparisons and choices need equal units; the
argument of an exponential needs none; a state's rate of change has its unit per unit of the model's time. Scales
count: a rate per year cannot be added to a rate per week. A plain number has no unit; a plain zero fits any.

Reference:
    pint, https://pint.readthedocs.io
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from tokenize import TokenError
from typing import Any, final

from acuerdo.core.errors import missing_extra
from acuerdo.core.text import Text
from acuerdo.foresight.expression import Expression, walk
from acuerdo.foresight.faults import wrong_units
from acuerdo.foresight.tracing import TIME, System

# What the models count; one dimension each, so that they are never added
COUNTED = ("person", "group", "firearm", "usd", "mxn", "dose", "event")
_SAME = {"add", "subtract", "minimum", "maximum"}
_PLAIN = {"exp", "log"}
_NEEDED = Text("Checking a model's units", "Revisar las unidades de un modelo")
_TOLERANCE = 1e-9


def check_units(system: System) -> None:
    """Checks every equation of a traced model.

    Raises:
        UnitMismatch: If a unit is not known, or units do not fit; lists every place where they do not.
        MissingExtra: If pint is not installed.
    """
    model = system.model
    unread = [_unread(name, unit) for name, unit in _stated(system) if not _is_unit(unit)]
    if unread:
        raise wrong_units(model.id, unread)
    checker = _Checker(system)
    problems: list[Text] = []
    per_time = _unit(f"1/{model.time_unit}")
    wanted = {one.name: _unit(one.unit) for one in (*model.states, *model.outcomes)}
    for name, root in system.starts.items():
        problems += checker.fits(root, wanted[name], what=name)
    for name, root in system.jumps.items():
        problems += checker.fits(root, wanted[name], what=name)
    for name, root in system.derivatives.items():
        problems += checker.fits(root, wanted[name] * per_time, what=f"d {name} / d t")
    for name, root in system.outcomes.items():
        problems += checker.fits(root, wanted[name], what=name)
    if problems:
        raise wrong_units(model.id, problems)


@final
class _Checker:
    """Units of the nodes of one system; a node with a fault inside it is not judged again."""

    def __init__(self, system: System) -> None:
        self.declared = _declared(system)
        self.known: dict[int, Any] = {}

    def fits(self, root: Expression, wanted: Any, *, what: str) -> list[Text]:
        """The faults of one equation."""
        problems: list[Text] = []
        for node in walk([root]):
            if id(node) not in self.known:
                unit, fault = self._judge(node)
                self.known[id(node)] = unit
                problems += [_said(what, fault)] if fault else []
        found = self.known[id(root)]
        if not problems and found is not None and not _equal(found, wanted):
            problems.append(_said(what, (found, wanted)))
        return problems

    def _judge(self, node: Expression) -> tuple[Any, tuple[Any, Any] | None]:
        """The node's unit (None fits any), and the two units that clash, if they do."""
        units = [self.known[id(arg)] for arg in node.args]
        plain = _unit("")
        match node.op:
            case "constant":
                return (None if node.value == 0.0 else plain), None
            case "symbol":
                return self.declared[node.name], None
            case "power":
                return _power(node, units[0])
            case "where":
                return _same(units[1:])
            case "less":
                return plain, _same(units)[1]
            case op if op in _SAME:
                return _same(units)
            case op if op in _PLAIN:
                return plain, (None if units[0] is None or _equal(units[0], plain) else (units[0], plain))
            case op:
                return _product(op, units), None


def _product(op: str, units: list[Any]) -> Any:
    """The unit of an operation that takes any units."""
    if None in units:
        return None
    match op:
        case "multiply":
            return units[0] * units[1]
        case "divide":
            return units[0] / units[1]
        case "sqrt":
            return units[0] ** 0.5
        case _:
            # A sum over a space, a change of sign, the sparse part of a matrix
            return units[0]


def _power(node: Expression, base: Any) -> tuple[Any, tuple[Any, Any] | None]:
    exponent = node.args[1]
    if exponent.op == "constant" and base is not None:
        return base**exponent.value, None
    plain = _unit("")
    return plain, (None if base is None or _equal(base, plain) else (base, plain))


def _same(units: list[Any]) -> tuple[Any, tuple[Any, Any] | None]:
    stated = [unit for unit in units if unit is not None]
    if not stated:
        return None, None
    clash = next((unit for unit in stated if not _equal(stated[0], unit)), None)
    return stated[0], (None if clash is None else (stated[0], clash))


def _stated(system: System) -> Iterator[tuple[str, str]]:
    """Everything that has a unit, with the unit as it is written."""
    model, data = system.model, system.data
    named = (
        *model.states,
        *model.parameters,
        *model.constants,
        *model.levers,
        *model.inputs,
        *model.outcomes,
    )
    yield from ((one.name, one.unit) for one in named)
    yield from ((name, one.unit) for name, one in (*data.vectors.items(), *data.matrices.items()))


def _is_unit(written: str) -> bool:
    from pint import PintError

    try:
        _unit(written)
    # What is no expression at all fails before it is looked up
    except (PintError, TokenError, ValueError, TypeError, AttributeError, SyntaxError):
        return False
    return True


def _unread(name: str, unit: str) -> Text:
    return Text(
        f"'{unit}', the unit of '{name}', is not known.", f"'{unit}', la unidad de '{name}', no se conoce."
    )


def _declared(system: System) -> Mapping[str, Any]:
    """The unit of every symbol; a matrix's unit is carried by its rows' scale."""
    model, data = system.model, system.data
    named = (*model.states, *model.parameters, *model.constants, *model.levers, *model.inputs)
    units = {one.name: _unit(one.unit) for one in named} | {TIME: _unit(model.time_unit)}
    units |= {name: _unit(one.unit) for name, one in data.vectors.items()}
    for name, matrix in data.matrices.items():
        ranks = range(matrix.left.shape[0])
        plain = [f"{name}.{part}_{rank}" for rank in ranks for part in ("left", "right")]
        units |= dict.fromkeys([f"{name}.diagonal", *plain], _unit(""))
        units[f"{name}.scale"] = _unit(matrix.unit)
    return units


def _equal(one: Any, other: Any) -> bool:
    ratio = (one / other).to_root_units()
    return bool(ratio.dimensionless) and abs(ratio.magnitude - 1.0) < _TOLERANCE


def _unit(name: str) -> Any:
    return _registry().Quantity(1.0, name or "dimensionless")


@cache
def _registry() -> Any:
    try:
        import pint
    except ImportError as error:
        raise missing_extra("foresight", _NEEDED) from error
    registry = pint.UnitRegistry()
    registry.define("quarter_of_year = year / 4 = quarter")
    for name in COUNTED:
        registry.define(f"{name} = [{name}]")
    return registry


def _said(what: str, clash: tuple[Any, Any]) -> Text:
    one, other = ("1" if quantity.unitless else f"{quantity.units}" for quantity in clash)
    if one == other:
        one, other = (f"{quantity.to_root_units():.4g}" for quantity in clash)
    return Text(
        f"In the equation of '{what}', {one} meets {other}.",
        f"En la ecuación de '{what}', {one} se encuentra con {other}.",
    )
