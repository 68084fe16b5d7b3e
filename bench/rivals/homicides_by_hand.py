"""What a DuckDB user would write for this one file, and run once: no recognition, no checks, no vintages."""

from __future__ import annotations

from pathlib import Path

import duckdb


def write(text: Path, parquet: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"""
            COPY (
                SELECT 'inegi_homicides_municipal_month.deaths' AS series, 'MX-' || ent_mun AS place, '' AS breakdown,
                    strftime(make_date(year, month, 1), '%Y-%m') AS period, make_date(year, month, 1) AS period_start,
                    last_day(make_date(year, month, 1)) AS period_end, homicides::DOUBLE AS value, 'deaths' AS unit,
                    'A' AS status, DATE '2022-11-30' AS known_from, 0 AS sequence
                FROM read_csv('{text}', delim = '|', header = true,
                              types = {{'ent_mun': 'VARCHAR', 'year': 'INTEGER', 'month': 'INTEGER'}})
                ORDER BY series, place, breakdown, period
            ) TO '{parquet}' (FORMAT parquet, COMPRESSION zstd)""")
