"""The contracts that come with the software, and what is kept of them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from acuerdo.claims.load import all_claims
from acuerdo.core.errors import CheckFailed, MissingExtra
from acuerdo.data.sql import parquet
from acuerdo.data.store import session
from acuerdo.evaluation import kept, state
from acuerdo.evaluation.load import CONTRACTS, contract, contracts
from acuerdo.evaluation.running import run
from acuerdo.workspace import Workspace

EVALUABLE = sorted(one.id for one in contracts().values() if one.plan is not None)
# One by each family of methods, quick enough to be run again at every test
AGAIN = (
    "sinaloa_split_and_homicides",
    "seizures_and_overdose_deaths",
    "search_commissions_and_missing_persons",
)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return Workspace.open(tmp_path_factory.mktemp("empty"))


def test_there_are_ten_and_more_and_some_that_cannot_be_answered() -> None:
    assert len(EVALUABLE) >= 10
    assert {"kingpin_removal_and_violence", "extraditions_and_violence", "prosecutions_and_networks"} <= {
        one.id for one in contracts().values() if one.not_evaluable is not None
    }


def test_the_claims_they_bear_on_exist_and_causal_claims_point_to_contracts() -> None:
    known = all_claims()
    assert [key for one in contracts().values() for key in one.claims if key not in known] == []
    pointed = {
        body.contract for _, claim in known.values() for kind, body in claim.check.given if kind == "causal"
    }
    assert pointed <= set(contracts())


def test_no_side_is_given_a_probability_that_it_did_not_state() -> None:
    stated = {
        (one.id, side): position
        for one in contracts().values()
        for side, position in one.positions.items()
        if position.prediction is not None
    }
    assert all(position.sources for position in stated.values())


@pytest.mark.parametrize("contract_id", EVALUABLE)
def test_each_is_frozen_measured_and_answered(contract_id: str, workspace: Workspace) -> None:
    one = workspace.evaluation.answered(contract_id)
    assert one.state == "verdict"
    assert one.changed == ()
    assert one.calibration is not None
    assert one.calibration.answer["size"] is not None
    assert one.calibration.inputs["contract"] == one.contract.digest
    assert one.result is not None
    sure, verdict = one.result.answer["certainty"], one.result.answer["verdict"]
    assert (sure is None) == (verdict == "void"), "a number that does not count has no certainty"
    assert sure is None or sure["grade"] in {"very_low", "low", "moderate", "high"}
    assert one.result.answer["robustness"], "every contract is tried another way"


def test_a_file_brought_in_whole_is_the_file_that_the_answer_rests_on(tmp_path: Path) -> None:
    own = Workspace.open(tmp_path)
    (packaged,) = own.store.releases("inegi_homicides_state_month")
    with session() as connection:
        connection.execute(f"CREATE TABLE whole AS SELECT * FROM {parquet([packaged.path or tmp_path])}")
        whole = replace(packaged, extract=False, notes=(), path=None)
        added = own.store.add(whole, connection=connection, table="whole")
    assert added.id != packaged.id
    answered = own.evaluation.answered("merida_start_and_homicides")
    assert answered.changed == ()
    assert answered.result is not None
    other = {**answered.result.inputs, packaged.id: "f" * 64}
    assert kept.changed(answered.result, other) == (packaged.id,)


@pytest.mark.parametrize("contract_id", EVALUABLE)
def test_nothing_after_the_cut_off_stands_in_a_calibration(contract_id: str) -> None:
    found = kept.read(kept.calibration_of(CONTRACTS.file(contract_id)))
    plan = contract(contract_id).plan
    assert found is not None
    assert plan is not None
    last = type(plan.window.until).parse(found.answer["panel"]["last"])
    assert last.end <= plan.window.cut_off
    assert found.answer["panel"]["treated"] == {}


@pytest.mark.parametrize("contract_id", AGAIN)
def test_the_kept_answer_comes_out_again_to_the_byte(contract_id: str, workspace: Workspace) -> None:
    path = CONTRACTS.file(contract_id)
    try:
        found = run(contract(contract_id), workspace.store, calibration=kept.read(kept.calibration_of(path)))
    except MissingExtra:
        pytest.skip("acuerdo[evaluation] is not installed")
    earlier = kept.read(kept.result_of(path))
    assert earlier is not None
    if found.answer["environment"] != earlier.answer["environment"]:
        pytest.skip("kept with other versions of the libraries")
    assert json.dumps(found.answer, sort_keys=True) == json.dumps(earlier.answer, sort_keys=True)
    assert kept.changed(earlier, found.inputs) == ()


def test_the_ledgers_hold() -> None:
    for contract_id in EVALUABLE:
        entries = state.read(state.ledger_of(CONTRACTS.file(contract_id)))
        assert [one.event for one in entries if one.contract == contract(contract_id).digest][:2] == [
            "calibrated",
            "frozen",
        ]


def test_a_question_without_a_plan_is_neither_calibrated_nor_frozen(workspace: Workspace) -> None:
    from datetime import date

    with pytest.raises(CheckFailed, match="not evaluable"):
        workspace.evaluation.calibrate("kingpin_removal_and_violence", on=date(2026, 1, 1), keep=False)
    with pytest.raises(CheckFailed, match="nothing to freeze"):
        workspace.evaluation.freeze("kingpin_removal_and_violence", on=date(2026, 1, 1))


def test_void_and_inconclusive_answers_enter_the_pooling(workspace: Workspace) -> None:
    pytest.importorskip("scipy")
    found, earlier = workspace.evaluation.pool(), workspace.evaluation.pooled()
    assert earlier is not None
    assert found.inputs == earlier.inputs
    assert found.answer == earlier.answer
    verdicts = {verdict for group in found.answer.values() for verdict in group["verdicts"].values()}
    assert {"void", "inconclusive", "supported"} <= verdicts


def test_a_pooled_mean_lies_among_what_it_pools(workspace: Workspace) -> None:
    kept_pool = workspace.evaluation.pooled()
    assert kept_pool is not None
    for group in kept_pool.answer.values():
        values = [
            one.result.answer["effect"]["value"]
            for one in map(workspace.evaluation.answered, group["contracts"])
            if one.result is not None
        ]
        assert min(values) < group["value"] < max(values)
