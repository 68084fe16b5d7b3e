"""On panels whose truth is known: the effect is found, none is found where there is none, intervals hold the truth."""

from __future__ import annotations

import math

import pytest

from acuerdo.evaluation.library import method
from acuerdo.evaluation.simulated import Coverage, FactorModel, coverage

LEVEL = 0.9
# Over 1,000 panels the share that is covered has a standard error of 0.0095: two points are two of them
PANELS, POINTS = 1000, 0.02
METHODS = {
    "synthetic_control": {"interval": "conformal", "leave_one_out": False},
    "demeaned_synthetic_control": {"interval": "conformal", "leave_one_out": False},
    "penalised_synthetic_control": {"leave_one_out": False},
    "augmented_synthetic_control": {"leave_one_out": False},
    "pooled_synthetic_control": {"sets": 199},
    "synthetic_difference_in_differences": {},
}


def measured(name: str, *, effect: float, panels: int, **settings: object) -> Coverage:
    one = method(name)
    model = FactorModel(effect=effect, treated=3 if name.startswith("pooled") else 1)
    chosen = one.settings(level=LEVEL, **(METHODS[name] | settings))
    return coverage(one, chosen, model=model, seeds=range(panels))


@pytest.mark.parametrize("name", METHODS)
def test_a_known_effect_is_recovered_and_none_is_found_where_there_is_none(name: str) -> None:
    panels = 30
    found, none = (measured(name, effect=effect, panels=panels) for effect in (3.0, 0.0))
    assert abs(found.bias) < 4 * found.error / math.sqrt(panels)
    assert found.rejected > 0.7
    # A level of 0.1 over 30 panels: 10 rejections would be more than four standard errors too many
    assert none.rejected < 10 / 30
    # The same of the intervals: 0.9 less four standard errors
    assert min(found.covered, none.covered) > 0.68


@pytest.mark.slow
@pytest.mark.parametrize("name", METHODS)
def test_intervals_hold_the_truth_as_often_as_they_say(name: str) -> None:
    found = measured(name, effect=3.0, panels=PANELS)
    assert found.covered == pytest.approx(LEVEL, abs=POINTS)
    assert abs(found.bias) < 4 * found.error / math.sqrt(PANELS)


def test_the_prediction_interval_never_holds_less_than_it_says() -> None:
    """It bounds each source of doubt by itself, so it is wider than need be."""
    found = measured("synthetic_control", effect=3.0, panels=12, interval="prediction", draws=50)
    assert found.covered >= LEVEL
    assert found.answered == 1.0


def test_one_sided_ranks_see_one_side() -> None:
    one = method("synthetic_control")
    model = FactorModel(effect=4.0)
    shared = {"interval": "none", "leave_one_out": False}
    up, down = (
        one.run(model.panel(3), settings=one.settings(alternative=side, **shared), seed=0).p_value
        for side in ("increase", "decrease")
    )
    assert up == pytest.approx(1 / 20)
    assert down is not None
    assert down > 0.9
