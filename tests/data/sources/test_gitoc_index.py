"""GI-TOC's index: editions by themselves, scores by component, a licence that forbids passing the table on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from acuerdo.data.recognise import source
from acuerdo.data.source import Format, Sample

ID = "gitoc_index"


def test_it_is_known_by_its_sheets() -> None:
    header = ("Continent", "Region", "Country", "Criminality avg,")
    known = Sample(format=Format.XLSX, sheets={"About": (("x",),), "2023_dataset": (header,)})
    other = Sample(format=Format.XLSX, sheets={"2023_dataset": (("Country", "Score"),)})
    assert source(ID).recognises(known)
    assert not source(ID).recognises(other)
    assert not source(ID).recognises(Sample(format=Format.TEXT, lines=("Continent,Region,Country",)))


def test_the_table_may_not_be_passed_on() -> None:
    assert not source(ID).about.licence.open


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("edition", "component", "score"),
    [("2021", "Criminality", 7.56), ("2023", "Criminality", 7.57), ("2021", "Criminal markets", 8.0),
     ("2023", "Criminal markets", 8.13), ("2023", "Resilience", 4.21)],
)  # fmt: skip
def test_mexico_by_edition(read: Any, real_data: Path, edition: str, component: str, score: float) -> None:
    reading = read(ID, real_data / "indices" / "global_oc_index_GI-TOC.xlsx")
    rows = reading.rows(
        f"SELECT value, known_from FROM observed WHERE place = 'MX' AND period = '{edition}' "
        f"AND breakdown = 'component={component}'"
    )
    assert [(value, str(day)) for value, day in rows] == [(score, f"{edition}-12-31")]


@pytest.mark.real_data
def test_every_country_of_both_editions_is_placed(read: Any, real_data: Path) -> None:
    reading = read(ID, real_data / "indices" / "global_oc_index_GI-TOC.xlsx")
    assert reading.rows("SELECT period, count(DISTINCT place) FROM observed GROUP BY 1 ORDER BY 1") == [
        ("2021", 193),
        ("2023", 193),
    ]
