"""NCHS final overdose deaths: the total is the row of all groups, and states add up to the nation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from acuerdo.core.errors import IngestRefused

ID = "nchs_overdose_deaths"
HEADER = "Year,Sex,Age,Race and Hispanic Origin,State,Deaths,Population,Crude Death Rate,Age-adjusted Rate"
TOTAL = "2015,Both Sexes,All Ages,All Races-All Origins,Alabama,736,4858979,15.1,15.7"
GROUP = "2015,Female,15-24 years,Hispanic,United States,60,4000000,1.5,"


def test_a_small_file(read: Any, made: Any) -> None:
    reading = read(ID, made(HEADER, TOTAL, GROUP))
    assert reading.rows(
        "SELECT series, place, breakdown, value FROM observed WHERE unit = 'deaths' ORDER BY ALL"
    ) == [
        (f"{ID}.deaths", "US", "age=15-24 years;race=Hispanic;sex=Female", 60),
        (f"{ID}.deaths", "US-01", "", 736),
    ]
    assert reading.value("SELECT count(*) FROM observed WHERE series LIKE '%adjusted%'") == 1
    assert str(reading.parsed.published.on) == "2016-12-31"


def test_an_unknown_state_is_refused(read: Any, made: Any) -> None:
    with pytest.raises(IngestRefused, match="'Albania Springs' is not a place"):
        read(ID, made(HEADER, TOTAL.replace("Alabama", "Albania Springs")))


@pytest.mark.real_data
@pytest.mark.parametrize(("year", "deaths"), [(1999, 16_849), (2008, 36_450), (2015, 52_404)])
def test_the_nation_is_the_sum_of_its_states(read: Any, real_data: Path, year: int, deaths: int) -> None:
    reading = read(ID, real_data / "us_overdose" / "NCHS_drug_poisoning_mortality_by_state.csv.gz")
    total = f"series = '{ID}.deaths' AND period = '{year}' AND breakdown = ''"
    assert reading.total(f"{total} AND place = 'US'") == deaths
    assert reading.total(f"{total} AND place <> 'US'") == deaths
