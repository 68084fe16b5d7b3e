"""Each kind of check, on figures made for it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.claims.making import checked, deaths

from acuerdo.claims.checking import Checked

MEASURE = {"measure": "mx_homicide_deaths"}
LATER = date(2023, 1, 1)


def verdict(root: Path, figures: Any, check: dict[str, Any], *, quote: str = "it") -> str:
    return checked(root, figures, check, quote=quote).outcome.verdict


def test_a_value_revised_later_held_then(store_path: Path) -> None:
    figures = deaths({2020: 36579}) + deaths({2020: 36773}, known_from=LATER)
    check = {"value": {**MEASURE, "at": 2020, "written": "36,579"}}
    assert verdict(store_path, figures, check, quote="36,579") == "held_then"


def test_a_value_that_came_true_holds_now(store_path: Path) -> None:
    figures = deaths({2020: 36579}) + deaths({2020: 36773}, known_from=LATER)
    check = {"value": {**MEASURE, "at": 2020, "written": "36,773"}}
    assert verdict(store_path, figures, check, quote="36,773") == "holds_now"


def test_a_value_that_nothing_stored_can_tell(store_path: Path) -> None:
    check = {"value": {**MEASURE, "at": 2020, "written": "5"}}
    found = checked(store_path, deaths({2019: 5}), check, quote="5")
    assert found.outcome.verdict == "cannot_be_checked"
    assert found.sentence.en == "Cannot be checked: no figure is kept for 2020 (Homicide deaths, INEGI)."


def test_a_missing_value_is_not_zero(store_path: Path) -> None:
    check = {"value": {**MEASURE, "at": 2020, "written": "0"}}
    assert verdict(store_path, deaths({2020: None}), check, quote="0") == "cannot_be_checked"


def test_a_rival_makes_it_depend_unless_the_words_name_their_source(tmp_path: Path) -> None:
    victims = {"series": "sesnsp_victims.victims", "breakdown": "crime=Homicidio doloso", "place": "MX-01"}
    months = [
        {**victims, "period": f"2020-{month:02}", "value": 10, "known_from": LATER} for month in range(1, 13)
    ]
    check: dict[str, Any] = {
        **MEASURE,
        "rivals": [{"title": {"en": "v", "es": "v"}, "recipe": VICTIMS}],
        "at": 2020,
    }
    check["written"] = "36,773"
    figures = [*deaths({2020: 36773}), *months]
    found = checked(tmp_path / "a", figures, {"value": check}, quote="36,773")
    assert (found.outcome.now.standing, found.outcome.depends_on) == ("depends", ("definition", "vintage"))
    named = checked(tmp_path / "b", figures, {"value": {**check, "names_its_source": True}}, quote="36,773")
    assert named.outcome.verdict == "holds"


VICTIMS = {
    "sum": {
        "of": {"series": "sesnsp_victims.victims", "where": {"crime": "Homicidio doloso"}},
        "periods": "year",
        "places": "state",
    }
}


@pytest.mark.parametrize(
    ("direction", "written", "expected"),
    [("down", "11.1%", "holds"), ("down", "4.7%", "does_not_hold"), ("up", "11.1%", "does_not_hold")],
)
def test_a_change_has_a_direction(store_path: Path, direction: str, written: str, expected: str) -> None:
    check = {"change": {**MEASURE, "since": 2019, "until": 2020, "direction": direction, "written": written}}
    assert verdict(store_path, deaths({2019: 16306, 2020: 14488}), check, quote=written) == expected


def test_a_change_from_nothing_cannot_be_computed(store_path: Path) -> None:
    check = {"change": {**MEASURE, "since": 2019, "until": 2020, "direction": "up", "written": "5%"}}
    assert verdict(store_path, deaths({2019: 0, 2020: 5}), check, quote="5%") == "cannot_be_checked"


def test_a_multiple_depends_on_where_it_starts(store_path: Path) -> None:
    check = {
        "ratio": {
            **MEASURE,
            "since": 2007,
            "until": 2020,
            "other_since": [2008],
            "written": "more than tripled",
        }
    }
    found = checked(store_path, deaths({2007: 10, 2008: 20, 2020: 35}), check, quote="more than tripled")
    assert (found.outcome.verdict, found.outcome.depends_on) == ("depends", ("baseline",))


def test_the_indicators_own_baselines_are_shown_and_do_not_decide(store_path: Path) -> None:
    check = {"ratio": {**MEASURE, "since": 2008, "until": 2020, "written": "more than doubled"}}
    found = checked(
        store_path, deaths({2007: 10, 2008: 10, 2018: 20, 2020: 25}), check, quote="more than doubled"
    )
    assert found.outcome.verdict == "holds"
    assert [one.holds for one in found.outcome.now.readings if one.role == "shown"] == [True, False]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.lists(st.integers(1, 10**6), min_size=3, max_size=6))
def test_a_sum_is_the_sum(tmp_path_factory: pytest.TempPathFactory, values: list[int]) -> None:
    years = dict(enumerate(values, start=2010))
    check = {"sum": {**MEASURE, "since": 2010, "until": max(years), "written": f"{sum(values):,}"}}
    found = checked(tmp_path_factory.mktemp("s"), deaths(years), check, quote=f"{sum(values):,}")
    assert found.outcome.now.stated.value == sum(values)
    assert found.outcome.verdict == "holds"


def test_a_sum_with_a_gap_is_no_sum(store_path: Path) -> None:
    check = {"sum": {**MEASURE, "since": 2018, "until": 2020, "written": "over 2"}}
    assert verdict(store_path, deaths({2018: 5, 2020: 5}), check, quote="over 2") == "cannot_be_checked"


@pytest.mark.parametrize(
    ("years", "near", "expected"),
    [
        ({2017: 10, 2018: 12, 2019: 13}, False, "holds"),
        ({2017: 10, 2018: 12, 2019: 12}, False, "does_not_hold"),
        ({2017: 10, 2018: 12, 2019: 11.8}, True, "holds"),
        ({2017: 13, 2018: 12, 2019: 14}, False, "does_not_hold"),
    ],
)
def test_a_record_beats_all_before_it(
    store_path: Path, years: dict[int, float], near: bool, expected: str
) -> None:
    check = {"record": {**MEASURE, "at": [2018, 2019], "near": near}}
    assert verdict(store_path, deaths(years), check) == expected


@pytest.mark.parametrize(
    ("years", "extra", "expected"),
    [
        ({2018: 100, 2019: 90, 2020: 110}, {"direction": "up"}, "holds"),
        ({2018: 100, 2019: 90, 2020: 110}, {"direction": "up", "every_step": True}, "does_not_hold"),
        ({2018: 100, 2020: 100.5}, {"direction": "up"}, "does_not_hold"),
        ({2018: 100, 2020: 100.5}, {"direction": "flat"}, "holds"),
        ({2018: 100, 2020: 80}, {"direction": "down"}, "holds"),
    ],
)
def test_a_trend(store_path: Path, years: dict[int, float], extra: dict[str, Any], expected: str) -> None:
    check = {"trend": {**MEASURE, "since": 2018, "until": 2020, **extra}}
    assert verdict(store_path, deaths(years), check) == expected


def own(series: str, **where: str) -> dict[str, Any]:
    return {
        "title": {"en": series, "es": f"{series}."},
        "recipe": {"series": series, **({"where": where} if where else {})},
    }


def figure(series: str, value: float, **more: Any) -> dict[str, Any]:
    return {
        "series": f"published_figures.{series}",
        "place": "MX",
        "value": value,
        "known_from": date(2020, 1, 1),
        **more,
    }


def test_a_rank_and_its_number_of_places_must_be_of_one_edition(store_path: Path) -> None:
    figures = [
        figure("mx_wjp_rank", 104, period="2020"),
        figure("mx_wjp_rank", 113, period="2021"),
        figure("mx_wjp_countries_ranked", 128, period="2020"),
        figure("mx_wjp_countries_ranked", 139, period="2021"),
    ]
    check = {
        "measure": own("published_figures.mx_wjp_rank"),
        "among": own("published_figures.mx_wjp_countries_ranked"),
        "written": "104",
    }
    mixed = {"rank": {**check, "at": 2020, "out_of": "139"}}
    assert verdict(store_path, figures, mixed, quote="104 of 139") == "does_not_hold"
    right = {"rank": {**check, "at": 2020, "out_of": "128"}}
    assert verdict(store_path, figures, right, quote="104 of 128") == "holds"


def test_a_comparison(store_path: Path) -> None:
    figures = [
        figure("mx_forces_ibero", 261644, period="2023"),
        figure("mx_police_ibero", 251760, period="2023"),
    ]
    check = {
        "measure": own("published_figures.mx_forces_ibero"),
        "than": own("published_figures.mx_police_ibero"),
        "at": 2023,
    }
    assert verdict(store_path, figures, {"comparison": {**check, "relation": "more"}}) == "holds"
    assert verdict(store_path, figures, {"comparison": {**check, "relation": "less"}}) == "does_not_hold"


def test_the_share_of_a_place_in_its_country(store_path: Path) -> None:
    counts = {"MX-08037": 3, "MX-08019": 5, "MX-09002": 12}
    figures = [
        {
            "series": "inegi_homicides_municipal_month.deaths",
            "place": code,
            "period": f"2010-{month:02}",
            "value": count,
            "known_from": date(2020, 1, 1),
        }
        for code, count in counts.items()
        for month in range(1, 13)
    ]
    check = {"measure": "mx_homicide_deaths_by_occurrence", "rivals": [], "at": 2010, "written": "15 percent"}
    one = checked(store_path, figures, {"share": {**check, "place": "MX-08037"}}, quote="15 percent")
    assert one.outcome.now.stated.value == 15
    assert one.outcome.verdict == "holds"
    most = {**check, "every": "state", "denied": True, "written": "more than 50 percent"}
    largest = checked(store_path, figures, {"share": most}, quote="more than 50 percent")
    assert largest.outcome.now.stated.value == 60
    assert largest.outcome.verdict == "does_not_hold"


def definition(**extra: Any) -> dict[str, Any]:
    named, other = (
        own("published_figures.mx_homicide_deaths_inegi"),
        own("published_figures.mx_homicide_deaths_microdata"),
    )
    points = [{"at": 2018, "written": "100"}, {"at": 2019, "written": "90"}]
    return {"definition": {"measure": named, "rivals": [other], "points": points, **extra}}


def two_series(named: tuple[float, float], other: tuple[float, float]) -> list[dict[str, Any]]:
    years = ("2018", "2019")
    return [
        *(
            figure("mx_homicide_deaths_inegi", value, period=year)
            for year, value in zip(years, named, strict=True)
        ),
        *(
            figure("mx_homicide_deaths_microdata", value, period=year)
            for year, value in zip(years, other, strict=True)
        ),
    ]


def defined(root: Path, figures: list[dict[str, Any]], **extra: Any) -> Checked:
    return checked(root, figures, definition(**extra), quote="100 and 90")


def test_figures_of_what_the_words_name_hold(store_path: Path) -> None:
    assert defined(store_path, two_series((100, 90), (1, 1))).outcome.verdict == "holds"


def test_figures_of_another_quantity_do_not_hold_and_it_is_named(store_path: Path) -> None:
    found = defined(store_path, two_series((200, 180), (100, 90)))
    assert found.outcome.verdict == "does_not_hold"
    assert "published_figures.mx_homicide_deaths_microdata" in found.sentence.en


def test_figures_of_two_quantities_depend_on_the_definition(store_path: Path) -> None:
    found = defined(store_path, two_series((100, 80), (1, 90)), shown_as="fall")
    assert (found.outcome.verdict, found.outcome.depends_on) == ("depends", ("definition",))


def test_a_fall_that_the_quantity_named_does_not_show(store_path: Path) -> None:
    found = defined(store_path, two_series((100, 120), (1, 90)), shown_as="fall")
    assert found.outcome.verdict == "does_not_hold"


def test_a_forecast_waits_until_it_is_due(store_path: Path) -> None:
    check = {
        "forecast": {"due": "2022-12-31"},
        "trend": {**MEASURE, "since": 2018, "until": 2020, "direction": "up"},
    }
    waiting = checked(store_path, deaths({2018: 1, 2020: 2}), check, quote="it")
    assert waiting.outcome.verdict == "cannot_be_checked"
    assert "only on December 31, 2022" in waiting.sentence.en
    due = [*deaths({2018: 1, 2020: 2}), *deaths({2021: 3}, known_from=LATER)]
    assert checked(store_path, due, check, quote="it").outcome.verdict == "holds"


def test_an_event_that_lay_ahead_cannot_be_judged_that_day(store_path: Path) -> None:
    check = {
        "event_by_date": {
            "happened": "us_mx_bicentennial:action_plan_meeting",
            "when": "by",
            "date": "2022-01-31",
        }
    }
    found = checked(store_path, deaths({2020: 1}, known_from=LATER), check, quote="it")
    assert (found.outcome.then.standing, found.outcome.now.standing) == ("unknown", "holds")


def test_a_unit_is_converted_before_it_is_compared(store_path: Path) -> None:
    figures = [figure("merida_appropriated", 400, period="FY2008")]
    check = {
        "value": {
            "measure": own("published_figures.merida_appropriated"),
            "at": "FY2008",
            "unit": "usd",
            "written": "$400 million",
        }
    }
    assert verdict(store_path, figures, check, quote="$400 million") == "holds"


def test_a_promise_met_late_is_told_as_late_not_as_without_a_completion(tmp_path: Path) -> None:
    check = {"event_by_date": {"kept": "us_mx_bicentennial:launch_annual_plan"}}
    found = checked(tmp_path, (), check, quote="a plan by December 1", said=date(2022, 6, 1))
    assert found.outcome.verdict == "does_not_hold"
    assert "kept late for December 1, 2021" in found.sentence.en
    assert "se cumplió con retraso para el 1 de diciembre de 2021" in found.sentence.es
