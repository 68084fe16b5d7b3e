"""The auditor's checklist and its two printed forms, against what the frameworks and the catalog hold."""

from __future__ import annotations

import json
from datetime import date

import pytest

from acuerdo.cli.app import run
from acuerdo.indicators.load import catalog
from acuerdo.spec.check import structure_ids
from acuerdo.spec.library import frameworks
from acuerdo.tracking.audit import PRACTICES, audit, objectives
from acuerdo.tracking.matrix import mir, results

TODAY = date(2026, 11, 22)
FRAMEWORKS = tuple(frameworks())
BICENTENNIAL = "us_mx_bicentennial"


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_every_goal_is_audited_and_every_practice_answered_with_its_reason(framework: str) -> None:
    found = audit(framework, as_of=TODAY)
    assert {one.objective.goal for one in found} == set(frameworks()[framework].goals)
    assert {one.objective.id for one in found} <= set(structure_ids(frameworks()[framework]))
    for one in found:
        assert [check.practice for check in one.checks] == list(PRACTICES)
        assert all(check.why.en and check.why.es and check.met_label for check in one.checks)


def test_no_objective_is_left_without_its_outcome_indicators() -> None:
    for one in audit(BICENTENNIAL, as_of=TODAY):
        speaking = [
            each
            for each in catalog().values()
            if each.kind == "outcome" and f"{BICENTENNIAL}:{one.objective.id}" in each.objectives
        ]
        [line] = [check for check in one.checks if check.practice == "line_of_sight"]
        assert (line.met == "yes") == bool(speaking)


def test_no_target_was_published_for_any_objective() -> None:
    targets = {
        one.objective.id: check.met
        for one in audit(BICENTENNIAL, as_of=TODAY)
        for check in one.checks
        if check.practice == "target"
    }
    assert "yes" not in targets.values()
    # 26 border projects and US$1.5 billion are numbers of promises, not a target for the objective.
    assert targets["launch_2a"] == "partly"


def test_evidence_grows_with_the_statements() -> None:
    def told(day: date) -> int:
        return sum(
            code.level is not None for one in objectives(BICENTENNIAL, as_of=day) for code in one.promises
        )

    assert told(date(2021, 10, 9)) < told(date(2022, 5, 1)) < told(TODAY)


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_the_matrix_holds_every_promise_that_serves_an_objective_once(framework: str) -> None:
    every = objectives(framework, as_of=TODAY)
    rows = tuple(mir(framework, every))
    promises = [row.id for row in rows if row.level in ("componente", "actividad")]
    assert len(promises) == len(set(promises))
    assert set(promises) == {code.item.id for one in every for code in one.promises}
    assert [row.id for row in rows if row.level == "fin"] == list(frameworks()[framework].goals)


def test_the_results_framework_names_a_baseline_for_every_measure() -> None:
    rows = tuple(results(objectives(BICENTENNIAL, as_of=TODAY)))
    assert {row.objective for row in rows} == {one.id for one in objectives(BICENTENNIAL, as_of=TODAY)}
    for row in rows:
        assert (row.indicator is None) == (row.baseline is None)
        if row.indicator:
            assert row.baseline == catalog()[row.indicator].baseline.period.code


@pytest.mark.parametrize("form", ["checklist", "mir", "results"])
@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_command_prints_each_form(form: str, lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit", BICENTENNIAL, "--form", form, "--lang", lang, "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) > 20
