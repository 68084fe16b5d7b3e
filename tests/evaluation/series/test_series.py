"""One series: what is known exactly about it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from acuerdo.core.errors import CheckFailed
from acuerdo.core.period import Period
from acuerdo.evaluation.library import method
from acuerdo.evaluation.method import Finding, OutcomeCode
from acuerdo.evaluation.panel import Panel
from acuerdo.evaluation.series.breaks import by_least_squares
from acuerdo.evaluation.series.sup_f import sup_f


def series(values: np.ndarray, start: int | None, **more: Any) -> Panel:
    first = Period.month(2000, 1)
    return Panel(
        outcome=values[None, :],
        units=("one",),
        periods=tuple(first.shift(step) for step in range(values.size)),
        first_treated=(start,),
        **more,
    )


def run(method_id: str, panel: Panel, **settings: Any) -> Finding:
    chosen = method(method_id)
    return chosen.run(panel, settings=chosen.settings(**settings), seed=3)


def test_a_step_and_a_slope_without_noise_come_out_whole() -> None:
    time = np.arange(60.0)
    ripple = 0.001 * (-1.0) ** time
    values = 10 + 0.5 * time + np.where(time >= 36, 4 + 0.25 * (time - 36), 0) + ripple
    found = run("segmented_regression", series(values, 36), errors="independent", horizon=12)
    assert found.diagnostics["step"] == pytest.approx(4, abs=0.01)
    assert found.diagnostics["slope"] == pytest.approx(0.25, abs=0.001)
    assert found.estimate.value == pytest.approx(4 + 0.25 * 5.5, abs=0.01)
    assert found.path is not None
    assert found.path.counterfactual[-1] == pytest.approx(10 + 0.5 * 47, abs=0.01)


def test_the_mean_forecast_error_is_that_of_simulated_paths() -> None:
    """Forecasts of a random walk with noise: drawn, and added up in closed form."""
    rng = np.random.default_rng(1)
    values = 50 + np.cumsum(rng.normal(scale=0.5, size=132)) + rng.normal(size=132)
    found = run("structural_time_series", series(values, 120))
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    scale = values[:120].std()
    level: Any = "local level"
    fitted: Any = UnobservedComponents(values[:120] / scale, level=level).fit(disp=0, maxiter=500)
    noise, walk = fitted.params * scale**2
    state = fitted.predicted_state_cov[0, 0, -1] * scale**2
    steps = np.arange(12, 0, -1)[1:]
    exact = np.sqrt(144 * state + walk * (steps**2).sum() + 12 * noise) / 12
    assert found.diagnostics["standard_error"] == pytest.approx(exact, rel=1e-3)


def test_changes_are_found_where_they_were_made() -> None:
    rng = np.random.default_rng(2)
    values = np.repeat([5.0, 9.0, 2.0], 40) + rng.normal(size=120)
    assert by_least_squares(values, fewest=12, most=6) == (40, 80)
    found = run("change_points", series(values, None), draws=199)
    assert list(found.parts) == ["2003-05", "2006-09"]
    assert found.estimate.value == pytest.approx(-7, abs=0.6)


def test_a_wandering_series_has_no_change_that_is_claimed() -> None:
    claims = []
    for seed in range(10):
        rng = np.random.default_rng(seed)
        values = np.zeros(120)
        for at in range(1, 120):
            values[at] = 0.9 * values[at - 1] + rng.normal()
        claims.append(
            run("change_points", series(values, None), draws=99, most=2).code is OutcomeCode.ESTIMATED
        )
    assert sum(claims) <= 3


@pytest.mark.slow
@pytest.mark.parametrize("rho", [0.0, 0.5, 0.8])
def test_the_size_of_the_largest_f(rho: float) -> None:
    """At a nominal 5 per cent, in 300 series without a change; three standard errors are 3.8 points."""
    rejected = 0
    for seed in range(300):
        rng = np.random.default_rng([7, seed])
        values = np.zeros(110)
        for at in range(1, 110):
            values[at] = rho * values[at - 1] + rng.normal()
        rejected += sup_f(values[30:], "level", trim=12, draws=199, seed=seed).p_value <= 0.05
    assert rejected / 300 <= 0.05 + 0.038


@pytest.mark.parametrize("method_id", ["segmented_regression", "structural_time_series"])
def test_too_short_a_past(method_id: str) -> None:
    found = run(method_id, series(np.random.default_rng(0).normal(size=40), 10))
    assert (found.code, found.estimate.value) == (OutcomeCode.TOO_FEW_PERIODS, None)


def test_a_slope_of_one_period_is_singular() -> None:
    found = run("segmented_regression", series(np.random.default_rng(0).normal(size=40), 39))
    assert (found.code, found.estimate.value) == (OutcomeCode.SINGULAR, None)


def test_several_starts_are_not_one_series() -> None:
    values = np.random.default_rng(0).normal(size=(2, 60))
    first = Period.month(2000, 1)
    panel = Panel(
        outcome=values,
        units=("one", "other"),
        periods=tuple(first.shift(step) for step in range(60)),
        first_treated=(30, 40),
    )
    assert run("segmented_regression", panel).code is OutcomeCode.NOT_IDENTIFIED
    with pytest.raises(CheckFailed, match="one series"):
        run("change_points", panel)


def test_a_missing_month_is_not_filled_in() -> None:
    values = np.random.default_rng(0).normal(size=60)
    values[20] = np.nan
    for method_id in ("segmented_regression", "structural_time_series", "change_points"):
        assert run(method_id, series(values, 40)).code is OutcomeCode.MISSING_OUTCOME


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(CheckFailed, match="negative"):
        run("segmented_regression", series(np.random.default_rng(0).normal(size=60), 40), family="poisson")
