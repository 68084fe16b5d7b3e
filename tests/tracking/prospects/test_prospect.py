"""What is said of each open commitment, on any day, in both languages."""

from __future__ import annotations

from datetime import date

import pytest

from acuerdo.core.errors import NotFound
from acuerdo.spec.commitment import Recurring
from acuerdo.tracking.answers import Tracking
from acuerdo.tracking.coding import codes
from acuerdo.tracking.prospects.history import COMPLETE, histories
from acuerdo.tracking.prospects.prospect import Prospect, prospects

TODAY = date(2026, 11, 22)
BICENTENNIAL = "us_mx_bicentennial"


def of(item: str, *, as_of: date) -> Prospect:
    [found] = [one for one in prospects(as_of=as_of) if one.code.item.id == item]
    return found


def test_every_open_commitment_is_told_of_and_no_other() -> None:
    found = {one.code.item.id for one in prospects(as_of=TODAY)}
    expected = {
        one.item.id
        for one in codes(None, as_of=TODAY)
        if one.item.commitment is not None
        and one.level != COMPLETE
        and (one.timeliness == "overdue" or not isinstance(one.item.commitment.deadline, Recurring))
    }
    assert found == expected


def test_no_deadline_is_left_to_foretell_today() -> None:
    found = prospects(as_of=TODAY)
    assert {one.outlook for one in found} == {"passed", "not_public", "no_deadline"}
    assert all(one.estimate is None for one in found)
    passed = [one.code.item.id for one in found if one.outlook == "passed"]
    assert passed == ["border_infrastructure_mx", "launch_annual_cabinet_meeting", "hold_ministerial"]
    assert all((one.deadline is None) == (one.outlook != "passed") for one in found)


def test_a_deadline_that_is_near_is_given_a_probability() -> None:
    one = of("hold_ministerial", as_of=date(2026, 2, 1))
    assert one.outlook == "told"
    assert one.deadline == date(2026, 2, 28)
    assert one.estimate is not None
    assert one.estimate.value is not None
    assert one.estimate.low is not None
    assert one.estimate.high is not None
    assert 0 < one.estimate.low < one.estimate.value < one.estimate.high < 50
    assert (one.estimate.level, one.estimate.unit.id) == (0.9, "percent")
    assert f"{one.estimate.value:.0f}%" in one.words.en
    assert "by February 28, 2026" in one.words.en
    assert f"{one.estimate.value:.0f}\u00a0%" in one.words.es
    assert "a más tardar el 28 de febrero de 2026" in one.words.es


def test_with_too_few_rises_it_says_so() -> None:
    for one in prospects(as_of=date(2022, 6, 30)):
        if one.outlook == "cannot_tell":
            assert one.words.en.startswith(
                "Cannot tell yet: rises of a level so far, 15; commitments completed"
            )
            assert one.words.es.startswith("Aún no puede saberse: subidas de nivel hasta ahora, 15;")
            assert one.estimate is not None
            assert one.estimate.value is None
            break
    else:
        pytest.fail("the round of 2022 was still to come")


def test_the_nearest_deadline_comes_first() -> None:
    days = [one.deadline for one in prospects(as_of=date(2022, 8, 1)) if one.outlook == "cannot_tell"]
    known = [day for day in days if day is not None]
    assert known == sorted(known) != []


def test_one_framework_is_foretold_from_all() -> None:
    every = prospects(as_of=date(2026, 2, 1))
    own = prospects("us_mx_security_implementation_group", as_of=date(2026, 2, 1))
    assert own == tuple(
        one for one in every if one.code.item.framework == "us_mx_security_implementation_group"
    )
    with pytest.raises(NotFound):
        prospects("us_mx_nowhere")


def test_a_round_is_open_until_it_is_told_that_it_was_kept() -> None:
    """The meeting of October 5, 2023 is told of in a statement that could be read by the end of that month."""
    before, after = (
        {one.deadline for one in prospects(BICENTENNIAL, as_of=day) if one.outlook == "cannot_tell"}
        for day in (date(2023, 10, 9), date(2023, 10, 31))
    )
    assert before - after == {date(2023, 12, 31)}


def test_every_coded_item_has_a_history() -> None:
    every = codes(None, as_of=TODAY)
    found = histories(every)
    assert {one.item for one in found} == {(one.item.framework, one.item.id) for one in every}
    assert len({one.item for one in found}) == 103 + 38
    rounds = [one for one in found if one.item[1] == "launch_annual_cabinet_meeting"]
    assert [one.completed() for one in rounds] == [
        date(2021, 10, 8),
        date(2022, 10, 13),
        date(2023, 10, 5),
        None,
    ]
    for one in found:
        assert one.begun <= one.until <= TODAY
        assert all(one.begun < day <= one.until for day, _ in one.steps)


def test_a_history_ends_where_its_code_stands() -> None:
    for day in (date(2009, 12, 31), date(2022, 6, 30), date(2023, 12, 31), TODAY):
        for code in codes(None, as_of=day):
            if code.item.commitment is None or not isinstance(code.item.commitment.deadline, Recurring):
                [one] = histories([code])
                assert one.level_on(one.until) == (code.level or 0), code.item.id


def test_the_workspace_asks_the_same() -> None:
    assert Tracking.prospects(BICENTENNIAL, as_of=TODAY) == prospects(BICENTENNIAL, as_of=TODAY)
