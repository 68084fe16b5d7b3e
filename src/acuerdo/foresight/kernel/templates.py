"""The parts of a printed kernel that are the same for every model."""

from __future__ import annotations

WIDTH = 8
ARGUMENTS = "y, base, nxt, acc, q, levers, v, inputs, x, xs, time, c, data, index, out, o, stride, stage"

# The last arguments of a call: what never changes, where outcomes go, and which of the four stages of a step it is
_REST = "data, index, flat, {}, stride, {}"
TAILS = {
    "still_0": _REST.format("0", "0"),
    "still_o": _REST.format("o", "0"),
    "second": _REST.format("0", "2"),
    "third": _REST.format("0", "3"),
    "fourth": _REST.format("0", "4"),
}

HEAD = '''
"""A printed kernel; the model it was printed from is the thing to read."""

import numpy as np
from numba import njit

from acuerdo.foresight.kernel.lanes import (
    add, divide, exp, less, load, log, maximum, minimum, multiply, negative, power, spread, sqrt, store, subtract,
    where,
)
'''

CHANCE = "from acuerdo.foresight.kernel.chance import Group, Stream, counted, leap, marked, single"

# One group of eight draws after another; within a group all steps of the timeline
MAIN = """
@njit(error_model="numpy", cache=True, nogil=True)
def simulate(params, levers, inputs, impulses, jumps, steps, begins, ends, data, index, out):
    draws = params.shape[1]
    stride = out.shape[1] * draws
    flat = out.reshape(-1)
    y, ya, yb, acc = np.empty({size}), np.empty({size}), np.empty({size}), np.empty({size})
    q = np.empty({slots})
    for g in range(0, draws, {w}):
        for k in range({parameters}):
            for l in range({w}):
                q[k * {w} + l] = params[k, g + l]
        prepare(q)
        xs = {stride}
        start(y, y, y, acc, q, levers, 0, inputs, 0{offset}, xs, begins[0], 0.0, {still_0})
        node = 0
        for s in range(steps.size):
            h, t = steps[s], begins[s]
            v, x = 3 * {levers} * s, 3 * {inputs} * s * {per}{offset}
            v1, x1 = v + {levers}, x + {inputs} * {per}
            v2, x2 = v1 + {levers}, x1 + {inputs} * {per}
            if jumps[s]:
                ya[:] = y
                jump(ya, ya, y, acc, q, impulses, {levers} * s, inputs, x, xs, t, 0.0, {still_0})
            o = node * draws + g
            first(y, y, ya, acc, q, levers, v, inputs, x, xs, t, 0.5 * h, {still_o})
            later(ya, y, yb, acc, q, levers, v1, inputs, x1, xs, t + 0.5 * h, 0.5 * h, {second})
            later(yb, y, ya, acc, q, levers, v1, inputs, x1, xs, t + 0.5 * h, h, {third})
            later(ya, y, y, acc, q, levers, v2, inputs, x2, xs, t + h, h / 6.0, {fourth})
            node += 1
            if ends[s]:
                o = node * draws + g
                first(y, y, ya, acc, q, levers, v2, inputs, x2, xs, t + h, 0.0, {still_o})
                node += 1
"""

# A time on a node takes its value as it stands; another is interpolated, always in the same order of terms
REPORT = """
@njit(error_model="numpy", cache=True, nogil=True)
def report(at_nodes, stencils, weights, out):
    outcomes, nodes, draws = at_nodes.shape
    times = out.shape[1]
    source, target = at_nodes.reshape(-1), out.reshape(-1)
    for k in range(outcomes):
        for r in range(times):
            first, width = stencils[r, 0], stencils[r, 1]
            for g in range(0, draws, {w}):
                summed = multiply(spread(weights[r, 0]), load(source, (k * nodes + first) * draws + g))
                for p in range(1, width):
                    value = load(source, (k * nodes + first + p) * draws + g)
                    summed = add(summed, multiply(spread(weights[r, p]), value))
                store(target, (k * times + r) * draws + g, summed)
"""

# The same groups and timeline with events in place of slopes: in each step first what is small, one event at a time,
# then the leaps, then what no flow moves
EVENTS = """
@njit(error_model="numpy", cache=True, nogil=True)
def simulate(
    params, levers, inputs, impulses, jumps, steps, begins, ends, data, index, out, key, draw0, by_chance, below, routes
):
    draws = params.shape[1]
    stride = out.shape[1] * draws
    flat = out.reshape(-1)
    y, was, q = np.empty({size}), np.empty({size}), np.empty({slots})
    begun, now = np.zeros({channels} + {size}), np.zeros({channels} + {size})
    small, going, left = np.empty({channels}, np.bool_), np.empty({w}, np.bool_), np.empty({w})
    group = Group(y, begun, now, small, going, left, routes)
    for g in range(0, draws, {w}):
        for k in range({parameters}):
            for l in range({w}):
                q[k * {w} + l] = params[k, g + l]
        prepare(q)
        xs, draw = {stride}, draw0 + g
        start(y, y, y, y, q, levers, 0, inputs, 0{offset}, xs, begins[0], 0.0, {still_0})
        counted(y, routes, by_chance, key, draw)
        node = 0
        for s in range(steps.size):
            h, t = steps[s], begins[s]
            v, x = 3 * {levers} * s, 3 * {inputs} * s * {per}{offset}
            v2, x2 = v + 2 * {levers}, x + 2 * {inputs} * {per}
            if jumps[s]:
                was[:] = y
                jump(was, was, y, y, q, impulses, {levers} * s, inputs, x, xs, t, 0.0, {still_0})
                counted(y, routes, False, key, draw)
            o = node * draws + g
            observe(y, y, y, y, q, levers, v, inputs, x, xs, t, 0.0, {still_o})
            rates(y, y, begun, y, q, levers, v, inputs, x, xs, t, 0.0, {still_0})
            left[:] = h
            if marked(group, below):
                now[:] = begun
                cell = {streams} + routes.shape[0]
                while single(group, Stream(key, draw, cell, s + 1)):
                    rates(y, y, now, y, q, levers, v, inputs, x, xs, t, 0.0, {still_0})
                    cell += 1
            leap(group, Stream(key, draw, {streams}, s + 1), h)
            for r in range({size}):
                y[r] += h * begun[{channels} + r]
            node += 1
            if ends[s]:
                o = node * draws + g
                observe(y, y, y, y, q, levers, v2, inputs, x2, xs, t + h, 0.0, {still_o})
                node += 1
"""
