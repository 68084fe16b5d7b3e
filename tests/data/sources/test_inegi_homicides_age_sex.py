"""Deaths by age and sex: letters lost in the names of states, and an undercount that is said to be one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from acuerdo.core.errors import IngestRefused

ID = "inegi_homicides_age_sex"


def part(folder: Path, *rows: tuple[str, str, int]) -> Path:
    path = folder / "part"
    cells = ", ".join(f"('Hombre', '{age}', '{state}', 2024, 'Marzo', {count})" for state, age, count in rows)
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT * FROM (VALUES {cells}) AS part(sexo, edad, estado, anio, mes, homicidios)) "
            f"TO '{path}' (FORMAT parquet)"
        )
    return path


def test_names_with_lost_letters_are_read_where_one_state_fits(read: Any, tmp_path: Path) -> None:
    reading = read(ID, part(tmp_path, ("M�xico", "20 años", 3), ("Michoac�n de Ocampo", "1 año", 2)))
    assert reading.rows("SELECT place, breakdown, period, value, status FROM observed ORDER BY 1") == [
        ("MX-15", "age=20 años;sex=Hombre", "2024-03", 3, "U"),
        ("MX-16", "age=1 año;sex=Hombre", "2024-03", 2, "U"),
    ]
    assert len(reading.parsed.notes) == 1
    assert str(reading.parsed.published.on) == "2025-11-30"


def test_a_name_that_fits_no_state_is_refused(read: Any, tmp_path: Path) -> None:
    with pytest.raises(IngestRefused, match="not one state"):
        read(ID, part(tmp_path, ("Atl�ntida", "20 años", 3)))


@pytest.mark.real_data
def test_the_three_real_parts_undercount_as_stated(read: Any, real_data: Path) -> None:
    parts = [
        read(ID, real_data / f"mx_homicides/gallebot_inegi_1990-2024/part-0000{number}.parquet")
        for number in range(3)
    ]
    for year, total in {2010: 25_011, 2020: 33_636}.items():
        assert sum(one.total(f"period LIKE '{year}%'") for one in parts) == total
    keys = [
        set(one.rows("SELECT place, breakdown, period FROM observed WHERE period LIKE '2020%'"))
        for one in parts
    ]
    assert not keys[0] & keys[1] | keys[0] & keys[2] | keys[1] & keys[2]
