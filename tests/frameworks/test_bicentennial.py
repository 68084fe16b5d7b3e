"""The Bicentennial Framework as its sources have it: structure, deadlines, rival statements, what is missing."""

from __future__ import annotations

import re
from datetime import date

import pytest

from acuerdo.core.period import Period
from acuerdo.spec.model import Framework
from acuerdo.spec.timing import timings

READ_ON = date(2026, 11, 21)


def outcomes(framework: Framework, commitment: str) -> list[tuple[str, int | None]]:
    found = timings(framework, framework.commitments[commitment], as_of=READ_ON)
    return [(timing.outcome, timing.days_late) for timing in found]


def counts(framework: Framework, level: str) -> set[int]:
    return {
        one.value
        for count in framework.structure.values()
        if count.level == level
        for one in count.statements
    }


def test_three_goals_hold_nine_launch_objectives(bicentennial: Framework) -> None:
    numbers = [
        [objective.number for objective in goal.objectives.values()] for goal in bicentennial.goals.values()
    ]
    assert numbers == [["1a", "1b", "1c"], ["2a", "2b", "2c", "2d"], ["3a", "3b"]]


def test_counts_of_the_action_plan_keep_their_rivals(bicentennial: Framework) -> None:
    found = {level: counts(bicentennial, level) for level in ("goal", "area", "objective", "action")}
    assert found == {"goal": {3}, "area": {11}, "objective": {26}, "action": {101, 102}}


def test_what_was_read_and_what_was_not_add_up_to_the_plan(bicentennial: Framework) -> None:
    areas = [area for goal in bicentennial.goals.values() for area in goal.areas.values()]
    objectives = [objective for area in areas for objective in area.objectives.values()]
    missing = {
        key: int(re.findall(r"\d+", bicentennial.unavailable[key].what.en)[0])
        for key in ("area_titles", "objective_titles")
    }
    assert len(areas) + missing["area_titles"] == 11
    assert len(objectives) + missing["objective_titles"] == 26
    assert [objective.number for objective in objectives] == ["1.1.1", "1.1.2"]


@pytest.mark.parametrize(
    ("item", "why"),
    [
        ("area_titles", "not_obtained"),
        ("objective_titles", "not_obtained"),
        ("actions_list", "not_public"),
        ("plan_calendar_text", "not_public"),
        ("indicators", "not_found"),
        ("benchmarks", "not_found"),
        ("progress_reports", "not_found"),
        ("formal_end", "not_found"),
    ],
)
def test_what_cannot_be_shown_says_why(bicentennial: Framework, item: str, why: str) -> None:
    assert bicentennial.unavailable[item].why == why


@pytest.mark.parametrize(
    ("commitment", "expected"),
    [
        ("launch_annual_plan", [("late", 13)]),
        ("launch_three_year_plan", [("kept", None)]),
        ("launch_annual_cabinet_meeting", [("kept", None)] * 3 + [("unknown", None)]),
        ("plan_calendar", [("deadline_not_public", None)]),
        ("benchmarks_2022", [("no_deadline", None)]),
    ],
)
def test_deadlines_are_computed_from_dates(
    bicentennial: Framework, commitment: str, expected: list[tuple[str, int | None]]
) -> None:
    assert outcomes(bicentennial, commitment) == expected


def test_days_late_as_stated_are_days_late_as_computed(bicentennial: Framework) -> None:
    stated = bicentennial.figures["days_late_annual_plan"].quantity
    assert (stated.value, stated.unit) == (outcomes(bicentennial, "launch_annual_plan")[0][1], "days")


def test_cabinet_meetings_found(bicentennial: Framework) -> None:
    dialogue = [meeting for meeting in bicentennial.meetings.values() if meeting.body == "hlsd"]
    assert [(meeting.date.code, meeting.state) for meeting in dialogue] == [
        ("2021-10-08", "held"),
        ("2022-10-13", "held"),
        ("2023-10-05", "held"),
        ("2024", "due_none_found"),
    ]


def test_steering_group_has_five_subgroups(bicentennial: Framework) -> None:
    assert len([body for body in bicentennial.bodies.values() if body.parent == "ganseg"]) == 5


def test_one_meeting_is_numbered_third_and_fourth(bicentennial: Framework) -> None:
    numbering = bicentennial.meetings["fentanyl_committee_2024_02"].numbering
    assert {statement.number for statement in numbering} == {3, 4}


def test_the_two_sides_contradict_each_other_on_laboratories(bicentennial: Framework) -> None:
    statements = bicentennial.meetings["hlsd_3"].statements
    assert (statements["no_fentanyl_laboratories"].party, statements["fentanyl_made_in_mexico"].party) == (
        "mx",
        "us",
    )
    seized = [(one.value, one.unit) for one in statements["laboratories_seized"].quantities]
    assert seized == [(2000, "laboratories"), (900, "laboratories")]


@pytest.mark.parametrize(
    ("line", "amount", "kind"),
    [
        ("invested_2022", 25_100, "announced"),
        ("hhs_2022", 1_500, "allocated"),
        ("drug_policy_request_fy2024", 46_100, "requested"),
        ("public_health_request_fy2024", 26_000, "requested"),
        ("request_mexico_fy2025", 109.7, "requested"),
    ],
)
def test_money_stated(bicentennial: Framework, line: str, amount: float, kind: str) -> None:
    money = bicentennial.money[line]
    assert (money.amount, money.unit, money.type) == (amount, "usd_million", kind)


def test_three_promises_to_measure_stand_in_one_chain(bicentennial: Framework) -> None:
    chain = ["benchmarks_2022"]
    while (earlier := bicentennial.commitments[chain[-1]].follows) is not None:
        chain.append(earlier)
    assert chain == ["benchmarks_2022", "plan_indicators", "launch_evaluate_impact"]


def test_mexicos_border_investment_was_due_by_the_end_of_2024(bicentennial: Framework) -> None:
    deadline = bicentennial.commitments["border_infrastructure_mx"].deadline
    assert isinstance(deadline, Period)
    assert deadline.end == date(2024, 12, 31)
