"""The Mérida Initiative and the Security Implementation Group as their sources have them."""

from __future__ import annotations

from datetime import date

import pytest

from acuerdo.data.cited_figures import packaged_tables
from acuerdo.spec.model import Framework
from acuerdo.spec.timing import timings


def test_merida_has_four_pillars_and_three_phases(merida: Framework) -> None:
    assert [goal.number for goal in merida.goals.values()] == ["1", "2", "3", "4"]
    assert [
        (phase.begins.code, phase.ends.code if phase.ends else "") for phase in merida.phases.values()
    ] == [
        ("FY2008", "FY2010"),
        ("FY2011", "FY2017"),
        ("FY2018", "FY2021"),
    ]


def test_three_datings_of_one_beginning(merida: Framework) -> None:
    statements = merida.meetings["announcement_2007"].statements
    assert {"dated_2007", "dated_2008", "dated_by_inception"} <= set(statements)
    assert {key for one in statements.values() for key in one.sources} == {"A000", "A001", "A003"}


def test_total_is_revised_from_report_to_report(merida: Framework) -> None:
    lines = [line for key, line in merida.money.items() if key.startswith("total_crs_")]
    assert [(line.report_date, line.amount) for line in lines] == [
        (date(2020, 7, 20), 3_100),
        (date(2021, 11, 1), 3_300),
        (date(2022, 4, 7), 3_500),
    ]
    assert len({(line.period, line.until) for line in lines}) == 1


@pytest.mark.parametrize(
    ("line", "amount"),
    [
        ("fy2008", 400),
        ("fy2009", 720),
        ("total_to_2009_06", 1_120),
        ("fy2008_2010", 1_500),
        ("fy2008_2010_fmf", 420.7),
        ("gao_2009_obligated", 830),
        ("gao_2009_expended", 26),
        ("fy2014_2018", 723),
        ("fy2015_2019_firearms", 54),
    ],
)
def test_money_stated(merida: Framework, line: str, amount: float) -> None:
    assert (merida.money[line].amount, merida.money[line].unit) == (amount, "usd_million")


def test_usaid_share_is_what_its_parts_give(merida: Framework) -> None:
    share = merida.figures["usaid_share_fy2014_2018"].quantity.value
    computed = 100 * merida.money["fy2014_2018_usaid"].amount / merida.money["fy2014_2018"].amount
    assert share == round(computed, 1) == 25.2


@pytest.mark.parametrize(
    "report",
    [
        "GAO-09-709",
        "GAO-10-253R",
        "GAO-10-837",
        "GAO-16-223",
        "GAO-19-466",
        "GAO-19-647",
        "GAO-20-388",
        "GAO-21-322",
        "GAO-21-335",
    ],
)
def test_auditors_reports_have_a_finding_and_a_document(merida: Framework, report: str) -> None:
    (finding,) = [one for one in merida.findings.values() if one.report == report]
    assert finding.document is not None
    assert merida.documents[finding.document].date == finding.date


def test_recommendations_are_counted_only_where_seen(merida: Framework) -> None:
    counted = {
        finding.report: finding.recommendations.value
        for finding in merida.findings.values()
        if finding.recommendations is not None
    }
    assert counted == {"GAO-20-388": 2, "GAO-21-335": 7}


def test_the_group_met_three_times(implementation_group: Framework) -> None:
    met = [
        (meeting.date.code, meeting.state)
        for meeting in implementation_group.meetings.values()
        if meeting.body == "security_implementation_group"
    ]
    assert met == [("2025-09-26", "held"), ("2025-12-11", "held"), ("2026-01-23", "held")]


def test_the_ministerial_left_no_trace(implementation_group: Framework) -> None:
    assert implementation_group.meetings["security_ministerial"].state == "outcome_not_found"
    (timing,) = timings(
        implementation_group, implementation_group.commitments["hold_ministerial"], as_of=date(2026, 11, 21)
    )
    assert timing.outcome == "unknown"


def test_three_hand_overs_add_up(implementation_group: Framework) -> None:
    figures = implementation_group.figures
    parts = [figures[f"transferred_{when}"].quantity for when in ("2025_02", "2025_08", "2026_01")]
    total = figures["transferred_total"].quantity
    assert [part.value for part in parts] == [29, 26, 37]
    assert sum(part.value for part in parts) == total.value == 92
    assert {part.unit for part in (*parts, total)} == {"persons"}


def test_extraditions_stand_apart_from_transfers(implementation_group: Framework) -> None:
    assert implementation_group.figures["formal_extraditions_2024_2025"].quantity.value == 20
    assert implementation_group.figures["treaty_prisoner_transfers"].quantity.value == 36


def test_the_bridge_fund_is_counted_to_the_year_whose_act_gave_it(merida: Framework) -> None:
    table = packaged_tables()["us_mx_assistance"].series["merida_appropriated_by_act"]
    (printed,) = (one for one in table.figures if one.breakdown == "act=FY2009 bridge")
    line = merida.money["fy2009_bridge"]
    assert (line.period, line.amount) == (printed.period, printed.value)
