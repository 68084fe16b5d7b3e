"""Operating characteristics: the fast path is the slow one, and a rule that cheats is caught."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from acuerdo.evaluation.characteristics import (
    NO_ANSWER,
    REJECTED,
    Characteristics,
    Placebo,
    every_unit_and_date,
    of_unit_placebos,
    operating_characteristics,
    random_sets,
    rejects_at,
    treated_by,
)
from acuerdo.evaluation.inference.factor_model import FactorModel
from acuerdo.evaluation.library import method
from acuerdo.evaluation.panel import Panel

STARTS, HORIZON, EFFECTS = (20, 26), 6, (0.1, 0.3)


def untreated(**more: int) -> Panel:
    drawn = FactorModel(**more).panel(np.random.default_rng(1))
    return drawn.with_treatment([None] * len(drawn.units))


def test_the_fast_path_gives_what_the_method_gives() -> None:
    panel = untreated(units=10, periods=34)
    one = method("synthetic_control")
    settings = one.settings(interval="none", leave_one_out=False, horizon=HORIZON)
    slow = operating_characteristics(
        panel,
        rejects_at(one, settings, level=0.2),
        placebos=list(every_unit_and_date(panel, starts=STARTS)),
        effects=EFFECTS,
    )
    fast = of_unit_placebos(panel, starts=STARTS, horizon=HORIZON, effects=EFFECTS, level=0.2)
    assert fast.trials == slow.trials == 20
    assert [fast.share(effect) for effect in (0.0, *EFFECTS)] == pytest.approx(
        [slow.share(effect) for effect in (0.0, *EFFECTS)]
    )


def test_a_rank_test_has_its_size_by_construction() -> None:
    found = of_unit_placebos(untreated(), starts=range(15, 30), horizon=8, effects=(), level=0.1)
    assert found.size == pytest.approx(0.1)


def test_a_rule_that_always_rejects_is_seen_through() -> None:
    panel = untreated()
    placebos = list(random_sets(panel, offsets=(0, 2), starts=STARTS, draws=7, seed=3))
    found = operating_characteristics(panel, lambda _: REJECTED, placebos=placebos, effects=(0.5,))
    assert (found.size, found.share(0.5)) == (1.0, 1.0)
    never = operating_characteristics(panel, lambda _: NO_ANSWER, placebos=placebos, effects=(0.5,))
    assert (never.size, never.detectable(), never.share(0.0, NO_ANSWER)) == (0.0, None, 1.0)


def test_the_effect_is_put_where_it_belongs() -> None:
    panel = untreated()
    made = treated_by(panel, Placebo((2, 5), (20, 30)), effect=0.25)
    change = made.outcome / panel.outcome
    assert change[2, :20] == pytest.approx(1.0)
    assert change[2, 20:] == pytest.approx(1.25)
    assert change[5, 30:] == pytest.approx(1.25)
    assert np.delete(change, [2, 5], axis=0) == pytest.approx(1.0)
    added = treated_by(panel, Placebo((2,), (20,)), effect=-3.0, scale="units")
    assert (added.outcome - panel.outcome)[2, 20:] == pytest.approx(-3.0)
    assert made.first_treated[2] == 20


def test_the_detectable_effect_lies_where_power_reaches_it() -> None:
    shares = {0.0: {REJECTED: 0.05}, 0.2: {REJECTED: 0.5}, 0.4: {REJECTED: 0.9}}
    found = Characteristics(trials=100, shares=shares)
    assert found.detectable(0.8) == pytest.approx(0.35)
    assert found.detectable(0.95) is None


def test_random_sets_differ_and_repeat() -> None:
    panel = untreated()
    one, again = (
        list(random_sets(panel, offsets=(0, 3), starts=STARTS, draws=20, seed=seed)) for seed in (1, 1)
    )
    assert one == again
    assert len(set(one)) > 15
    assert all(first + 3 == second and rows[0] != rows[1] for rows, (first, second) in one)


@pytest.mark.real_data
def test_the_size_and_power_of_one_state_are_those_of_the_reference(real_data: Path) -> None:
    """Mexican states, 2005 to 2020: the rank test keeps its level, and one state cannot show a rise by a quarter."""
    from tests.evaluation.synthetic.canon import mexican_states

    found = of_unit_placebos(
        mexican_states(real_data), starts=range(60, 252), horizon=12, effects=(0.25, 0.5, 1.0), level=2 / 32
    )
    assert found.trials == 6144
    assert found.size == pytest.approx(0.0625)
    # A reference computed elsewhere, on the carrier's own denominators: three digits, and CONAPO's differ by some
    # per cent, hence half a point
    assert [found.share(effect) for effect in (0.25, 0.5, 1.0)] == pytest.approx(
        [0.150, 0.281, 0.537], abs=0.005
    )
    assert found.detectable() is None
