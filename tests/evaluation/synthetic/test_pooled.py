"""Placebo sets are fitted under the rule of the treated set; then the test keeps its level."""

from __future__ import annotations

import numpy as np
import pytest
from tests.evaluation.synthetic.given import panel, walks

from acuerdo.evaluation.inference.factor_model import FactorModel
from acuerdo.evaluation.library import method
from acuerdo.evaluation.synthetic.pooled import Staggered, placebo_sets, pooled_gaps


def staggered(**more: object) -> Staggered:
    shared = {
        "outcomes": walks(10, 30), "treated": np.array([0, 4]), "starts": np.array([18, 22]), "horizon": 6,
    }  # fmt: skip
    return Staggered(**(shared | more))  # pyright: ignore[reportArgumentType]


def test_no_member_of_a_set_stands_in_for_another() -> None:
    case = staggered()
    sets = placebo_sets(case, draws=40, random=np.random.default_rng(0))
    found = pooled_gaps(case, sets)
    for members, weights in zip(sets, found.weights, strict=True):
        assert weights[:, members] == pytest.approx(0.0)
        assert weights.sum(axis=1) == pytest.approx(np.ones(2))


def test_placebo_sets_without_the_treated_keep_them_out_of_the_pool_too() -> None:
    case = staggered(keep_treated=False)
    sets = placebo_sets(case, draws=40, random=np.random.default_rng(0))
    assert not np.isin(sets[1:], case.treated).any()
    assert pooled_gaps(case, sets).weights[:, :, case.treated] == pytest.approx(0.0)


def test_few_sets_are_taken_one_by_one() -> None:
    case = staggered()
    sets = placebo_sets(case, draws=45, random=np.random.default_rng(0))
    assert len(sets) == 45
    assert len({frozenset(one) for one in sets.tolist()}) == 45


def test_one_treated_unit_is_the_single_case() -> None:
    given = FactorModel(effect=2.0).panel(np.random.default_rng(5))
    single, pooled = method("synthetic_control"), method("pooled_synthetic_control")
    one = single.run(given, settings=single.settings(interval="none", alternative="increase"), seed=0)
    other = pooled.run(given, settings=pooled.settings(alternative="increase"), seed=0)
    assert other.estimate.value == pytest.approx(one.estimate.value)
    assert other.p_value == pytest.approx(one.p_value)
    assert other.weights == pytest.approx(dict(one.weights))


def test_the_mean_is_that_of_the_units() -> None:
    outcome = walks(12, 30)
    one = method("pooled_synthetic_control")
    none = one.run(panel(outcome, {0: 18, 4: 22}), settings=one.settings(horizon=6), seed=0)
    outcome[0, 18:] += 5
    outcome[4, 22:] += 9
    found = one.run(panel(outcome, {0: 18, 4: 22}), settings=one.settings(horizon=6), seed=0)
    effects = [found.parts[name].value for name in ("unit 0", "unit 4")]
    assert found.estimate.value == pytest.approx(sum(value for value in effects if value is not None) / 2)
    assert none.estimate.value is not None
    assert found.estimate.value == pytest.approx(none.estimate.value + 7)
    assert found.path is not None
    assert found.path.event_time == tuple(range(-18, 6))


def test_the_level_is_kept_where_nothing_happened() -> None:
    """Were placebo sets allowed their own members as donors, ten treated of twenty would be rejected too often."""
    one = method("pooled_synthetic_control")
    model = FactorModel(treated=8, units=20)
    p_values = [
        one.run(model.panel(np.random.default_rng(seed)), settings=one.settings(sets=99), seed=seed).p_value
        for seed in range(60)
    ]
    rejected = sum(value is not None and value <= 0.1 for value in p_values)
    # 6 of 60, and four standard errors
    assert rejected <= 15


def noisy(rng: np.random.Generator, *, effect: float) -> Staggered:
    """Six treated units whose own noise is three times that of the eighteen others."""
    shares, common = rng.uniform(size=(24, 2)), np.cumsum(rng.normal(size=(2, 40)), axis=1)
    noise = np.where(np.arange(24) < 6, 3.0, 1.0)[:, None] * rng.normal(size=(24, 40))
    outcomes, starts = shares @ common + noise, np.array([26, 26, 28, 28, 30, 30])
    for row, start in enumerate(starts):
        outcomes[row, start:] += effect
    return Staggered(outcomes=outcomes, treated=np.arange(6), starts=starts, horizon=10, keep_treated=False)


def test_the_interval_holds_the_mean_and_the_effect_of_units_noisier_than_their_placebos() -> None:
    held = 0
    for seed in range(60):
        rng = np.random.default_rng(seed)
        case = noisy(rng, effect=3.0)
        found = pooled_gaps(case, placebo_sets(case, draws=99, random=rng))
        ends = found.interval(0.9)
        assert ends is not None
        assert ends[0] < found.after[0].mean() < ends[1]
        held += ends[0] <= 3.0 <= ends[1]
    # Ranks of the gaps as they are hold 7 times in 10 here
    assert held >= 51


def test_the_interval_of_one_unit_is_that_of_the_single_case() -> None:
    given = FactorModel(effect=2.0).panel(np.random.default_rng(5))
    single, pooled = method("synthetic_control"), method("pooled_synthetic_control")
    one = single.run(given, settings=single.settings(interval="placebo", level=0.8), seed=0).estimate
    other = pooled.run(given, settings=pooled.settings(level=0.8), seed=0).estimate
    assert (other.low, other.high) == pytest.approx((one.low, one.high), rel=1e-4)


def test_placebos_that_are_matched_without_error_are_told() -> None:
    """With as many donors as here no effect stands out, however great; the reader is told why."""
    one = method("pooled_synthetic_control")
    random = np.random.default_rng(1)
    outcome = 3 * random.normal(size=(30, 1)) + 0.3 * np.arange(10) + random.normal(size=(30, 10))
    starts = {row: 5 if row < 6 else 7 for row in range(12)}
    for row, start in starts.items():
        outcome[row, start:] += 20
    found = one.run(panel(outcome, starts), settings=one.settings(sets=199), seed=0)
    assert found.estimate.value == pytest.approx(20, abs=1)
    assert found.p_value is not None
    assert found.p_value > 0.05
    told = [warning.en for warning in found.warnings]
    assert any("more donors than periods" in one for one in told)
    assert any("of 200 that the rank is taken among" in one for one in told)
    long = one.run(panel(walks(16, 60), {0: 40, 1: 41}), settings=one.settings(sets=199), seed=0)
    assert not [one for one in long.warnings if "without error" in one.en]
