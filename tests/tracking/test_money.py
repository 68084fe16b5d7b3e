"""Money: three reports of one total, how far it had got, the lag, and what the community share falls short of."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuerdo.core.period import Period
from acuerdo.core.place import place
from acuerdo.core.status import Status
from acuerdo.core.unit import unit
from acuerdo.indicators.value import Value
from acuerdo.spec.quantity import MONEY_TYPES
from acuerdo.tracking.money.account import account
from acuerdo.tracking.money.lag import lag
from acuerdo.tracking.money.ledger import STAGE_OF
from acuerdo.workspace import Workspace

# Amounts are printed with one digit after the point; sums of that many floats differ by far less.
CLOSE = 1e-9
MERIDA = account(Workspace.framework("us_mx_merida"))
START = Period.fiscal_year(2008)


def yearly(*amounts: float | None) -> tuple[Value, ...]:
    return tuple(
        Value(
            place=place("MX"),
            breakdown="",
            period=Period.fiscal_year(2008 + number),
            value=amount,
            unit=unit("usd_million"),
            status=Status.MISSING if amount is None else Status.NORMAL,
            known_from=date(2024, 12, 31),
            releases=(),
        )
        for number, amount in enumerate(amounts)
    )


def test_three_reports_of_one_total_stand_side_by_side() -> None:
    (revised,) = [one for one in MERIDA.totals if one.one_reporter]
    assert [float(one.line.amount) for one in revised.reports] == [3100, 3300, 3500]
    assert [one.reported for one in revised.reports] == [
        date(2020, 7, 20),
        date(2021, 11, 1),
        date(2022, 4, 7),
    ]
    assert (revised.first, revised.last) == (3100, 3500)


def test_two_counts_of_one_thing_are_not_a_revision() -> None:
    (rivals,) = [one for one in MERIDA.totals if not one.one_reporter]
    assert [float(one.line.amount) for one in rivals.reports] == [1120, 1300]


def test_on_an_earlier_day_a_total_has_one_report() -> None:
    then = account(Workspace.framework("us_mx_merida"), as_of=date(2021, 6, 1))
    assert [one.reports[0].line.id for one in then.totals] == ["total_to_2009_06"]
    assert all(one.reported is None or one.reported <= date(2021, 6, 1) for one in then.amounts)
    assert len(then.amounts) < len(MERIDA.amounts)


def test_how_far_the_money_had_got() -> None:
    found = [
        (one.whole.line.id, one.part.stage, pytest.approx(one.percent, abs=0.05)) for one in MERIDA.moved
    ]
    assert found == [
        ("gao_2009_base", "obligated", 63.8),
        ("gao_2009_base", "disbursed", 2.0),
        ("fy2008_2010", "obligated", 46),
        ("fy2008_2010", "disbursed", 9),
    ]


def test_the_share_of_communities_is_an_agencys_and_falls_short() -> None:
    (share,) = MERIDA.communities
    assert not share.by_goal
    assert share.percent == pytest.approx(100 * 182 / 723, abs=CLOSE)
    third, half = MERIDA.yardsticks
    assert share.short_of(third) == pytest.approx(723 / 3 - 182, abs=CLOSE)
    assert share.short_of(half) == pytest.approx(723 / 2 - 182, abs=CLOSE)


def test_what_cannot_be_known_is_said() -> None:
    told = [one.en for one in MERIDA.gaps]
    assert any("cannot be known" in one and "pillar" in one for one in told)
    assert any("FMF, INCLE" in one for one in told)
    assert any("requested" in one for one in told)
    silent = account(Workspace.framework("us_mx_security_implementation_group"))
    assert [one.en for one in silent.gaps] == ["No amount of this framework was found, at any stage."]


def test_what_was_only_announced_is_no_stage() -> None:
    amounts = account(Workspace.framework("us_mx_bicentennial")).amounts
    announced = [one for one in amounts if one.line.type == "announced"]
    assert announced
    assert {one.stage for one in announced} == {None}
    assert set(STAGE_OF) == set(MONEY_TYPES)


def test_the_lag_is_read_off_two_running_totals() -> None:
    # 100 a year is appropriated, half of each is paid a year later, the rest another year later.
    found = lag(yearly(100, 100, 100, 0, 0, 0), yearly(0, 50, 100, 100, 50, 0), since=START)
    assert [one.years for one in found.years][:3] == [
        pytest.approx(1.5),
        pytest.approx(1.5),
        pytest.approx(2.0),
    ]
    assert found.longest is not None
    assert found.longest.period == Period.fiscal_year(2010)


def test_money_that_was_never_paid_has_no_lag() -> None:
    found = lag(yearly(100, 0, 0), yearly(10, 10, 10), since=START)
    assert [(one.years, one.ahead) for one in found.years] == [(None, False)] * 3
    assert found.longest is None


def test_payments_that_ran_ahead_have_no_lag() -> None:
    (first, *_) = lag(yearly(10, 10), yearly(20, 0), since=START).years
    assert (first.years, first.ahead) == (None, True)


def test_a_missing_year_ends_the_running_total() -> None:
    assert [one.period for one in lag(yearly(1, None, 1), yearly(0, 1, 1), since=START).years] == [START]
    assert lag(yearly(None, 1), yearly(1, 1), since=START).years == ()


@given(st.lists(st.floats(1, 1000), min_size=2, max_size=12), st.integers(1, 3))
def test_money_paid_after_whole_years_has_that_lag(amounts: list[float], after: int) -> None:
    given_out = yearly(*amounts, *[0.0] * after)
    paid = yearly(*[0.0] * after, *amounts)
    found = lag(given_out, paid, since=START).years[: len(amounts)]
    assert [one.years for one in found] == pytest.approx([float(after)] * len(amounts), abs=1e-6)


def test_the_real_lag_is_a_lower_bound_of_about_two_years() -> None:
    workspace = Workspace.open()
    found = workspace.tracking.lag(
        workspace.series("us_assistance_to_mexico_appropriated"),
        workspace.series("us_assistance_to_mexico_disbursed"),
    )
    assert found.longest is not None
    assert found.longest.period == Period.fiscal_year(2012)
    assert found.longest.years == pytest.approx(2.24, abs=0.005)
    assert found.years[-1].period == Period.fiscal_year(2023)
    assert found.years[-1].ahead
