"""The daily early count: totals inside the rows, a day printed twice, states that are missing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from acuerdo.core.errors import IngestRefused

ID = "sspc_daily"
HEADER = "Entidad,Homicidios,Fecha"
DAY = ("Chihuahua,5.0,2020-04-21", "Estado de México,3.0,2020-04-21", "Total,8.0,2020-04-21")


def test_a_day_printed_twice_counts_once(read: Any, made: Any) -> None:
    reading = read(ID, made(HEADER, *DAY, *DAY))
    assert reading.rows(
        "SELECT place, value, status FROM observed WHERE series LIKE '%.victims' ORDER BY 1"
    ) == [
        ("MX-08", 5, "P"),
        ("MX-15", 3, "P"),
    ]
    assert sorted(reading.aside.values()) == [1, 3]
    assert str(reading.parsed.published.on) == "2020-04-22"


def test_a_sum_with_states_missing_is_marked(read: Any, made: Any) -> None:
    reading = read(ID, made(HEADER, *DAY))
    assert reading.rows("SELECT value, status FROM observed WHERE place = 'MX'") == [(8, "U")]


def test_two_counts_for_one_day_are_refused(read: Any, made: Any) -> None:
    with pytest.raises(IngestRefused, match="MX-08 has two counts on 2020-04-21"):
        read(ID, made(HEADER, *DAY, "Chihuahua,6.0,2020-04-21"))


def test_a_total_that_is_not_the_sum_is_told(read: Any, made: Any) -> None:
    reading = read(ID, made(HEADER, *DAY[:2], "Total,9.0,2020-04-21"))
    assert any("says 9" in note.en and "add up to 8" in note.en for note in reading.parsed.notes)


@pytest.mark.real_data
def test_the_real_file(read: Any, real_data: Path) -> None:
    reading = read(
        ID, real_data / "mx_homicides/daily_preliminary_state_2019-2020_gpo_interinstitucional.csv.xz"
    )
    repeated_day = reading.total("place = 'MX' AND period = '2020-04-21'")
    # The file's own sum for 2020 counts 21 April twice
    assert reading.total("place = 'MX' AND period LIKE '2020%'") + repeated_day == 28_884
    assert repeated_day == 80
    assert reading.value("SELECT count(*) FROM observed WHERE period = '2019-04-21'") == 0
    october = "period LIKE '2020-10%' AND place IN ('MX-01', 'MX-17')"
    assert reading.value(f"SELECT count(*) FROM observed WHERE {october}") == 0
    assert len(reading.parsed.notes) == 2
