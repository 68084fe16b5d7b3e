"""A blind reader sees nothing of the outcome after the cut-off, whatever it is asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from acuerdo.core.errors import CheckFailed
from acuerdo.core.period import Period
from acuerdo.evaluation.assembling import assemble
from acuerdo.evaluation.cutting import cut
from acuerdo.evaluation.load import contract
from acuerdo.evaluation.outcome import Per, Selected
from acuerdo.evaluation.reader import OutcomeReader
from acuerdo.spec.table import Table
from acuerdo.workspace import Workspace

DEATHS = Selected(series="inegi_homicides_state_month.deaths", level="state", step="month", unit="deaths")
KNOWN = date(2026, 11, 21)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return Workspace.open(tmp_path_factory.mktemp("empty"))


def reader(workspace: Workspace, cut_off: date | None = None) -> OutcomeReader:
    return OutcomeReader(workspace.store, known_on=KNOWN, cut_off=cut_off)


def test_a_later_period_is_refused(workspace: Workspace) -> None:
    blind = reader(workspace, date(2006, 11, 30))
    seen = blind.outcome(DEATHS, since=Period.month(2006, 1), until=Period.month(2006, 11))
    assert max(cell.period for cell in seen) == "2006-11"
    with pytest.raises(CheckFailed, match="2006-12 is sealed"):
        blind.outcome(DEATHS, since=Period.month(2006, 1), until=Period.month(2006, 12))


def test_a_period_that_only_begins_before_the_cut_off_is_refused(workspace: Workspace) -> None:
    yearly = DEATHS.model_copy(update={"step": "year"})
    with pytest.raises(CheckFailed, match="sealed"):
        reader(workspace, date(2006, 11, 30)).outcome(
            yearly, since=Period.year(2000), until=Period.year(2006)
        )


def test_a_blind_panel_ends_before_the_cut_off_and_nobody_in_it_is_treated(workspace: Workspace) -> None:
    plan = contract("joint_operations_and_homicides").plan
    assert plan is not None
    panel = assemble(plan, reader(workspace, plan.window.cut_off))
    assert panel.periods[-1].end <= plan.window.cut_off
    assert panel.treated == ()


def test_of_windows_that_overlap_the_one_that_is_named_begins_the_treatment(workspace: Workspace) -> None:
    """Windows of twelve months that end before October 2022 touch the one that ends then."""
    plan = contract("bicentennial_and_overdose_deaths").plan
    assert plan is not None
    assert plan.treatment is not None
    (country,) = plan.treatment.units.values()
    begins: dict[str, str] = {}
    for since in ("12M-2022-10", "2021-10"):
        moved = country.model_copy(update={"since": Period.parse(since)})
        treatment = plan.treatment.model_copy(update={"units": Table({"US": moved})})
        panel = assemble(plan.model_copy(update={"treatment": treatment}), reader(workspace))
        begins[since] = panel.periods[panel.first_treated[0] or 0].code
    assert begins == {"12M-2022-10": "12M-2022-10", "2021-10": "12M-2021-10"}


def test_the_national_totals_come_out(workspace: Workspace) -> None:
    """The yearly counts of the state file, as its carrier prints them."""
    yearly = DEATHS.model_copy(update={"level": "country", "step": "year"})
    found = cut(reader(workspace), yearly, since=Period.year(2000), until=Period.year(2022))
    assert found.counts[0].astype(int).tolist() == [
        10559, 10153, 9934, 9910, 9327, 9969, 10395, 8837, 14229, 19800, 26046, 27330, 25799, 22490, 19563,
        20263, 24613, 31737, 34426, 35274, 35787, 34346, 31048,
    ]  # fmt: skip


def test_a_rate_is_the_count_over_the_population(workspace: Workspace) -> None:
    per = Per(series="conapo_population_state.inhabitants")
    yearly = DEATHS.model_copy(update={"step": "year", "per": per})
    found = cut(reader(workspace), yearly, since=Period.year(2010), until=Period.year(2010))
    chihuahua = found.units.index("MX-08")
    assert found.below is not None
    assert found.values[chihuahua, 0] == pytest.approx(
        found.counts[chihuahua, 0] / found.below[chihuahua, 0] * 100_000
    )
    # Mid-year population of CONAPO, read at the middle of the year
    assert found.below[chihuahua, 0] == pytest.approx(3_550_000, rel=0.03)


def test_a_longer_period_that_lacks_a_part_is_missing(workspace: Workspace) -> None:
    victims = Selected(
        series="sesnsp_victims.victims", labels={"crime": "Homicidio doloso"}, level="country", step="year",
        unit="victims",
    )  # fmt: skip
    found = cut(
        OutcomeReader(workspace.store, known_on=date(2025, 7, 20), cut_off=None), victims,
        since=Period.year(2024), until=Period.year(2025),
    )  # fmt: skip
    assert np.isnan(found.counts[0]).tolist() == [False, True]


def test_windows_of_twelve_months_are_added_up_from_months(workspace: Workspace) -> None:
    rolling = DEATHS.model_copy(update={"level": "country", "step": "twelve_months_ending"})
    found = cut(
        reader(workspace), rolling, since=Period.parse("12M-2005-12"), until=Period.parse("12M-2006-12")
    )
    assert found.counts[0, [0, -1]].tolist() == [9969, 10395]


def test_an_outcome_that_was_redefined_is_refused(workspace: Workspace) -> None:
    plan = contract("substitution_by_other_crimes").plan
    assert plan is not None
    late = OutcomeReader(workspace.store, known_on=KNOWN, cut_off=None)
    with pytest.raises(CheckFailed, match="was redefined"):
        assemble(plan, late)


def test_a_series_that_nobody_brought_in_is_told(workspace: Workspace, tmp_path: Path) -> None:
    unknown = DEATHS.model_copy(update={"series": "inegi_homicides_state_month.nothing"})
    with pytest.raises(CheckFailed, match="No published file gives the series"):
        reader(workspace).outcome(unknown, since=Period.year(2000), until=Period.year(2001))
