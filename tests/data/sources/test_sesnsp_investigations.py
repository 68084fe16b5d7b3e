"""SESNSP investigations: wide months, latin-1, vintages, the classification of 2026."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from acuerdo.core.errors import IngestRefused
from acuerdo.core.text import LANGS
from acuerdo.data.source import Basis

ID = "sesnsp_investigations"
HEADER = (
    "Año,Clave_Ent,Entidad,Bien jurídico afectado,Tipo de delito,Subtipo de delito,Modalidad,"
    "Enero,Febrero,Marzo,Abril,Mayo,Junio,Julio,Agosto,Septiembre,Octubre,Noviembre,Diciembre"
)
MURDER = "La vida y la Integridad corporal,Homicidio,Homicidio doloso,Con arma de fuego"
DOLOSO = "breakdown LIKE '%subtype=Homicidio doloso;%'"


def lines(*cells: str, state: str = "1,Aguascalientes", crime: str = MURDER, year: int = 2023) -> str:
    return f"{year},{state},{crime}," + ",".join((*cells, *[""] * (12 - len(cells))))


def test_a_small_file(read: Any, made: Any) -> None:
    path = made(
        HEADER, lines("3", "0", "2"), lines("1", "4", "5", state="9,Ciudad de México"), encoding="latin-1"
    )
    reading = read(ID, path)
    assert reading.rows("SELECT place, period, value FROM observed ORDER BY ALL") == [
        ("MX-01", "2023-01", 3), ("MX-01", "2023-02", 0), ("MX-01", "2023-03", 2),
        ("MX-09", "2023-01", 1), ("MX-09", "2023-02", 4), ("MX-09", "2023-03", 5),
    ]  # fmt: skip
    assert reading.value("SELECT DISTINCT breakdown FROM observed") == (
        "modality=Con arma de fuego;subtype=Homicidio doloso;type=Homicidio"
    )
    assert reading.parsed.published.on == datetime.date(2023, 4, 20)
    assert reading.parsed.published.basis is Basis.SCHEDULE
    assert reading.parsed.definition == "2015"


def test_months_printed_as_zero_before_they_are_published_are_missing(read: Any, made: Any) -> None:
    path = made(HEADER, lines("3", "1", *["0"] * 10), encoding="latin-1")
    reading = read(ID, path)
    assert reading.value("SELECT max(period) FROM observed") == "2023-02"
    assert sum(reading.aside.values()) == 10


def test_the_state_code_is_read_with_and_without_its_zero(read: Any, made: Any) -> None:
    path = made(
        HEADER,
        lines("3", state="01,Aguascalientes"),
        lines("2", state="2,Baja California"),
        encoding="latin-1",
    )
    assert read(ID, path).rows("SELECT DISTINCT place FROM observed ORDER BY 1") == [("MX-01",), ("MX-02",)]


def test_thousands_commas_are_read_and_told(read: Any, made: Any) -> None:
    path = made(HEADER, lines('"1,136"', "7"), encoding="latin-1")
    reading = read(ID, path)
    assert reading.total("period = '2023-01'") == 1136
    assert any("1,136" in note.en for note in reading.parsed.notes)


def test_an_empty_cell_inside_the_published_months_is_missing_not_zero(read: Any, made: Any) -> None:
    path = made(HEADER, lines("3", "", "2"), encoding="latin-1")
    reading = read(ID, path)
    assert reading.rows("SELECT period FROM observed ORDER BY 1") == [("2023-01",), ("2023-03",)]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (lines("3", "abc"), "'abc' is not a number"),
        (lines("1", state="40,Atlántida"), "MX-40"),
        (lines(), "a month with counts"),
    ],
)
def test_a_bad_file_is_refused_in_both_languages(read: Any, made: Any, row: str, said: str) -> None:
    good = lines("1") if said != "a month with counts" else row
    with pytest.raises(IngestRefused) as refusal:
        read(ID, made(HEADER, good, row.replace("Homicidio doloso", "Homicidio culposo"), encoding="latin-1"))
    assert said in refusal.value.render("en")
    assert all(problem.render(lang) for problem in refusal.value.problems for lang in LANGS)


def test_the_same_row_twice_is_refused(read: Any, made: Any) -> None:
    with pytest.raises(IngestRefused, match="two values"):
        read(ID, made(HEADER, lines("3"), lines("4"), encoding="latin-1"))


def test_a_file_saved_in_another_encoding_is_refused(read: Any, made: Any) -> None:
    with pytest.raises(IngestRefused) as refusal:
        read(ID, made(HEADER, lines("3"), encoding="utf-8"))
    assert "fila 1" in refusal.value.render("es")


def test_a_file_cut_off_in_a_row_is_refused(read: Any, made: Any) -> None:
    with pytest.raises(IngestRefused, match="row 3"):
        read(ID, made(HEADER, lines("3"), "2023,1,Aguascalientes,La vida", encoding="latin-1"))


def vintage(folder: Path, month: str) -> Path:
    return folder / f"mx_crime_sesnsp/raw_state_vintages/IDEFC_estatal_2015_to_{month}.latin1.csv.xz"


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("month", "totals"),
    [
        ("2023-07", {2018: 29_095, 2019: 29_500, 2020: 28_838}),
        ("2024-01", {2018: 29_095, 2019: 29_499, 2020: 28_839}),
    ],
)
def test_intentional_homicide_as_published(
    read: Any, real_data: Path, month: str, totals: dict[int, int]
) -> None:
    reading = read(ID, vintage(real_data, month))
    assert {year: reading.total(f"{DOLOSO} AND period LIKE '{year}%'") for year in totals} == totals
    assert reading.value("SELECT max(period) FROM observed") == month


@pytest.mark.real_data
@pytest.mark.parametrize("month", ["2023-11", "2023-12", "2024-02", "2024-04", "2024-06", "2024-11"])
def test_every_other_vintage_reaches_its_month(read: Any, real_data: Path, month: str) -> None:
    reading = read(ID, vintage(real_data, month))
    year, number = int(month[:4]), int(month[5:])
    assert reading.value("SELECT max(period) FROM observed") == month
    assert reading.value("SELECT count(*) FROM observed") == 3136 * ((year - 2015) * 12 + number)
    assert reading.parsed.published.on == datetime.date(year + number // 12, number % 12 + 1, 20)
    commas = [note for note in reading.parsed.notes if "thousands commas" in note.en]
    assert [note.en.split()[0] for note in commas] == (["24"] if month == "2024-02" else [])


@pytest.mark.real_data
def test_the_classification_of_2026_is_another_definition(read: Any, real_data: Path) -> None:
    path = (
        real_data
        / "mx_crime_sesnsp/raw_state_vintages_2026_new_catalogue/estatal_n_asof_2026-01.latin1.csv.gz"
    )
    new, old = read(ID, path), read(ID, vintage(real_data, "2023-07"))
    assert (old.parsed.definition, new.parsed.definition) == ("2015", "2026")
    assert new.rows("SELECT min(place), max(place), count(DISTINCT place) FROM observed") == [
        ("MX-01", "MX-32", 32)
    ]
    assert new.total(DOLOSO) == 1369
