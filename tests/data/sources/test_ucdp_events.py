"""UCDP's events: sums by state and month, nothing about single events or actors."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from acuerdo.core.errors import IngestRefused

ID = "ucdp_events"
HEADER = "id,relid,year,type_of_violence,adm_1,priogrid_gid,country,date_prec,date_start,date_end,best,high,low,gwnoa"


def event(start: str, end: str, best: int, *, state: str = "Chihuahua state", country: str = "Mexico") -> str:
    return f"1,r,{start[:4]},2,{state},9,{country},1,{start},{end},{best},{best + 2},{best},70"


def test_a_small_file(read: Any, made: Any) -> None:
    path = made(
        HEADER,
        event("2019-01-03", "2019-01-03", 4),
        event("2019-01-09", "2019-01-10", 6),
        event("2019-02-01", "2019-05-31", 90, state="Distrito Federal"),
        event("2019-02-01", "2019-02-01", 1, state=""),
    )
    reading = read(ID, path)
    assert reading.rows(
        "SELECT place, period, value, status FROM observed WHERE series LIKE '%best' ORDER BY 1"
    ) == [
        ("MX-08", "2019-01", 10, "A"),
        ("MX-09", "2019-02", 90, "U"),
        ("MX-99", "2019-02", 1, "A"),
    ]
    assert reading.total("series LIKE '%.events'") == 4
    assert any("90 deaths run over several months" in note.en for note in reading.parsed.notes)


def test_events_of_another_country_are_refused(read: Any, made: Any) -> None:
    path = made(
        HEADER, event("2019-01-03", "2019-01-03", 4), event("2019-01-03", "2019-01-03", 4, country="Syria")
    )
    with pytest.raises(IngestRefused, match=r"another country, the first of them of Syria.*"):
        read(ID, path)


@pytest.mark.real_data
def test_the_real_file(read: Any, real_data: Path) -> None:
    reading = read(ID, real_data / "conflict_events/UCDP_GED_Mexico_1989-2023.csv.xz")
    best = "series = 'ucdp_events.deaths_best'"
    assert {year: reading.total(f"{best} AND period LIKE '{year}%'") for year in (2018, 2021)} == {
        2018: 11_954,
        2021: 16_934,
    }
    assert reading.total("series LIKE '%.events'") == 18_957
    assert any("501 events with 78,122 deaths" in note.en for note in reading.parsed.notes)


@pytest.mark.real_data
@pytest.mark.slow
def test_the_r_file_as_published_holds_the_same_sums(read: Any, real_data: Path) -> None:
    pytest.importorskip("rdata", reason="the optional part 'r' is not installed")
    folder = real_data / "conflict_events"
    everything = "SELECT series, place, breakdown, period, value, status FROM observed ORDER BY ALL"
    as_published = read(ID, folder / "UCDP_GED_Mexico_1989-2023_netify.rda")
    assert as_published.rows(everything) == read(ID, folder / "UCDP_GED_Mexico_1989-2023.csv.xz").rows(
        everything
    )
