"""Exact least squares over the simplex, by an active set on a shared Gram matrix; compiled.

Minimises w'Qw - 2 b'w over weights w >= 0 that sum to one. With points in the rows of Y, Q = YY' and b = Y y, this is
the point of the donors' convex hull nearest to y: all units of a panel, each against the others, share one Q.

The active set holds the donors in use; a donor enters when it makes the steepest descent, and leaves when its weight
would turn negative. The set stays affinely independent, so its matrix Q + c ee' has a Cholesky factor, which gains a
row or loses one at each step. It ends at the optimum after finitely many steps; what rounding leaves is the gap.

Arrays are float64 and C-contiguous. Parameters are positional, for compiled code has no keywords.

Reference:
    Wolfe, P. (1976). Finding the nearest point in a polytope. Mathematical Programming 11, 128-149.
"""

from __future__ import annotations

import numpy as np
from numba import njit

# Relative to the size of Q; below it a descent or a pivot is rounding, not information.
TOLERANCE = 1e-13
_PIVOT = 1e-12


@njit(cache=True)
def append_row(factor, size, row, corner, /):
    """Adds a row to a Cholesky factor; False where it would make the set affinely dependent."""
    left = corner
    for i in range(size):
        value = row[i]
        for k in range(i):
            value -= factor[size, k] * factor[i, k]
        value /= factor[i, i]
        factor[size, i] = value
        left -= value * value
    if left <= _PIVOT * corner:
        return False
    factor[size, size] = np.sqrt(left)
    return True


@njit(cache=True)
def _remove(factor, size, gone, /):
    """Takes one row out of a Cholesky factor of ``size`` rows, and makes it triangular again by rotations."""
    for i in range(gone, size - 1):
        for k in range(i + 2):
            factor[i, k] = factor[i + 1, k]
    for k in range(gone, size - 1):
        a, b = factor[k, k], factor[k, k + 1]
        length = np.sqrt(a * a + b * b)
        cosine, sine = a / length, b / length
        for i in range(k, size - 1):
            one, other = factor[i, k], factor[i, k + 1]
            factor[i, k] = cosine * one + sine * other
            factor[i, k + 1] = cosine * other - sine * one


@njit(cache=True)
def solve_factored(factor, size, right, /):
    """Solves LL'x = right in place, for the first ``size`` rows."""
    for i in range(size):
        value = right[i]
        for k in range(i):
            value -= factor[i, k] * right[k]
        right[i] = value / factor[i, i]
    for i in range(size - 1, -1, -1):
        value = right[i]
        for k in range(i + 1, size):
            value -= factor[k, i] * right[k]
        right[i] = value / factor[i, i]


@njit(cache=True)
def settle(factor, active, weights, size, linear, /):
    """Moves to the best point of the active set's affine hull, dropping donors on the way; returns the new size."""
    ones = np.empty(size)
    target = np.empty(size)
    while size > 1:
        for i in range(size):
            ones[i] = 1.0
            target[i] = linear[active[i]]
        solve_factored(factor, size, ones)
        solve_factored(factor, size, target)
        total, level = 0.0, 1.0
        for i in range(size):
            total += ones[i]
            level -= target[i]
        share = level / total
        step, blocking = 1.0, -1
        for i in range(size):
            target[i] += share * ones[i]
            if target[i] <= 0.0:
                room = weights[i] / (weights[i] - target[i])
                if room < step:
                    step, blocking = room, i
        for i in range(size):
            weights[i] += step * (target[i] - weights[i])
        if blocking < 0:
            return size
        _remove(factor, size, blocking)
        for i in range(blocking, size - 1):
            active[i] = active[i + 1]
            weights[i] = weights[i + 1]
        size -= 1
    weights[0] = 1.0
    return size


@njit(cache=True)
def _first(quadratic, linear, allowed, /):
    """The best single donor, and the size of the problem."""
    best, value, scale = -1, np.inf, 0.0
    for j in range(quadratic.shape[0]):
        if allowed[j]:
            scale = max(scale, abs(quadratic[j, j]), abs(linear[j]))
            single = quadratic[j, j] - 2.0 * linear[j]
            if single < value:
                best, value = j, single
    return best, scale


@njit(cache=True)
def _steepest(quadratic, linear, allowed, active, weights, /):
    """The best donor to bring in, and how much it promises: what it lowers the objective by, to first order."""
    count, size = quadratic.shape[0], active.shape[0]
    descent = -linear
    for i in range(size):
        share, row = weights[i], quadratic[active[i]]
        for j in range(count):
            descent[j] += share * row[j]
    level = 0.0
    for i in range(size):
        level += weights[i] * descent[active[i]]
    best, promise = -1, 0.0
    for j in range(count):
        if allowed[j] and level - descent[j] > promise:
            best, promise = j, level - descent[j]
    return best, promise


@njit(cache=True)
def nearest(quadratic, linear, allowed, result, /):
    """The weights that minimise w'Qw - 2 b'w over the simplex of the allowed donors.

    Args:
        quadratic: Q, donors x donors, positive semidefinite on vectors that sum to zero.
        linear: b, one number per donor.
        allowed: Which donors may have weight, one truth value per donor; at least one.
        result: Receives the weights, one per donor.

    Returns:
        The duality gap: the objective at ``result`` is at most twice this above the optimum.
    """
    count = quadratic.shape[0]
    result[:] = 0.0
    first, scale = _first(quadratic, linear, allowed)
    if first < 0:
        return np.inf
    open_ = allowed.copy()
    shift = max(scale, 1e-300)
    factor = np.zeros((min(count, 64), min(count, 64)))
    active = np.empty(count, np.int64)
    weights = np.empty(count)
    row = np.empty(count)
    active[0], weights[0], size = first, 1.0, 1
    factor[0, 0] = np.sqrt(quadratic[first, first] + shift)
    for _ in range(20 * count + 20):
        entering, promise = _steepest(quadratic, linear, open_, active[:size], weights[:size])
        if entering < 0 or promise <= TOLERANCE * scale:
            break
        if size == factor.shape[0]:
            wider = np.zeros((min(count, 2 * size), min(count, 2 * size)))
            wider[:size, :size] = factor
            factor = wider
        for i in range(size):
            row[i] = quadratic[entering, active[i]] + shift
        if size == factor.shape[0] or not append_row(
            factor, size, row, quadratic[entering, entering] + shift
        ):
            open_[entering] = False
            continue
        active[size], weights[size] = entering, 0.0
        size = settle(factor, active, weights, size + 1, linear)
        open_[:] = allowed
    for i in range(size):
        result[active[i]] = weights[i]
    return _steepest(quadratic, linear, allowed, active[:size], weights[:size])[1]


@njit(cache=True)
def nearest_each(quadratic, linear, allowed, /):
    """One problem per row of ``linear``, all on one Q.

    Args:
        quadratic: Q, donors x donors.
        linear: One b per problem, problems x donors.
        allowed: Donors of each problem, problems x donors.

    Returns:
        Weights, problems x donors, NaN in the row of a problem without a donor; and the gap of each.
    """
    weights = np.empty(linear.shape)
    gaps = np.empty(linear.shape[0])
    for i in range(linear.shape[0]):
        gaps[i] = nearest(quadratic, linear[i], allowed[i], weights[i])
        if np.isinf(gaps[i]):
            weights[i] = np.nan
    return weights, gaps
