"""CBP encounters: fiscal years as calendar months, states as places."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from acuerdo.core.errors import IngestRefused

ID = "cbp_encounters"
HEADER = (
    "Fiscal Year,Month Grouping,Month (abbv),Land Border Region,State,Demographic,Citizenship,Title of Authority,"
    "Encounter Count"
)
LINE = '2024 (FYTD),FYTD,OCT,Southwest Land Border,TX,FMUA,"CHINA, PEOPLES REPUBLIC OF",Title 8,14'


def test_a_small_file(read: Any, made: Any) -> None:
    assert read(ID, made(HEADER, LINE)).rows(
        "SELECT place, breakdown, period, value, status FROM observed"
    ) == [
        (
            "US-48",
            "authority=Title 8;citizenship=CHINA, PEOPLES REPUBLIC OF;demographic=FMUA;region=Southwest Land Border",
            "2023-10",
            14,
            "P",
        )
    ]


def test_an_unknown_state_is_named_with_its_row(read: Any, made: Any) -> None:
    with pytest.raises(IngestRefused, match=r"'ZZ' is not a place(.|\n)*|row 3, column State"):
        read(ID, made(HEADER, LINE, LINE.replace(",TX,", ",ZZ,")))


def test_thousands_commas_are_numbers_and_words_are_not(read: Any, made: Any) -> None:
    assert read(ID, made(HEADER, LINE.replace(",14", ',"1,402"'))).total("true") == 1402
    with pytest.raises(IngestRefused, match="Encounter Count"):
        read(ID, made(HEADER, LINE.replace(",14", ",many")))


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("fiscal", "encounters"), [(2020, 458_088), (2021, 1_734_686), (2022, 2_378_944), (2023, 2_475_669)]
)
def test_southwest_land_border_by_fiscal_year(
    read: Any, real_data: Path, fiscal: int, encounters: int
) -> None:
    reading = read(ID, real_data / "us_border_seizures" / "cbp-nationwide-encounters-fy20-fy23-state.csv.xz")
    assert (
        reading.total(
            f"contains(breakdown, 'region=Southwest Land Border') "
            f"AND period BETWEEN '{fiscal - 1}-10' AND '{fiscal}-09'"
        )
        == encounters
    )
    assert str(reading.parsed.published.on) == "2023-10-20"
