"""CONAPO's population by state: editions, sexes, totals inside the rows, what is projected."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from acuerdo.core.errors import IngestRefused

ID = "conapo_population_state"
HEADER = "n_year,nombre_estado,cve_ent,genero,pob_start_year,pob_mid_year"
FIRST, LAST = "1950,Nacional,00,Total,1,28463441", "2070,Nacional,00,Total,1,141440479"


def test_a_small_file(read: Any, made: Any) -> None:
    path = made(
        HEADER,
        FIRST,
        LAST,
        "2019,Aguascalientes,01,Hombres,1,700000",
        "2020,Aguascalientes,01,Mujeres,1,741928",
    )
    reading = read(ID, path)
    assert reading.rows(
        "SELECT place, breakdown, period, value, status FROM observed ORDER BY place, period"
    ) == [
        ("MX", "", "1950", 28_463_441, "E"),
        ("MX", "", "2070", 141_440_479, "F"),
        ("MX-01", "sex=Hombres", "2019", 700_000, "E"),
        ("MX-01", "sex=Mujeres", "2020", 741_928, "F"),
    ]


def test_an_edition_that_is_not_known_cannot_be_dated(read: Any, made: Any) -> None:
    with pytest.raises(IngestRefused, match="run 1950-2050"):
        read(ID, made(HEADER, FIRST, "2050,Nacional,00,Total,1,147000000"))


def test_states_that_are_not_the_country_are_refused(read: Any, made: Any) -> None:
    with pytest.raises(IngestRefused, match="add up to 5 inhabitants"):
        read(ID, made(HEADER, FIRST, LAST, "2070,Aguascalientes,01,Total,1,5"))


@pytest.mark.real_data
def test_the_real_file(read: Any, real_data: Path) -> None:
    reading = read(ID, real_data / "mx_population/conapo_state_sex_1950-2070.csv.gz")
    for year, total in {2010: 114_756_059, 2020: 128_209_170}.items():
        here = f"period = '{year}' AND breakdown = ''"
        assert (
            reading.total(f"{here} AND place = 'MX'") == total == reading.total(f"{here} AND place <> 'MX'")
        )
    assert reading.value("SELECT count(*) FROM observed WHERE period < '1970' AND place <> 'MX'") == 0
