"""INEGI homicides by municipality and month: the counts are read, the file's own population is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from acuerdo.core.errors import IngestRefused

ID = "inegi_homicides_municipal_month"
HEADER = "ent_mun|year|month|homicides|pop_est|homicide_rate"


def test_a_small_file(read: Any, made: Any) -> None:
    reading = read(
        ID, made(HEADER, "08037|2010|1|230|1000|23", "08037|2010|12|5|NA|NA", "01001|2010|1|0|10|0")
    )
    assert reading.rows("SELECT place, period, value, unit FROM observed ORDER BY ALL") == [
        ("MX-01001", "2010-01", 0, "deaths"),
        ("MX-08037", "2010-01", 230, "deaths"),
        ("MX-08037", "2010-12", 5, "deaths"),
    ]
    assert str(reading.parsed.published.on) == "2011-11-30"


def test_an_unknown_municipality_is_named(read: Any, made: Any) -> None:
    with pytest.raises(IngestRefused, match="MX-08888"):
        read(ID, made(HEADER, "08888|2010|1|1|1|1"))


def test_a_population_that_stands_still_and_leaps_is_told(read: Any, made: Any) -> None:
    years = [(year, 97_500_000 if year < 2010 else 112_300_000) for year in range(2000, 2012)]
    lines = [f"01001|{year}|{month}|1|{people}|0" for year, people in years for month in range(1, 13)]
    notes = [note.en for note in read(ID, made(HEADER, *lines)).parsed.notes]
    assert any("+15.2% from 2009 to 2010" in note for note in notes)
    assert any("stands still" in note for note in notes)


def test_a_population_that_grows_is_not(read: Any, made: Any) -> None:
    lines = [
        f"01001|{year}|{month}|1|{97_500_000 * 1.013 ** (year - 2000)}|0"
        for year in range(2000, 2012)
        for month in range(1, 13)
    ]
    assert read(ID, made(HEADER, *lines)).parsed.notes == ()


@pytest.mark.real_data
def test_the_real_file(read: Any, real_data: Path) -> None:
    reading = read(ID, real_data / "mx_homicides/gargiulo_muni_month_homicide_rates_2000-2021.csv.gz")
    assert reading.parsed.rows_read == 651_288 == reading.value("SELECT count(*) FROM observed")
    assert reading.total("period LIKE '2010%'") == 26_045
    assert reading.total("period LIKE '2020%'") == 35_555
    assert any("from 2009 to 2010" in note.en for note in reading.parsed.notes)
