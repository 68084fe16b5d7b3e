"""CBP Air and Marine Operations: a file and a source of their own, never added to the other seizures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from acuerdo.data.recognise import sources

ID = "cbp_air_marine_seizures"
HEADER = "FY,Month (abbv),Component,Region,Land Filter,Branch,Drug Type,Count of Event,Sum Qty (lbs)"
LINE = (
    "2026 (FYTD),DEC,Air and Marine Operations,Coastal/Interior,Other,Caribbean Air And Marine Branch,Cocaine,1,"
    "1702.83"
)


def test_a_small_file(read: Any, made: Any) -> None:
    reading = read(ID, made(HEADER, LINE))
    assert reading.rows("SELECT series, period, value, status FROM observed ORDER BY ALL") == [
        (f"{ID}.events", "2025-12", 1, "P"),
        (f"{ID}.quantity", "2025-12", 1702.83, "P"),
    ]


def test_no_series_is_shared_with_the_other_seizures() -> None:
    mine, other = ({one.id for one in sources()[name].series} for name in (ID, "cbp_drug_seizures"))
    assert not mine & other
    assert all(one.startswith(f"{ID}.") for one in mine)


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("fiscal", "pounds"),
    [(2019, 389), (2020, 558), (2021, 786), (2022, 1325.46), (2023, 1453), (2024, 1847), (2025, 944)],
)
def test_fentanyl_by_fiscal_year(read: Any, real_data: Path, fiscal: int, pounds: float) -> None:
    name = "fy19-fy22" if fiscal <= 2022 else "fy23-fy26-dec"
    reading = read(ID, real_data / "us_border_seizures" / f"amo-drug-seizures-{name}.csv.gz")
    seized = reading.total(
        f"contains(breakdown, 'drug=Fentanyl;') AND series = '{ID}.quantity' "
        f"AND period BETWEEN '{fiscal - 1}-10' AND '{fiscal}-09'"
    )
    assert seized == pytest.approx(pounds, abs=0.5)
