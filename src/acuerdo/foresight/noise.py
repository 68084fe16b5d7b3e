"""Chance: every flow moves a whole number of people, drawn around what the equations would move.

In each step a flow moves a Poisson number with the mean that it has at the step's beginning (tau-leaping), and never
more than there is. Small numbers (a mean below 30) are drawn exactly, by inversion; larger ones by the normal
approximation. Each number comes from a counter: the draw, the flow and element, the step. So it is the same whoever
computes it, and under every scenario.

Reference:
    Gillespie, Approximate accelerated stochastic simulation of chemically reacting systems (2001).
    Salmon and others, Parallel random numbers: as easy as 1, 2, 3 (2011): Philox 4x32-10.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from acuerdo.foresight.arrays import Arrays, Values
from acuerdo.foresight.cells import cells_of
from acuerdo.foresight.model import Floats
from acuerdo.foresight.timeline import Timeline
from acuerdo.foresight.tracing import System

Words = NDArray[np.uint64]
_LOW, _HALF = np.uint64(0xFFFFFFFF), np.uint64(32)
_EXACT_BELOW, _MOST = 30.0, 200


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Noise:
    """What is left to chance.

    Attributes:
        seed: The name of the streams; another seed gives other chances.
        step: The length of a leap, in the model's unit.
        start: Whether the counts at the start are Poisson numbers too.
    """

    seed: int = 0
    step: float = 1.0
    start: bool = False

    def key(self, system: System) -> Words:
        """The key of the model's streams, two words of 32 bits."""
        name = f"{system.model.id}/events/{self.seed}"
        return np.frombuffer(hashlib.sha256(name.encode()).digest()[:8], dtype="<u4").astype(np.uint64)

    def counted(self, system: System) -> NDArray[np.bool_]:
        """Which rows of the states begin with a Poisson number: those that flows move, if that is asked for."""
        moved = {state for flow in system.flows for state in (flow.out_of, flow.into)}
        return np.array([
            self.start and one.name in moved
            for one in system.states
            for _ in range(system.data.spaces[one.space] if one.space else 1)
        ])  # fmt: skip


def uniforms(key: Words, draws: Words, *, cell: int, step: int) -> tuple[Floats, Floats]:
    """Two numbers in [0, 1) for each draw, from its own counter."""
    a, b = draws & _LOW, draws >> _HALF
    c, d = np.full_like(draws, cell), np.full_like(draws, step)
    k, m = key
    for _ in range(10):
        p, r = np.uint64(0xD2511F53) * a, np.uint64(0xCD9E8D57) * c
        a, b, c, d = (r >> _HALF) ^ b ^ k, r & _LOW, (p >> _HALF) ^ d ^ m, p & _LOW
        k, m = (k + np.uint64(0x9E3779B9)) & _LOW, (m + np.uint64(0xBB67AE85)) & _LOW
    eleven = np.uint64(11)
    one, other = (a << _HALF | b) >> eleven, (c << _HALF | d) >> eleven
    return one.astype(np.float64) * 2.0**-53, other.astype(np.float64) * 2.0**-53


def poisson(mean: Floats, u: Floats, *, v: Floats) -> Floats:
    """Poisson numbers with the given means, from two uniform numbers each."""
    count = np.zeros_like(mean)
    term = np.exp(-mean)
    summed = term.copy()
    small = (mean > 0.0) & (mean < _EXACT_BELOW)
    for _ in range(_MOST):
        more = small & (u >= summed)
        if not more.any():
            break
        count[more] += 1.0
        term[more] *= mean[more] / count[more]
        summed[more] += term[more]
    normal = np.sqrt(-2.0 * np.log(1.0 - u)) * np.cos(2.0 * np.pi * v)
    large = np.maximum(np.floor(mean + np.sqrt(mean) * normal + 0.5), 0.0)
    return np.where(np.isnan(mean), mean, np.where(mean >= _EXACT_BELOW, large, count))


def events_with_numpy(
    system: System, params: Floats, *, course: Timeline, noise: Noise, first: int
) -> Floats:
    """The outcomes at the reported times with every flow left to chance, by the plain reference.

    Args:
        system: The traced model.
        params: Parameters in the model's order, shape (parameters, draws).
        course: Steps, levers and inputs.
        noise: What is left to chance.
        first: The number of the first draw.

    Returns:
        Shape (outcomes, reported, draws).
    """
    arrays = Arrays(system, np)
    fixed = arrays.fixed(params)
    with np.errstate(all="ignore"):
        chance = _Chance(
            arrays, noise.key(system), np.arange(first, first + params.shape[1], dtype=np.uint64)
        )
        y = chance.begun(arrays.start(fixed, _outside(arrays, course, step=0, point=0)), noise)
        out: list[Floats] = []
        for step, h in enumerate(course.steps):
            driven = _outside(arrays, course, step=step, point=0)
            if course.jumps[step]:
                acting = arrays.driven(
                    course.impulses[step], course.inputs[step, 0], time=course.begins[step]
                )
                y = {**y, **arrays.evaluate(system.jumps, {**fixed, **y, **acting})}
            out.append(arrays.outcomes(y, fixed, driven=driven))
            y = chance.moved(y, {**fixed, **y, **driven}, h=float(h), step=step + 1)
            if course.ends[step]:
                out.append(arrays.outcomes(y, fixed, driven=_outside(arrays, course, step=step, point=2)))
        return course.reported(np.stack(out, axis=1))


@final
@dataclass(frozen=True, slots=True)
class _Chance:
    """The random streams of one run by the plain reference."""

    arrays: Arrays
    key: Words
    draws: Words

    def begun(self, y: dict[str, Floats], noise: Noise) -> dict[str, Floats]:
        """The starting counts."""
        counted = noise.counted(self.arrays.system)
        row = 0
        for state in self.arrays.system.states:
            values = np.atleast_2d(y[state.name]).copy()
            for place in range(values.shape[0]):
                if counted[row]:
                    values[place] = self._number(values[place], cell=row, step=0)
                row += 1
            y[state.name] = values if state.space else values[0]
        return y

    def moved(self, y: Values, values: Values, *, h: float, step: int) -> dict[str, Floats]:
        """The states after a step: flows element by element, in the order in which they are declared."""
        system = self.arrays.system
        rates = self.arrays.evaluate({flow.name: flow.rate for flow in system.flows}, values)
        new = {name: np.array(value) for name, value in y.items()}
        cells = cells_of(system)
        for space in (*system.data.spaces, ""):
            flows = [flow for flow in system.flows if flow.rate.space == space]
            for place in range(system.data.spaces[space] if space else 1):
                for flow in flows:
                    mean = np.broadcast_to(
                        rates[flow.name][place] if space else rates[flow.name], self.draws.shape
                    )
                    count = self._number(h * mean, cell=cells[flow.name] + place, step=step)
                    if flow.out_of:
                        stock = new[flow.out_of]
                        held = stock[place] if stock.ndim == 2 else stock
                        count = np.minimum(count, held)
                        held -= count
                    if flow.into:
                        stock = new[flow.into]
                        stock[place if stock.ndim == 2 else slice(None)] += count
        for name, rate in self.arrays.evaluate(system.rates, values).items():
            new[name] = new[name] + h * rate
        return new

    def _number(self, mean: Floats, *, cell: int, step: int) -> Floats:
        u, v = uniforms(self.key, self.draws, cell=cell, step=step)
        return poisson(np.asarray(mean, dtype=np.float64), u, v=v)


def _outside(arrays: Arrays, course: Timeline, *, step: int, point: int) -> Values:
    time = course.begins[step] + 0.5 * point * course.steps[step]
    return arrays.driven(course.levers[step, point], course.inputs[step, point], time=time)
