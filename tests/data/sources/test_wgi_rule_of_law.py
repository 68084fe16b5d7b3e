"""World Bank rule of law: wide years under four lines, countries without their groups."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from acuerdo.core.errors import IngestRefused

ID = "wgi_rule_of_law"
HEAD = ("\ufeffData Source,Worldwide Governance Indicators,", "", "Last Updated Date,2026-03-11,", "")
COLUMNS = "Country Name,Country Code,Indicator Name,Indicator Code,1995,1996,2024,"


def row(name: str, code: str, *values: str) -> str:
    return ",".join((name, code, "Rule of Law: Estimate", "RL.EST", *values, ""))


def test_a_small_file(read: Any, made: Any) -> None:
    lines = (row("Mexico", "MEX", "", "-0.76", "-1.15"), row("World", "WLD", "", "0.1", "0"))
    reading = read(ID, made(*HEAD, COLUMNS, *lines))
    assert reading.rows("SELECT place, period, value, unit FROM observed ORDER BY period") == [
        ("MX", "1996", -0.76, "index"),
        ("MX", "2024", -1.15, "index"),
    ]
    published = reading.parsed.published
    assert (str(published.on), published.basis) == ("2026-03-11", "printed")
    assert list(reading.aside.values()) == [1]


def test_a_word_among_the_years_is_refused(read: Any, made: Any) -> None:
    with pytest.raises(IngestRefused, match="row 6, column 1996"):
        read(ID, made(*HEAD, COLUMNS, row("Mexico", "MEX", "", "low", "")))


@pytest.mark.real_data
def test_mexico_in_2024(read: Any, real_data: Path) -> None:
    reading = read(ID, real_data / "indices" / "WGI_rule_of_law_estimate_API_RL.EST.csv.gz")
    assert reading.total("place = 'MX' AND period = '2024'") == pytest.approx(-1.15, abs=0.005)
    assert reading.value("SELECT min(period) FROM observed") == "1996"
