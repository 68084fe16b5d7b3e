"""How concentrated a count is over places, or how evenly spread.

Every function takes the counts of all places, zeros included, and gives NaN where there is nothing to share
out: no places, or a total of zero.

References:
    Hirschman (1964), The paternity of an index, American Economic Review 54(5).
    Laakso and Taagepera (1979), "Effective" number of parties, Comparative Political Studies 12(1).
    Cowell (2011), Measuring Inequality, 3rd ed., appendix A.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.float64]


def shares(counts: Counts) -> Counts:
    """Each place's share in the total; all NaN where the total is zero.

    Args:
        counts: Shape (places,), not negative.
    """
    total = counts.sum()
    return counts / total if total > 0 else np.full(counts.shape, np.nan)


def herfindahl_hirschman(counts: Counts) -> float:
    """The sum of the squared shares: 1/n where n places share alike, 1 where one place has all.

    >>> herfindahl_hirschman(np.array([5.0, 5.0]))
    0.5
    """
    return float((shares(counts) ** 2).sum()) if counts.size else float("nan")


def effective_number(counts: Counts) -> float:
    """The number of equal places that would be as concentrated: 1 / Herfindahl-Hirschman.

    >>> effective_number(np.array([10.0, 10.0, 10.0, 0.0]))
    3.0
    """
    concentration = herfindahl_hirschman(counts)
    return round(1 / concentration, 12)


def gini(counts: Counts) -> float:
    """The Gini coefficient of the counts: 0 where all are alike, (n - 1)/n where one place has all.

    >>> gini(np.array([1.0, 1.0, 1.0]))
    0.0
    """
    ordered = np.sort(counts)
    places, total = ordered.size, ordered.sum()
    if places == 0 or total <= 0:
        return float("nan")
    weights = 2 * np.arange(1, places + 1) - places - 1
    return float((weights * ordered).sum() / (places * total))


def theil(counts: Counts) -> float:
    """Theil's T: 0 where all are alike, ln(n) where one place has all.

    >>> theil(np.array([2.0, 2.0]))
    0.0
    """
    if counts.size == 0 or counts.sum() <= 0:
        return float("nan")
    relative = counts[counts > 0] / counts.mean()
    return float((relative * np.log(relative)).sum() / counts.size)


def top_share(counts: Counts, *, top: int) -> float:
    """The per cent of the total in the ``top`` places with the highest counts.

    >>> top_share(np.array([6.0, 3.0, 1.0]), top=2)
    90.0
    """
    if counts.size == 0 or counts.sum() <= 0:
        return float("nan")
    return float(100 * np.sort(counts)[::-1][:top].sum() / counts.sum())
