"""Several treated units with different starts, ranked as a set among sets that nobody treated.

Each unit of a set is matched by donors outside of the set. A placebo set is fitted anew under the same rule: were its
members allowed to stand in for one another, its gaps would come out smaller than those of the treated set, and the
test would reject too often.

References:
    Firpo, S. and Possebom, V. (2018). Journal of Causal Inference 6(2), for an interval from ranks.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, final

import numpy as np

from acuerdo.evaluation.synthetic.inversion import accepted
from acuerdo.evaluation.synthetic.placebo import PERFECT, Alternative
from acuerdo.evaluation.synthetic.solver import gram, simplex_weights

if TYPE_CHECKING:
    from numpy.typing import NDArray


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Staggered:
    """K units treated at K starts, among N units over T periods.

    Attributes:
        outcomes: N x T, without missing values.
        treated: K rows.
        starts: K indices of first treated periods.
        horizon: How many periods count from each start.
        keep_treated: Whether placebo sets are drawn from all units, and the treated ones may be their donors.
        demeaned: Whether units are compared about their own means before each start.
    """

    outcomes: NDArray[np.float64]
    treated: NDArray[np.intp]
    starts: NDArray[np.intp]
    horizon: int
    keep_treated: bool = True
    demeaned: bool = False

    @property
    def drawn_from(self) -> NDArray[np.intp]:
        """The units that placebo sets are made of."""
        everyone = np.arange(len(self.outcomes))
        return everyone if self.keep_treated else np.setdiff1d(everyone, self.treated)


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PooledGaps:
    """Gaps of D sets of K units, the treated set first.

    Attributes:
        gaps: D x K x (E + H): from the E periods before each start that all have, over the H that count.
        weights: D x K x N.
        misfits: D x K root mean squared gaps over all periods before each start.
        moved: D x K: what a constant effect of one on the treated adds to each mean gap after the start.
        perfect: D x K: matched so well that the match says nothing.
        before: E.
        alternative: Which side counts.
    """

    gaps: NDArray[np.float64]
    weights: NDArray[np.float64]
    misfits: NDArray[np.float64]
    moved: NDArray[np.float64]
    perfect: NDArray[np.bool_]
    before: int
    alternative: Alternative

    @property
    def after(self) -> NDArray[np.float64]:
        """D x K mean gaps over the periods that count."""
        return self.gaps[:, :, self.before :].mean(axis=2)

    @property
    def p_value(self) -> float:
        """Share of the sets, the treated one among them, that stand out at least as far."""
        return float(self.p_values(np.zeros(1))[0])

    def p_values(self, effects: NDArray[np.float64]) -> NDArray[np.float64]:
        """The p-value of each null that the effect on every treated unit was constant and of this size.

        A set is ranked by the mean of its members' mean gaps, each over its own misfit before the start, so that a
        unit that nothing resembles does not speak for all.
        """
        return self._ranked(effects, weights=np.ones(self.misfits.shape[1]), alternative=self.alternative)

    def interval(self, level: float) -> tuple[float, float] | None:
        """The constant effects that the ranks do not reject; None where the sets are too few for the level.

        Here the treated set is ranked by its plain mean gap, which is the estimate: it always lies inside. The gap of
        a placebo counts in units of its own misfit, times the misfit of the treated unit whose place it takes; taken
        as they are, placebos that fit better than the treated would make the interval too short.
        """
        misfits = self.misfits[0]

        def test(effects: NDArray[np.float64]) -> NDArray[np.float64]:
            return self._ranked(effects, weights=misfits, alternative="two_sided")

        step = max(float(misfits.mean()), 1e-12) * 4
        return accepted(test, float(self.after[0].mean()), step=step, alpha=1 - level)

    def _ranked(
        self, effects: NDArray[np.float64], *, weights: NDArray[np.float64], alternative: Alternative
    ) -> NDArray[np.float64]:
        """The rank of the treated set under each effect, as a share; K weights of the normalised gaps."""
        factors = weights / np.maximum(self.misfits, 1e-300)
        found = np.empty(len(effects))
        for number, effect in enumerate(effects):
            mean = ((self.after + effect * self.moved) * factors).mean(axis=1)
            size = {"two_sided": np.abs(mean), "increase": mean, "decrease": -mean}[alternative]
            found[number] = np.mean(size >= size[0] * (1 - 1e-12 * np.sign(size[0])))
        return found


def placebo_sets(case: Staggered, *, draws: int, random: np.random.Generator) -> NDArray[np.intp]:
    """The treated set, then placebo sets: every one there is where they are few, else so many draws."""
    pool, size = case.drawn_from, len(case.treated)
    if len(pool) < size:
        return case.treated[None, :]
    if math.comb(len(pool), size) <= draws:
        every = np.array([random.permutation(one) for one in combinations(pool.tolist(), size)])
        same = [set(one) == set(case.treated.tolist()) for one in every]
        return np.vstack([case.treated, every[~np.array(same)]])
    drawn = [random.choice(pool, size=size, replace=False) for _ in range(draws)]
    return np.vstack([case.treated, *drawn])


def pooled_gaps(
    case: Staggered, sets: NDArray[np.intp], *, alternative: Alternative = "two_sided"
) -> PooledGaps:
    """The gaps of every set, each fitted with donors outside of it.

    Args:
        sets: D x K rows, the treated set first; member k of a set stands for treated unit k and has its start.

    Raises:
        MissingExtra: If the compiled solver is not installed.
    """
    count, size = sets.shape
    earliest = int(case.starts.min())
    everyone = len(case.outcomes)
    gaps = np.empty((count, size, earliest + case.horizon))
    weights = np.empty((count, size, everyone))
    misfits, moved = np.empty((count, size)), np.empty((count, size))
    perfect = np.empty((count, size), dtype=bool)
    allowed = _donors(case, sets)
    under = _under_treatment(case)
    for start in np.unique(case.starts):
        slots = np.flatnonzero(case.starts == start)
        members = sets[:, slots].ravel()
        found, paths = _fitted(
            case, members, start=int(start), allowed=np.repeat(allowed, len(slots), axis=0)
        )
        window = slice(int(start), int(start) + case.horizon)
        shape = (count, len(slots))
        weights[:, slots] = found.reshape(*shape, everyone)
        gaps[:, slots] = paths[:, start - earliest : window.stop].reshape(*shape, -1)
        misfit = np.sqrt(np.mean(paths[:, :start] ** 2, axis=1))
        misfits[:, slots] = misfit.reshape(shape)
        own = case.outcomes[members, :start].std(axis=1)
        perfect[:, slots] = (misfit <= PERFECT * np.maximum(own, 1e-300)).reshape(shape)
        effect = under[:, window].mean(axis=1)
        moved[:, slots] = (found @ effect - effect[members]).reshape(shape)
    return PooledGaps(
        gaps=gaps, weights=weights, misfits=misfits, moved=moved, perfect=perfect, before=earliest,
        alternative=alternative,
    )  # fmt: skip


def _donors(case: Staggered, sets: NDArray[np.intp]) -> NDArray[np.bool_]:
    """D x N: who is outside of each set, and may stand in for its members."""
    allowed = np.ones((len(sets), len(case.outcomes)), dtype=bool)
    np.put_along_axis(allowed, sets, values=False, axis=1)
    if not case.keep_treated:
        allowed[:, case.treated] = False
    return allowed


def _under_treatment(case: Staggered) -> NDArray[np.float64]:
    """N x T: one while a unit is treated."""
    under = np.zeros_like(case.outcomes)
    for row, start in zip(case.treated, case.starts, strict=True):
        under[row, start:] = 1.0
    return under


def _fitted(
    case: Staggered, members: NDArray[np.intp], *, start: int, allowed: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weights and gaps, over all periods, of units that start together."""
    outcomes = case.outcomes
    if case.demeaned:
        outcomes = outcomes - outcomes[:, :start].mean(axis=1, keepdims=True)
    products = gram(outcomes[:, :start])
    weights, _ = simplex_weights(products, products[members], allowed=allowed)
    return weights, outcomes[members] - weights @ outcomes
