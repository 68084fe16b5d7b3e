"""The equations evaluated with arrays: NumPy for the readable reference, JAX for gradients.

Scalars have shape (draws,), vectors (n, draws). Both libraries run the same lines; only the loop over the steps
differs, because JAX must see it as one operation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, final

import numpy as np

from acuerdo.foresight.expression import Expression, walk
from acuerdo.foresight.model import Floats
from acuerdo.foresight.timeline import Timeline
from acuerdo.foresight.tracing import TIME, System, matrix_part

Values = Mapping[str, Any]
# Under no symbol's name: how many draws there are
_DRAWS = ""


@final
@dataclass(frozen=True, slots=True)
class Arrays:
    """The equations of one system, bound to an array library.

    Attributes:
        system: The traced model.
        xp: ``numpy`` or ``jax.numpy``.
    """

    system: System
    xp: Any

    def fixed(self, params: Any) -> dict[str, Any]:
        """What does not change over time: parameters (rows of ``params``, shape (p, draws)), constants, data."""
        model, data = self.system.model, self.system.data
        values: dict[str, Any] = {_DRAWS: params.shape[1]}
        values |= {one.name: params[row] for row, one in enumerate(model.parameters)}
        values |= {one.name: one.value for one in model.constants}
        values |= {name: self.xp.asarray(one.values)[:, None] for name, one in data.vectors.items()}
        for name in self.system.used():
            if "." in name:
                values[name] = self.xp.asarray(matrix_part(data, name))[:, None]
        for name, matrix in data.matrices.items():
            values[f"{name}.sparse"] = self.xp.asarray(matrix.sparse_part())
        return values

    def evaluate(self, roots: Mapping[str, Expression], values: Values) -> dict[str, Any]:
        """The value of each equation, given the value of each symbol."""
        known: dict[int, Any] = {}
        for node in walk(roots.values()):
            known[id(node)] = self._value(node, [known[id(arg)] for arg in node.args], values=values)
        return {name: known[id(root)] for name, root in roots.items()}

    def start(self, fixed: Values, driven: Values) -> dict[str, Any]:
        """The states at time zero, each spread over its space and the draws."""
        draws = fixed[_DRAWS]
        found = self.evaluate(self.system.starts, {**fixed, **driven})
        sizes = self.system.data.spaces
        shapes = {
            one.name: (sizes[one.space], draws) if one.space else (draws,) for one in self.system.states
        }
        return {name: self.xp.broadcast_to(found[name], shape) * 1.0 for name, shape in shapes.items()}

    def runge_kutta(self, y: Values, fixed: Values, *, driven: Sequence[Values], h: Any) -> dict[str, Any]:
        """One step of the classical fourth order; ``driven`` at its beginning, middle and end."""

        def slope(at: Values, outside: Values) -> dict[str, Any]:
            return self.evaluate(self.system.derivatives, {**fixed, **at, **outside})

        begin, middle, end = driven
        k1 = slope(y, begin)
        k2 = slope({name: y[name] + h / 2 * k1[name] for name in y}, middle)
        k3 = slope({name: y[name] + h / 2 * k2[name] for name in y}, middle)
        k4 = slope({name: y[name] + h * k3[name] for name in y}, end)
        return {name: y[name] + h / 6 * (k1[name] + 2 * k2[name] + 2 * k3[name] + k4[name]) for name in y}

    def outcomes(self, y: Values, fixed: Values, *, driven: Values) -> Any:
        """All outcomes, shape (outcomes, draws)."""
        found = self.evaluate(self.system.outcomes, {**fixed, **y, **driven})
        return self.xp.stack([
            self.xp.broadcast_to(found[name], (fixed[_DRAWS],)) for name in self.system.outcomes
        ])  # fmt: skip

    def driven(self, levers: Any, inputs: Any, *, time: Any) -> dict[str, Any]:
        """What acts from outside at one moment: levers, inputs, the time itself."""
        model = self.system.model
        values: dict[str, Any] = {one.name: levers[place] for place, one in enumerate(model.levers)}
        return values | {one.name: inputs[place] for place, one in enumerate(model.inputs)} | {TIME: time}

    def _value(self, node: Expression, args: list[Any], *, values: Values) -> Any:
        match node.op:
            case "constant":
                return node.value
            case "symbol":
                return values[node.name]
            case "sparse":
                return values[f"{node.name}.sparse"] @ args[0]
            case "total":
                # Data alone have one column; its sum holds for every draw
                return self.xp.sum(args[0], axis=0)
            case "less":
                return self.xp.where(args[0] < args[1], 1.0, 0.0)
            case "where":
                return self.xp.where(self.xp.asarray(args[0]) != 0.0, args[1], args[2])
            case op:
                operation: Callable[..., Any] = getattr(self.xp, op)
                return operation(*args)


def with_numpy(system: System, params: Floats, course: Timeline, /) -> Floats:
    """The outcomes of a timeline at its reported times, by the plain reference.

    Args:
        system: The traced model.
        params: Parameters in the model's order, shape (parameters, draws).
        course: Steps, levers and inputs.

    Returns:
        Shape (outcomes, reported, draws).
    """
    arrays = Arrays(system, np)
    fixed = arrays.fixed(params)
    with np.errstate(all="ignore"):
        found = [
            arrays.outcomes(y, fixed, driven=driven) for y, driven in _nodes(arrays, fixed, course=course)
        ]
        return course.reported(np.stack(found, axis=1))


def last_states(system: System, params: Floats, *, course: Timeline) -> dict[str, Floats]:
    """The states at the end of a timeline: scalars (draws,), vectors (n, draws); by the plain reference."""
    *_, last = _states(system, params, course=course)
    return last


def least_states(system: System, params: Floats, *, course: Timeline) -> dict[str, Floats]:
    """The least value of each state at any node, of a vector its least element: shape (draws,)."""
    found: dict[str, Floats] = {}
    for y in _states(system, params, course=course):
        for name, value in y.items():
            least = value.min(axis=0) if value.ndim == 2 else value
            found[name] = np.minimum(found.get(name, least), least)
    return found


def _states(system: System, params: Floats, *, course: Timeline) -> Iterator[dict[str, Floats]]:
    arrays = Arrays(system, np)
    with np.errstate(all="ignore"):
        for y, _ in _nodes(arrays, arrays.fixed(params), course=course):
            yield y


def _nodes(arrays: Arrays, fixed: Values, *, course: Timeline) -> Iterator[tuple[dict[str, Any], Values]]:
    """The states at every node of a timeline, each with what acts from outside there."""

    def outside(step: int, point: int) -> dict[str, Any]:
        time = course.begins[step] + 0.5 * point * course.steps[step]
        return arrays.driven(course.levers[step, point], course.inputs[step, point], time=time)

    y = arrays.start(fixed, outside(0, 0))
    for step, h in enumerate(course.steps):
        driven = [outside(step, point) for point in range(3)]
        if course.jumps[step]:
            impulse = arrays.driven(course.impulses[step], course.inputs[step, 0], time=course.begins[step])
            y = {**y, **arrays.evaluate(arrays.system.jumps, {**fixed, **y, **impulse})}
        yield y, driven[0]
        y = arrays.runge_kutta(y, fixed, driven=driven, h=h)
        if course.ends[step]:
            yield y, driven[2]
