"""SESNSP victims: totals inside the rows, months printed as 0, two shapes, eleven vintages."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from acuerdo.core.errors import IngestRefused

ID = "sesnsp_victims"
SERIES = "isodate,entidad,delito,total"
TIDY = (
    "date_year_month,n_year,n_month,cve_ent,nombre_estado,bien_juridico_afectado,tipo_de_delito,subtipo_de_delito,"
    "modalidad,genero,rango_de_edad,n_victimas"
)
DOLOSO = "series = 'sesnsp_victims.victims' AND breakdown = 'crime=Homicidio doloso'"


def rows(month: str, national: int, **states: int) -> list[str]:
    names = {"aguascalientes": "Aguascalientes", "mexico": "México"}
    return [
        f"{month}-01,Nacional,Homicidio doloso,{national}",
        *(f"{month}-01,{names[state]},Homicidio doloso,{count}" for state, count in states.items()),
    ]


def tidy(month: str, modality: str, sex: str, count: int) -> str:
    return (
        f"{month}-15,2020,01,01,Aguascalientes,La vida,Homicidio,Homicidio doloso,{modality},{sex},"
        f"Adultos (18 y más),{count}"
    )


def test_totals_inside_the_rows_are_checked_and_set_aside(read: Any, made: Any) -> None:
    reading = read(ID, made(SERIES, *rows("2020-01", 5, aguascalientes=2, mexico=3)))
    assert reading.rows("SELECT place, value FROM observed ORDER BY 1") == [("MX-01", 2), ("MX-15", 3)]
    assert [count for reason, count in reading.aside.items() if "totals" in reason] == [1]


def test_a_total_that_is_not_the_sum_is_refused(read: Any, made: Any) -> None:
    with pytest.raises(IngestRefused, match=r"add up to 5.*says 6"):
        read(ID, made(SERIES, *rows("2020-01", 6, aguascalientes=2, mexico=3)))


def test_months_not_yet_published_are_missing(read: Any, made: Any) -> None:
    path = made(SERIES, *rows("2020-01", 2, aguascalientes=2), *rows("2020-02", 0, aguascalientes=0))
    reading = read(ID, path)
    assert reading.rows("SELECT DISTINCT period FROM observed") == [("2020-01",)]
    assert reading.parsed.published.on == datetime.date(2020, 2, 20)


def test_a_month_of_zeros_before_published_ones_is_refused(read: Any, made: Any) -> None:
    path = made(
        SERIES,
        *rows("2020-01", 2, aguascalientes=2),
        *rows("2020-02", 0, aguascalientes=0),
        *rows("2020-03", 1, aguascalientes=1),
    )
    with pytest.raises(IngestRefused, match="2020-02 has no victim"):
        read(ID, path)


def test_an_unknown_state_is_named_with_its_row(read: Any, made: Any) -> None:
    with pytest.raises(IngestRefused) as refusal:
        read(ID, made(SERIES, "2020-01-01,Aguascalientez,Homicidio doloso,2"))
    assert "row 2, column entidad" in refusal.value.render("en")
    assert "Aguascalientes" in refusal.value.render("es")


def test_the_tidy_shape_gives_the_same_series_and_its_parts(read: Any, made: Any) -> None:
    path = made(
        TIDY,
        tidy("2020-01", "Con arma de fuego", "Hombre", 3),
        tidy("2020-01", "Con arma blanca", "Mujer", 1),
    )
    reading = read(ID, path)
    assert reading.total(DOLOSO) == 4
    assert reading.rows("SELECT breakdown, value FROM observed WHERE series LIKE '%detailed' ORDER BY 1") == [
        ("age=Adultos (18 y más);crime=Homicidio doloso;modality=Con arma blanca;sex=Mujer", 1),
        ("age=Adultos (18 y más);crime=Homicidio doloso;modality=Con arma de fuego;sex=Hombre", 3),
    ]


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("month", "in_2020"),
    [
        ("2023-07", 34_568), ("2023-09", 34_569), ("2023-11", 34_569), ("2023-12", 34_569), ("2024-01", 34_569),
        ("2024-02", 34_569), ("2024-06", 34_569), ("2024-08", 34_569), ("2024-11", 34_569),
    ],
)  # fmt: skip
def test_every_vintage(read: Any, real_data: Path, month: str, in_2020: int) -> None:
    path = real_data / f"mx_crime_sesnsp/victims_state_vintages/timeseries_victimas_asof_{month}.csv.xz"
    reading = read(ID, path)
    assert reading.total(f"{DOLOSO} AND period LIKE '2020%'") == in_2020
    assert reading.value("SELECT max(period) FROM observed") == month
    assert reading.value("SELECT count(DISTINCT place) FROM observed") == 32


@pytest.mark.real_data
@pytest.mark.slow
@pytest.mark.parametrize(
    ("month", "totals"),
    [("2024-05", {2019: 34_724, 2020: 34_569}), ("2025-06", {2019: 34_723, 2020: 34_569, 2024: 30_046})],
)
def test_the_tidy_vintages(read: Any, real_data: Path, month: str, totals: dict[int, int]) -> None:
    reading = read(ID, real_data / f"mx_crime_sesnsp/db_victimas_delitos_ent_long_asof_{month}.csv.bz2")
    assert {year: reading.total(f"{DOLOSO} AND period LIKE '{year}%'") for year in totals} == totals
    assert (
        reading.value("SELECT count(*) FROM observed WHERE series LIKE '%detailed'")
        == reading.parsed.rows_read
    )


@pytest.mark.real_data
def test_the_past_is_revised_upward(read: Any, real_data: Path) -> None:
    folder = real_data / "mx_crime_sesnsp/victims_state_vintages"
    june = [
        read(ID, folder / f"timeseries_victimas_asof_{month}.csv.xz").total(
            f"{DOLOSO} AND period = '2023-06'"
        )
        for month in ("2023-07", "2024-11")
    ]
    assert june[0] < june[1]
