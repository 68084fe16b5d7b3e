"""A figure is followed back to exactly the published values and files that it was computed from."""

from __future__ import annotations

from datetime import date
from math import fsum

import pytest

from acuerdo.core.errors import NotFound
from acuerdo.core.period import Period
from acuerdo.indicators.recipe import Recipe
from acuerdo.indicators.trail import trail
from acuerdo.workspace import Workspace


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    return Workspace.open()


@pytest.mark.parametrize(
    ("indicator", "where", "period", "inputs"),
    [
        ("mx_homicide_deaths", "MX", "2022", 1),
        ("mx_homicide_victims", "MX-08", "2020", 12),
        ("mx_homicide_victims", "MX", "2020", 12 * 32),
        ("us_fentanyl_seized", "US", "FY2024", None),
    ],
)
def test_a_sum_is_the_sum_of_what_it_is_traced_to(
    workspace: Workspace, indicator: str, where: str, period: str, inputs: int | None
) -> None:
    found = workspace.trace(indicator, place=where, period=Period.parse(period))
    assert found.value.value == pytest.approx(fsum(one.value or 0.0 for one in found.inputs))
    assert inputs is None or len(found.inputs) == inputs
    assert {one.id for one in found.releases} == set(found.value.releases)


def test_the_files_of_every_indicator_are_those_that_its_figure_names(workspace: Workspace) -> None:
    wrong = []
    for indicator in workspace.indicators():
        known = [one for one in workspace.series(indicator).values if one.value is not None]
        for one in known[-1:]:  # a few need files that do not come with the software
            found = workspace.trace(indicator, place=one.place.code, period=one.period)
            wrong += [indicator] if {file.id for file in found.releases} != set(one.releases) else []
    assert not wrong


def test_a_change_is_traced_to_both_of_its_years(workspace: Workspace) -> None:
    found = workspace.trace("mx_homicide_change", place="MX", period=Period.year(2022))
    after, before = (
        next(one.value for one in found.inputs if one.period == Period.year(year)) for year in (2022, 2021)
    )
    assert after is not None
    assert before is not None
    assert found.value.value == pytest.approx(100 * (after - before) / before)


def test_a_rate_of_a_fiscal_year_is_traced_to_the_population_of_its_middle(workspace: Workspace) -> None:
    victims = {"series": "sesnsp_victims.victims", "where": {"crime": "Homicidio doloso"}}
    people = {"sum": {"of": {"series": "conapo_population_municipal.inhabitants"}, "places": "municipality"}}
    yearly = {"sum": {"of": victims, "periods": "fiscal_year", "places": "state"}}
    rate = workspace.indicator("mx_homicide_rate").model_copy(
        update={"recipe": Recipe.model_validate({"rate": {"of": yearly, "per": people}})}
    )
    found = trail(workspace.store, rate, where="MX", period="FY2021")
    population = {one.period.code for one in found.inputs if one.unit.id == "inhabitants"}
    assert population == {"2021"}
    assert {one.id for one in found.releases} == set(found.value.releases)


def test_an_earlier_day_leads_to_what_was_printed_by_then(workspace: Workspace) -> None:
    found = workspace.trace(
        "mx_homicide_deaths", place="MX", period=Period.year(2022), as_of=date(2024, 1, 1)
    )
    (one,) = found.inputs
    assert (one.value, one.known_from) == (32223.0, date(2023, 7, 25))
    assert one.cited is not None
    assert one.cited[1].id == "S107"


def test_a_period_without_a_row_names_the_nearest(workspace: Workspace) -> None:
    with pytest.raises(NotFound) as refusal:
        workspace.trace("mx_homicide_deaths", place="MX", period=Period.year(2026))
    assert "2024" in refusal.value.problems[0].nearest


def test_a_year_of_twelve_months_ending_names_those_that_end_with_it(workspace: Workspace) -> None:
    with pytest.raises(NotFound) as refusal:
        workspace.trace("us_overdose_deaths_reported", place="US", period="2020", as_of=date(2026, 3, 1))
    (problem,) = refusal.value.problems
    assert problem.nearest[0] == "12M-2020-12"
    assert problem.where == "us_overdose_deaths_reported, US, 2026-03-01"


def test_an_indicator_without_its_files_says_what_to_bring_in(workspace: Workspace) -> None:
    with pytest.raises(NotFound) as refusal:
        workspace.trace("mx_confrontations", place="MX", period="2010")
    assert refusal.value.problems[0].fix is not None
