"""The JAX export: the same equations as a function that JAX can differentiate, compile and move to an accelerator."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from acuerdo.core.errors import missing_extra
from acuerdo.core.text import Text
from acuerdo.foresight.arrays import Arrays
from acuerdo.foresight.model import Floats
from acuerdo.foresight.timeline import Timeline
from acuerdo.foresight.tracing import System

_NEEDED = Text("Gradients of a model", "Los gradientes de un modelo")


def with_jax(system: System, params: Floats, course: Timeline, /) -> Floats:
    """The outcomes at the reported times, shape (outcomes, reported, draws); for comparison with the others."""
    jax = _jax()
    with jax.enable_x64(True):
        return np.asarray(jax.jit(outcomes_function(system, course))(params))


def outcomes_function(system: System, course: Timeline) -> Callable[[Any], Any]:
    """A function of the parameters that JAX can trace.

    Call it, and whatever is made of it, inside ``jax.enable_x64(True)``.

    Args:
        system: The traced model.
        course: Steps, levers and inputs; they are fixed.

    Returns:
        Takes parameters, shape (parameters, draws); gives outcomes, shape (outcomes, reported, draws).

    Raises:
        MissingExtra: If JAX is not installed.
    """
    jax = _jax()
    arrays = Arrays(system, jax.numpy)

    def compute(params: Any) -> Any:
        fixed = arrays.fixed(params)
        first = arrays.driven(course.levers[0, 0], course.inputs[0, 0], time=course.begins[0])
        start = arrays.start(fixed, first)

        def step(y: Any, at: Any) -> Any:
            h, begin, levers, inputs, impulse, jumps = at
            driven = [arrays.driven(levers[k], inputs[k], time=begin + 0.5 * k * h) for k in range(3)]
            if system.jumps:
                acting = arrays.driven(impulse, inputs[0], time=begin)
                after = {**y, **arrays.evaluate(system.jumps, {**fixed, **y, **acting})}
                y = {name: jax.numpy.where(jumps, after[name], y[name]) for name in y}
            new = arrays.runge_kutta(y, fixed, driven=driven, h=h)
            at_begin = arrays.outcomes(y, fixed, driven=driven[0])
            return new, (at_begin, arrays.outcomes(new, fixed, driven=driven[2]))

        along = (course.steps, course.begins, course.levers, course.inputs, course.impulses, course.jumps)
        _, (begins, ends) = jax.lax.scan(step, start, along)
        at_nodes = _at_nodes(jax.numpy, begins, ends=ends, course=course)
        return _reported(jax.numpy, at_nodes, course=course)

    return compute


def _at_nodes(xp: Any, begins: Any, *, ends: Any, course: Timeline) -> Any:
    """Outcomes (nodes, outcomes, draws): each step's beginning, and after a segment's last step its end."""
    order: list[int] = []
    for step, last in enumerate(course.ends):
        order.append(step)
        if last:
            order.append(course.steps.size + step)
    return xp.concatenate([begins, ends])[np.array(order)]


def _reported(xp: Any, at_nodes: Any, *, course: Timeline) -> Any:
    matrix = np.zeros((course.times.size, course.nodes))
    for row, (first, width) in enumerate(course.stencils):
        matrix[row, first : first + width] = course.weights[row, :width]
    return xp.einsum("tn,nod->otd", matrix, at_nodes)


def _jax() -> Any:
    try:
        import jax
    except ImportError as error:
        raise missing_extra("grad", _NEEDED) from error
    return jax
