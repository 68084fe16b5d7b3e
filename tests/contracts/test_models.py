"""The contract that every mechanism model keeps, whatever it models."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from acuerdo.core.text import Text
from acuerdo.foresight.backends import Backend, compute_with
from acuerdo.foresight.check import check_model, structures
from acuerdo.foresight.draws import Draws
from acuerdo.foresight.library import FOLDER, model
from acuerdo.foresight.model import Model
from acuerdo.foresight.run import Setup, simulate
from acuerdo.foresight.scenario import BASELINE, Scenario, Schedule
from acuerdo.foresight.timeline import timeline
from acuerdo.foresight.tracing import trace
from acuerdo.foresight.trial import Setting, Trial
from acuerdo.spec.check import structure_ids
from acuerdo.spec.library import frameworks

MODELS = sorted(FOLDER.files())
TOLERANCE = 1e-10


def cases(kind: str) -> list[object]:
    return [
        pytest.param(name, one, id=f"{name}-{one.name}")
        for name in MODELS
        for one in getattr(model(name), kind)
    ]


def everything_moved(one: Model) -> Scenario:
    """A scenario in which every lever moves once, impulses included, some way into the model's time."""
    day = one.starts + timedelta(weeks=20)
    levers = {lever.name: Schedule(((day, 0.5 * (lever.default + lever.high)),)) for lever in one.levers}
    return Scenario(id="moved", levers=levers)


def outcomes(one: Model, structure: dict[str, str], backend: Backend) -> np.ndarray:
    params = Draws(count=11, seed=5).block(one, first=0, last=11)
    course = timeline(
        one,
        everything_moved(one),
        span=8 * one.longest_step,
        every=one.report_every,
        step=one.longest_step / 2,
    )
    return compute_with(backend)(trace(one, structure), params, course)


@pytest.mark.parametrize("name", MODELS)
def test_says_all_that_it_must_and_is_in_balance(name: str) -> None:
    one = model(name)
    assert one.id == name
    check_model(one)
    assert {behaviour.kind for behaviour in one.behaviours} >= {"direction", "extreme"}
    assert one.balances
    assert one.published


@pytest.mark.parametrize("name", MODELS)
def test_levers_serve_objectives_that_exist(name: str) -> None:
    known = {f"{key}:{reference}" for key, one in frameworks().items() for reference in structure_ids(one)}
    assert {objective for lever in model(name).levers for objective in lever.objectives} <= known


@pytest.mark.parametrize("backend", ["numba", "jax"])
@pytest.mark.parametrize("name", MODELS)
def test_back_ends_agree_under_every_alternative(name: str, backend: Backend) -> None:
    one = model(name)
    for structure in structures(one):
        reference = outcomes(one, structure, "numpy")
        other = outcomes(one, structure, backend)
        scale = np.maximum(np.abs(reference), 1e-12 * np.abs(reference).max(axis=1, keepdims=True))
        apart = np.abs(other - reference) / np.where(scale > 0.0, scale, 1.0)
        assert apart.max() <= TOLERANCE, structure


@pytest.mark.parametrize("name", MODELS)
def test_states_stay_what_they_can_be(name: str) -> None:
    one = model(name)
    for structure in structures(one):
        states = Trial(one).states(Setting(structure=structure))
        kept = {state.name: state for state in one.states}
        for key, value in states.items():
            assert np.isfinite(value).all(), (structure, key)
            if kept[key].non_negative:
                assert (value >= 0.0).all(), (structure, key)


@pytest.mark.parametrize(("name", "row"), cases("published"))
def test_reproduces_what_was_published(name: str, row) -> None:
    assert row.low <= row.measure(Trial(model(name))) <= row.high


@pytest.mark.parametrize(("name", "behaviour"), cases("behaviours"))
def test_behaves(name: str, behaviour) -> None:
    assert behaviour.holds(Trial(model(name)))


@pytest.mark.parametrize("name", MODELS)
def test_an_unused_lever_changes_no_byte(name: str) -> None:
    """A lever that is named in a scenario but left at its default, and one that no equation has."""
    one = model(name)
    spare = replace(one.levers[0], name="spare", title=Text("Spare", "De sobra"))
    wider = replace(one, levers=(*one.levers, spare))
    named = Scenario(
        id=BASELINE.id, levers={lever.name: Schedule(((one.starts, lever.default),)) for lever in one.levers}
    )
    usual = Setup(span=4 * one.longest_step, step=one.longest_step)
    # A model with a spare lever is another kernel, which takes seconds to compile; the plain reference takes any
    plain = replace(usual, backend="numpy")
    for setup, models in ((usual, (one,)), (plain, (one, wider))):
        first, *others = (
            simulate(given, scenarios=(scenario,), draws=Draws(count=9), setup=setup)
            for given in models
            for scenario in (BASELINE, named)
        )
        for other in others:
            for key, parts in first.parts.items():
                assert all(
                    array.tobytes() == other.parts[key][part].tobytes() for part, array in parts.items()
                )


@pytest.mark.parametrize("name", MODELS)
def test_seeds_agree(name: str) -> None:
    """Two seeds give means that differ no more than their standard errors allow."""
    one = model(name)
    count = 1_000
    setup = Setup(span=8 * one.longest_step, step=one.longest_step)
    runs = [simulate(one, draws=Draws(count=count, seed=seed), setup=setup) for seed in (1, 2)]
    for outcome in one.outcomes:
        first, other = (run.mean(BASELINE.id, outcome.name) for run in runs)
        error = np.sqrt(sum(run.deviation(BASELINE.id, outcome.name) ** 2 for run in runs) / count)
        assert (np.abs(first - other) <= 5.0 * error + 1e-12 * np.abs(first)).all()
