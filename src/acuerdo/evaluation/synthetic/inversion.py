"""An interval from a test: the effects that the test does not reject."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Test = Callable[["NDArray[np.float64]"], "NDArray[np.float64]"]
"""The p-value of each of several effects."""

_POINTS = 60
_DOUBLINGS = 12
_HALVINGS = 30
_QUIET = 2
_ROUNDING = 1e-9


def accepted(test: Test, centre: float, *, step: float, alpha: float) -> tuple[float, float] | None:
    """The least and greatest effects whose p-value is above ``alpha``.

    The search starts at ``centre`` with a reach of ``step`` and doubles it until both ends are rejected.

    Returns:
        The two ends; None where some effect is never rejected, however great, so that there is no interval.
    """
    # A rank is a whole number over another; rounding must not lift it above a level that it equals
    alpha += _ROUNDING
    if not test(np.array([centre]))[0] > alpha:
        # The estimate itself is rejected: no constant effect fits, so there is nothing to put an interval about
        return None
    ends = [_end(test, centre, reach=sign * step, alpha=alpha) for sign in (-1.0, 1.0)]
    low, high = ends
    return None if low is None or high is None else (low, high)


def _end(test: Test, centre: float, *, reach: float, alpha: float) -> float | None:
    """The farthest accepted effect on one side; the p-value may rise again, so rejection must last to be believed."""
    inside, outside, quiet, begun = centre, centre + reach / _POINTS, 0, 0.0
    for _ in range(_DOUBLINGS):
        grid = centre + reach * np.linspace(begun, 1.0, _POINTS + 1)
        kept = np.flatnonzero(test(grid) > alpha)
        if len(kept):
            last = int(kept[-1])
            quiet = 0 if last > _POINTS // 2 else 1
            inside = float(grid[last])
            outside = float(grid[min(last + 1, _POINTS)])
        else:
            quiet += 1
        if quiet >= _QUIET:
            return _edge(test, inside, outside, alpha=alpha)
        reach, begun = 2.0 * reach, 0.5
    return None


def _edge(test: Test, inside: float, outside: float, /, *, alpha: float) -> float:
    """Where between an accepted and a rejected effect the test changes its mind."""
    for _ in range(_HALVINGS):
        middle = 0.5 * (inside + outside)
        if test(np.array([middle]))[0] > alpha:
            inside = middle
        else:
            outside = middle
    return inside
