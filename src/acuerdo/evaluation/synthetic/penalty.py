"""The penalty of the penalised estimator, chosen on the donors before the treatment."""

from __future__ import annotations

import numpy as np

from acuerdo.evaluation.synthetic.comparison import Comparison
from acuerdo.evaluation.synthetic.outcome_only import OutcomeOnly
from acuerdo.evaluation.synthetic.weighing import mean_squares

_PENALTIES = np.concatenate([[0.0], np.geomspace(1e-5, 10.0, 25)])
_FITTED_SHARE = 2 / 3


def held_out_penalty(comparison: Comparison, *, treated: int) -> float:
    """The penalty with which the untreated units' last periods before the treatment are foretold best.

    The first two thirds of the periods before the treatment fit the weights, the last third judges them. Neither the
    treated unit nor anything after the treatment has a say, so the choice can be made before the outcome is seen.

    Returns:
        The penalty; zero where there are fewer than three periods.

    Reference:
        Abadie, A. and L'Hour, J. (2021). Journal of the American Statistical Association 116, 1817-1834, section 4.
    """
    fitted = int(comparison.start * _FITTED_SHARE)
    if comparison.start < 3:
        return 0.0
    earlier = comparison.at(fitted)
    judges = np.setdiff1d(comparison.fitted, [treated])
    errors = [
        float(
            np.mean(
                mean_squares(
                    OutcomeOnly(penalty=float(penalty)).weights(earlier).gaps(earlier.outcomes)[judges],
                    fitted,
                )
                ** 2
            )
        )
        for penalty in _PENALTIES
    ]
    return float(_PENALTIES[int(np.argmin(errors))])
