"""The machinery recovers hazards that are known, and says how sure it may be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuerdo.tracking.prospects.enough import FEWEST_COMPLETIONS, FEWEST_RISES, told, too_few, too_wide
from acuerdo.tracking.prospects.hazard import Chance, Hazard, hazard
from acuerdo.tracking.prospects.history import QUARTER_DAYS, History
from acuerdo.tracking.prospects.pooled_logit import fit
from acuerdo.tracking.prospects.trials import COLUMNS, trials

TODAY = date(2026, 6, 30)
OPEN = History(
    item=("simulated", "open"),
    goals=("goal_0",),
    decision=False,
    dated=False,
    verifiable=True,
    begun=TODAY,
    level=0,
    steps=(),
    until=TODAY,
)


def later(quarters: float) -> date:
    return TODAY + timedelta(days=round(quarters * QUARTER_DAYS))


def known(*coefficients: float, effect: float = 0.0) -> Hazard:
    """A model of which everything is known for certain."""
    recorded = trials([OPEN])
    nothing = fit(recorded.design, recorded.outcome, shares=recorded.shares)
    return Hazard(trials=recorded, posterior=nothing, draws=np.array([[*coefficients, effect]]))


def test_a_chance_is_that_of_every_path() -> None:
    """One and two quarters, multiplied out by hand."""
    model = known(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    half = 0.5
    assert model.completion(OPEN, since=TODAY, by=TODAY).value == 0
    assert model.completion(OPEN, since=TODAY, by=later(1)).value == pytest.approx(half**3, abs=0.003)
    # At 0, 1, 2 and 3 after one quarter: 1/2, 1/4, 1/8, 1/8; of 1 a half rises and a half of these go on.
    second = half * half**3 + half**2 * half**2 + half**3 * half + half**3
    assert model.completion(OPEN, since=TODAY, by=later(2)).value == pytest.approx(second, abs=0.005)


def test_the_level_now_is_where_it_starts_from() -> None:
    model = known(-1.0, 0.0, 0.0, -1.0, 0.0, 0.0, 0.0)
    by_level = [
        model.completion(replace(OPEN, level=level), since=TODAY, by=later(2)).value for level in range(4)
    ]
    assert by_level == sorted(by_level)
    assert by_level[3] == 1


def test_part_of_a_quarter_counts_in_part() -> None:
    model = known(0.0, 0.0, 0.0, 50.0, 0.0, 0.0, 0.0)
    assert model.completion(OPEN, since=TODAY, by=later(0.5)).value == pytest.approx(1 - 0.5**0.5, abs=0.005)


def test_what_holds_for_a_kind_holds_for_it_alone() -> None:
    model = known(-1.0, 0.0, 0.0, 0.0, -3.0, 1.0, 2.0, effect=-0.5)
    ahead = {"since": TODAY, "by": later(4)}
    plain = model.completion(OPEN, **ahead).value
    assert model.completion(replace(OPEN, verifiable=False), **ahead).value < plain
    assert model.completion(replace(OPEN, dated=True), **ahead).value > plain
    assert model.completion(replace(OPEN, decision=True), **ahead).value > plain


def test_a_round_that_has_not_begun_counts_from_its_beginning() -> None:
    model = known(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    to_come = replace(OPEN, begun=later(4), until=later(4))
    waited = model.completion(to_come, since=TODAY, by=later(4) + timedelta(days=91)).value
    assert waited == model.completion(OPEN, since=TODAY, by=TODAY + timedelta(days=91)).value
    assert model.completion(to_come, since=TODAY, by=later(3)).value == 0


def test_steps_become_trials() -> None:
    day = TODAY - timedelta(days=300)
    one = replace(OPEN, begun=day, steps=((day + timedelta(days=100), 2), (day + timedelta(days=200), 3)))
    found = trials([one])
    # Nothing; to 1, on to 2, not to 3; to 3. Complete from then on, and so no longer asked.
    assert found.outcome.tolist() == [0, 1, 1, 0, 1]
    assert found.design[:, COLUMNS.index("further")].tolist() == [0, 0, 1, 1, 0]
    assert found.design[:, COLUMNS.index("begun")].tolist() == [0, 0, 0, 0, 1]
    assert found.design[:, COLUMNS.index("age")] == pytest.approx([0, np.log(2), 0, 0, np.log(3)])
    assert (found.rises, found.completions, found.periods) == (2, 1, 3)


def test_a_fall_is_no_rise_and_puts_it_at_risk_again() -> None:
    day = TODAY - timedelta(days=300)
    one = replace(OPEN, begun=day, level=3, steps=((day + timedelta(days=10), 1),))
    assert trials([one]).outcome.tolist() == [0, 0]
    assert trials([one]).rises == 0


def test_goals_share_a_promise() -> None:
    both = replace(OPEN, begun=TODAY - timedelta(days=100), goals=("goal_0", "goal_1"))
    assert trials([both, OPEN]).shares.tolist() == [[0.5, 0.5]]


def test_known_hazards_are_recovered(world: Any, simulate: Any) -> None:
    model = hazard(simulate(world, seed=1, each=100).histories)
    truth = {
        "first_step": world.rise,
        "begun": world.begun,
        "age": world.age,
        "further": world.further,
        "not_verifiable": world.stuck,
    }
    for name, value in truth.items():
        place = COLUMNS.index(name)
        found, deviation = model.posterior.mean[place], model.posterior.deviation[place]
        assert found == pytest.approx(value, abs=3 * deviation), name
        assert deviation < 0.35, name
    assert float(model.posterior.weights @ model.posterior.spreads) == pytest.approx(world.spread, abs=0.35)


def truth_of(world: Any, live: Any, *, effect: float, verifiable: bool) -> float:
    """The share of a great many drawn promises that are complete after four quarters."""
    generator = np.random.default_rng(7)
    lives = [
        live(world, generator, effect=effect, verifiable=verifiable, quarters=4)[-1] for _ in range(2000)
    ]
    return float(np.mean([level == 3 for level in lives]))


@pytest.mark.parametrize("each", [4, 12])
def test_intervals_hold_the_true_chance_as_often_as_they_say(
    each: int, world: Any, simulate: Any, live: Any
) -> None:
    """Ninety per cent: with about fifty rises, as are really known, and with about a hundred and fifty."""
    held: list[bool] = []
    for seed in range(30):
        drawn = simulate(world, seed=seed, each=each)
        model = hazard(drawn.histories)
        for number in range(4):
            goal, verifiable = f"goal_{number}", number % 2 == 0
            chance = model.completion(
                replace(OPEN, goals=(goal,), verifiable=verifiable), since=TODAY, by=later(4.01)
            )
            true = truth_of(world, live, effect=drawn.effects[goal], verifiable=verifiable)
            held.append(chance.low <= true <= chance.high)
    assert 0.80 <= np.mean(held) <= 0.97


@given(
    st.lists(st.floats(-4, 3), min_size=len(COLUMNS) + 1, max_size=len(COLUMNS) + 1),
    st.lists(st.floats(0, 12), min_size=2, max_size=6),
    st.integers(0, 2),
)
def test_a_later_deadline_is_never_less_likely_to_be_met(
    coefficients: list[float], ahead: list[float], level: int
) -> None:
    *fixed, effect = coefficients
    model = known(*fixed, effect=effect)
    one = replace(OPEN, level=level)
    found = [model.completion(one, since=TODAY, by=later(each)).value for each in sorted(ahead)]
    assert all(sooner <= after + 1e-12 for sooner, after in pairwise(found))
    assert all(0 <= each <= 1 for each in found)


def test_a_pooled_goal_is_drawn_towards_the_others(world: Any, simulate: Any) -> None:
    drawn = simulate(world, seed=3, each=6)
    pooled = hazard(drawn.histories).posterior.mean[len(COLUMNS) :]
    recorded = trials(drawn.histories)
    apart = fit(recorded.design, recorded.outcome, shares=recorded.shares, spreads=np.array([20.0])).mean
    apart = apart[len(COLUMNS) :] - apart[len(COLUMNS) :].mean()
    assert pooled.std() < apart.std()
    assert np.corrcoef(pooled, apart)[0, 1] > 0.8


def test_without_pooling_goals_do_not_matter(world: Any, simulate: Any) -> None:
    model = hazard(simulate(world, seed=4, each=4).histories, pooled=False)
    chances = {
        model.completion(replace(OPEN, goals=(f"goal_{number}",)), since=TODAY, by=later(4)).value
        for number in range(12)
    }
    assert len(chances) == 1


def test_with_too_few_nothing_is_told(world: Any, simulate: Any) -> None:
    few = hazard(simulate(world, seed=5, each=1).histories)
    why = too_few(few.trials)
    assert why is not None
    assert str(few.trials.rises) in why.en
    assert str(FEWEST_RISES) in why.es
    many = hazard(simulate(world, seed=5, each=12).histories)
    assert many.trials.rises >= FEWEST_RISES
    assert many.trials.completions >= FEWEST_COMPLETIONS
    assert too_few(many.trials) is None


def test_an_interval_as_wide_as_half_of_all_is_not_told(world: Any, simulate: Any) -> None:
    narrow, wide = Chance(value=0.3, low=0.1, high=0.6), Chance(value=0.4, low=0.1, high=0.61)
    assert too_wide(narrow) is None
    why = too_wide(wide)
    assert why is not None
    assert "10 to 61%" in why.en
    assert "10 a 61\u00a0%" in why.es
    model = hazard(simulate(world, seed=5).histories)
    assert told(model, narrow)
    assert not told(model, wide)
