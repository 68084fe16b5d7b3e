"""Steps lie on the dates on which a policy changes, and reported dates are interpolated well."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from tests.foresight.examples import START, growth

from acuerdo.foresight.arrays import with_numpy
from acuerdo.foresight.clock import date_of, time_of
from acuerdo.foresight.draws import Draws
from acuerdo.foresight.run import Setup, simulate
from acuerdo.foresight.scenario import BASELINE, Scenario, Schedule, Series
from acuerdo.foresight.stepping import find_step, step_error
from acuerdo.foresight.timeline import timeline
from acuerdo.foresight.tracing import trace

# A day that lies on no step of eight weeks and no reported week
CHANGE = START + timedelta(days=95)
BRAKE = Scenario(id="brake", levers={"brake": Schedule(((CHANGE, 0.5),))})


def exact(times: np.ndarray) -> np.ndarray:
    """100 people growing by 2 per cent a week, by 1 per cent after the change."""
    change = time_of(growth(), CHANGE)
    return 100.0 * np.exp(0.02 * np.minimum(times, change) + 0.01 * np.maximum(times - change, 0.0))


@pytest.mark.parametrize("backend", ["numpy", "numba", "jax"])
def test_a_change_between_steps_is_met_on_its_day(backend) -> None:
    run = simulate(growth(), scenarios=(BASELINE, BRAKE), setup=Setup(backend=backend, tolerance=1e-10))
    assert run.error <= 1e-10
    assert run.mean("brake", "stock") == pytest.approx(exact(run.times), rel=1e-9)
    assert run.mean("brake", "born") == pytest.approx(
        exact(run.times) * np.where(run.times < time_of(growth(), CHANGE), 0.02, 0.01), rel=1e-9
    )


def test_the_error_falls_with_the_fourth_power_of_the_step_and_is_told() -> None:
    found = []
    for step in (8.0, 4.0, 2.0):
        run = simulate(growth(), setup=Setup(step=step, backend="numpy", every=8.0))
        true = np.max(np.abs(run.mean("baseline", "stock") / (100.0 * np.exp(0.02 * run.times)) - 1.0))
        assert run.error == pytest.approx(true, rel=0.2)
        found.append(true)
    assert found[0] / found[1] == pytest.approx(16.0, rel=0.2)
    assert found[1] / found[2] == pytest.approx(16.0, rel=0.2)


def test_interpolation_adds_less_than_the_steps() -> None:
    model = growth()
    course = timeline(model, BASELINE, span=40.0, every=1.0, step=8.0)
    at_nodes = timeline(model, BASELINE, span=40.0, every=8.0, step=8.0)
    params = Draws.central().block(model, first=0, last=1)
    between, on = (with_numpy(trace(model), params, one)[0, :, 0] for one in (course, at_nodes))
    worst = np.max(np.abs(on / (100.0 * np.exp(0.02 * at_nodes.times)) - 1.0))
    assert np.max(np.abs(between / (100.0 * np.exp(0.02 * course.times)) - 1.0)) < 2.0 * worst


def test_a_ramp_moves_evenly_and_a_step_holds() -> None:
    model = growth()
    days = tuple(START + timedelta(weeks=week) for week in (10, 20))
    ramp = Scenario(id="ramp", levers={"brake": Schedule(((days[0], 0.0), (days[1], 1.0)), ramp=True)})
    points = np.array([[5.0, 6.0, 7.0], [10.0, 11.0, 12.0], [15.0, 16.0, 17.0], [20.0, 21.0, 22.0]])
    assert ramp.lever_values(model, points)[:, :, 0] == pytest.approx(
        np.array([[0, 0, 0], [0, 0.1, 0.2], [0.5, 0.6, 0.7], [1, 1, 1]])
    )
    held = Scenario(id="held", levers={"brake": Schedule(((days[0], 0.3), (days[1], 0.7)))})
    assert held.lever_values(model, points)[:, 1, 0].tolist() == [0.0, 0.3, 0.3, 0.7]


@pytest.mark.parametrize("backend", ["numpy", "numba", "jax"])
def test_an_impulse_acts_once_on_its_day(backend) -> None:
    cull = Scenario(id="cull", levers={"cull": Schedule(((CHANGE, 0.25),))})
    run = simulate(growth(), scenarios=(cull,), setup=Setup(backend=backend, tolerance=1e-10))
    after = run.times >= time_of(growth(), CHANGE)
    expected = 100.0 * np.exp(0.02 * run.times) * np.where(after, 0.75, 1.0)
    assert run.mean("cull", "stock") == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("backend", ["numpy", "numba", "jax"])
@pytest.mark.parametrize("drawn", [False, True])
def test_an_input_is_a_series_for_all_draws_or_one_for_each(backend, drawn: bool) -> None:
    times = np.array([0.0, 40.0])
    level = np.array([[0.0, 1.0, 2.0], [4.0, 1.0, 2.0]]) if drawn else np.array([3.0, 3.0])
    scenario = Scenario(id="fed", inputs={"inflow": Series(times, level)})
    table = Draws.of({"rate": np.array([1e-9, 1e-9, 1e-9])})
    run = simulate(
        growth(), scenarios=(scenario,), draws=table, setup=Setup(backend=backend, tolerance=1e-10)
    )
    expected = [180.0, 140.0, 180.0] if drawn else [220.0] * 3
    assert run.mean("fed", "stock")[-1] == pytest.approx(np.mean(expected), rel=1e-6)


def test_the_end_is_always_reported_and_days_are_the_calendars() -> None:
    model = growth()
    course = timeline(model, BRAKE, span=39.0, every=2.0, step=8.0)
    assert course.times[-1] == 39.0
    assert course.times.size == 21
    assert date_of(model, 52.0) == date(2020, 12, 30)
    assert time_of(model, date(2020, 12, 30)) == 52.0


def test_a_step_that_a_short_stretch_keeps_short_is_halved_all_the_same() -> None:
    """Else nothing would be compared, and the error told would be none."""
    system, params = trace(growth()), Draws(count=3).block(growth(), first=0, last=3)
    params[1] = 0.5
    for span, every in ((2.0, 1.0), (2.0, 2.0)):
        asked = {"params": params, "grid": (span, every), "compute": with_numpy}
        told = step_error(system, BASELINE, length=8.0, **asked)
        course = timeline(growth(), BASELINE, span=span, every=every, step=8.0)
        exact = params[0] * np.exp(0.5 * span)
        true = np.max(np.abs(with_numpy(system, params, course)[0, -1] / exact - 1.0))
        assert told == pytest.approx(true, rel=0.2)
        assert told > 1e-7
        found = find_step(system, [BASELINE], tolerance=1e-8, **asked)
        course = timeline(growth(), BASELINE, span=span, every=every, step=found.length)
        assert with_numpy(system, params, course)[0, -1] == pytest.approx(exact, rel=2e-8)
