"""Building: the meaning of "as of", histories, levels, labels and provenance."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.indicators.given import store_of

from acuerdo.core.errors import NotFound, UsageError
from acuerdo.core.period import Period
from acuerdo.core.place import PlaceLevel
from acuerdo.core.status import Status
from acuerdo.data.asof import as_of
from acuerdo.data.query import rows
from acuerdo.data.store import Store
from acuerdo.indicators.build import build, build_each, history
from acuerdo.indicators.indicator import Indicator
from acuerdo.indicators.load import indicator
from acuerdo.indicators.recipe import Selection
from acuerdo.indicators.setting import input_series

SERIES = "published_figures.mx_homicide_deaths_inegi"
DAYS = [date(2024, month, 1) for month in range(1, 7)]
YEAR = Period.parse("2021")


def selecting(series: str) -> Indicator:
    """An indicator that is one series as it stands."""
    return indicator("mx_homicide_deaths").model_copy(update={"recipe": Selection(series=series)})


figures = st.lists(
    st.fixed_dictionaries(
        {
            "period": st.sampled_from(["2020", "2021", "2022"]),
            "value": st.integers(0, 50) | st.none(),
            "known_from": st.sampled_from(DAYS),
        }
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda one: (one["period"], one["known_from"]),
)


@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow])
@given(figures, st.sets(st.sampled_from(DAYS)), st.sampled_from(DAYS))
def test_a_selection_means_the_same_as_the_stores_own_as_of(
    given: list[dict[str, Any]], restating: set[date], day: date
) -> None:
    with TemporaryDirectory() as folder:
        told = [
            {"series": SERIES, "place": "MX", "restates": one["known_from"] in restating, **one}
            for one in given
        ]
        store = store_of(Path(folder), told)
        built = build(store, selecting(SERIES), as_of=day)
        releases = store.releases()
        expected = {row["period"]: row["value"] for row in rows(as_of(releases, day, series={SERIES}))}
        assert {one.period.code: one.value for one in built.values} == expected
        for one in built.values:
            assert one.known_from <= day
            assert one.releases
            assert (one.value is None) == (one.status is Status.MISSING)


@pytest.fixture
def femicides(store_path: Path) -> Store:
    """One year of two states; a second file changes the first state, a third changes nothing."""
    base = {"series": "sesnsp_victims.victims", "breakdown": "crime=Feminicidio", "restates": True}
    return store_of(
        store_path,
        [
            {**base, "place": place, "period": f"2021-{month:02}", "value": value, "known_from": day}
            for day, first in ((date(2022, 1, 20), 1), (date(2022, 2, 20), 2), (date(2022, 3, 20), 2))
            for place, value in (("MX-01", first), ("MX-02", 1))
            for month in range(1, 13)
        ],
    )


def test_history_has_one_entry_for_each_publication_that_changed_something(femicides: Store) -> None:
    told = history(femicides, indicator("mx_femicide_victims"))
    assert [(one.as_of, one.values[0].value) for one in told] == [
        (date(2022, 1, 20), 24),
        (date(2022, 2, 20), 36),
    ]
    assert {one.place.code for series in told for one in series.values} == {"MX"}


def test_history_of_nothing_is_empty(store_path: Path) -> None:
    assert history(Store(store_path), indicator("mx_femicide_victims")) == ()
    assert build(Store(store_path), indicator("mx_femicide_victims")).values == ()


def test_provenance_is_the_latest_of_the_inputs(femicides: Store) -> None:
    built = build(femicides, indicator("mx_femicide_victims"), as_of=date(2022, 2, 28))
    value = built.at("MX", YEAR)
    assert value is not None
    assert value.known_from == date(2022, 2, 20)
    assert [one.partition("_")[0] for one in value.releases] == ["sesnsp"]
    assert "2022-02-20" in value.releases[0]
    assert value.unit.id == "victims"


def test_several_days_in_one_pass_are_the_days_one_by_one(femicides: Store) -> None:
    days = [date(2022, 1, 31), date(2022, 2, 28), None]
    together = build_each(femicides, indicator("mx_femicide_victims"), days=days)
    assert list(together) == [build(femicides, indicator("mx_femicide_victims"), as_of=day) for day in days]


def test_what_is_remembered_follows_the_store(femicides: Store, tmp_path: Path) -> None:
    """A second store with other files never gets the sums of the first."""
    one = build(femicides, indicator("mx_femicide_victims")).at("MX", YEAR)
    base = {"series": "sesnsp_victims.victims", "breakdown": "crime=Feminicidio", "place": "MX-01"}
    given = [{**base, "period": f"2021-{month:02}", "value": 5} for month in range(1, 13)]
    other = build(store_of(tmp_path / "other", given), indicator("mx_femicide_victims")).at("MX", YEAR)
    assert one is not None
    assert other is not None
    assert (one.value, other.value) == (36, 60)


def test_a_level_that_is_not_offered(femicides: Store) -> None:
    with pytest.raises(UsageError, match="municipality"):
        build(femicides, indicator("mx_femicide_victims"), levels=[PlaceLevel.MUNICIPALITY])


def test_a_label_key_that_is_not_offered(femicides: Store) -> None:
    with pytest.raises(UsageError) as caught:
        build(femicides, indicator("mx_homicide_investigations"), by=["modalidad"])
    assert "modality" in caught.value.render("en")


def test_a_label_that_is_none_of_the_publishers(store_path: Path) -> None:
    row = {"series": "sesnsp_victims.victims", "place": "MX-01", "period": "2021-01", "value": 1}
    store = store_of(store_path, [{**row, "breakdown": "crime=Feminicidios"}])
    with pytest.raises(NotFound, match="Feminicidios"):
        build(store, indicator("mx_femicide_victims"))


def test_levels_asked_for_are_the_levels_given(femicides: Store) -> None:
    built = build(femicides, indicator("mx_femicide_victims"), levels=[PlaceLevel.STATE])
    assert {one.place.level for one in built.values} == {PlaceLevel.STATE}
    assert [one.period.code for one in built.of("MX-01")] == ["2021"]
    assert built.latest("MX-01") == built.at("MX-01", YEAR)


def test_inputs_of_an_indicator() -> None:
    assert input_series(indicator("us_synthetic_opioid_share")) == ("cdc_vsrr.reported",)


def test_half_a_year_is_not_set_against_a_whole_year_as_base(store_path: Path) -> None:
    told = [
        {"series": SERIES, "place": "MX", "period": period, "value": value}
        for period, value in (("2007", 200), ("2024", 300), ("2025-H1", 120))
    ]
    built = build(store_of(store_path, told), indicator("mx_homicide_index"))
    assert {one.period.code: one.value for one in built.values} == {"2007": 100, "2024": 150}


def test_a_mean_of_days_is_so_many_a_day(store_path: Path) -> None:
    days = [f"2020-12-{day:02}" for day in range(1, 32)]
    told = [
        {"series": "sspc_daily.victims_national", "place": "MX", "period": day, "value": 70 + number % 2}
        for number, day in enumerate(days)
    ]
    built = build(store_of(store_path, told), indicator("mx_homicide_mean_per_day"))
    assert built.unit.id == "victims_per_day"
    assert [(one.period.code, round(one.value or 0, 2)) for one in built.values] == [("2020-12", 70.48)]
