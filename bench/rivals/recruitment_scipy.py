"""The same trajectories by SciPy's ``solve_ivp``, one after another, as its documentation would have it."""

from __future__ import annotations

import numpy as np
from scipy.integrate import solve_ivp


def simulate(params: np.ndarray, matrix: np.ndarray, *, share: np.ndarray, weeks: int) -> np.ndarray:
    """Members and deaths a week, shape (2, weeks + 1, draws); parameters as in the other rivals."""
    out = np.empty((2, weeks + 1, params.shape[1]))
    for draw, (rate, arrests, lethality, saturation, size) in enumerate(params.T):

        def slope(_time: float, y: np.ndarray, p=(rate, arrests, lethality, saturation)) -> np.ndarray:
            return y * (p[0] - p[1] / y.sum() - p[2] * (matrix @ y) - p[3] * y)

        found = solve_ivp(
            slope, (0, weeks), size * share, method="RK45", rtol=1e-6, t_eval=np.arange(weeks + 1.0)
        ).y
        out[0, :, draw] = found.sum(axis=0)
        out[1, :, draw] = lethality * np.einsum("it,it->t", found, matrix @ found)
    return out
