"""Intervals by permuting residuals under the null; the weights are fitted anew for every null.

Under the null of a constant effect its size is taken off the treated outcome, the weights are fitted to all periods,
and the residuals after the treatment should look like those before. The p-value is the share of the cyclic shifts of
the residuals whose block at the end is as large.

Reference:
    Chernozhukov, V., Wüthrich, K. and Zhu, Y. (2021). Journal of the American Statistical Association 116, 1849-1864.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, final

import numpy as np

from acuerdo.evaluation.synthetic.inversion import accepted
from acuerdo.evaluation.synthetic.solver import simplex_weights

if TYPE_CHECKING:
    from numpy.typing import NDArray


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ConformalTest:
    """The test of constant effects over the last periods of a window.

    Attributes:
        outcome: T outcomes of the treated unit.
        donors: J x T outcomes.
        start: Index of the first treated period; the effect is constant from it to the end.
        demeaned: Whether units are compared about their own means.
    """

    outcome: NDArray[np.float64]
    donors: NDArray[np.float64]
    start: int
    demeaned: bool = False

    def p_values(self, effects: NDArray[np.float64]) -> NDArray[np.float64]:
        """The p-value of each constant effect."""
        after = np.zeros(len(self.outcome))
        after[self.start :] = 1.0
        donors, outcome = self.donors, self.outcome
        if self.demeaned:
            donors = donors - donors.mean(axis=1, keepdims=True)
            outcome, after = outcome - outcome.mean(), after - after.mean()
        centre = donors.mean(axis=0)
        donors, outcome = donors - centre, outcome - centre
        nulls = outcome[None, :] - effects[:, None] * after[None, :]
        everyone = np.ones((len(effects), len(donors)), dtype=bool)
        weights, _ = simplex_weights(donors @ donors.T, nulls @ donors.T, allowed=everyone)
        return _shifted(nulls - weights @ donors, block=len(self.outcome) - self.start)

    def interval(self, level: float, *, gap: NDArray[np.float64]) -> tuple[float, float] | None:
        """The constant effects that are not rejected; None where the periods are too few for the level.

        Args:
            gap: T gaps of the treated unit from weights fitted before the treatment; where the search begins.
        """
        before = float(np.sqrt(np.mean(gap[: self.start] ** 2)))
        step = 4 * max(before, 1e-9 * float(np.abs(self.outcome).max()))
        return accepted(self.p_values, float(gap[self.start :].mean()), step=step, alpha=1 - level)

    def each(self, level: float, *, gap: NDArray[np.float64]) -> list[tuple[float, float] | None]:
        """The interval of each treated period by itself, from the periods before the treatment and that one."""
        found: list[tuple[float, float] | None] = []
        for period in range(self.start, len(self.outcome)):
            kept = np.r_[0 : self.start, period]
            alone = replace(self, outcome=self.outcome[kept], donors=self.donors[:, kept])
            found.append(alone.interval(level, gap=gap[kept]))
        return found


def _shifted(residuals: NDArray[np.float64], *, block: int) -> NDArray[np.float64]:
    """Share of the cyclic shifts whose last ``block`` residuals have as large a mean as the ones seen."""
    periods = residuals.shape[1]
    along = np.concatenate([np.zeros((len(residuals), 1)), np.tile(residuals, 2).cumsum(axis=1)], axis=1)
    sums = np.abs(along[:, block : block + periods] - along[:, :periods])
    seen = sums[:, periods - block]
    return np.mean(sums >= seen[:, None] * (1 - 1e-10), axis=1)
