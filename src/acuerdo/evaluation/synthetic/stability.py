"""How far the answer hangs on one donor, and what the method finds where nothing had happened yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from acuerdo.evaluation.synthetic.comparison import Comparison
from acuerdo.evaluation.synthetic.placebo import Alternative, Placebos, placebos
from acuerdo.evaluation.synthetic.weighing import AbstractWeighing, Weights


def without_each_donor(
    comparison: Comparison, weighing: AbstractWeighing, *, treated: int, end: int, weights: Weights
) -> Mapping[int, float]:
    """The effect without each donor that has weight.

    Args:
        end: Index after the last period that counts.
        weights: The weights with all donors.

    Returns:
        Effect by the donor's row; a donor without whom nobody is left is passed over.
    """
    found: dict[int, float] = {}
    for donor in np.flatnonzero(np.abs(np.nan_to_num(weights.matrix[treated])) > 0):
        fewer = comparison.only([treated]).without(int(donor))
        if fewer.allowed[treated].any():
            gaps = weighing.weights(fewer).gaps(comparison.outcomes)
            found[int(donor)] = float(gaps[treated, comparison.start : end].mean())
    return found


def in_time(
    comparison: Comparison,
    weighing: AbstractWeighing,
    *,
    treated: int,
    starts: Sequence[int],
    horizon: int | None = None,
    alternative: Alternative = "two_sided",
) -> Mapping[int, Placebos]:
    """The ranks at dates before the treatment, seen with the data up to the treatment only.

    Args:
        starts: Indices of periods in which nothing had happened; at least two periods must precede each.
        horizon: How many periods count from each; all up to the treatment if not given.
    """
    found: dict[int, Placebos] = {}
    for start in starts:
        earlier = comparison.at(start)
        last = comparison.start if horizon is None else min(start + horizon, comparison.start)
        found[start] = placebos(
            earlier.outcomes,
            weighing.weights(earlier),
            treated=treated,
            span=(start, last),
            alternative=alternative,
        )
    return found
