"""CONAPO's population by municipality: two editions, two shapes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from acuerdo.core.errors import IngestRefused

ID = "conapo_population_municipal"
LONG = "date_year,nombre_estado,cve_ent,nombre_municipio,cve_mun,hombres,mujeres,total"


def test_the_wide_edition(read: Any, made: Any) -> None:
    years = ",".join(map(str, range(1990, 2041)))
    people = ",".join(str(100 + year) for year in range(51))
    reading = read(
        ID, made(f"CVE,Entidad,Municipio,{years}", f"01001,Aguascalientes,Aguascalientes,{people}")
    )
    assert reading.rows(
        "SELECT period, value, status FROM observed WHERE period IN ('1990', '2020') ORDER BY 1"
    ) == [
        ("1990", 100, "E"),
        ("2020", 130, "F"),
    ]
    assert reading.value("SELECT DISTINCT place FROM observed") == "MX-01001"


def test_the_edition_by_sex(read: Any, made: Any) -> None:
    path = made(LONG, "2015,A,01,A,01001,2,3,5", "2030,A,01,A,01001,4,5,9")
    reading = read(ID, path)
    assert reading.rows("SELECT breakdown, value FROM observed WHERE period = '2015' ORDER BY 1") == [
        ("", 5),
        ("sex=Hombres", 2),
        ("sex=Mujeres", 3),
    ]
    assert str(reading.parsed.published.on) == "2019-09-02"


def test_sexes_that_are_not_the_total_are_refused(read: Any, made: Any) -> None:
    with pytest.raises(IngestRefused, match="row 2, column total"):
        read(ID, made(LONG, "2015,A,01,A,01001,2,3,6", "2030,A,01,A,01001,4,5,9"))


@pytest.mark.real_data
def test_the_real_editions_are_two_definitions(read: Any, real_data: Path) -> None:
    new = read(ID, real_data / "mx_population/conapo_municipal_1990-2040_lapanquecita.csv.xz")
    old = read(ID, real_data / "mx_population/conapo_municipal_2015-2030.csv.xz")
    assert {year: new.total(f"period = '{year}'") for year in (2010, 2020)} == {
        2010: 114_756_059,
        2020: 128_209_170,
    }
    assert old.parsed.published.on < new.parsed.published.on
    assert old.parsed.definition != new.parsed.definition
    assert old.total("period = '2020' AND breakdown = ''") == old.total("period = '2020' AND breakdown <> ''")
