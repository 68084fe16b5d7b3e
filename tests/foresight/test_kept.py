"""Kept answers stand: each is bound to all that it rests on, wherever that is written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from acuerdo.core.text import same
from acuerdo.foresight import kept
from acuerdo.foresight.library import FOLDER, model, models
from acuerdo.foresight.model import Model
from acuerdo.foresight.playbook import plays
from acuerdo.foresight.scenario import Schedule

# Forecasts are bound to the vintages of the counts besides; their own test computes them again
KINDS: tuple[kept.Kind, ...] = ("calibration", "comparison", "published", "sensitivity", "together")
KEPT: list[tuple[str, kept.Kind]] = [
    (name, kind) for name in (*models(), kept.COUPLED) for kind in KINDS if kept.read(name, kind)
]


def renamed(one: Model, title: str) -> Model:
    return replace(one, title=same(title))


@pytest.mark.parametrize(("name", "kind"), KEPT)
def test_what_a_kept_answer_rests_on_is_what_it_was(name: str, kind: kept.Kind) -> None:
    assert kept.changed(name, kind) == (), "python scripts/keep_foresight.py"


def test_every_kept_file_is_one_of_these() -> None:
    known = {kept.path(name, kind) for name, kind in KEPT} | {kept.path("overdose", "forecasts")}
    assert set(kept.RESULTS.glob("*.json")) == known


def test_words_do_not_change_what_is_declared() -> None:
    one = model("cartel_participation")
    assert kept.declared(renamed(one, "Otherwise called")) == kept.declared(one)


def test_an_equation_in_a_shared_module_is_part_of_the_model(monkeypatch) -> None:
    one = model("cartel_participation")
    usual, module = kept.declared(one), FOLDER.module("cartel_participation")
    before = module.weighed
    monkeypatch.setattr(module, "weighed", lambda m, **given: 0.5 * before(m, **given))
    assert kept.declared(renamed(one, "With half the chance")) != usual


@pytest.mark.parametrize("kind", ["parameters", "constants", "levers"])
def test_every_declared_number_is_part_of_the_model(kind: str) -> None:
    one = model("cartel_participation")
    first, *others = getattr(one, kind)
    field = "value" if kind == "constants" else "high"
    moved = replace(first, **{field: 1.01 * getattr(first, field)})
    assert kept.declared(replace(one, **{kind: (moved, *others)})) != kept.declared(one)


def test_what_a_scenario_does_is_bound_and_its_words_are_not() -> None:
    one, found = plays()["treatment_first"], model("overdose")
    usual = one.scenario(found).identity()
    assert one.model_copy(update={"title": same("Otherwise called")}).scenario(found).identity() == usual
    lever, course = next(iter(one.scenario(found).levers.items()))
    more = Schedule(tuple((day, 1.01 * value) for day, value in course.points), ramp=course.ramp)
    changed = replace(one.scenario(found), levers={**one.scenario(found).levers, lever: more})
    assert changed.identity() != usual


def test_a_published_figure_is_part_of_the_rows() -> None:
    one = model("arms_flow")
    first, *others = one.published
    assert kept.rows(replace(one, published=(replace(first, high=first.high + 1.0), *others))) != kept.rows(
        one
    )
