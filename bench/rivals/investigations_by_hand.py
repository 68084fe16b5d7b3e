"""What a DuckDB user would write for this one file, and run once: no recognition, no checks, no vintages."""

from __future__ import annotations

from pathlib import Path

import duckdb

MONTHS = (
    "Enero", "Febrero", "Marzo", "Abril", "Mayo", "Junio", "Julio", "Agosto", "Septiembre", "Octubre",
    "Noviembre", "Diciembre",
)  # fmt: skip


def write(text: Path, parquet: Path) -> None:
    counts = ", ".join(f"replace({month}, ',', '')" for month in MONTHS)
    with duckdb.connect() as connection:
        connection.execute(f"""
            COPY (
                SELECT 'sesnsp_investigations.investigations' AS series, 'MX-' || lpad(Clave_Ent, 2, '0') AS place,
                    'modality=' || "Modalidad" || ';subtype=' || "Subtipo de delito" || ';type=' || "Tipo de delito"
                        AS breakdown,
                    strftime(start, '%Y-%m') AS period, start AS period_start, last_day(start) AS period_end,
                    count::DOUBLE AS value, 'investigations' AS unit, 'A' AS status, DATE '2024-12-20' AS known_from,
                    0 AS sequence
                FROM (
                    SELECT *, make_date("Año"::INTEGER, unnest(range(1, 13))::INTEGER, 1) AS start,
                        unnest([{counts}]) AS count
                    FROM read_csv('{text}', encoding = 'latin-1', header = true, all_varchar = true)
                ) WHERE count IS NOT NULL
                ORDER BY series, place, breakdown, period
            ) TO '{parquet}' (FORMAT parquet, COMPRESSION zstd)""")
