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

from acuerdo.evaluation.synthetic.simplex_kernel import append_row, nearest, solve_factored

_SUFFICIENT = 1e-4
_CURVATURE = 0.9
_SMALLEST_STEP = 1e-10


@njit(cache=True)
def _sensitivity(quadratic, weights, slope, /):
    """How the outer slope acts on the donors in use: the projected Newton direction, zero elsewhere."""
    count = weights.shape[0]
    active = np.flatnonzero(weights > 0.0)
    direction = np.zeros(count)
    size = active.shape[0]
    if size < 2:
        return direction
    shift = 0.0
    for i in range(size):
        shift = max(shift, quadratic[active[i], active[i]])
    factor, row = np.zeros((size, size)), np.empty(size)
    for i in range(size):
        for k in range(i):
            row[k] = quadratic[active[i], active[k]] + shift
        if not append_row(factor, i, row, quadratic[active[i], active[i]] + shift):
            return direction
    ones, target = np.ones(size), slope[active]
    solve_factored(factor, size, ones)
    solve_factored(factor, size, target)
    share = target.sum() / ones.sum()
    for i in range(size):
        direction[active[i]] = target[i] - share * ones[i]
    return direction


@njit(cache=True)
def outer(angles, predictors, outcomes, span, weights, slope, /):
    """The outer objective at one choice of predictor weights.

    Args:
        angles: One per predictor; v = exp(-span (1 + sin angle) / 2), so every v lies between exp(-span) and 1.
        predictors: Donors x predictors, each less the unit's own value and scaled.
        outcomes: Donors x periods before treatment, each less the unit's own value.
        span: Logarithm of the largest ratio of two predictor weights.
        weights: Receives the donors' weights.
        slope: Receives the derivative by each angle.

    Returns:
        Mean squared miss of the outcome.
    """
    count, width = predictors.shape
    half = -0.5 * span * (1.0 + np.sin(angles))
    importance = np.exp(half - half.max())
    scaled = predictors * np.sqrt(importance)
    quadratic = scaled @ scaled.T
    nearest(quadratic, np.zeros(count), np.ones(count, np.bool_), weights)
    miss = weights @ outcomes
    periods = outcomes.shape[1]
    direction = _sensitivity(quadratic, weights, outcomes @ miss * (2.0 / periods))
    residual, moved = weights @ predictors, direction @ predictors
    for m in range(width):
        by_importance = -residual[m] * moved[m] * importance[m]
        slope[m] = -by_importance * 0.5 * span * np.cos(angles[m])
    return (miss @ miss) / periods


@njit(cache=True)
def _line_search(start, direction, value, steepness, problem, state, /):
    """A step that meets the weak Wolfe conditions, found by doubling and halving."""
    predictors, outcomes, span = problem
    angles, weights, slope = state
    low, high, step = 0.0, np.inf, 1.0
    found = value
    for _ in range(30):
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
def _updated(inverse, move, turn, /):
    """The quasi-Newton (BFGS) update of the inverse curvature."""
    curvature = move @ turn
    if curvature <= 1e-14 * np.sqrt((move @ move) * (turn @ turn)):
        return inverse
    size = move.shape[0]
    left = np.eye(size) - np.outer(move, turn) / curvature
    return left @ inverse @ left.T + np.outer(move, move) / curvature


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
            angles, direction, value, steepness, (predictors, outcomes, span), (tried, tried_weights, next_slope)
        )
        if not found < value - 1e-11 * value:
            if fresh:
                break
            inverse, fresh = np.eye(size), True
            continue
        inverse = _updated(inverse, tried - angles, next_slope - slope)
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
    best_weights, best_angles = np.zeros(predictors.shape[0]), starts[0].copy()
    best = np.inf
    for i in range(starts.shape[0]):
        angles, weights = starts[i].copy(), np.zeros(predictors.shape[0])
        ends[i] = descend(angles, predictors, outcomes, span, weights, steps)
        if ends[i] < best:
            best, best_weights, best_angles = ends[i], weights, angles
    return ends, best_weights, best_angles
