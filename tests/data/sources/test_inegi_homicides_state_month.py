"""INEGI homicides by state and month, with the same faulty population."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from acuerdo.core.errors import IngestRefused

ID = "inegi_homicides_state_month"
HEADER = "cve_ent|year|month|homicides|pop_est|homicide_rate"


def test_a_small_file(read: Any, made: Any) -> None:
    reading = read(ID, made(HEADER, "08|2010|1|230|1000|23", "09|2010|2|5|10|5"))
    assert reading.rows("SELECT place, period, value FROM observed ORDER BY ALL") == [
        ("MX-08", "2010-01", 230),
        ("MX-09", "2010-02", 5),
    ]


def test_a_count_that_is_no_number_is_refused(read: Any, made: Any) -> None:
    with pytest.raises(IngestRefused, match="row 2, column homicides"):
        read(ID, made(HEADER, "08|2010|1|many|1000|23"))


@pytest.mark.real_data
def test_the_real_file(read: Any, real_data: Path) -> None:
    reading = read(ID, real_data / "mx_homicides/gargiulo_state_month_homicide_rates_2000-2022.csv.gz")
    totals = {
        2010: 26_046,
        2011: 27_330,
        2017: 31_737,
        2018: 34_426,
        2019: 35_274,
        2020: 35_787,
        2022: 31_048,
    }
    assert {year: reading.total(f"period LIKE '{year}%'") for year in totals} == totals
    assert sum("not read" in note.en for note in reading.parsed.notes) == 2
