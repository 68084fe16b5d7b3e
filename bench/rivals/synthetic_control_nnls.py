"""Every unit against the others by SciPy's nonnegative least squares, with a heavy row for the sum to one."""

from __future__ import annotations

import numpy as np
from scipy.optimize import nnls


def misfits(outcomes: np.ndarray, start: int) -> np.ndarray:
    """Root mean squared miss before the treatment, of each unit."""
    before = outcomes[:, :start]
    heavy = 1e3 * np.abs(before).max()
    found = np.empty(len(before))
    for unit in range(len(before)):
        others = np.delete(before, unit, axis=0)
        weights, _ = nnls(np.vstack([others.T, np.full(len(others), heavy)]), np.append(before[unit], heavy))
        found[unit] = np.sqrt(np.mean((before[unit] - weights / weights.sum() @ others) ** 2))
    return found
