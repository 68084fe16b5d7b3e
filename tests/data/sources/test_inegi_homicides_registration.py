"""The reporting delay: one file, one vintage per year of registration."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from acuerdo.core.errors import IngestRefused

ID = "inegi_homicides_registration"
HEAD = (
    '"Mortalidad general"',
    '"Tipo de defunción : Homicidio"',
    '""',
    '"Consulta de: Defunciones   Por: Ent y mun de ocurrencia, Año de ocurrencia y Sexo   Según: Año de registro"',
    '"","","","","2007","2008",""',
)
MONTHS = "Code,County,Year.of.Murder,Month.of.Murder,2007,2008"
OAXACA = '"=CONCATENAR( ,20) ","Oaxaca"'


def yearly(made: Any, *rows: str) -> Path:
    return made(*HEAD, *rows, "", '"FUENTE: INEGI. Estadísticas de mortalidad."', encoding="latin-1")


def test_every_year_of_registration_is_a_vintage(read: Any, made: Any) -> None:
    path = yearly(
        made,
        '"","Total","Total","Total","1,003","9"',
        '"","Total","2007","Total","1,000","8"',
        f'{OAXACA},"Total","Total","1,001","9"',
        f'{OAXACA},"2007","Total","1,000","8"',
        f'{OAXACA},"2007","Mujer","3",""',
        f'{OAXACA},"1999","Total","1",""',
        f'{OAXACA},"No especificado","Total","","1"',
        '"=CONCATENAR( ,33) ","Extranjero","Total","Total","2",""',
    )
    reading = read(ID, path)
    deaths = (
        "SELECT known_from::VARCHAR, value FROM observed WHERE series LIKE '%.deaths' AND place = 'MX-20'"
    )
    assert reading.rows(f"{deaths} AND breakdown = '' ORDER BY 1") == [
        ("2008-11-30", 1000),
        ("2009-11-30", 1008),
    ]
    assert reading.rows(f"{deaths} AND breakdown = 'sex=Mujer'") == [("2008-11-30", 3)]
    assert reading.total("series LIKE '%.registered' AND place = 'MX' AND period = '2007'") == 1003
    assert reading.value("SELECT count(*) FROM observed WHERE period = '1999'") == 0
    assert sorted(reading.aside.values()) == [1, 1, 1]


def test_municipalities_by_code_by_old_code_and_not_specified(read: Any, made: Any) -> None:
    path = yearly(
        made,
        '"","Total","Total","Total","6",""',
        f'{OAXACA},"Total","Total","6",""',
        '" 20 919 ","Oaxaca de Juárez","2007","Total","1",""',
        '" 20 929 ","Juchitán de Zaragoza","2007","Total","2",""',
        '" 20 999 ","No especificado","2007","Total","3",""',
    )
    assert read(ID, path).rows("SELECT place, value FROM observed WHERE length(place) > 5 ORDER BY 1") == [
        ("MX-20043", 2),
        ("MX-20067", 1),
        ("MX-20999", 3),
    ]


def test_a_cut_off_table_is_refused(read: Any, made: Any) -> None:
    with pytest.raises(IngestRefused, match="states add up to 5"):
        read(ID, yearly(made, '"","Total","Total","Total","9",""', f'{OAXACA},"Total","Total","5",""'))


def test_by_month_with_short_rows_and_spreadsheet_errors(read: Any, made: Any) -> None:
    path = made(
        MONTHS,
        ",Total,Total,Total,5,1",
        "#NAME?,Chihuahua,Total,Total,5,1",
        "#NAME?,Chihuahua,2007,Total,5,1",
        "#NAME?,Chihuahua,2007,Diciembre,4,1",
        "#NAME?,Chihuahua,2007,No especificado,1",
        "08 037,Juárez,2007,Diciembre,3",
        encoding="latin-1",
    )
    reading = read(ID, path)
    assert reading.rows("SELECT place, period, known_from::VARCHAR, value FROM observed ORDER BY ALL") == [
        ("MX-08", "2007-12", "2008-11-30", 4),
        ("MX-08", "2007-12", "2009-11-30", 5),
        ("MX-08037", "2007-12", "2008-11-30", 3),
    ]


@pytest.mark.real_data
def test_the_real_triangle(read: Any, real_data: Path) -> None:
    reading = read(ID, real_data / "mx_homicides/inegi_mun_year_occurrence_x_registration_1990-2008.csv.bz2")
    registered = "series LIKE '%.registered' AND place = 'MX' AND breakdown = ''"
    assert {year: reading.total(f"{registered} AND period = '{year}'") for year in (2007, 2008)} == {
        2007: 8_868,
        2008: 14_007,
    }
    deaths = "series LIKE '%.deaths' AND place = 'MX' AND breakdown = '' AND period = '2007'"
    assert reading.rows(f"SELECT value FROM observed WHERE {deaths} ORDER BY known_from") == [
        (8507,),
        (8803,),
    ]


@pytest.mark.real_data
@pytest.mark.parametrize(
    "name", ["county-month", *(f"county-month-{part}" for part in ("chiapas", "gue-oax", "nl-tam", "ver"))]
)
def test_the_real_monthly_tables_agree_on_the_country(read: Any, real_data: Path, name: str) -> None:
    reading = read(ID, real_data / f"mx_homicides/inegi_mun_month_x_registration_1990-2008/{name}.csv.bz2")
    june = "place = 'MX' AND period = '2007-06'"
    assert reading.rows(f"SELECT value FROM observed WHERE {june} ORDER BY known_from") == [(750,), (758,)]
    assert reading.value("SELECT count(DISTINCT place) FROM observed WHERE length(place) = 5") == 32
