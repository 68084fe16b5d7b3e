"""ForeignAssistance.gov: four stages of the money, current and constant dollars, never mixed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from acuerdo.core.errors import IngestRefused

ID = "foreign_assistance"
HEADER = (
    '"Country Code","Country Name","Transaction Type Name","Fiscal Year","current_amount","constant_amount"'
)


def test_a_small_file(read: Any, made: Any) -> None:
    lines = (
        "MEX,Mexico,President's Budget Requests,2010,501500000,656076200",
        "MEX,Mexico,Obligations,2022,300,290",
        "MEX,Mexico,Obligations,2023,200,190",
        "MEX,Mexico,Obligations,2024,44802959,41746478",
        "MEX,Mexico,Obligations,1976,1000,4000",
        "MEX,Mexico,Obligations,1976tq,500,2000",
        "LAN,Latin America Region,Obligations,2010,1,1",
    )
    reading = read(ID, made(HEADER, *lines))
    assert reading.rows("SELECT series, place, period, value, unit, status FROM observed ORDER BY ALL") == [
        (f"{ID}.obligated", "MX", "FY2022", 300, "usd", "A"),
        (f"{ID}.obligated", "MX", "FY2023", 200, "usd", "P"),
        (f"{ID}.obligated", "MX", "FY2024", 44_802_959, "usd", "P"),
        (f"{ID}.obligated_constant", "MX", "FY2022", 290, "usd_constant", "A"),
        (f"{ID}.obligated_constant", "MX", "FY2023", 190, "usd_constant", "P"),
        (f"{ID}.obligated_constant", "MX", "FY2024", 41_746_478, "usd_constant", "P"),
        (f"{ID}.requested", "MX", "FY2010", 501_500_000, "usd", "A"),
        (f"{ID}.requested_constant", "MX", "FY2010", 656_076_200, "usd_constant", "A"),
    ]
    assert list(reading.aside.values()) == [2, 1]


def test_an_unknown_stage_is_refused(read: Any, made: Any) -> None:
    with pytest.raises(IngestRefused, match="'Pledges' is not a stage"):
        read(ID, made(HEADER, "MEX,Mexico,Pledges,2010,1,1"))


@pytest.mark.real_data
def test_mexico_in_fiscal_year_2010(read: Any, real_data: Path) -> None:
    reading = read(ID, real_data / "aid" / "us_foreign_aid_country_all_FY_to_2024.csv.xz")
    stages = ("requested", "appropriated", "obligated", "disbursed")
    totals = [
        reading.total(f"series = '{ID}.{stage}' AND place = 'MX' AND period = 'FY2010'") for stage in stages
    ]
    assert [round(total / 1e6, 1) for total in totals] == [501.5, 757.6, 718.1, 310.8]
    assert "fiscal year 2022" in reading.parsed.notes[-1].en
