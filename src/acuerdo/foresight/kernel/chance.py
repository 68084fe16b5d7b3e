"""What :mod:`acuerdo.foresight.noise` and :mod:`acuerdo.foresight.events` do, compiled, for eight draws side by side.

Only printed kernels use these, and only where numba is installed.
"""

# pyright: reportMissingTypeStubs=false
from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from acuerdo.foresight.kernel.templates import WIDTH
from acuerdo.foresight.noise import INVERTED_BELOW, MANY, MOST


class Group(NamedTuple):
    """Eight draws ("lanes") in the course of a step. The place of row r in a flat array is ``r * WIDTH + lane``.

    Attributes:
        y: The states.
        begun: The rate of every channel at the step's beginning.
        now: The same after the last event.
        small: Whether a channel leaves or enters a row that holds little.
        going: Whether a lane may have another event, shape (WIDTH,).
        left: How much of the step is left, shape (WIDTH,).
        routes: The row that each channel leaves, and that it enters; -1 for none. Shape (channels, 2).
    """

    y: Any
    begun: Any
    now: Any
    small: Any
    going: Any
    left: Any
    routes: Any


class Stream(NamedTuple):
    """Where random numbers come from: the model's key, the number of the group's first draw, the cell, the step."""

    key: Any
    draw: int
    cell: int
    step: int


@njit(error_model="numpy", cache=True)
def uniforms(key, draw, cell, step, /):
    """Two numbers in [0, 1) from a counter, by Philox 4x32-10."""
    low = np.uint64(0xFFFFFFFF)
    half = np.uint64(32)
    a, b = np.uint64(draw) & low, np.uint64(draw) >> half
    c, d = np.uint64(cell), np.uint64(step)
    k, m = key[0], key[1]
    for _ in range(10):
        p, r = np.uint64(0xD2511F53) * a, np.uint64(0xCD9E8D57) * c
        a, b, c, d = (r >> half) ^ b ^ k, r & low, (p >> half) ^ d ^ m, p & low
        k, m = (k + np.uint64(0x9E3779B9)) & low, (m + np.uint64(0xBB67AE85)) & low
    eleven = np.uint64(11)
    return float((a << half | b) >> eleven) * 2.0**-53, float((c << half | d) >> eleven) * 2.0**-53


@njit(error_model="numpy", cache=True)
def poisson(mean, u, v, /):
    """A Poisson number from two uniform ones."""
    if not mean > 0.0:
        return mean if np.isnan(mean) else 0.0
    if mean < INVERTED_BELOW:
        term = np.exp(-mean)
        summed, count = term, 0.0
        while u >= summed and count < MOST:
            count += 1.0
            term *= mean / count
            summed += term
        return count
    normal = np.sqrt(-2.0 * np.log(1.0 - u)) * np.cos(2.0 * np.pi * v)
    return max(np.floor(mean + np.sqrt(mean) * normal + 0.5), 0.0)


@njit(error_model="numpy", cache=True)
def number(mean, key, draw, cell, step, /):
    """A Poisson number from a counter."""
    u, v = uniforms(key, draw, cell, step)
    return poisson(mean, u, v)


@njit(error_model="numpy", cache=True)
def move(y, out_of, into, count, lane, /):
    """Moves a number from one row to another, and never more than there is; -1 is no row."""
    if out_of >= 0:
        held = y[out_of * WIDTH + lane]
        count = np.minimum(count, held)
        y[out_of * WIDTH + lane] = held - count
    if into >= 0:
        y[into * WIDTH + lane] += count


@njit(error_model="numpy", cache=True)
def due(rate, y, out_of, lane, /):
    """A rate as it acts: none below zero, and none out of what is empty, even where it cannot be computed there."""
    empty = out_of >= 0 and y[out_of * WIDTH + lane] == 0.0
    return 0.0 if empty or rate <= 0.0 else rate


@njit(error_model="numpy", cache=True)
def marked(group, below, /):
    """Finds the channels that leave or enter a row that holds little; whether there are any."""
    y, small, going, routes = group.y, group.small, group.going, group.routes
    some = False
    for lane in range(WIDTH):
        going[lane] = False
        for c in range(routes.shape[0]):
            little = False
            for side in range(2):
                row = routes[c, side]
                little = little or (row >= 0 and y[row * WIDTH + lane] < below)
            small[c * WIDTH + lane] = little
            going[lane] = going[lane] or little
        some = some or going[lane]
    return some


@njit(error_model="numpy", cache=True)
def single(group, stream, /):
    """One event among small channels in each lane that is still going; whether there was any."""
    y, small, going, left, routes = group.y, group.small, group.going, group.left, group.routes
    some = False
    for lane in range(WIDTH):
        if not going[lane]:
            continue
        going[lane] = False
        summed = 0.0
        for c in range(routes.shape[0]):
            if small[c * WIDTH + lane]:
                summed += due(group.now[c * WIDTH + lane], y, routes[c, 0], lane)
        if not summed * left[lane] < MANY:
            continue
        u, v = uniforms(stream.key, stream.draw + lane, stream.cell, stream.step)
        wait = -np.log(1.0 - u) / summed if summed > 0.0 else np.inf
        left[lane] = max(left[lane] - wait, 0.0)
        if not left[lane] > 0.0:
            continue
        target, reached = v * summed, 0.0
        for c in range(routes.shape[0]):
            if small[c * WIDTH + lane]:
                reached += due(group.now[c * WIDTH + lane], y, routes[c, 0], lane)
                if reached > target:
                    move(y, routes[c, 0], routes[c, 1], 1.0, lane)
                    break
        going[lane] = some = True
    return some


@njit(error_model="numpy", cache=True)
def leap(group, stream, h, /):
    """One leap of every channel: over the whole step, of a small one over what its events left of it."""
    y, begun, now, small, left, routes = (
        group.y,
        group.begun,
        group.now,
        group.small,
        group.left,
        group.routes,
    )
    mean, u, v = np.empty(WIDTH), np.empty(WIDTH), np.empty(WIDTH)
    for c in range(routes.shape[0]):
        for lane in range(WIDTH):
            at = c * WIDTH + lane
            mean[lane] = due(left[lane] * now[at] if small[at] else h * begun[at], y, routes[c, 0], lane)
        # A loop of its own, so that the compiler finds vector instructions for it
        for lane in range(WIDTH):
            u[lane], v[lane] = uniforms(stream.key, stream.draw + lane, stream.cell + c, stream.step)
        out_of, into = routes[c, 0], routes[c, 1]
        for lane in range(WIDTH):
            move(y, out_of, into, poisson(mean[lane], u[lane], v[lane]), lane)


@njit(error_model="numpy", cache=True)
def counted(y, routes, by_chance, key, draw, /):
    """Makes what flows move whole: a Poisson number, or the nearest whole one."""
    for row in np.unique(routes):
        if row >= 0:
            for lane in range(WIDTH):
                at = row * WIDTH + lane
                y[at] = number(y[at], key, draw + lane, row, 0) if by_chance else np.floor(y[at] + 0.5)
