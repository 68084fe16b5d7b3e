"""Scenario files: what comes with the software is whole, and what is wrong is said with line, column and names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from acuerdo.core.errors import NotFound, SpecProblems, UsageError
from acuerdo.foresight.asking import Question, answer, compared, plan, questions
from acuerdo.foresight.library import model
from acuerdo.foresight.playbook import BASE, load, play, plays
from acuerdo.foresight.study import study

GOOD = """\
id: more
title: {en: More inspection, es: Más inspección}
about: {en: More of it than now., es: Más que ahora.}
models:
  arms_flow:
    levers:
      southbound_inspection:
        value: 0.2
        since: 2022-01-01
        evidence: {en: Assumed., es: Supuesto.}
        source: assumed
"""
WRONG = {
    "unknown lever": (
        "southbound_inspection:",
        "southbound_inspektion:",
        "more.yaml:7:7",
        "southbound_inspection",
    ),
    "unknown model": ("arms_flow:", "arm_flow:", "more.yaml:5:3", "arms_flow"),
    "out of range": ("value: 0.2", "value: 0.9", "more.yaml:8:16", "0.5"),
    "no evidence": ("        evidence: {en: Assumed., es: Supuesto.}\n", "", "more.yaml:7", "evidence"),
    "unknown source": ("source: assumed", "source: asumed", "more.yaml:11:17", "assumed"),
    "one language": ("es: Supuesto.", "es: ''", "more.yaml:10", "es"),
    "no date": ("        since: 2022-01-01\n", "", "more.yaml:8:9", "since"),
    "unknown scenario": ("models:", "over: [baselin]\nmodels:", "more.yaml:4", "baseline"),
}


def written(folder: Path, text: str) -> Path:
    path = folder / "more.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", sorted(WRONG))
@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_wrong_scenario_is_told_with_its_place(tmp_path, name, lang) -> None:
    old, new, where, word = WRONG[name]
    assert old in GOOD
    with pytest.raises(SpecProblems) as raised:
        load(written(tmp_path, GOOD.replace(old, new)))
    told = raised.value.render(lang)
    assert where in told
    assert word in told


def test_a_good_scenario_is_read(tmp_path) -> None:
    found = load(written(tmp_path, GOOD))
    lever = found.scenario(model("arms_flow")).levers["southbound_inspection"]
    assert lever.points == ((date(2022, 1, 1), 0.2),)


def test_every_scenario_of_the_issue_comes_with_the_software() -> None:
    assert set(plays()) == {
        BASE, "kingpin_strategy", "recruitment_prevention", "double_the_arrests", "half_to_communities",
        "precursor_controls", "southbound_inspection", "treatment_first", "all_of_the_framework", "framework_lapses",
    }  # fmt: skip
    for one in plays().values():
        for model_id in one.acts_on:
            one.scenario(model(model_id)).check(model(model_id))


def test_all_of_the_framework_holds_every_lever_of_its_parts() -> None:
    whole = play("all_of_the_framework")
    for part in whole.over:
        for model_id in play(part).acts_on:
            assert dict(play(part).moves(model_id)).items() <= dict(whole.moves(model_id)).items()


def test_a_scenario_can_begin_on_another_day() -> None:
    arms = model("arms_flow")
    moved = play("southbound_inspection").scenario(arms, since=date(2027, 1, 1))
    assert moved.levers["southbound_inspection"].points[0][0] == date(2027, 1, 1)
    asked = Question(model="arms_flow", scenarios=("southbound_inspection",), draws=8, since=date(2027, 1, 1))
    found = answer(asked)
    assert found.begins == date(2027, 1, 1)
    assert found.compared.year == 2032


def test_a_question_that_no_model_can_answer_is_refused() -> None:
    with pytest.raises(UsageError):
        plan(Question(model="arms_flow", scenarios=("treatment_first",)))
    with pytest.raises(UsageError):
        questions((), against=BASE)
    with pytest.raises(NotFound) as raised:
        questions(("kingpin",))
    assert "kingpin_strategy" in raised.value.render("en")


def test_each_model_in_which_a_scenario_acts_is_asked() -> None:
    asked = questions(("southbound_inspection",))
    assert [one.model for one in asked] == ["arms_flow", "cartel_recruitment"]


def test_a_difference_that_the_steps_make_is_no_difference() -> None:
    """The published structure gives removing leaders no effect: a tie in every draw, and so better in none."""
    published = replace(study("cartel_recruitment"), structures=({},))
    question = Question(model="cartel_recruitment", scenarios=("kingpin_strategy",), draws=16, tried=4)
    found = compared(question, published)
    arm = next(one for one in found.arms if (one.scenario, one.structure) == ("kingpin_strategy", ""))
    assert arm.better == 0.0
    assert arm.change is not None
    assert arm.change.low == arm.change.high == 0.0
    assert arm.failed == 0
