"""The stochastic variant by the plain reference: small counts one event at a time, the others by leaps."""

from __future__ import annotations

from typing import final

import numpy as np
from numpy.typing import NDArray

from acuerdo.foresight.arrays import Arrays, Values
from acuerdo.foresight.cells import channels_of, routes_of, rows_of
from acuerdo.foresight.model import Floats
from acuerdo.foresight.noise import MANY, Noise, Words, poisson, uniforms
from acuerdo.foresight.timeline import Timeline
from acuerdo.foresight.tracing import System

Flags = NDArray[np.bool_]


def events_with_numpy(
    system: System, params: Floats, *, course: Timeline, noise: Noise, first: int
) -> Floats:
    """The outcomes at the reported times with every flow left to chance.

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
    chance = _Chance(arrays, noise, np.arange(first, first + params.shape[1], dtype=np.uint64))
    with np.errstate(all="ignore"):
        y = chance.begun(arrays.start(fixed, _outside(arrays, course, step=0, point=0)))
        out: list[Floats] = []
        for step, h in enumerate(course.steps):
            driven = _outside(arrays, course, step=step, point=0)
            if course.jumps[step]:
                acting = arrays.driven(
                    course.impulses[step], course.inputs[step, 0], time=course.begins[step]
                )
                y = chance.jumped(y, {**fixed, **acting})
            out.append(arrays.outcomes(chance.named(y), fixed, driven=driven))
            y = chance.moved(y, {**fixed, **driven}, h=float(h), step=step + 1)
            if course.ends[step]:
                last = _outside(arrays, course, step=step, point=2)
                out.append(arrays.outcomes(chance.named(y), fixed, driven=last))
        return course.reported(np.stack(out, axis=1))


@final
class _Chance:
    """The chances of some draws. States lie in one array of shape (rows, draws), rates in one of (channels, draws)."""

    def __init__(self, arrays: Arrays, noise: Noise, draws: Words) -> None:
        system = arrays.system
        self.arrays, self.noise, self.draws = arrays, noise, draws
        self.key = noise.key(system)
        self.rows, self.channels = rows_of(system), channels_of(system)
        self.routes = routes_of(system)
        self.whole = np.unique(self.routes[self.routes >= 0])

    def named(self, y: Floats) -> dict[str, Floats]:
        """The states by name: scalars (draws,), vectors (n, draws)."""
        sizes = self.arrays.system.data.spaces
        return {
            one.name: y[row : row + sizes[one.space]] if one.space else y[row]
            for one in self.arrays.system.states
            for row in (self.rows[one.name],)
        }

    def begun(self, started: Values) -> Floats:
        """The states at the start, what flows move in whole numbers."""
        y = np.concatenate([np.atleast_2d(started[one.name]) for one in self.arrays.system.states])
        for row in self.whole:
            counted = (
                self._number(y[row], cell=int(row), step=0) if self.noise.start else np.floor(y[row] + 0.5)
            )
            y[row] = counted
        return y

    def jumped(self, y: Floats, acting: Values) -> Floats:
        """The states just after an impulse."""
        new = {**self.named(y), **self.arrays.evaluate(self.arrays.system.jumps, {**acting, **self.named(y)})}
        y = np.concatenate([np.atleast_2d(new[one.name]) for one in self.arrays.system.states])
        y[self.whole] = np.floor(y[self.whole] + 0.5)
        return y

    def moved(self, y: Floats, acting: Values, *, h: float, step: int) -> Floats:
        """The states after a step: first what is small, event by event; then the leaps; then what no flow moves."""
        slow = self.arrays.evaluate(self.arrays.system.rates, {**acting, **self.named(y)})
        slow = {name: h * rate for name, rate in slow.items()}
        rates = self._rates(y, acting)
        small = self._small(y)
        y = y.copy()
        now, left = self._one_by_one(y, acting, rates=rates, small=small, h=h, step=step)
        means = np.where(small, left * now, h * rates)
        for channel, mean in enumerate(self._due(means, y)):
            count = self._number(mean, cell=self.rows[""] + channel, step=step)
            self._move(y, np.full(count.size, channel), count=count, lanes=np.arange(count.size))
        for name, change in slow.items():
            y[self.rows[name] : self.rows[name] + np.atleast_2d(change).shape[0]] += change
        return y

    def _one_by_one(
        self, y: Floats, acting: Values, *, rates: Floats, small: Flags, h: float, step: int
    ) -> tuple[Floats, Floats]:
        """Gillespie's direct method for the small channels, on the states in place; the others stand still.

        Returns:
            The rates at its end, and how much of the step it left to a leap: nothing, unless too much happens.
        """
        left = np.full(self.draws.size, h)
        going = small.any(axis=0)
        number = 0
        while going.any():
            reached = np.cumsum(np.where(small, self._due(rates, y), 0.0), axis=0)
            going &= reached[-1] * left < MANY
            cell = self.rows[""] + self.channels[""] + number
            u, v = uniforms(self.key, self.draws, cell=cell, step=step)
            wait = np.where(reached[-1] > 0.0, -np.log(1.0 - u) / reached[-1], np.inf)
            left = np.where(going, np.maximum(left - wait, 0.0), left)
            going &= left > 0.0
            lanes = np.flatnonzero(going)
            chosen = (reached > v * reached[-1]).argmax(axis=0)[lanes]
            self._move(y, chosen, count=np.ones(lanes.size), lanes=lanes)
            rates = self._rates(y, acting)
            number += 1
        return rates, left

    def _rates(self, y: Floats, acting: Values) -> Floats:
        """The rate of every channel, shape (channels, draws)."""
        system = self.arrays.system
        found = self.arrays.evaluate(
            {flow.name: flow.rate for flow in system.flows}, {**acting, **self.named(y)}
        )
        out = np.empty((self.channels[""], self.draws.size))
        for flow in system.flows:
            size = system.data.spaces[flow.rate.space] if flow.rate.space else 1
            out[self.channels[flow.name] : self.channels[flow.name] + size] = found[flow.name]
        return out

    def _due(self, rates: Floats, y: Floats) -> Floats:
        """Rates as they act: none below zero, and none out of what is empty, even where it cannot be computed there."""
        held = np.vstack([y, np.ones((1, self.draws.size))])[self.routes[:, 0]]
        return np.where((held == 0.0) | (rates <= 0.0), 0.0, rates)

    def _small(self, y: Floats) -> Flags:
        """Which channels leave or enter a row that holds little, shape (channels, draws)."""
        little = np.vstack([y < self.noise.exact_below, np.zeros((1, self.draws.size), dtype=np.bool_)])
        # The last row stands for no row, which is -1
        return little[self.routes[:, 0]] | little[self.routes[:, 1]]

    def _move(
        self, y: Floats, channels: NDArray[np.int64], *, count: Floats, lanes: NDArray[np.int64]
    ) -> None:
        """Moves what each lane's channel moves, and never more than there is."""
        out_of, into = self.routes[channels].T
        some = out_of >= 0
        count[some] = np.minimum(count[some], y[out_of[some], lanes[some]])
        y[out_of[some], lanes[some]] -= count[some]
        some = into >= 0
        y[into[some], lanes[some]] += count[some]

    def _number(self, mean: Floats, *, cell: int, step: int) -> Floats:
        u, v = uniforms(self.key, self.draws, cell=cell, step=step)
        return poisson(mean, u, v=v)


def _outside(arrays: Arrays, course: Timeline, *, step: int, point: int) -> Values:
    time = course.begins[step] + 0.5 * point * course.steps[step]
    return arrays.driven(course.levers[step, point], course.inputs[step, point], time=time)
