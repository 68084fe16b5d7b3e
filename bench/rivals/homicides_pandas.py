"""The obvious pandas script for the same table."""

from __future__ import annotations

from pathlib import Path

import pandas as pd


def write(text: Path, parquet: Path) -> None:
    raw = pd.read_csv(text, sep="|", dtype={"ent_mun": str})
    start = pd.to_datetime(raw[["year", "month"]].assign(day=1))
    table = pd.DataFrame(
        {
            "series": "inegi_homicides_municipal_month.deaths",
            "place": "MX-" + raw["ent_mun"],
            "breakdown": "",
            "period": start.dt.strftime("%Y-%m"),
            "period_start": start,
            "period_end": start + pd.offsets.MonthEnd(0),
            "value": raw["homicides"].astype(float),
            "unit": "deaths",
            "status": "A",
            "known_from": pd.Timestamp("2022-11-30"),
            "sequence": 0,
        }
    )
    keys = ["series", "place", "breakdown", "period"]
    if table.duplicated(keys).any():
        raise ValueError("a key has two values")
    table.sort_values(keys).to_parquet(parquet, index=False)
