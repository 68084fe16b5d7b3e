"""The wild cluster bootstrap, for few clusters: the null is imposed, the interval is what the test does not reject.

References:
    Cameron, Gelbach and Miller (2008), Bootstrap-based improvements for inference with clustered errors, Review of
    Economics and Statistics 90(3).
    Roodman, MacKinnon, Nielsen and Webb (2019), Fast and wild, Stata Journal 19(1).
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from acuerdo.evaluation.inference.interval import Uncertain
from acuerdo.evaluation.optional import library, quietly

Array = NDArray[np.float64]


def wild(
    outcome: Array, treatment: Array, *, clusters: NDArray[Any], level: float, draws: int, seed: int
) -> Uncertain:
    """The slope of one on the other, both freed of their fixed effects, with its bootstrap interval.

    Args:
        outcome: Shape (rows,).
        treatment: Shape (rows,).
        clusters: Number of each row's cluster.
        level: Coverage of the interval.
        draws: Draws of signs; all of them are taken where there are fewer.
        seed: For the draws.

    Raises:
        MissingExtra: If the library is not installed.
    """
    slope = float(treatment @ outcome / (treatment @ treatment))
    with quietly():
        found = library("diff_diff.utils").wild_bootstrap_se(
            treatment[:, None],
            outcome,
            outcome - slope * treatment,
            clusters,
            0,
            n_bootstrap=draws,
            alpha=1 - level,
            seed=seed,
        )
    low, high = float(found.ci_lower), float(found.ci_upper)
    if not (math.isfinite(low) and math.isfinite(high) and low <= slope <= high):
        return Uncertain(value=slope)
    return Uncertain(
        value=slope, standard_error=float(found.se), low=low, high=high, p_value=float(found.p_value)
    )
