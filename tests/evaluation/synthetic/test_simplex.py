"""The solver is exact: optimality conditions, an independent solver, and degenerate inputs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import nnls

from acuerdo.evaluation.synthetic.comparison import Comparison, donor_pool
from acuerdo.evaluation.synthetic.outcome_only import OutcomeOnly
from acuerdo.evaluation.synthetic.solver import gram, simplex_weights


def by_another_solver(donors: np.ndarray, unit: np.ndarray) -> float:
    """The least squared miss, by nonnegative least squares with a heavy row for the sum."""
    heavy = 1e4 * np.abs(donors).max()
    weights, _ = nnls(np.vstack([donors.T, np.full(len(donors), heavy)]), np.append(unit, heavy))
    return float(((unit - weights / weights.sum() @ donors) ** 2).sum())


@given(st.integers(2, 25), st.integers(1, 30), st.integers(0, 2**32 - 1))
def test_weights_are_optimal(count: int, periods: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    outcomes = random.normal(size=(count + 1, periods)).cumsum(axis=1) + random.normal(50, 10)
    comparison = Comparison(
        outcomes=outcomes, start=periods, allowed=donor_pool(count + 1, [0], keep_treated=True)
    )
    found = OutcomeOnly().weights(comparison)
    assert (found.matrix >= 0).all()
    assert found.matrix.sum(axis=1) == pytest.approx(np.ones(count + 1))
    gaps = found.gaps(outcomes)
    # No donor would improve the fit: the gradient at the optimum is least on the donors in use
    for unit in range(count + 1):
        others = np.flatnonzero(comparison.allowed[unit])
        slope = -(outcomes[others] - outcomes[others].mean(axis=0)) @ gaps[unit]
        level = found.matrix[unit, others] @ slope
        assert slope.min() >= level - 1e-8 * max(
            1.0, float((outcomes - outcomes.mean(axis=0)).var() * periods)
        )
    ours = float((gaps[0] ** 2).sum())
    theirs = by_another_solver(outcomes[1:], outcomes[0])
    assert ours <= theirs * (1 + 1e-6) + 1e-7 * periods


def test_identical_donors_do_not_trap_it() -> None:
    random = np.random.default_rng(0)
    few = random.normal(size=(4, 12))
    outcomes = np.vstack([few.mean(axis=0) + 0.1 * random.normal(size=12), few, few, few])
    products = gram(outcomes)
    allowed = np.ones((1, 13), dtype=bool)
    allowed[0, 0] = False
    weights, gap = simplex_weights(products, products[:1], allowed=allowed)
    ours = float(((outcomes[0] - weights[0] @ outcomes) ** 2).sum())
    assert ours == pytest.approx(by_another_solver(few, outcomes[0]), rel=1e-6)
    assert gap[0] <= 1e-10


def test_a_unit_without_donor_has_no_weights() -> None:
    products = gram(np.random.default_rng(0).normal(size=(3, 5)))
    allowed = np.array([[False, False, False], [True, False, True]])
    weights, _ = simplex_weights(products, products[:2], allowed=allowed)
    assert np.isnan(weights[0]).all()
    assert weights[1].sum() == pytest.approx(1.0)


def test_the_bound_certifies_the_fit() -> None:
    outcomes = np.random.default_rng(1).normal(size=(30, 40)).cumsum(axis=1)
    comparison = Comparison(outcomes=outcomes, start=40, allowed=donor_pool(30, [], keep_treated=True))
    found = OutcomeOnly().weights(comparison)
    misses = (found.gaps(outcomes) ** 2).mean(axis=1)
    assert found.bound == pytest.approx(misses, rel=1e-9)
    assert (found.bound <= misses).all()
