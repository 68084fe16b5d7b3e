"""What cannot be answered is refused in both languages, or ends in a named outcome; never in a number."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from tests.evaluation.synthetic.given import panel, walks

from acuerdo.core.errors import AcuerdoError, CheckFailed, NotFound
from acuerdo.evaluation.library import method
from acuerdo.evaluation.method import Finding, OutcomeCode
from acuerdo.evaluation.panel import Panel

SINGLE = (
    "synthetic_control", "demeaned_synthetic_control", "penalised_synthetic_control", "augmented_synthetic_control",
)  # fmt: skip
EVERY = (*SINGLE, "pooled_synthetic_control", "synthetic_difference_in_differences")


def run(name: str, given: Panel, **settings: object) -> Finding:
    one = method(name)
    return one.run(given, settings=one.settings(**settings), seed=0)


def with_hole(row: int, column: int) -> np.ndarray:
    outcome = walks()
    outcome[row, column] = np.nan
    return outcome


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize(
    ("given", "code"),
    [
        (lambda: panel(with_hole(0, 3), {0: 20}), OutcomeCode.MISSING_OUTCOME),
        (lambda: panel(with_hole(0, 25), {0: 20}), OutcomeCode.MISSING_OUTCOME),
        (lambda: panel(walks(), {0: 1}), OutcomeCode.TOO_FEW_PERIODS),
        (lambda: panel(walks(2), {0: 20}), OutcomeCode.NO_DONORS),
    ],
    ids=["missing before", "missing after", "too early", "nobody to compare with"],
)
def test_no_number_but_a_reason(name: str, given: Callable[[], Panel], code: OutcomeCode) -> None:
    found = run(name, given())
    assert found.code is code
    assert found.estimate.value is None
    assert found.p_value is None
    assert found.outcome.en != found.outcome.es


@pytest.mark.parametrize("name", EVERY)
def test_units_that_vanish_are_left_out_and_named_or_counted(name: str) -> None:
    outcome = walks()
    outcome[5, 22:] = np.nan
    found = run(name, panel(outcome, {0: 20}))
    whole = run(name, panel(np.delete(walks(), 5, axis=0), {0: 20}))
    assert found.estimate.value == pytest.approx(whole.estimate.value)
    assert any("left out" in one.en or "Left out" in one.en for one in found.warnings)
    assert "unit 5" not in found.weights


@pytest.mark.parametrize("name", EVERY)
def test_when_too_many_vanish_there_is_no_answer(name: str) -> None:
    outcome = walks()
    outcome[1:11, 22] = np.nan
    assert run(name, panel(outcome, {0: 20})).code is OutcomeCode.UNITS_VANISH


@pytest.mark.parametrize(
    "name", ["synthetic_control", "penalised_synthetic_control", "pooled_synthetic_control"]
)
def test_a_perfect_fit_is_overfitting(name: str) -> None:
    outcome = walks()
    outcome[0] = outcome[1:5].mean(axis=0)
    found = run(name, panel(outcome, {0: 20}), **({"penalty": 0.0} if name.startswith("pen") else {}))
    assert found.code is OutcomeCode.OVERFITTED
    assert found.estimate.value is None


def test_more_donors_than_periods_is_said() -> None:
    found = run("synthetic_control", panel(walks(30, 12), {0: 8}))
    assert any("more donors than periods" in one.en for one in found.warnings)


def test_a_fit_worse_than_allowed_is_refused() -> None:
    outcome = walks()
    outcome[0] += 100
    found = run("synthetic_control", panel(outcome, {0: 20}), worst_fit=1.0)
    assert found.code is OutcomeCode.POOR_FIT
    assert (
        run("demeaned_synthetic_control", panel(outcome, {0: 20}), worst_fit=1.0).code
        is OutcomeCode.ESTIMATED
    )


@pytest.mark.parametrize("name", SINGLE)
@pytest.mark.parametrize("treated", [{}, {0: 20, 1: 20}])
def test_one_unit_is_treated(name: str, treated: dict[int, int]) -> None:
    with pytest.raises(CheckFailed) as raised:
        run(name, panel(walks(), treated))
    assert raised.value.render("en") != raised.value.render("es")


def test_a_staggered_panel_is_not_a_block() -> None:
    with pytest.raises(CheckFailed, match="start in one period"):
        run("synthetic_difference_in_differences", panel(walks(), {0: 20, 1: 22}))
    with pytest.raises(CheckFailed, match="No unit"):
        run("pooled_synthetic_control", panel(walks(), {}))


def test_a_treatment_at_the_first_period_is_no_panel() -> None:
    with pytest.raises(CheckFailed):
        panel(walks(), {0: 0})


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("synthetic_control", {"excluded": ("unit 99",)}),
        ("synthetic_control", {"placebo_dates": ("2025",)}),
        ("synthetic_control_predictors", {"predictors": ("income",)}),
    ],
)
def test_a_name_that_is_not_there(name: str, settings: dict[str, object]) -> None:
    given = panel(walks(), {0: 20}, predictors={"wealth": np.arange(12.0)})
    with pytest.raises(NotFound):
        run(name, given, **settings)


def test_predictors_that_tell_nothing() -> None:
    given = panel(walks(), {0: 20}, predictors={"same": np.ones(12), "other": np.arange(12.0)})
    assert run("synthetic_control_predictors", given).code is OutcomeCode.SINGULAR
    with pytest.raises(AcuerdoError):
        run("synthetic_control_predictors", panel(walks(), {0: 20}))


def test_an_interval_that_the_weights_do_not_carry_is_refused() -> None:
    with pytest.raises(ValueError, match="value refused"):
        method("augmented_synthetic_control").settings(interval="conformal")


def test_a_level_beyond_the_ranks_has_no_interval() -> None:
    found = run("synthetic_control", panel(walks(), {0: 20}), interval="placebo", level=0.95)
    assert found.estimate.value is not None
    assert not found.estimate.has_interval
    assert any("no interval" in one.en for one in found.warnings)
    assert any("0.083" in one.en for one in found.warnings)
