"""Placebos in space: how far the treated unit's gap stands out among the gaps of units that nobody treated.

References:
    Abadie, A., Diamond, A. and Hainmueller, J. (2010). Journal of the American Statistical Association 105, 493-505.
    Firpo, S. and Possebom, V. (2018). Journal of Causal Inference 6(2), for the interval.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, final

import numpy as np

from acuerdo.evaluation.synthetic.inversion import accepted
from acuerdo.evaluation.synthetic.weighing import Weights, mean_squares

if TYPE_CHECKING:
    from numpy.typing import NDArray

Alternative = Literal["two_sided", "increase", "decrease"]
# Relative to the spread of the unit's own outcome; a miss below it is a perfect fit
PERFECT = 1e-7


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Placebos:
    """The gaps of the treated unit and of every placebo, and what they are ranked by.

    Attributes:
        gaps: N x T; NaN for a unit that was not fitted.
        exposure: N weights of the treated unit in each placebo's mixture.
        start: Index of the first treated period.
        end: Index after the last period that counts.
        treated: Row of the treated unit.
        ranked: N truth values: the treated unit and the placebos that take part.
        alternative: Two-sided ranks by the ratio of root mean squared gaps after and before; one-sided by the mean
            gap after, over the root mean squared gap before.
    """

    gaps: NDArray[np.float64]
    exposure: NDArray[np.float64]
    start: int
    end: int
    treated: int
    ranked: NDArray[np.bool_]
    alternative: Alternative = "two_sided"

    @property
    def before(self) -> NDArray[np.float64]:
        """N root mean squared gaps before the treatment."""
        return mean_squares(self.gaps, 0, end=self.start)

    @property
    def effect(self) -> float:
        """Mean gap of the treated unit over the periods that count."""
        return float(self.gaps[self.treated, self.start : self.end].mean())

    @property
    def count(self) -> int:
        """How many are ranked, the treated unit among them."""
        return int(self.ranked.sum())

    @property
    def p_value(self) -> float:
        """Share of the ranked units that stand out at least as far as the treated one."""
        after = self.gaps[self.ranked, self.start : self.end]
        return self._share(_statistic(after, self.alternative))

    def p_values(self, effects: NDArray[np.float64]) -> NDArray[np.float64]:
        """The p-value of each null that the effect was constant and of this size.

        Ranked by the size of the mean gap, which is nothing at the estimate; ranks of root mean squares would reject
        every constant effect where the true one changes from period to period.
        """
        after = self.gaps[self.ranked, self.start : self.end].mean(axis=1)
        moved = np.where(np.arange(len(self.gaps)) == self.treated, -1.0, self.exposure)[self.ranked]
        return np.array([self._share(np.abs(after + effect * moved)) for effect in effects])

    def _share(self, statistic: NDArray[np.float64]) -> float:
        """Share whose statistic, over the misfit before, is at least the treated unit's."""
        sizes = statistic / np.maximum(self.before[self.ranked], 1e-300)
        own = sizes[int(self.ranked[: self.treated].sum())]
        # Ties count against the treated unit; rounding must not break them
        return float(np.mean(sizes >= own - 1e-12 * abs(own)))

    def interval(self, level: float) -> tuple[float, float] | None:
        """The constant effects that the ranks do not reject; None where the ranks are too few for the level."""
        step = max(float(self.before[self.treated]), 1e-12) * 4
        return accepted(self.p_values, self.effect, step=step, alpha=1 - level)


def _statistic(after: NDArray[np.float64], alternative: Alternative) -> NDArray[np.float64]:
    if alternative == "two_sided":
        return np.sqrt(np.mean(after**2, axis=1))
    mean = after.mean(axis=1)
    return mean if alternative == "increase" else -mean


def placebos(
    outcomes: NDArray[np.float64],
    weights: Weights,
    *,
    treated: int,
    span: tuple[int, int],
    alternative: Alternative = "two_sided",
    worst_fit: float | None = None,
) -> Placebos:
    """The ranks of one treated unit.

    Args:
        outcomes: N x T.
        weights: Of the treated unit and of every placebo.
        span: Index of the first treated period, and the index after the last that counts.
        worst_fit: Placebos whose gap before the treatment is more than so many times the treated unit's take no
            part; None keeps all.
    """
    gaps = weights.gaps(outcomes)
    start, end = span
    before = mean_squares(gaps, 0, end=start)
    ranked = np.isfinite(before)
    if worst_fit is not None:
        ranked &= before <= worst_fit * before[treated]
    ranked[treated] = True
    return Placebos(
        gaps=gaps,
        exposure=weights.matrix[:, treated],
        start=start,
        end=end,
        treated=treated,
        ranked=ranked,
        alternative=alternative,
    )


def is_perfect(outcomes: NDArray[np.float64], gaps: NDArray[np.float64], *, start: int) -> NDArray[np.bool_]:
    """Which units are matched so well before the treatment that the match says nothing."""
    own = outcomes[:, :start]
    return mean_squares(gaps, 0, end=start) <= PERFECT * np.maximum(own.std(axis=1), 1e-300)
