"""How far the weights could have been off, given the noise before the treatment; compiled.

For one draw of the noise the weights that it leaves possible are those of the simplex inside an ellipsoid, and the
least and greatest counterfactual among them are wanted. Under a multiplier for the ellipsoid this is the problem of
``simplex_kernel``; the multiplier is found by halving.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from acuerdo.evaluation.synthetic.simplex_kernel import nearest

_HALVINGS = 26
_DECADES = 8.0


@njit(cache=True)
def least(quadratic, weights, noise, target, allowed, /):
    """The least of target'm over the moves m from the weights that stay in the simplex, with m'Qm <= 2 noise'm.

    Args:
        quadratic: Q, donors x donors.
        weights: The weights that were fitted.
        noise: One draw, one number per donor.
        target: The donors' outcomes of the period that is predicted.
        allowed: Which donors may have weight.
    """
    count = weights.shape[0]
    base = quadratic @ weights
    size, reach = 1e-300, 1e-300
    for j in range(count):
        size = max(size, quadratic[j, j])
        reach = max(reach, abs(target[j]))
    low, high = -_DECADES, _DECADES
    trial, found = np.empty(count), 0.0
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        multiplier = 10.0**middle * reach / size
        nearest(quadratic, base + noise - target / (2.0 * multiplier), allowed, trial)
        moved = trial - weights
        if moved @ quadratic @ moved - 2.0 * (noise @ moved) <= 0.0:
            high, found = middle, min(found, target @ moved)
        else:
            low = middle
    return found


@njit(cache=True)
def extremes(quadratic, weights, noises, targets, allowed, /):
    """The least and the greatest of each target under each draw.

    Args:
        noises: Draws x donors.
        targets: Targets x donors.

    Returns:
        Two arrays, draws x targets.
    """
    lows = np.empty((noises.shape[0], targets.shape[0]))
    highs = np.empty((noises.shape[0], targets.shape[0]))
    for s in range(noises.shape[0]):
        for t in range(targets.shape[0]):
            lows[s, t] = least(quadratic, weights, noises[s], targets[t], allowed)
            highs[s, t] = -least(quadratic, weights, noises[s], -targets[t], allowed)
    return lows, highs
