"""Predictor weights that make the synthetic unit track the outcome; compiled.

The inner problem gives each predictor a weight v and finds the donors' mixture nearest to the unit in those predictors;
the outer one chooses v so that this mixture misses the outcome least before treatment. Between changes of the donors
in use the mixture is a smooth function of v, and its derivative follows from the optimality conditions of the inner
problem at the price of one small solve. So the outer search is a quasi-Newton descent, not a simplex of trial points;
at the kinks a line search that asks for the weak Wolfe conditions is enough.

References:
    Abadie, A. and Gardeazabal, J. (2003). American Economic Review 93, 113-132, appendix B.
    Becker, M. and Klößner, S. (2018). Econometrics and Statistics 5, 1-19.
    Lewis, A. S. and Overton, M. L. (2013). Mathematical Programming 141, 135-163.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from acuerdo.evaluation.synthetic.simplex_kernel import TOLERANCE, append_row, settle, solve_factored

_SUFFICIENT = 1e-4
_CURVATURE = 0.9
_SMALLEST_STEP = 1e-10
_TRIALS = 20


@njit(cache=True)
def _resume(points, squares, known, factor, active, weights, /):
    """The active set of an earlier mixture, or the nearest point where there is none; returns its size."""
    scale = squares.max()
    size, total = 0, 0.0
    row = np.empty(factor.shape[0])
    for j in range(known.shape[0]):
        if known[j] > 0.0 and size < factor.shape[0] - 1:
            for i in range(size):
                row[i] = scale
                for m in range(points.shape[0]):
                    row[i] += points[m, j] * points[m, active[i]]
            if append_row(factor, size, row, squares[j] + scale):
                active[size], weights[size] = j, known[j]
                size, total = size + 1, total + known[j]
    if size:
        weights[:size] /= total
        return settle(factor, active, weights, size, np.zeros(known.shape[0]))
    active[0], weights[0] = np.argmin(squares), 1.0
    factor[0, 0] = np.sqrt(squares[active[0]] + scale)
    return 1


@njit(cache=True)
def _along(points, active, weights, along, /):
    """Writes each point's inner product with the mixture into ``along``; returns the mixture's square."""
    level = 0.0
    along[:] = 0.0
    for m in range(points.shape[0]):
        coordinate = 0.0
        for i in range(active.shape[0]):
            coordinate += weights[i] * points[m, active[i]]
        level += coordinate * coordinate
        for j in range(points.shape[1]):
            along[j] += coordinate * points[m, j]
    return level


@njit(cache=True)
def _inner(points, known, factor, active, weights, /):
    """The mixture of few-dimensional points nearest to the origin; returns how many points it uses.

    The same active set as in ``simplex_kernel``, without a Gram matrix: with seven predictors a row of it is cheaper
    made when a point enters than kept for all points. Points stand in columns, so that the loop over them is the
    inner one.
    """
    width, count = points.shape
    squares, along = np.zeros(count), np.empty(count)
    for m in range(width):
        for j in range(count):
            squares[j] += points[m, j] * points[m, j]
    scale = squares.max()
    size = _resume(points, squares, known, factor, active, weights)
    row, none = np.empty(width + 1), np.zeros(count)
    for _ in range(20 * count):
        level = _along(points, active[:size], weights[:size], along)
        entering = np.argmin(along)
        # Affinely independent points of K dimensions are K + 1 at most
        if level - along[entering] <= TOLERANCE * scale or size > width:
            break
        for i in range(size):
            row[i] = scale
            for m in range(width):
                row[i] += points[m, entering] * points[m, active[i]]
        if not append_row(factor, size, row, squares[entering] + scale):
            break
        active[size], weights[size] = entering, 0.0
        size = settle(factor, active, weights, size + 1, none)
    return size


@njit(cache=True)
def _sensitivity(factor, size, slope, /):
    """How the outer slope acts on the points in use: its solution within weights that sum to nothing, in place."""
    ones = np.ones(size)
    solve_factored(factor, size, ones)
    solve_factored(factor, size, slope)
    share = slope[:size].sum() / ones.sum()
    for i in range(size):
        slope[i] -= share * ones[i]


@njit(cache=True)
def outer(angles, predictors, outcomes, span, weights, slope, /):
    """The outer objective at one choice of predictor weights.

    Args:
        angles: One per predictor; v = exp(-span (1 + sin angle) / 2), so every v lies between exp(-span) and 1.
        predictors: Predictors x donors, each less the unit's own value and scaled.
        outcomes: Donors x periods before treatment, each less the unit's own value.
        span: Logarithm of the largest ratio of two predictor weights.
        weights: The donors' weights at a choice nearby, or zeros; receives those at this one.
        slope: Receives the derivative by each angle.

    Returns:
        Mean squared miss of the outcome.
    """
    width, periods = predictors.shape[0], outcomes.shape[1]
    half = -0.5 * span * (1.0 + np.sin(angles))
    importance = np.exp(half - half.max())
    points = predictors.copy()
    for m in range(width):
        points[m] *= np.sqrt(importance[m])
    factor = np.zeros((width + 2, width + 2))
    active, used = np.empty(width + 2, np.int64), np.empty(width + 2)
    size = _inner(points, weights, factor, active, used)
    weights[:] = 0.0
    miss, push = np.zeros(periods), np.zeros(size)
    for i in range(size):
        weights[active[i]] = used[i]
        for t in range(periods):
            miss[t] += used[i] * outcomes[active[i], t]
    for i in range(size):
        for t in range(periods):
            push[i] += miss[t] * outcomes[active[i], t] * (2.0 / periods)
    _sensitivity(factor, size, push)
    for m in range(width):
        residual, moved = 0.0, 0.0
        for i in range(size):
            residual += used[i] * predictors[m, active[i]]
            moved += push[i] * predictors[m, active[i]]
        slope[m] = residual * moved * importance[m] * 0.5 * span * np.cos(angles[m])
    return (miss * miss).sum() / periods


@njit(cache=True)
def _line_search(start, direction, value, steepness, problem, state, /):
    """A step that meets the weak Wolfe conditions, found by doubling and halving."""
    predictors, outcomes, span = problem
    angles, weights, slope = state
    low, high, step = 0.0, np.inf, 1.0
    found = value
    for _ in range(_TRIALS):
        angles[:] = start + step * direction
        found = outer(angles, predictors, outcomes, span, weights, slope)
        if found > value + _SUFFICIENT * step * steepness:
            high = step
        elif slope @ direction < _CURVATURE * steepness:
            low = step
        else:
            break
        step = 2.0 * low if np.isinf(high) else 0.5 * (low + high)
        if high - low < _SMALLEST_STEP:
            break
    return found


@njit(cache=True)
def _update(inverse, move, turn, /):
    """The quasi-Newton (BFGS) update of the inverse curvature, in place; none where the curvature is not positive."""
    size = move.shape[0]
    curvature, length, bend = 0.0, 0.0, 0.0
    turned = np.zeros(size)
    for i in range(size):
        curvature += move[i] * turn[i]
        length += move[i] * move[i]
        bend += turn[i] * turn[i]
        for k in range(size):
            turned[i] += inverse[i, k] * turn[k]
    if curvature <= 1e-14 * np.sqrt(length * bend):
        return
    along = 0.0
    for i in range(size):
        along += turn[i] * turned[i]
    for i in range(size):
        for k in range(size):
            inverse[i, k] += (1.0 + along / curvature) * move[i] * move[k] / curvature
            inverse[i, k] -= (move[i] * turned[k] + turned[i] * move[k]) / curvature


@njit(cache=True)
def descend(angles, predictors, outcomes, span, weights, steps, /):
    """Descends from one start; leaves the best angles in ``angles`` and their donors' weights in ``weights``."""
    size = angles.shape[0]
    slope, next_slope = np.empty(size), np.empty(size)
    tried, tried_weights = angles.copy(), weights.copy()
    value = outer(angles, predictors, outcomes, span, weights, slope)
    inverse = np.eye(size)
    fresh = True
    for _ in range(steps):
        direction = -(inverse @ slope)
        steepness = slope @ direction
        if steepness >= -1e-14 * max(value, 1e-300):
            if fresh:
                break
            inverse, fresh = np.eye(size), True
            continue
        if fresh:
            direction /= max(1.0, np.sqrt(direction @ direction))
            steepness = slope @ direction
        found = _line_search(
            angles,
            direction,
            value,
            steepness,
            (predictors, outcomes, span),
            (tried, tried_weights, next_slope),
        )
        if not found < value - 1e-11 * value:
            if fresh:
                break
            inverse, fresh = np.eye(size), True
            continue
        _update(inverse, tried - angles, next_slope - slope)
        fresh = False
        angles[:], weights[:], slope[:] = tried, tried_weights, next_slope
        value = found
    return value


@njit(cache=True)
def search(starts, predictors, outcomes, span, steps, /):
    """Descends from every start.

    Args:
        starts: Starts x predictors, as angles.

    Returns:
        The objective each start ended at; the best donors' weights; the best angles.
    """
    ends = np.empty(starts.shape[0])
    best_weights, best_angles = np.zeros(predictors.shape[1]), starts[0].copy()
    best = np.inf
    for i in range(starts.shape[0]):
        angles, weights = starts[i].copy(), np.zeros(predictors.shape[1])
        ends[i] = descend(angles, predictors, outcomes, span, weights, steps)
        if ends[i] < best:
            best, best_weights, best_angles = ends[i], weights, angles
    return ends, best_weights, best_angles
