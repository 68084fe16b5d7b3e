"""Past forecasts are judged by what is known now, and the score is the Brier score."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from acuerdo.tracking.answers import Tracking
from acuerdo.tracking.coding import codes
from acuerdo.tracking.prospects.backtest import ProspectScore, prospect_score
from acuerdo.tracking.prospects.hazard import Chance
from acuerdo.tracking.prospects.history import COMPLETE
from acuerdo.tracking.prospects.score import Forecast, bins, score

TODAY = date(2026, 11, 22)


def foretold(value: float, *, came_true: bool, item: str = "one", base_rate: float = 0.5) -> Forecast:
    chance = Chance(value=value, low=value, high=value)
    return Forecast(
        item=("made", item), chance=chance, told=value > 0.5, base_rate=base_rate, came_true=came_true
    )


def test_the_score_is_the_mean_squared_distance() -> None:
    found = score([foretold(0.9, came_true=True), foretold(0.2, came_true=False, item="two")])
    assert found is not None
    assert found.model == pytest.approx((0.01 + 0.04) / 2)
    assert (found.base_rate, found.never) == (0.25, 0.5)
    assert found.gain == pytest.approx(0.25 - 0.025)
    assert found.gain_low <= found.gain <= found.gain_high
    assert (found.forecasts, found.told, found.came_true) == (2, 1, 1)
    assert found.expected == pytest.approx(1.1)
    assert score([]) is None


def test_forecasts_of_one_promise_are_drawn_together() -> None:
    """A hundred forecasts of two promises are two observations, not a hundred."""
    right = [foretold(1.0, came_true=True, item=f"{number % 2}") for number in range(50)]
    wrong = [foretold(0.0, came_true=True, item=f"{2 + number % 2}") for number in range(50)]
    apart = [foretold(float(number % 2), came_true=True, item=f"{number}") for number in range(100)]
    together, alone = score([*right, *wrong]), score(apart)
    assert together is not None
    assert alone is not None
    assert together.model == alone.model
    assert together.gain_high - together.gain_low > 3 * (alone.gain_high - alone.gain_low)


def test_reliability_holds_the_foretold_against_what_came_true() -> None:
    every = [foretold(0.3, came_true=number < 3, item=f"{number}") for number in range(10)]
    every += [foretold(1.0, came_true=True), foretold(0.0, came_true=False)]
    low, middle, high = bins(every)
    assert (middle.low, middle.high, middle.forecasts) == (0.2, 0.5, 10)
    assert middle.foretold == pytest.approx(middle.came_true) == pytest.approx(0.3)
    assert (low.forecasts, low.came_true, high.forecasts, high.came_true) == (1, 0, 1, 1)


@pytest.mark.parametrize("quarters", [2, 4, 8])
def test_what_is_said_of_the_probabilities_is_what_the_past_shows(quarters: int) -> None:
    """Beside every probability stands that it cannot be told from the base rate; once it can, the words must go."""
    found = Tracking.prospect_score(quarters=quarters, as_of=TODAY).every
    assert found is not None
    assert found.gain_low < 0 < found.gain_high
    assert "cannot be told" in Tracking.prospect_worth().en


@pytest.fixture(scope="module")
def judged() -> ProspectScore:
    return prospect_score(
        days=[date(2021, 12, 31), date(2022, 12, 31), date(2025, 12, 31)], quarters=4, as_of=TODAY
    )


def test_every_open_commitment_is_foretold_and_judged(judged: ProspectScore) -> None:
    assert [row.as_of.year for row in judged.rows] == [2021, 2022], "2026 is not over"
    for row in judged.rows:
        open_then = [
            one
            for one in codes(None, as_of=row.as_of)
            if one.item.kind == "commitment"
            and one.level != COMPLETE
            and one.item.id != "launch_annual_cabinet_meeting"
        ]
        assert row.score.forecasts == len(open_then)
        assert row.score.told == 0, "too few rises until then"
    # The three-year plan of January 2022 and the memorandum of April 2022
    assert [row.score.came_true for row in judged.rows] == [2, 0]
    assert judged.every is not None
    assert judged.every.forecasts == sum(row.score.forecasts for row in judged.rows)
    assert judged.shown is None
    assert sum(one.forecasts for one in judged.reliability) == judged.every.forecasts


def test_every_deadline_is_foretold_on_its_first_day(judged: ProspectScore) -> None:
    met = {(one.duty.item.id, one.duty.due.code): one.forecast.came_true for one in judged.deadlines}
    assert met == {
        ("launch_annual_plan", "2021-12-01"): False,
        ("launch_three_year_plan", "2022-01"): True,
        ("launch_annual_cabinet_meeting", "2022"): True,
        ("launch_annual_cabinet_meeting", "2023"): True,
        ("border_infrastructure_mx", "2024"): False,
        ("launch_annual_cabinet_meeting", "2024"): False,
        ("sig2_meet_again", "2026-01"): True,
        ("hold_ministerial", "2026-02"): False,
    }


def test_horizons_do_not_overlap() -> None:
    found = Tracking.prospect_score(quarters=8, as_of=TODAY)
    days = [row.as_of for row in found.rows]
    assert all((after - before).days >= 730 for before, after in pairwise(days))
    assert found.quarters == 8


def test_a_forecast_does_not_see_what_came_later() -> None:
    """Judged a year later or four, what was said on the day is the same; only the outcome may differ."""
    then, now = (
        prospect_score(days=[date(2021, 12, 31)], as_of=day).rows[0].score
        for day in (date(2023, 1, 31), TODAY)
    )
    assert (then.forecasts, then.expected) == (now.forecasts, now.expected)
