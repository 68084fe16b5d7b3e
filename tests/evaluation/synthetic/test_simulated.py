"""On panels whose truth is known: the effect is found, none is found where there is none, intervals hold the truth."""

from __future__ import annotations

import math

import numpy as np
import pytest

from acuerdo.evaluation.inference.coverage import Coverage, coverage
from acuerdo.evaluation.inference.factor_model import FactorModel
from acuerdo.evaluation.library import method

LEVEL = 0.9
# Over 2,000 panels the share that is covered has a standard error of 0.0067: two points are three of them
PANELS, POINTS = 2000, 0.02
METHODS = {
    "synthetic_control": {"interval": "conformal", "leave_one_out": False},
    "demeaned_synthetic_control": {"interval": "conformal", "leave_one_out": False},
    "penalised_synthetic_control": {"leave_one_out": False},
    "augmented_synthetic_control": {"leave_one_out": False},
    "pooled_synthetic_control": {"sets": 199},
    "synthetic_difference_in_differences": {},
}


def measured(name: str, *, effect: float, panels: int, **settings: object) -> Coverage:
    design = "three_sharing_factors" if name.startswith("pooled") else "sharing_factors"
    chosen = {"level": LEVEL} | METHODS[name] | settings
    return coverage(name, design, effect=effect, settings=chosen, panels=panels, seed=2026)


@pytest.mark.parametrize("name", METHODS)
@pytest.mark.parametrize("effect", [3.0, 0.0])
def test_a_known_effect_is_recovered_and_none_is_found_where_there_is_none(name: str, effect: float) -> None:
    panels = 30
    found = measured(name, effect=effect, panels=panels)
    assert found.silent <= 3
    assert abs(found.bias) < 4 * found.deviation / math.sqrt(panels)
    assert found.deviation < 1.5
    # 0.9 over 30 panels, less four standard errors
    assert found.covered > 0.68


@pytest.mark.simulation
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("name", METHODS)
def test_intervals_hold_the_truth_as_often_as_they_say(name: str) -> None:
    found = measured(name, effect=3.0, panels=PANELS)
    assert found.covered == pytest.approx(LEVEL, abs=POINTS)
    assert abs(found.bias) < 4 * found.deviation / math.sqrt(PANELS)


def test_the_prediction_interval_never_holds_less_than_it_says() -> None:
    """It bounds each source of doubt by itself, so it is wider than need be."""
    found = measured("synthetic_control", effect=3.0, panels=6, interval="prediction", draws=50)
    assert found.covered >= LEVEL
    assert found.silent == 0


def test_one_sided_ranks_see_one_side() -> None:
    one = method("synthetic_control")
    given = FactorModel(effect=4.0).panel(np.random.default_rng(3))
    shared = {"interval": "none", "leave_one_out": False}
    up, down = (
        one.run(given, settings=one.settings(alternative=side, **shared), seed=0).p_value
        for side in ("increase", "decrease")
    )
    assert up == pytest.approx(1 / 20)
    assert down is not None
    assert down > 0.9
