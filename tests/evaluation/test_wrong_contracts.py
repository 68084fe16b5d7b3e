"""Every fault that a contract can have beyond its shape: told with its line, in both languages, all at once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from tests.evaluation.making import changed

from acuerdo.core.errors import CheckFailed, SpecProblems
from acuerdo.evaluation.load import CONTRACTS, load
from acuerdo.evaluation.running import run
from acuerdo.workspace import Workspace

SINALOA = CONTRACTS.file("sinaloa_split_and_homicides")
SUBSTITUTION = CONTRACTS.file("substitution_by_disappearances")

WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "no_plan": ({"plan": None}, "has a plan, or says why the question is not evaluable"),
    "both": (
        {"not_evaluable": {"why": {"en": "a", "es": "b"}, "would_need": {"en": "a", "es": "b"}}},
        "never both, never neither",
    ),
    "unsourced": (
        {"positions": {"us": {"prediction": 0.7}}},
        "A position or a prediction is stated without a source",
    ),
    "no_probability": ({"positions": {"us": {"prediction": 1.7, "sources": ["first_days"]}}}, "1.7"),
    "framework": ({"objectives": ["us_mx_bicentenial:launch_1c"]}, "Did you mean us_mx_bicentennial"),
    "objective": ({"objectives": ["us_mx_bicentennial:launch_1z"]}, "'launch_1z' is not known"),
    "version": ({"version": 2}, "Version 2 needs one deviation"),
    "method": ({"plan__primary": {"method": "synthetic_controll"}}, "Did you mean synthetic_control"),
    "setting": (
        {"plan__primary": {"method": "synthetic_control", "settings": {"draw": 3}}},
        "'draw' is not a key that may stand in 'settings'.\n  Did you mean draws?",
    ),
    "level": (
        {"plan__primary": {"method": "synthetic_control", "settings": {"level": 0.95}}},
        "two one-sided tests at 0.05 need 0.9",
    ),
    "series": ({"plan__outcome__of__series": "sesnsp_victims.victim"}, "Did you mean sesnsp_victims.victims"),
    "indicator": ({"plan__outcome__indicator": "mx_homicide_victim"}, "Did you mean mx_homicide_victims"),
    "margin": ({"plan__decision__equivalence_margin": 60}, "larger than the smallest effect of interest"),
    "window": ({"plan__window__until": "2014-01"}, "not two periods of one kind in order"),
    "cut_off": ({"plan__window__cut_off": "2024-10-31"}, "does not lie before the first treatment"),
    "treated_donor": ({"plan__comparison__only": ["MX-25", "MX-02"]}, "'MX-25' is treated and cannot be a donor"),
    "place": (
        {"plan__comparison__leave_out": {"MX-88": {"why": {"en": "Nowhere.", "es": "En ninguna parte."}}}},
        "'MX-88' is not known",
    ),
    "source": (
        {"plan__treatment__units": {"MX-25": {"since": "2024-09", "sources": ["nowhere"]}}},
        "nowhere",
    ),
    "one_language": ({"question": {"en": "Only in English?"}}, "es"),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(WRONG))
def test_each_fault_is_told_with_its_place(name: str, tmp_path: Path) -> None:
    changes, told = WRONG[name]
    with pytest.raises(SpecProblems) as caught:
        load(changed(tmp_path, SINALOA, **changes))
    (problem,) = caught.value.problems
    assert told in problem.render("en")
    assert re.search(r"sinaloa_split_and_homicides\.yaml:\d+:\d+$", problem.where)
    assert problem.render("en") != problem.render("es")


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    together = {
        key: value
        for name in ("framework", "method", "margin", "version", "series")
        for key, value in WRONG[name][0].items()
    }
    with pytest.raises(SpecProblems) as caught:
        load(changed(tmp_path, SINALOA, **together))
    assert len(caught.value.problems) == 5


def test_the_outcome_cannot_come_in_as_a_predictor(tmp_path: Path) -> None:
    with pytest.raises(SpecProblems, match="under another name"):
        load(changed(tmp_path, SUBSTITUTION, plan__predictors__homicide_change__of={
            "series": "rnpdno_missing.still_missing", "level": "state", "step": "year", "unit": "persons",
        }))  # fmt: skip


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return Workspace.open(tmp_path_factory.mktemp("empty"))


def test_labels_that_no_row_has_are_refused(tmp_path: Path, workspace: Workspace) -> None:
    contract = load(
        changed(tmp_path, SINALOA, plan__robustness={}, plan__outcome__of__labels={"crime": "Homicidio"})
    )
    with pytest.raises(CheckFailed, match="has the labels crime=Homicidio"):
        run(contract, workspace.store)


def test_too_few_donors_are_void(tmp_path: Path, workspace: Workspace) -> None:
    contract = load(
        changed(tmp_path, SINALOA, plan__robustness={}, plan__comparison__only=["MX-02", "MX-09"])
    )
    found = run(contract, workspace.store)
    assert found.answer["verdict"] == "void"
    assert "only 2 units to compare with" in found.answer["because"]["en"]


def test_a_disputed_treatment_is_void(tmp_path: Path, workspace: Workspace) -> None:
    disputed = {
        "since": "2024-09",
        "disputed": {"en": "It began in July.", "es": "Empezó en julio."},
        "sources": ["first_days"],
    }
    contract = load(
        changed(tmp_path, SINALOA, plan__robustness={}, plan__treatment__units={"MX-25": disputed})
    )
    found = run(contract, workspace.store)
    assert "100% of the units is disputed" in found.answer["because"]["en"]


def test_a_treatment_before_the_first_period_is_refused(tmp_path: Path, workspace: Workspace) -> None:
    variant = {"early": {"label": {"en": "Ten years before", "es": "Diez años antes"}, "shift": -120}}
    contract = load(changed(tmp_path, SINALOA, plan__robustness=variant))
    (tried,) = run(contract, workspace.store).answer["robustness"]
    assert tried["effect"] is None
    assert "Treated in or before the first period" in tried["outcome"]["en"]


def test_a_run_without_a_measured_size_is_void(workspace: Workspace) -> None:
    found = run(load(SINALOA), workspace.store)
    assert found.answer["verdict"] == "void"
    assert "size on this panel is unknown" in found.answer["because"]["en"]
