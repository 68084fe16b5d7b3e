"""The register of missing persons: four states of a case, municipalities and states."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from acuerdo.core.errors import IngestRefused

ID = "rnpdno_missing"


def panel(folder: Path, *cases: tuple[str, int, int, int, int]) -> Path:
    """A Parquet file of (municipality, status, male, female, total) in June 2024."""
    path = folder / "panel"
    rows = ", ".join(
        f"('{code}', '{code[:2]}', '{code[2:]}', 'x', 'y', 2024, 6, {status}, {male}, {female}, 0, {total}, "
        "'Norte', false)"
        for code, status, male, female, total in cases
    )
    columns = (
        "cvegeo, cve_estado, cve_mun, state, municipality, year, month, status_id, male, female, undefined, total, "
        "region, is_bajio"
    )
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT * FROM (VALUES {rows}) AS panel({columns})) TO '{path}' (FORMAT parquet)"
        )
    return path


def test_a_small_file(read: Any, tmp_path: Path) -> None:
    reading = read(ID, panel(tmp_path, ("08037", 7, 2, 1, 3), ("08001", 7, 1, 0, 1), ("08037", 0, 4, 1, 5)))
    missing = """
        SELECT place, breakdown, value FROM observed
        WHERE series LIKE '%still_missing' AND value > 0 ORDER BY ALL"""
    assert reading.rows(missing) == [
        ("MX-08", "", 4), ("MX-08", "sex=Hombre", 3), ("MX-08", "sex=Mujer", 1),
        ("MX-08001", "", 1), ("MX-08037", "", 3),
    ]  # fmt: skip
    assert reading.total("series LIKE '%registered' AND place = 'MX-08' AND breakdown = ''") == 5


@pytest.mark.parametrize(
    ("case", "said"), [(("08037", 9, 1, 0, 1), "status_id 9"), (("08037", 7, 1, 1, 3), "sexes do not add up")]
)
def test_a_panel_that_contradicts_itself_is_refused(
    read: Any, tmp_path: Path, case: tuple[str, int, int, int, int], said: str
) -> None:
    with pytest.raises(IngestRefused, match=said):
        read(ID, panel(tmp_path, case))


@pytest.mark.real_data
def test_the_real_panel(read: Any, real_data: Path) -> None:
    reading = read(ID, real_data / "mx_missing/rnpdno_panel_monthly_counts_muni_2015-2025.parquet")
    missing = "series LIKE '%still_missing' AND period LIKE '2019%' AND breakdown = ''"
    assert (
        reading.total(f"{missing} AND length(place) = 8")
        == 7_887
        == reading.total(f"{missing} AND length(place) = 5")
    )
    assert reading.parsed.rows_read == 1_308_384
    assert str(reading.parsed.published.on) == "2026-04-16"
