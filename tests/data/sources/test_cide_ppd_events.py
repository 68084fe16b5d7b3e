"""CIDE-PPD: sums of confrontations and aggressions by state and month."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from acuerdo.core.errors import IngestRefused
from acuerdo.data.recognise import source

ID = "cide_ppd_events"


def table(*events: dict[str, str]) -> list[str]:
    columns = source(ID).columns
    given = {"state_code": "8.0", "date": "2010-06-01", "source": "confrontations"}
    cells = [[{**given, **event}.get(column, "0.0") for column in columns] for event in events]
    return [",".join(columns), *(",".join(row) for row in cells)]


def test_a_small_file(read: Any, made: Any) -> None:
    one = {
        "total.people.dead": "3.0",
        "organized.crime.dead": "2.0",
        "military.dead": "1.0",
        "long.guns.seized": "4.0",
    }
    two = {
        "total.people.dead": "1.0",
        "civilian.dead": "1.0",
        "date": "2010-06-30",
        "small.arms.seized": "1.0",
    }
    reading = read(ID, made(*table(one, two)))
    assert reading.rows("SELECT DISTINCT place, period FROM observed") == [("MX-08", "2010-06")]
    assert reading.total("series LIKE '%.deaths'") == 4
    assert reading.total("series LIKE '%.firearms_seized'") == 5
    assert reading.rows(
        "SELECT breakdown, value FROM observed WHERE series LIKE '%_side' AND value > 0 ORDER BY 1"
    ) == [
        ("side=armed forces;source=confrontations", 1),
        ("side=civilians;source=confrontations", 1),
        ("side=organized crime;source=confrontations", 2),
    ]


def test_dead_that_do_not_add_up_are_refused(read: Any, made: Any) -> None:
    with pytest.raises(IngestRefused, match=r"row 2, column total\.people\.dead"):
        read(ID, made(*table({"total.people.dead": "3.0", "civilian.dead": "1.0"})))


@pytest.mark.real_data
def test_the_real_file(read: Any, real_data: Path) -> None:
    reading = read(ID, real_data / "conflict_events/CIDE_PPD_AllViolenceData_2006-12_2011-11.csv.xz")
    by_kind = "SELECT breakdown, sum(value) FROM observed WHERE series LIKE '%.events' GROUP BY 1 ORDER BY 1"
    assert reading.rows(by_kind) == [("source=aggressions", 1_561), ("source=confrontations", 3_835)]
    assert reading.total("series LIKE '%.deaths'") == 6_357 == reading.total("series LIKE '%.deaths_by_side'")
