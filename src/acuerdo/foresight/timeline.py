"""When things happen: steps aligned to the dates on which a policy changes, and the dates that are reported.

Between two changes of a policy the equations are smooth, so the steps of such a segment are equal and the reported
dates inside it are interpolated from the segment's own nodes only.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, final

import numpy as np
from numpy.typing import NDArray

from acuerdo.foresight.model import Floats, Model
from acuerdo.foresight.scenario import Scenario

# Seven nodes give a polynomial of degree six, whose error lies below that of the steps
_STENCIL = 7
_NEAR = 1e-9
Cut = Literal["longest", "halved", "reported"]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The steps of one scenario.

    Attributes:
        times: Reported times, shape (reported,), in the model's unit from its start.
        steps: The length of each step, shape (steps,).
        begins: The time at which each step begins, shape (steps,).
        ends: Whether a segment ends with the step, shape (steps,).
        levers: Value of each lever at the beginning, middle and end of each step, shape (steps, 3, levers).
        inputs: The same of each input, shape (steps, 3, inputs).
        impulses: Value of each lever for jumps at the beginning of each step, shape (steps, levers).
        jumps: Whether an impulse lever acts at the beginning of the step, shape (steps,).
        nodes: How many nodes outcomes are computed at: every step's beginning and every segment's end.
        stencils: First node and number of nodes that each reported time is interpolated from, shape (reported, 2).
        weights: Their weights, shape (reported, 7), zero beyond that number.
    """

    times: Floats
    steps: Floats
    begins: Floats
    ends: NDArray[np.bool_]
    levers: Floats
    inputs: Floats
    impulses: Floats
    jumps: NDArray[np.bool_]
    nodes: int
    stencils: NDArray[np.int64]
    weights: Floats

    def reported(self, at_nodes: Floats) -> Floats:
        """Outcomes (outcomes, reported, draws) from outcomes at the nodes (outcomes, nodes, draws)."""
        out = np.zeros((at_nodes.shape[0], self.times.size, at_nodes.shape[2]))
        for row, (first, width) in enumerate(self.stencils):
            for place in range(width):
                out[:, row] += self.weights[row, place] * at_nodes[:, first + place]
        return out


def timeline(
    model: Model, scenario: Scenario, *, span: float, every: float, step: float, cut: Cut = "longest"
) -> Timeline:
    """The steps of a scenario, none longer than ``step``.

    Args:
        model: The model.
        scenario: What its levers and inputs do.
        span: How long it runs.
        every: The spacing of reported times; the end is always reported.
        step: The longest step.
        cut: Whether each of these steps is made in two, also where a segment alone keeps them short; or whether steps
            end on every reported time, so that none is interpolated: chance leaves no smooth course.
    """
    times = reported_times(span, every)
    edges = _edges([0.0, *scenario.changes(model), *(times if cut == "reported" else ())], span)
    steps, begins, ends = [], [], []
    stencils, weights = np.zeros((times.size, 2), dtype=np.int64), np.zeros((times.size, _STENCIL))
    node = 0
    for low, high in pairwise(edges):
        beyond = times >= high - _NEAR if high < edges[-1] else np.zeros(times.size, dtype=np.bool_)
        inside = np.flatnonzero((times >= low - _NEAR) & ~beyond)
        parts = _parts(times[inside], low, high=high, step=step) * (2 if cut == "halved" else 1)
        length = (high - low) / parts
        for row in inside:
            first, weight = _interpolation(float(times[row] - low) / length, parts)
            stencils[row] = node + first, len(weight)
            weights[row, : len(weight)] = weight
        steps += [length] * parts
        begins += [low + number * length for number in range(parts)]
        ends += [False] * (parts - 1) + [True]
        node += parts + 1
    starts, lengths = np.array(begins), np.array(steps)
    impulses = scenario.impulse_values(model, starts)
    points = np.stack([starts, starts + 0.5 * lengths, starts + lengths], axis=1)
    return Timeline(
        times=times,
        steps=lengths,
        begins=starts,
        ends=np.array(ends),
        levers=scenario.lever_values(model, points),
        inputs=scenario.input_values(model, points),
        impulses=impulses,
        jumps=_jumps(model, impulses),
        nodes=node,
        stencils=stencils,
        weights=weights,
    )


def reported_times(span: float, every: float) -> Floats:
    """The times that are reported: evenly spaced from the start, and the end."""
    return np.append(np.arange(0.0, span - _NEAR, every), span)


def _edges(times: Iterable[float], span: float) -> list[float]:
    """Where segments begin and end, in order; of times that differ by rounding alone, the one that is named first."""
    edges = [span]
    for time in times:
        if 0.0 <= time <= span and all(abs(time - edge) >= _NEAR for edge in edges):
            edges.append(time)
    return sorted(edges)


def _jumps(model: Model, impulses: Floats) -> NDArray[np.bool_]:
    """Where an impulse lever is not at rest."""
    acting = np.zeros(impulses.shape[0], dtype=np.bool_)
    for place, lever in enumerate(model.levers):
        if lever.impulse:
            acting |= impulses[:, place] != lever.default
    return acting


def _parts(inside: Floats, low: float, *, high: float, step: float) -> int:
    """How many steps a segment gets; enough nodes to interpolate well where it must be interpolated."""
    parts = max(1, math.ceil((high - low) / step - _NEAR))
    position = (inside - low) / ((high - low) / parts)
    if bool((np.abs(position - np.round(position)) < _NEAR).all()):
        return parts
    return max(parts, _STENCIL - 1)


def _interpolation(place: float, parts: int) -> tuple[int, list[float]]:
    """First node and weights of local Lagrange interpolation at a place counted in steps."""
    near = round(place)
    if abs(place - near) < _NEAR:
        return near, [1.0]
    width = min(_STENCIL, parts + 1)
    first = min(max(math.floor(place) - width // 2 + 1, 0), parts + 1 - width)
    stencil = range(first, first + width)
    return first, [
        math.prod((place - other) / (node - other) for other in stencil if other != node) for node in stencil
    ]
