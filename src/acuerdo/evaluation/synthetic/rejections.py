"""The p-values of placebo tests by the thousand: one fit of the panel serves every unit and every effect.

The weights of a panel at a date do not depend on who is said to have been treated then, nor on what is put into the
outcome after it, as long as treated units stay in the placebos' pool. So one fit per date gives the answer for each
unit in turn, and for each size of effect by arithmetic.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from acuerdo.evaluation.synthetic.comparison import Comparison, donor_pool
from acuerdo.evaluation.synthetic.outcome_only import OutcomeOnly
from acuerdo.evaluation.synthetic.placebo import Alternative
from acuerdo.evaluation.synthetic.pooled import Staggered, placebo_sets, pooled_gaps
from acuerdo.evaluation.synthetic.weighing import mean_squares

if TYPE_CHECKING:
    from numpy.typing import NDArray


def unit_p_values(
    outcomes: NDArray[np.float64], *, starts: Sequence[int], horizon: int, shares: Sequence[float],
    alternative: Alternative = "two_sided", demeaned: bool = False,
) -> NDArray[np.float64]:  # fmt: skip
    """The p-value of every unit at every date, had its outcome risen by a share from then on.

    Args:
        outcomes: N x T.
        starts: S indices of first treated periods.
        horizon: How many periods count from each.
        shares: E effects, as shares of the outcome: 0.25 is a rise by a quarter; 0 is none.

    Returns:
        E x S x N.
    """
    found = np.empty((len(shares), len(starts), len(outcomes)))
    weighing = OutcomeOnly(demeaned=demeaned)
    allowed = donor_pool(len(outcomes), [], keep_treated=True)
    for number, start in enumerate(starts):
        weights = weighing.weights(Comparison(outcomes=outcomes, start=start, allowed=allowed))
        gaps = weights.gaps(outcomes)
        window = slice(start, start + horizon)
        moves = np.eye(len(outcomes)) - weights.matrix
        found[:, number] = _ranked(
            gaps[:, window],
            outcomes[:, window],
            moves=moves,
            before=mean_squares(gaps, 0, end=start),
            shares=shares,
            alternative=alternative,
        )
    return found


def _ranked(
    gaps: NDArray[np.float64], outcomes: NDArray[np.float64], *, moves: NDArray[np.float64],
    before: NDArray[np.float64], shares: Sequence[float], alternative: Alternative,
) -> NDArray[np.float64]:  # fmt: skip
    """E x N p-values at one date.

    Args:
        gaps: N x H after the date, without effect.
        outcomes: N x H.
        moves: N x N; how the gap of row k moves with the outcome of column i.
    """
    horizon = gaps.shape[1]
    found = np.empty((len(shares), len(gaps)))
    for number, share in enumerate(shares):
        pushed = share * moves
        if alternative == "two_sided":
            squares = (gaps**2).mean(axis=1)[:, None]
            crossed = gaps @ outcomes.T / horizon
            own = (outcomes**2).mean(axis=1)[None, :]
            statistic = np.maximum(squares + 2 * pushed * crossed + pushed**2 * own, 0.0)
            statistic = np.sqrt(statistic) / before[:, None]
        else:
            statistic = (gaps.mean(axis=1)[:, None] + pushed * outcomes.mean(axis=1)[None, :]) / before[
                :, None
            ]
            statistic = statistic if alternative == "increase" else -statistic
        treated = np.diag(statistic)
        found[number] = np.mean(statistic >= treated - 1e-12 * np.abs(treated), axis=0)
    return found


def pooled_p_values(
    case: Staggered, *, shares: Sequence[float], sets: int,
    random: np.random.Generator, alternative: Alternative = "two_sided",
) -> NDArray[np.float64]:  # fmt: skip
    """The p-value of one set of units that start together, had their outcomes risen by a share from then on.

    Args:
        case: The set, all of one start.
        shares: E effects, as shares of the outcome.
        sets: Placebo sets that are drawn.

    Returns:
        E p-values.
    """
    drawn = placebo_sets(case, draws=sets, random=random)
    found = pooled_gaps(case, drawn)
    start, outcomes = int(case.starts[0]), case.outcomes
    pushed = np.zeros(len(outcomes))
    pushed[case.treated] = outcomes[case.treated, start : start + case.horizon].mean(axis=1)
    moves = pushed[drawn] - found.weights @ pushed
    p_values = np.empty(len(shares))
    for number, share in enumerate(shares):
        mean = ((found.after + share * moves) / found.misfits).mean(axis=1)
        statistic = (
            np.abs(mean) if alternative == "two_sided" else mean if alternative == "increase" else -mean
        )
        p_values[number] = np.mean(statistic >= statistic[0] - 1e-12 * abs(statistic[0]))
    return p_values
