"""The search for predictor weights: its derivative, its certificate, and units inside the donors' hull."""

from __future__ import annotations

import numpy as np
import pytest

from acuerdo.evaluation.synthetic.comparison import Comparison, donor_pool
from acuerdo.evaluation.synthetic.nested_kernel import outer
from acuerdo.evaluation.synthetic.predictors import PredictorsNested
from acuerdo.evaluation.synthetic.weighing import mean_squares

UNITS, PERIODS, WIDTH = 15, 20, 4


def comparison(seed: int, *, inside: bool = False) -> Comparison:
    random = np.random.default_rng(seed)
    predictors = random.normal(size=(UNITS, WIDTH))
    outcomes = (predictors @ random.normal(size=(WIDTH, PERIODS))).cumsum(axis=1)
    outcomes += random.normal(size=(UNITS, PERIODS))
    if inside:
        predictors[0] = predictors[1:].mean(axis=0)
    allowed = donor_pool(UNITS, [0], keep_treated=True)
    return Comparison(outcomes=outcomes, start=15, allowed=allowed, predictors=predictors)


@pytest.mark.parametrize("seed", range(5))
def test_the_derivative_is_that_of_the_objective(seed: int) -> None:
    random = np.random.default_rng(seed)
    points = random.normal(size=(WIDTH, UNITS)) + 1.0
    misses = random.normal(size=(UNITS, 10))
    angles, slope, scratch = random.uniform(-1, 1, WIDTH), np.empty(WIDTH), np.empty(WIDTH)

    def value(at: np.ndarray) -> float:
        return outer(at, points, misses, 5.0, np.zeros(UNITS), scratch)

    outer(angles, points, misses, 5.0, np.zeros(UNITS), slope)
    steps = 1e-6 * np.eye(WIDTH)
    numeric = [(value(angles + step) - value(angles - step)) / 2e-6 for step in steps]
    assert slope == pytest.approx(np.array(numeric), abs=1e-6)


def test_no_random_search_does_better() -> None:
    """Ten thousand predictor weights drawn at random find nothing better than the search."""
    one = comparison(3)
    found = PredictorsNested().weights(one.only([0]))
    best = float(mean_squares(found.gaps(one.outcomes), 0, end=one.start)[0])
    assert one.predictors is not None
    scaled = one.predictors / one.predictors.std(axis=0, ddof=1)
    points, misses = (scaled[1:] - scaled[0]).T.copy(), one.before[1:] - one.before[0]
    random, scratch = np.random.default_rng(0), np.empty(WIDTH)
    tried = [
        outer(np.arcsin(random.uniform(-1, 1, WIDTH)), points, misses, 20.7, np.zeros(UNITS - 1), scratch)
        for _ in range(10_000)
    ]
    assert best <= np.sqrt(min(tried)) * (1 + 1e-9)
    assert best >= np.sqrt(found.bound[0])


def test_a_unit_inside_the_hull_is_matched_in_every_predictor() -> None:
    one = comparison(4, inside=True)
    found = PredictorsNested().weights(one.only([0]))
    assert one.predictors is not None
    assert found.matrix[0] @ one.predictors == pytest.approx(one.predictors[0], abs=1e-6)
    assert found.matrix[0].min() >= 0
    # Any other mixture that matches them misses the outcome by more
    miss = mean_squares(found.gaps(one.outcomes), 0, end=one.start)[0]
    even = np.append(0.0, np.full(UNITS - 1, 1 / (UNITS - 1)))
    assert miss <= np.sqrt(np.mean((one.before[0] - even @ one.before) ** 2))
    assert found.spread is not None
    assert found.spread[0] == 0


def test_the_certificate_tells_a_search_that_did_not_settle() -> None:
    found = PredictorsNested(agreeing=1, most=1).weights(comparison(3))
    assert found.agreement is not None
    assert (found.agreement[comparison(3).fitted] >= 1).all()
    assert np.isfinite(found.bound).all()
