"""The regression against statsmodels: exactly without pooling, closely with it."""

from __future__ import annotations

import math

import numpy as np
import pytest

from acuerdo.tracking.prospects.pooled_logit import SPREADS, Matrix, Posterior, fit, probability

GROUPS = 10


def drawn(seed: int, *, trials: int = 2000, spread: float = 0.8) -> tuple[Matrix, Matrix, Matrix, Matrix]:
    """A design, an outcome, the shares and the true effects of unequal groups."""
    generator = np.random.default_rng(seed)
    design = np.column_stack([np.ones(trials), generator.normal(size=trials)])
    group = np.minimum(generator.geometric(0.25, size=trials) - 1, GROUPS - 1)
    effects = generator.normal(0, spread, size=GROUPS)
    chance = probability(design @ np.array([-1.0, 0.7]) + effects[group])
    return design, (generator.random(trials) < chance).astype(float), np.eye(GROUPS)[group], effects


def alone(design: Matrix, outcome: Matrix) -> Posterior:
    return fit(design, outcome, shares=np.zeros((len(outcome), 0)), scale=np.inf)


def test_without_pooling_it_is_the_logit_of_statsmodels() -> None:
    discrete = pytest.importorskip("statsmodels.discrete.discrete_model")
    design, outcome, _, _ = drawn(1)
    theirs = discrete.Logit(outcome, design).fit(disp=0, tol=1e-12)
    ours = alone(design, outcome)
    assert ours.mean == pytest.approx(theirs.params, abs=1e-8)
    assert ours.deviation == pytest.approx(theirs.bse, abs=1e-8)


def test_a_prior_is_worth_what_bayes_gives_it() -> None:
    """One coefficient, so that the posterior can be integrated on a grid."""
    outcome = np.array([1.0] * 3 + [0.0] * 17)
    grid = np.linspace(-8, 4, 4001)
    height = outcome.sum() * grid - 20 * np.log1p(np.exp(grid)) - grid**2 / 2 / 2.5**2
    mode = grid[height.argmax()]
    ours = fit(np.ones((20, 1)), outcome, shares=np.zeros((20, 0)))
    assert ours.mean[0] == pytest.approx(mode, abs=0.003)


def test_with_pooling_it_is_close_to_the_mixed_model_of_statsmodels() -> None:
    mixed = pytest.importorskip("statsmodels.genmod.bayes_mixed_glm")
    design, outcome, shares, _ = drawn(2)
    ours = fit(design, outcome, shares=shares)
    # Theirs has a log-normal prior of the spread; a wide one lets the data speak in both.
    theirs = mixed.BinomialBayesMixedGLM(
        outcome, design, shares, np.zeros(GROUPS, dtype=int), vcp_p=1.0, fe_p=2.5
    ).fit_map()
    assert ours.mean[:2] == pytest.approx(theirs.fe_mean, abs=0.08)
    assert ours.mean[2:] == pytest.approx(theirs.vc_mean, abs=0.15)
    assert float(ours.weights @ ours.spreads) == pytest.approx(float(np.exp(theirs.vcp_mean[0])), abs=0.2)


def test_groups_are_drawn_towards_the_mean_and_small_ones_more() -> None:
    """Eight groups at three in ten, and a large and a small one at seven in ten."""
    sizes, rates = [100] * 8 + [200, 10], [0.3] * 8 + [0.7, 0.7]
    outcome = np.concatenate(
        [
            np.repeat([1.0, 0.0], [round(size * rate), size - round(size * rate)])
            for size, rate in zip(sizes, rates, strict=True)
        ]
    )
    shares = np.eye(10)[np.repeat(np.arange(10), sizes)]
    mean, *effects = fit(np.ones((len(outcome), 1)), outcome, shares=shares).mean
    told = [float(probability(np.array(mean + effect))) for effect in effects]
    assert all(0.3 < one < 0.35 for one in told[:8])
    assert 0.35 < told[9] < told[8] < 0.7


def test_groups_that_do_not_differ_get_a_small_spread() -> None:
    design, outcome, shares, _ = drawn(4, spread=0.0)
    same = fit(design, outcome, shares=shares)
    design, outcome, shares, _ = drawn(4, spread=1.5)
    different = fit(design, outcome, shares=shares)
    assert float(same.weights @ same.spreads) < 0.4
    assert float(different.weights @ different.spreads) > 1


def test_intervals_hold_the_true_effects_as_often_as_they_say() -> None:
    held: list[bool] = []
    for seed in range(40):
        design, outcome, shares, effects = drawn(100 + seed, trials=400)
        found = fit(design, outcome, shares=shares).draws(1000, stream="test")
        low, high = np.quantile(found, (0.05, 0.95), axis=0)
        truth = np.concatenate([[-1.0, 0.7], effects])
        held += ((low <= truth) & (truth <= high)).tolist()
    assert 0.86 <= np.mean(held) <= 0.94


def test_draws_have_the_mean_and_deviation_that_are_told() -> None:
    design, outcome, shares, _ = drawn(5)
    found = fit(design, outcome, shares=shares)
    draws = found.draws(40_000, stream="test")
    assert draws.mean(axis=0) == pytest.approx(found.mean, abs=0.02)
    assert draws.std(axis=0) == pytest.approx(found.deviation, abs=0.02)
    assert (found.draws(10, stream="a") == found.draws(10, stream="a")).all()
    assert found.weights.sum() == pytest.approx(1)
    assert len(found.weights) == len(SPREADS)


def test_nothing_seen_leaves_the_prior() -> None:
    found = fit(np.zeros((0, 2)), np.zeros(0), shares=np.zeros((0, 3)))
    assert found.mean == pytest.approx(np.zeros(5))
    assert found.deviation[:2] == pytest.approx([2.5, 2.5])
    # The deviation of a half-normal of scale 1 that ends at 2.4
    density, within = math.exp(-(2.4**2) / 2) / math.sqrt(2 * math.pi), math.erf(2.4 / math.sqrt(2))
    assert found.deviation[2:] == pytest.approx([math.sqrt(1 - 2 * 2.4 * density / within)] * 3, abs=0.01)


def test_what_always_happens_is_not_certain() -> None:
    found = fit(np.ones((30, 1)), np.ones(30), shares=np.zeros((30, 0)))
    assert 2 < found.mean[0] < 8
    assert np.isfinite(found.deviation).all()
