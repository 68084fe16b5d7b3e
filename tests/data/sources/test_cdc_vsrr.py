"""CDC provisional overdose deaths: reported and predicted are two series, in every vintage and shape."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from acuerdo.core.errors import IngestRefused
from acuerdo.data.asof import as_of
from acuerdo.data.ingest import ingest
from acuerdo.data.store import Store, session

ID = "cdc_vsrr"
HEADER = (
    "State,Year,Month,Period,Indicator,Data Value,Percent Complete,Percent Pending Investigation,State Name,Footnote,"
    "Footnote Symbol,Predicted Value"
)
ALL = "Number of Drug Overdose Deaths"
SYNTHETIC = '"Synthetic opioids, excl. methadone (T40.4)"'


def row(state: str, indicator: str, value: str, predicted: str, period: str = "12 month-ending") -> str:
    return f"{state},2018,September,{period},{indicator},{value},99.5+,0.2,-,x,*,{predicted}"


def test_reported_and_predicted_are_two_series(read: Any, made: Any) -> None:
    reading = read(ID, made(HEADER, row("US", ALL, "68000", "69000"), row("US", SYNTHETIC, "31000", "")))
    assert reading.rows(
        "SELECT series, breakdown, period, value, status FROM observed WHERE unit = 'deaths' ORDER BY ALL"
    ) == [
        ("cdc_vsrr.predicted", "", "12M-2018-09", 69000, "F"),
        ("cdc_vsrr.reported", "", "12M-2018-09", 68000, "P"),
        ("cdc_vsrr.reported", "drug=Synthetic opioids, excl. methadone (T40.4)", "12M-2018-09", 31000, "P"),
    ]


def test_new_york_city_is_a_jurisdiction_of_its_own(read: Any, made: Any) -> None:
    reading = read(ID, made(HEADER, row("YC", ALL, "1500", "1510"), row("NY", ALL, "2200", "2210")))
    assert reading.rows(
        "SELECT place, value FROM observed WHERE series = 'cdc_vsrr.reported' ORDER BY ALL"
    ) == [
        ("US-36", 2200),
        ("US-NYC", 1500),
    ]


def test_what_the_records_lack_stands_beside(read: Any, made: Any) -> None:
    reading = read(ID, made(HEADER, row("AK", ALL, "100", "")))
    assert reading.rows("SELECT series, value, status FROM observed WHERE unit = 'percent' ORDER BY ALL") == [
        ("cdc_vsrr.complete", 99.5, "E"),
        ("cdc_vsrr.pending", 0.2, "P"),
    ]


def test_a_monthly_count_among_twelve_month_counts_is_refused(read: Any, made: Any) -> None:
    with pytest.raises(IngestRefused, match="'1 month-ending' is not a twelve-month count"):
        read(ID, made(HEADER, row("US", ALL, "1", "", "1 month-ending")))


@pytest.fixture
def vintage(read: Any, real_data: Path) -> Any:
    return read(ID, real_data / "us_overdose" / "VSRR_provisional_vintage_thru_2018-09.csv.gz")


@pytest.fixture
def national(read: Any, real_data: Path) -> Any:
    return read(
        ID, real_data / "us_overdose" / "VSRR_US_national_12mo_ending_2015-01_2025-04_TRANSCRIBED.csv"
    )


@pytest.fixture
def by_state(read: Any, real_data: Path) -> Any:
    return read(ID, real_data / "us_overdose" / "VSRR_T40.4_by_state_12mo_2015-2025_ntimbs.csv.gz")


def value(reading: Any, series: str, period: str, place: str = "US") -> float:
    return reading.value(
        f"SELECT value FROM observed WHERE series = '{ID}.{series}' AND period = '12M-{period}' AND place = '{place}' "
        "AND breakdown = ''"
    )


@pytest.mark.real_data
def test_december_2020_in_the_transcribed_national_table(national: Any) -> None:
    assert (value(national, "reported", "2020-12"), value(national, "predicted", "2020-12")) == (
        92_478,
        93_526,
    )


@pytest.mark.real_data
def test_the_two_vintages_agree_on_what_was_reported_and_not_on_what_was_predicted(
    vintage: Any, national: Any
) -> None:
    assert value(vintage, "reported", "2017-12") == value(national, "reported", "2017-12") == 70_699
    assert (value(vintage, "predicted", "2017-12"), value(national, "predicted", "2017-12")) == (
        72_224,
        71_495,
    )


@pytest.mark.real_data
def test_a_provisional_count_can_exceed_the_final_one(vintage: Any) -> None:
    final = {"2015": 52_404, "2016": 63_632}
    for year, deaths in final.items():
        assert value(vintage, "reported", f"{year}-12") > deaths


@pytest.mark.real_data
def test_the_vintage_holds_all_jurisdictions_and_drugs(vintage: Any) -> None:
    assert vintage.value("SELECT count(DISTINCT place) FROM observed") == 53
    assert (
        vintage.value("SELECT count(DISTINCT breakdown) FROM observed WHERE series = 'cdc_vsrr.reported'")
        == 10
    )
    assert str(vintage.parsed.published.on) == "2019-04-16"


@pytest.mark.real_data
def test_the_table_by_state_gives_the_rolling_count_and_says_what_is_missing(by_state: Any) -> None:
    assert by_state.value("SELECT count(*) FROM observed WHERE status = 'M' AND value IS NULL") == 125
    assert by_state.value("SELECT count(*) FROM observed WHERE series = 'cdc_vsrr.predicted'") == 1
    first = "series = 'cdc_vsrr.reported' AND place = 'US-09' AND period = '12M-2015-01'"
    assert by_state.total(first) == 96  # 43 in the column that the carrier estimated
    assert str(by_state.parsed.published.on) == "2026-02-16"


@pytest.mark.real_data
@pytest.mark.parametrize(("day", "predicted"), [(date(2020, 1, 1), 72_224), (date(2025, 12, 31), 71_495)])
def test_the_prediction_for_2017_as_it_was_known(
    tmp_path: Path, real_data: Path, day: date, predicted: int
) -> None:
    store = Store(tmp_path / "store")
    names = (
        "provisional_vintage_thru_2018-09.csv.gz",
        "US_national_12mo_ending_2015-01_2025-04_TRANSCRIBED.csv",
    )
    releases = [ingest(real_data / "us_overdose" / f"VSRR_{name}", store).release for name in names]
    known = as_of(releases, day, series=[f"{ID}.predicted"])
    where = "place = 'US' AND breakdown = '' AND period = '12M-2017-12'"
    with session() as connection:
        assert connection.execute(f"SELECT value FROM ({known}) WHERE {where}").fetchall() == [(predicted,)]
