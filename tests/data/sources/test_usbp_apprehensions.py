"""Border Patrol apprehensions: sectors are read, sums are checked, the border is not the nation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from acuerdo.core.errors import IngestRefused
from acuerdo.data.recognise import source

ID = "usbp_apprehensions"
COLUMNS = source(ID).columns


def line(**changed: int) -> str:
    cells = dict.fromkeys(COLUMNS, 0) | {
        "month": 10,
        "fy": 2000,
        "cy": 1999,
        "tucson": 7,
        "miami": 2,
        "blaine": 1,
    }
    cells |= {"southwest_border": 7, "coastal_border": 2, "northern_border": 1, "monthly_total": 10}
    return "|".join(str((cells | changed)[column]) for column in COLUMNS)


def test_a_small_file(read: Any, made: Any) -> None:
    reading = read(ID, made("|".join(COLUMNS), line()))
    assert reading.rows("SELECT breakdown, period, value FROM observed WHERE value > 0 ORDER BY ALL") == [
        ("border=coastal;sector=miami", "1999-10", 2),
        ("border=northern;sector=blaine", "1999-10", 1),
        ("border=southwest;sector=tucson", "1999-10", 7),
    ]


def test_a_sum_that_is_not_the_sum_of_its_parts_is_refused(read: Any, made: Any) -> None:
    with pytest.raises(IngestRefused, match="'southwest_border' says 8"):
        read(ID, made("|".join(COLUMNS), line(southwest_border=8, monthly_total=11)))


def test_a_fiscal_year_read_as_calendar_is_refused(read: Any, made: Any) -> None:
    with pytest.raises(IngestRefused, match="Month 10 of calendar year 2000 is not in fiscal year 2000"):
        read(ID, made("|".join(COLUMNS), line(cy=2000)))


@pytest.mark.real_data
def test_the_nation_and_the_southwest_border_in_fiscal_year_2000(read: Any, real_data: Path) -> None:
    reading = read(ID, real_data / "us_border_seizures" / "usbp_monthly_encounters_fy2000-fy2020.csv.gz")
    year = "period BETWEEN '1999-10' AND '2000-09'"
    assert reading.total(year) == 1_676_438
    assert reading.total(f"{year} AND starts_with(breakdown, 'border=southwest')") == 1_643_679
    assert (
        reading.total("starts_with(breakdown, 'border=southwest') AND period BETWEEN '2019-10' AND '2020-09'")
        == 400_651
    )
