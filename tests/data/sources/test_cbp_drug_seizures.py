"""CBP drug seizures: fiscal years become calendar months; pounds, events and offices are kept apart."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from acuerdo.core.errors import IngestRefused

ID = "cbp_drug_seizures"
HEADER = "FY,Month (abbv),Component,Region,Land Filter,Area of Responsibility,Drug Type,Count of Event,Sum Qty (lbs)"
MONTHS = "OCT NOV DEC JAN FEB MAR APR MAY JUN JUL AUG SEP".split()
OFFICE = "Office of Field Operations,Southwest Border,Land Only,TUCSON FIELD OFFICE"


def year(label: str, months: Sequence[str], drug: str = "Fentanyl") -> list[str]:
    return [f"{label},{month},{OFFICE},{drug},2,10.5" for month in months]


def test_a_fiscal_year_is_twelve_calendar_months_from_october(read: Any, made: Any) -> None:
    reading = read(ID, made(HEADER, *year("2025", MONTHS), *year("2026 (FYTD)", MONTHS[:3], "Other Drugs**")))
    months = [row[0] for row in reading.rows("SELECT DISTINCT period FROM observed ORDER BY ALL")]
    assert (months[0], months[-1], len(months)) == ("2024-10", "2025-12", 15)
    assert str(reading.parsed.published.on) == "2026-01-20"


def test_the_running_year_is_provisional_and_never_a_year(read: Any, made: Any) -> None:
    reading = read(ID, made(HEADER, *year("2026 (FYTD)", MONTHS[:3])))
    assert reading.rows("SELECT DISTINCT status, length(period) FROM observed") == [("P", 7)]


def test_labels_units_and_small_weights_are_the_publishers(read: Any, made: Any) -> None:
    line = f"2026 (FYTD),OCT,{OFFICE},Other Drugs**,1,6.61386786e-05"
    rows = read(ID, made(HEADER, line)).rows(
        "SELECT series, breakdown, value, unit FROM observed ORDER BY ALL"
    )
    key = (
        "component=Office of Field Operations;drug=Other Drugs**;land=Land Only;office=TUCSON FIELD OFFICE;"
        "region=Southwest Border"
    )
    assert rows == [(f"{ID}.events", key, 1, "events"), (f"{ID}.quantity", key, 6.61386786e-05, "pounds")]


def test_a_closed_year_that_lacks_months_is_refused(read: Any, made: Any) -> None:
    with pytest.raises(IngestRefused, match="2025 has only 11 months"):
        read(ID, made(HEADER, *year("2025", MONTHS[:11])))


@pytest.mark.parametrize(
    "line", [f"2025-26,OCT,{OFFICE},Fentanyl,1,1", f"2026 (FYTD),13,{OFFICE},Fentanyl,1,1"]
)
def test_an_unknown_year_or_month_is_named_with_its_row(read: Any, made: Any, line: str) -> None:
    with pytest.raises(IngestRefused, match=r"row 2, column (FY|Month)"):
        read(ID, made(HEADER, line))


@pytest.fixture(scope="module")
def both(read: Any, real_data: Path) -> list[Any]:
    folder = real_data / "us_border_seizures"
    return [read(ID, folder / f"nationwide-drugs-{name}.csv.gz") for name in ("fy19-fy22", "fy23-fy26-dec")]


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("fiscal", "pounds", "events"),
    [
        (2019, 2803.6, 814), (2020, 4791.1, 1174), (2021, 11201.3, 1515), (2022, 14699.9, 1496),
        (2023, 27022.9, 1351), (2024, 21889.2, 1116), (2025, 12027.3, 959),
    ],
)  # fmt: skip
def test_fentanyl_by_fiscal_year_as_published(
    both: list[Any], fiscal: int, pounds: float, events: int
) -> None:
    reading = both[0 if fiscal <= 2022 else 1]
    where = f"contains(breakdown, 'drug=Fentanyl;') AND period BETWEEN '{fiscal - 1}-10' AND '{fiscal}-09'"
    assert reading.total(f"{where} AND series = '{ID}.quantity'") == pytest.approx(pounds, abs=0.06)
    assert reading.total(f"{where} AND series = '{ID}.events'") == events


@pytest.mark.real_data
def test_a_calendar_year_is_another_number(both: list[Any]) -> None:
    calendar = both[0].total(
        f"contains(breakdown, 'drug=Fentanyl;') AND series = '{ID}.quantity' AND period LIKE '2021-%'"
    )
    assert calendar != pytest.approx(11201.3, rel=0.01)


@pytest.mark.real_data
def test_the_southwest_border_is_a_part_of_the_nation(both: list[Any]) -> None:
    southwest = both[1].total(
        f"contains(breakdown, 'drug=Fentanyl;') AND contains(breakdown, 'region=Southwest Border') "
        f"AND series = '{ID}.quantity' AND period BETWEEN '2023-10' AND '2024-09'"
    )
    assert southwest == pytest.approx(21148, abs=0.5)
    # The DEA's 14,069 are kilograms, of other agencies, in a calendar year
    assert southwest * 0.45359237 == pytest.approx(9593, abs=1)
