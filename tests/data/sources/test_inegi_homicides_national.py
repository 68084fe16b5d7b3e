"""The national control totals: two header rows, notes at the foot, three counts of one thing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

ID = "inegi_homicides_national"
HEAD = (
    '"Año","Población","INEGI","Nueva Metodología SESNSP",,,,,"Vieja Metodología SESNSP",',
    ",,a,b,c,d,e,f,g,h",
)


def test_a_small_file(read: Any, made: Any) -> None:
    path = made(
        *HEAD,
        '"2014","119713204","20010",,,,,,"17336","15520"',
        '"2015","121005815","20762","18309","17905",404,"16141",389,"18707","16909"',
        '"FUENTE: INEGI. Estad�sticas de mortalidad.",,,,,,,,,',
        '"Select sum(count), substr(date, 1, 4)",,,,,,,,,',
    )
    reading = read(ID, path)
    assert reading.rows("SELECT period, value FROM observed WHERE series LIKE '%.deaths' ORDER BY 1") == [
        ("2014", 20_010),
        ("2015", 20_762),
    ]
    assert reading.value("SELECT count(*) FROM observed WHERE period = '2014'") == 3
    assert list(reading.aside.values()) == [2]
    assert str(reading.parsed.published.on) == "2016-01-20"


@pytest.mark.real_data
def test_the_control_totals(read: Any, real_data: Path) -> None:
    reading = read(ID, real_data / "mx_homicides/national_INEGI_vs_SESNSP_1990-2017_diegovalle.csv")
    totals = {1990: 14_493, 2008: 14_006, 2010: 25_757, 2011: 27_213, 2016: 24_559}
    found = {year: reading.total(f"series LIKE '%.deaths' AND period = '{year}'") for year in totals}
    assert found == totals
    assert (
        reading.value("SELECT count(*) FROM observed WHERE series LIKE '%.deaths' AND period = '2017'") == 0
    )
