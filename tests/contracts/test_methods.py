"""What every method must be, whoever wrote it: it says what it is and finds what is there, or gives no number."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from acuerdo.core.errors import CheckFailed
from acuerdo.core.period import Period
from acuerdo.core.text import Text
from acuerdo.evaluation.library import METHODS, method
from acuerdo.evaluation.method import Finding, OutcomeCode
from acuerdo.evaluation.panel import Panel

IDS = tuple(METHODS.files())
EFFECT = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A made panel and the effect that was put into it, in the unit of its outcome."""

    panel: Panel
    effect: float


def months(count: int) -> tuple[Period, ...]:
    first = Period.month(2010, 1)
    return tuple(first.shift(step) for step in range(count))


def made(outcome: np.ndarray, *, treated: int, start: int, places: np.ndarray, **more: Any) -> Panel:
    return Panel(
        outcome=outcome,
        units=tuple(f"unit {row:02d}" for row in range(len(outcome))),
        periods=months(outcome.shape[1]),
        first_treated=tuple(start if row < treated else None for row in range(len(outcome))),
        coordinates=places,
        **more,
    )


def levels(effect: float, *, treated: int, units: int = 40, periods: int = 60, start: int = 40) -> Scene:
    """Unit and period effects, common factors that the treated share with others, noise."""
    rng = np.random.default_rng(5)
    places = np.column_stack([rng.uniform(18, 24, units), rng.uniform(-104, -96, units)])
    loads = rng.dirichlet(np.ones(4), size=units)
    # The treated lie among the others, so that a weighted mean of these can follow them.
    loads[:treated] = 0.5 * loads[:treated] + 0.5 * loads[treated:].mean(axis=0)
    factors = np.cumsum(rng.normal(scale=0.15, size=(periods, 4)), axis=0)
    outcome = 20 + loads @ factors.T + rng.normal(scale=0.3, size=(units, periods))
    outcome[:treated, start:] += effect
    return Scene(panel=made(outcome, treated=treated, start=start, places=places), effect=effect)


def several(effect: float) -> Scene:
    return levels(effect, treated=10)


def one(effect: float) -> Scene:
    return levels(effect, treated=1)


def counted(effect: float) -> Scene:
    """Counts over a population; the effect is a ratio, told as what it adds to the mean treated cell."""
    rng = np.random.default_rng(9)
    units, periods, start = 120, 48, 30
    exposure = np.outer(rng.uniform(2, 6, units), np.linspace(1, 1.1, periods))
    mean = exposure * np.exp(rng.normal(scale=0.2, size=(units, 1)) + rng.normal(scale=0.1, size=periods)) * 5
    plain = mean[:30, start:].mean()
    mean[:30, start:] *= 1 + effect / plain
    places = np.column_stack([rng.uniform(18, 24, units), rng.uniform(-104, -96, units)])
    panel = made(rng.poisson(mean).astype(float), treated=30, start=start, places=places, exposure=exposure)
    return Scene(panel=panel, effect=effect)


def around(effect: float) -> Scene:
    """What the treatment does lies within 40 km of the treated, not in them."""
    scene = levels(0.0, treated=5, units=60)
    places = np.array(scene.panel.coordinates)
    places[5:25] = places[np.arange(20) % 5] + np.random.default_rng(2).normal(scale=0.1, size=(20, 2))
    outcome = np.array(scene.panel.outcome)
    outcome[5:25, 40:] += effect
    return Scene(panel=replace(scene.panel, outcome=outcome, coordinates=places), effect=effect)


def alone(effect: float) -> Scene:
    """One series, with nobody beside it."""
    scene = one(effect)
    return Scene(panel=scene.panel.select(scene.panel.units[:1]), effect=effect)


def matched(effect: float) -> Scene:
    """One treated unit, with what it was before to be matched on."""
    scene = one(effect)
    before = {
        f"mean of {year}": scene.panel.outcome[:, at : at + 12].mean(axis=1)
        for year, at in ((2010, 0), (2012, 24))
    }
    return Scene(panel=replace(scene.panel, predictors=before), effect=effect)


def steady(effect: float) -> Scene:
    """One series without drift: what a segmented regression takes every series to be."""
    noise = np.random.default_rng(4).normal(scale=0.5, size=(1, 96))
    noise[:, 60:] += effect
    return Scene(panel=made(20 + noise, treated=1, start=60, places=np.array([[19.4, -99.1]])), effect=effect)


def together(effect: float) -> Scene:
    """Units that changed more where something else changed more."""
    scene = several(effect)
    change = scene.panel.outcome[:, -1] - scene.panel.outcome[:, 0]
    other = change + np.random.default_rng(6).normal(scale=0.5, size=change.size)
    return Scene(panel=replace(scene.panel, predictors={"other": other}), effect=effect)


def following(effect: float) -> Scene:
    """Two series, the second three periods behind the first."""
    moves = np.random.default_rng(8).normal(size=103).cumsum()
    both = 50 + np.vstack([moves[3:], moves[:-3]])
    return Scene(
        panel=made(both, treated=0, start=1, places=np.array([[19.0, -99.0], [20.0, -99.0]])), effect=effect
    )


SCENES = (several, one, counted, alone)
MADE_FOR = {
    "change_association": together,
    "lead_lag": following,
    "poisson_fixed_effects": counted,
    "segmented_regression": steady,
    "spillover_rings": around,
    "synthetic_control_predictors": matched,
}
# No trend that could bend, and no slope that could change.
GIVEN: dict[str, dict[str, Any]] = {
    "rambachan_roth": {"restriction": "smoothness", "bound": 0.0},
    "segmented_regression": {"change": "step", "lags": 1},
}


def run(method_id: str, panel: Panel) -> Finding:
    chosen = method(method_id)
    return chosen.run(panel, settings=chosen.settings(**GIVEN.get(method_id, {})), seed=20)


@cache
def scene_of(method_id: str) -> Any:
    """The first scene that a method answers."""
    for scene in (MADE_FOR[method_id],) if method_id in MADE_FOR else SCENES:
        try:
            if run(method_id, scene(EFFECT).panel).code is OutcomeCode.ESTIMATED:
                return scene
        except CheckFailed:
            continue
    pytest.fail(f"{method_id} answers none of the scenes")


@cache
def answer(method_id: str, effect: float) -> Finding:
    return run(method_id, scene_of(method_id)(effect).panel)


def numbers(value: Any) -> Iterator[float]:
    """Every number that a reader may see; the counterfactual of a path may have holes, and says so."""
    if isinstance(value, float):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            if field.name != "path":
                yield from numbers(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from numbers(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from numbers(inner)


def written(value: Any) -> Any:
    """A finding as plain text, every bit of every number in it."""
    if isinstance(value, np.ndarray):
        return value.tobytes()
    if isinstance(value, float):
        return value.hex()
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: written(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return [(key, written(inner)) for key, inner in value.items()]
    if isinstance(value, tuple):
        return [written(inner) for inner in value]
    return str(value)


@pytest.mark.parametrize("method_id", IDS)
def test_it_says_what_it_is(method_id: str) -> None:
    about = method(method_id).about
    texts = [about.name, about.estimand, *about.assumptions, *about.breaks]
    assert all(isinstance(text, Text) for text in texts)
    assert about.assumptions
    assert about.breaks
    assert all(one.title and one.publisher and one.date for one in about.references)
    assert about.references
    assert method(method_id).id == method_id
    assert re.fullmatch(r"[a-z][a-z0-9_]*", method_id)


@pytest.mark.parametrize("method_id", IDS)
def test_its_settings_have_defaults_and_refuse_what_they_do_not_know(method_id: str) -> None:
    settings = method(method_id).settings
    assert settings() == settings.model_validate_json(settings().model_dump_json())
    with pytest.raises(ValueError, match="no_such_setting"):
        settings(no_such_setting=1)


@pytest.mark.parametrize("method_id", IDS)
def test_it_finds_what_is_there(method_id: str) -> None:
    found = answer(method_id, EFFECT)
    assert found.code is OutcomeCode.ESTIMATED
    assert found.estimate.method == method_id
    if method(method_id).about.design == "description":
        return
    value = found.estimate.value
    assert value is not None
    assert value == pytest.approx(EFFECT, abs=0.25 * EFFECT)
    if found.estimate.low is not None:
        assert found.estimate.low > 0


@pytest.mark.parametrize("method_id", IDS)
def test_it_finds_nothing_where_nothing_is(method_id: str) -> None:
    if method(method_id).about.design == "description":
        pytest.skip("a picture has no null of its own")
    found = answer(method_id, 0.0)
    value = found.estimate.value
    assert value is not None
    assert abs(value) < 0.2 * EFFECT
    assert found.p_value is None or found.p_value > 0.01


@pytest.mark.parametrize("method_id", IDS)
def test_no_number_is_not_a_number(method_id: str) -> None:
    found = answer(method_id, EFFECT)
    assert [number for number in numbers(found) if not math.isfinite(number)] == []
    for outcome in [found.outcome, *(part.outcome for part in found.parts.values())]:
        assert outcome.en.strip()
        assert outcome.en != outcome.es


@pytest.mark.parametrize("method_id", IDS)
def test_twice_gives_the_same_bytes(method_id: str) -> None:
    panel = scene_of(method_id)(EFFECT).panel
    assert written(run(method_id, panel)) == written(answer(method_id, EFFECT))


@pytest.mark.parametrize("method_id", IDS)
def test_a_panel_without_treatment_gives_no_effect(method_id: str) -> None:
    if method(method_id).about.design == "description":
        pytest.skip("a picture needs no treatment")
    panel = scene_of(method_id)(EFFECT).panel
    with pytest.raises(CheckFailed):
        run(method_id, panel.with_treatment([None] * len(panel.units)))


@pytest.mark.parametrize("method_id", IDS)
def test_units_that_vanish_are_not_passed_over_in_silence(method_id: str) -> None:
    """A treated unit and, where there is one, an untreated one are missing from some month on."""
    panel = scene_of(method_id)(EFFECT).panel
    outcome = np.array(panel.outcome)
    outcome[[0, -1], -5:] = np.nan
    try:
        found = run(method_id, replace(panel, outcome=outcome))
    except CheckFailed:
        return
    assert found.code is not OutcomeCode.ESTIMATED or found.warnings
    assert found.code is not OutcomeCode.ESTIMATED or found.estimate.value is not None


@pytest.mark.parametrize("method_id", IDS)
def test_everybody_treated_at_once_has_no_answer(method_id: str) -> None:
    if method(method_id).about.design != "comparison":
        pytest.skip("it compares with nobody")
    panel = scene_of(method_id)(EFFECT).panel
    start = next(first for first in panel.first_treated if first is not None)
    try:
        found = run(method_id, panel.with_treatment([start] * len(panel.units)))
    except CheckFailed:
        return
    assert found.code is not OutcomeCode.ESTIMATED
    assert found.estimate.value is None


@pytest.mark.parametrize("method_id", IDS)
def test_an_outcome_that_never_varies_is_no_certainty(method_id: str) -> None:
    """A perfect fit by lack of variation: no number, or an exact zero without an interval of no width."""
    panel = scene_of(method_id)(EFFECT).panel
    try:
        found = run(method_id, replace(panel, outcome=np.full(panel.outcome.shape, 7.0)))
    except CheckFailed:
        return
    assert [number for number in numbers(found) if not math.isfinite(number)] == []
    if found.code is OutcomeCode.ESTIMATED:
        assert found.estimate.value == pytest.approx(0, abs=1e-6)
        assert found.p_value is None or found.p_value > 0.01
