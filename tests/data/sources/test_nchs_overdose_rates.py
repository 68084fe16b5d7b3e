"""NCHS overdose death rates: age-adjusted and crude apart; what is not shown is suppressed, not zero."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

ID = "nchs_overdose_rates"
HEADER = (
    ",INDICATOR,PANEL,PANEL_NUM,UNIT,UNIT_NUM,STUB_NAME,STUB_NAME_NUM,STUB_LABEL,STUB_LABEL_NUM,YEAR,YEAR_NUM,AGE,"
    "AGE_NUM,ESTIMATE,FLAG"
)


def row(panel: str, kind: str, group: str, label: str, estimate: str, flag: str = "") -> str:
    unit = f'"Deaths per 100,000 resident population, {kind}"'
    cells = ("0", "Drug overdose death rates", panel, "0", unit, "1", group, "0", label, "0.1", "2018", "20")
    return ",".join((*cells, "All ages", "1.1", estimate, flag))


def test_a_small_file(read: Any, made: Any) -> None:
    reading = read(
        ID,
        made(
            HEADER,
            row("All drug overdose deaths", "age-adjusted", "Total", "All persons", "20.7"),
            row(
                "Drug overdose deaths involving heroin",
                "crude",
                "Sex and age",
                "Female: 75-84 years",
                "",
                "*",
            ),
        ),
    )
    heroin = "drug=Drug overdose deaths involving heroin;group=Sex and age: Female: 75-84 years"
    assert reading.rows("SELECT series, breakdown, value, status FROM observed ORDER BY ALL") == [
        (f"{ID}.crude_rate", heroin, None, "Q"),
        (f"{ID}.rate", "", 20.7, "A"),
    ]


@pytest.mark.real_data
@pytest.mark.parametrize(("year", "rate"), [(1999, 6.1), (2017, 21.7), (2018, 20.7)])
def test_age_adjusted_rates_as_published(read: Any, real_data: Path, year: int, rate: float) -> None:
    reading = read(ID, real_data / "us_overdose" / "NCHS_drug_overdose_death_rates_by_type_1999-2018.csv.gz")
    assert reading.total(f"series = '{ID}.rate' AND breakdown = '' AND period = '{year}'") == rate
    assert reading.value("SELECT count(*) FROM observed WHERE status = 'Q'") == 1111
