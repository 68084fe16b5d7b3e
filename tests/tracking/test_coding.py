"""Levels follow from statements by rule, and only from what could be read that day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acuerdo.core.errors import NotFound
from acuerdo.spec.library import frameworks
from acuerdo.tracking import coding
from acuerdo.tracking.codebook import Finding, codebook
from acuerdo.tracking.coder import Reading
from acuerdo.tracking.coding import Code, codes, known_by, level_changes
from acuerdo.tracking.comparison import compare, sides
from acuerdo.tracking.item import items
from acuerdo.tracking.statement import FiledStatement, statements

TODAY = date(2026, 11, 22)
FRAMEWORKS = tuple(frameworks())
BICENTENNIAL = "us_mx_bicentennial"
DAYS = st.dates(min_value=date(2007, 1, 1), max_value=TODAY)


def code_of(item: str, *, as_of: date = TODAY) -> Code:
    framework = next(key for key in FRAMEWORKS if item in items(key))
    return next(one for one in codes(framework, as_of=as_of) if one.item.id == item)


def told(*findings: Finding) -> tuple[list[FiledStatement], Mapping[str, Reading]]:
    """Statements a month apart with these findings."""
    one = statements(BICENTENNIAL)["launch_statement"]
    said = [one.model_copy(update={"id": f"n{number}"}) for number, _ in enumerate(findings)]
    return said, {each.id: Reading(finding=finding) for each, finding in zip(said, findings, strict=True)}


@pytest.mark.parametrize(
    ("findings", "levels", "contested"),
    [
        ((), [], False),
        (("restated", "restated"), [], False),
        (("not_started",), [0], False),
        (("first_step", "part_done", "done"), [1, 2, 3], False),
        (("done", "first_step"), [3], False),
        (("done", "undone"), [3, 0], False),
        (("part_done", "undone", "first_step"), [2, 0, 1], False),
        (("undone",), [], False),
        (("first_step", "not_started"), [1], True),
        (("not_started", "first_step"), [0, 1], False),
    ],
)
def test_levels_follow_from_findings(
    findings: tuple[Finding, ...], levels: list[int], contested: bool
) -> None:
    changes, disputed = level_changes(*told(*findings))
    assert [one.level for one in changes] == levels
    assert disputed == contested


@given(st.lists(st.sampled_from(tuple(codebook().axes["finding"].codes)), max_size=8))
def test_only_undone_lowers_a_level_and_every_step_names_its_statement(findings: list[Finding]) -> None:
    said, readings = told(*findings)
    changes, _ = level_changes(said, readings)
    for one in changes:
        if one.before is not None and one.level < one.before:
            assert readings[one.statement].finding == "undone"
    assert len({one.statement for one in changes}) == len(changes)


def test_a_fall_is_shown_until_the_level_is_reached_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def with_findings(*findings: Finding) -> Code:
        said, readings = told(*findings)
        about = [each.model_copy(update={"about": ("launch_mou_addictions",)}) for each in said]
        read = coding.coder("acuerdo").model_copy(
            update={
                "readings": {
                    BICENTENNIAL: {key: {"launch_mou_addictions": one} for key, one in readings.items()}
                }
            }
        )
        monkeypatch.setattr(coding, "coded", lambda: {BICENTENNIAL: read})
        monkeypatch.setattr(coding, "statements", lambda _: {each.id: each for each in about})
        return code_of("launch_mou_addictions")

    # Read the real file once before it is replaced.
    assert code_of("launch_mou_addictions").reversed_from is None
    fallen = with_findings("done", "undone")
    assert (fallen.level, fallen.reversed_from, fallen.level_code) == (0, 3, "not_initiated")
    monkeypatch.undo()
    assert with_findings("part_done", "undone", "first_step").reversed_from == 2
    monkeypatch.undo()
    assert with_findings("part_done", "undone", "part_done").reversed_from is None


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_every_commitment_and_decision_is_coded(framework: str) -> None:
    one = frameworks()[framework]
    decisions = [key for meeting in one.meetings.values() for key in meeting.decisions]
    assert [each.item.id for each in codes(framework, as_of=TODAY)] == [*one.commitments, *decisions]


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_a_level_rests_on_a_statement_and_silence_on_none(framework: str) -> None:
    for one in codes(framework, as_of=TODAY):
        assert (one.level is None) == (not one.changes)
        assert {step.statement for step in one.changes} <= set(one.statements)
        assert one.codebook == codebook().version


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_the_record_in_a_framework_is_borne_out_by_statements(framework: str) -> None:
    filed = statements(framework).values()
    for key, commitment in frameworks()[framework].commitments.items():
        for entry in commitment.record:
            matching = [
                one
                for one in filed
                if key in one.about and one.happened == entry.date and set(one.sources) & set(entry.sources)
            ]
            assert matching, (key, entry.date.code)
            read = coding.coder("acuerdo").readings[framework]
            assert entry.completes == any(read[one.id][key].finding == "done" for one in matching)


@settings(max_examples=25)
@given(DAYS)
def test_later_statements_change_nothing_of_an_earlier_day(day: date) -> None:
    for framework in FRAMEWORKS:
        as_known = codes(framework, as_of=day)
        known = {key: one for key, one in statements(framework).items() if one.first_seen.end <= day}
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(coding, "statements", lambda _, kept=known: MappingProxyType(kept))
            assert codes(framework, as_of=day) == as_known
        assert all(key in known for one in as_known for key in one.statements)


@settings(max_examples=25)
@given(DAYS, st.integers(1, 400))
def test_without_a_new_statement_only_deadlines_move(day: date, later: int) -> None:
    after = min(day + timedelta(days=later), TODAY)
    for framework in FRAMEWORKS:
        before = {one.item.id: one for one in codes(framework, as_of=day)}
        for one in codes(framework, as_of=after):
            earlier = before.get(one.item.id)
            if earlier is None or earlier.statements != one.statements:
                continue
            assert one.changes == earlier.changes
            assert one.correspondence == earlier.correspondence
            # The level of a recurring duty sinks when a round passes with nothing on record.
            assert (one.level == earlier.level) or (
                len(one.rounds) > 1 and (one.level or 0) < (earlier.level or 0)
            )


def test_a_replaced_statement_counts_until_it_is_replaced() -> None:
    first = statements(BICENTENNIAL)["launch_statement"]
    second = statements(BICENTENNIAL)["second_dialogue"].model_copy(update={"replaces": first.id})
    assert known_by([first, second], as_of=date(2022, 1, 1)) == [first]
    assert known_by([first, second], as_of=date(2023, 1, 1)) == [second]


def test_the_annual_plan_was_13_days_late_and_of_another_form() -> None:
    one = code_of("launch_annual_plan")
    assert (one.level, one.timeliness, one.days, one.correspondence) == (3, "late", 13, "partly")


def test_days_are_told_as_each_language_counts_them() -> None:
    told = codebook().timeliness
    assert told("late", 1).both() == {"en": "late by 1 day", "es": "con 1 día de retraso"}
    assert told("overdue", 1817).en == "due 1,817 days ago; no completion on record"
    assert told("overdue", None).es == "no consta que se cumpliera"
    assert told("no_deadline", None) == codebook().label("timeliness", "no_deadline")


def test_the_annual_plan_was_overdue_until_its_adoption_could_be_read() -> None:
    # Adopted on 14 December; the release is dated by its month only, so it counts from the month's last day.
    one = code_of("launch_annual_plan", as_of=date(2021, 12, 30))
    assert (one.level, one.timeliness, one.days) == (None, "overdue", 29)


def test_three_annual_meetings_are_on_record_and_that_of_2024_is_not() -> None:
    held = code_of("launch_annual_cabinet_meeting", as_of=date(2023, 12, 31))
    assert (held.level, held.timeliness) == (3, "on_time")
    missed = code_of("launch_annual_cabinet_meeting", as_of=date(2025, 1, 1))
    assert (missed.level, missed.timeliness, missed.days) == (2, "overdue", 1)
    assert [one.done.code if one.done else None for one in missed.rounds] == [
        "2021-10-08",
        "2022-10-13",
        "2023-10-05",
        None,
    ]


def test_benchmarks_were_promised_and_none_is_on_record() -> None:
    one = code_of("benchmarks_2022")
    assert (one.level_code, one.verifiable, one.potential) == ("no_evidence", "yes", "substantial")
    assert one.statements == ("second_dialogue",)


def test_the_two_governments_tell_of_the_commission_differently() -> None:
    found = sides(BICENTENNIAL, as_of=TODAY)
    differing = {pair.left.item.id: (pair.left.level, pair.right.level) for pair in found.differing}
    assert differing["mx_commission"] == (2, 3)
    # Eight of the eighteen rest on joint statements alone, where the two cannot differ.
    assert (found.whole.both, found.whole.alike) == (18, 8)
    alpha = found.whole.measures["alpha"]
    assert alpha.value is not None
    assert alpha.low is not None
    assert alpha.low < alpha.value < 1
    # Where both agree on every promise, resampling shows no spread, which is not certainty.
    unanimous = found.goals["goal_1"].measures["kappa"]
    assert (unanimous.value, unanimous.low, unanimous.high) == (1, None, None)


def test_a_coding_agrees_with_itself() -> None:
    every = codes(BICENTENNIAL, as_of=TODAY)
    found = compare(every, every, stream="self")
    assert found.differing == ()
    assert found.whole.measures["alpha"].value == 1
    assert found.whole.measures["kappa"].value == 1


def test_a_second_coder_is_compared_with_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    first = codes(BICENTENNIAL, as_of=TODAY)
    read = coding.coder("acuerdo")
    readings = {key: dict(one) for key, one in read.readings[BICENTENNIAL].items()}
    readings["etrace_16_states"]["launch_arms_tracing"] = Reading(finding="first_step")
    readings["weapons_seized"]["launch_arms_tracing"] = Reading(finding="restated")
    readings["action_plan_us"]["launch_evaluate_impact"] = Reading(finding="part_done")
    other = read.model_copy(update={"id": "other", "readings": {**read.readings, BICENTENNIAL: readings}})
    monkeypatch.setattr(coding, "coder", lambda name: {"acuerdo": read, "other": other}[name])
    found = compare(first, codes(BICENTENNIAL, as_of=TODAY, by="other"), stream="coders")
    differing = {pair.left.item.id: (pair.left.level, pair.right.level) for pair in found.differing}
    assert differing == {"launch_arms_tracing": (2, 1), "launch_evaluate_impact": (1, 2)}
    assert {pair.right.coder for pair in found.pairs} == {"other"}
    for one in found.whole.measures.values():
        assert one.value is not None
        assert 0.9 < one.value < 1


def test_a_framework_that_is_not_coded_is_named_with_its_nearest() -> None:
    with pytest.raises(NotFound) as caught:
        codes("us_mx_bicentenial")
    assert BICENTENNIAL in caught.value.problems[0].nearest
