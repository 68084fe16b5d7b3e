"""DEA NFLIS: half-years, the day of the query, the fentanyl family."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from acuerdo.core.errors import IngestRefused

ID = "dea_nflis"
HEADER = (
    "LABTYPE,RPTAGGR,YYYY,PERIOD,DRUG_REPORTS,QUERY_RUN_DATE,SUBSTANCE_ID,SUBSTANCE_DESCRIPTION,BASE_ID,"
    "BASE_DESCRIPTION,DRUG_CATEGORY_CODE,DRUG_CATEGORY_DESCRIPTION,STATE,STATE_LONG_NAME,STATE_FIPS"
)


def row(period: str, state: str, substance: str = "FENTANYL", aggregate: str = "DrugReport  ") -> str:
    return (
        f'"State","{aggregate}","2025","{period}","5","2026-03-03 13:26:55","1","{substance}","1","Fentanyl","33",'
        f'"Fentanyl and Fentanyl-related","{state}","-","-"'
    )


def test_a_small_file(read: Any, made: Any) -> None:
    lines = (
        row("SA1 (JAN - JUN)", "PA"),
        row("SA2 (JUL - DEC)", "PA", "X (Y; Z)"),
        row("SA1 (JAN - JUN)", "XX"),
    )
    reading = read(ID, made(HEADER, *lines))
    assert reading.rows("SELECT place, breakdown, period, value, status FROM observed ORDER BY period") == [
        (
            "US-42",
            "base=Fentanyl;category=Fentanyl and Fentanyl-related;substance=FENTANYL",
            "2025-H1",
            5,
            "A",
        ),
        (
            "US-42",
            "base=Fentanyl;category=Fentanyl and Fentanyl-related;substance=X (Y, Z)",
            "2025-H2",
            5,
            "P",
        ),
    ]
    assert reading.aside == {"the state is unknown": 1}
    published = reading.parsed.published
    assert (str(published.on), published.basis) == ("2026-03-03", "printed")


@pytest.mark.parametrize(
    "line", [row("Q1 (JAN - MAR)", "PA"), row("SA1 (JAN - JUN)", "PA", aggregate="Case")]
)
def test_another_span_or_count_is_refused(read: Any, made: Any, line: str) -> None:
    with pytest.raises(IngestRefused, match="not a count of drug reports by half-year"):
        read(ID, made(HEADER, line))


@pytest.mark.real_data
def test_the_fentanyl_family_in_2022(read: Any, real_data: Path) -> None:
    reading = read(ID, real_data / "us_nflis" / "NFLIS_Drug_DQS_2026_03_03.csv.gz")
    assert reading.total("period LIKE '2022-%'") == 225_807
    assert reading.total("period = '2022-H1'") == 115_929
