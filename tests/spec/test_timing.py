"""Kept, late or unknown: computed from deadlines and dated statements."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from acuerdo.spec.library import load_framework
from acuerdo.spec.model import Framework
from acuerdo.spec.timing import Timing, timings

EXAMPLE = Path(__file__).with_name("example_framework.yaml")
LATER = date(2026, 11, 21)


@pytest.fixture(scope="module")
def base() -> Framework:
    return load_framework(EXAMPLE)


def judged(framework: Framework, key: str, *, as_of: date = LATER) -> tuple[Timing, ...]:
    return timings(framework, framework.commitments[key], as_of=as_of)


def test_the_preliminary_plan_was_thirteen_days_late(base: Framework) -> None:
    (timing,) = judged(base, "c001")
    assert (timing.outcome, timing.days_late) == ("late", 13)


@pytest.mark.parametrize(
    ("deadline", "outcome"),
    [
        ("2021-12-14", "kept"),
        ("2021-12-13", "late"),
        ("2021-12", "kept"),
        ("2021-11", "late"),
        ("2022", "kept"),
        ("none", "no_deadline"),
    ],
)
def test_a_deadline_is_in_time_until_the_end_of_its_period(
    base: Framework, deadline: str, outcome: str
) -> None:
    new = base.with_changes({"commitments.c001.deadline": deadline})
    assert [timing.outcome for timing in judged(new, "c001")] == [outcome]


def test_a_completion_known_only_by_its_month_may_be_either(base: Framework) -> None:
    new = base.with_changes({"commitments.c001.record.0.date": "2021-12"})
    assert [timing.outcome for timing in judged(new, "c001")] == ["unknown"]


@pytest.mark.parametrize(
    ("as_of", "outcome"),
    [(date(2021, 12, 1), "not_yet_due"), (date(2021, 12, 2), "unknown"), (date(2021, 12, 14), "late")],
)
def test_what_was_said_later_does_not_count(base: Framework, as_of: date, outcome: str) -> None:
    assert [timing.outcome for timing in judged(base, "c001", as_of=as_of)] == [outcome]


def test_silence_is_unknown_never_late(base: Framework) -> None:
    new = base.with_changes({"commitments.c001.record": ()})
    assert [timing.outcome for timing in judged(new, "c001")] == ["unknown"]


def test_a_recurring_deadline_is_judged_round_by_round(base: Framework) -> None:
    assert [timing.outcome for timing in judged(base, "c003")] == ["kept", "unknown", "unknown", "unknown"]
    assert [timing.outcome for timing in judged(base, "c003", as_of=date(2022, 6, 1))][:2] == [
        "kept",
        "not_yet_due",
    ]


def test_a_delay_is_counted_from_what_it_follows(base: Framework) -> None:
    (timing,) = judged(base, "c005")
    assert timing.due is not None
    assert timing.due.end == date(2022, 7, 30)
    by_months: dict[str, Any] = {"within": 1, "unit": "months", "after": "action_plan"}
    (timing,) = judged(base.with_changes({"commitments.c005.deadline": by_months}), "c005")
    assert timing.due is not None
    assert timing.due.end == date(2022, 2, 28)


def test_a_calendar_that_was_not_published_gives_no_verdict(base: Framework) -> None:
    assert [timing.outcome for timing in judged(base, "c004")] == ["deadline_not_public"]
