"""The obvious pandas script for the same table."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from rivals.investigations_by_hand import MONTHS

KEYS = ["Año", "Clave_Ent", "Tipo de delito", "Subtipo de delito", "Modalidad"]


def write(text: Path, parquet: Path) -> None:
    raw = pd.read_csv(text, encoding="latin-1", thousands=",")
    long = raw.melt(id_vars=KEYS, value_vars=list(MONTHS), var_name="month", value_name="value")
    long = long.dropna(subset="value")
    month = long["month"].map({name: number for number, name in enumerate(MONTHS, start=1)})
    start = pd.to_datetime(pd.DataFrame({"year": long["Año"], "month": month, "day": 1}))
    table = pd.DataFrame(
        {
            "series": "sesnsp_investigations.investigations",
            "place": "MX-" + long["Clave_Ent"].astype(str).str.zfill(2),
            "breakdown": "modality=" + long["Modalidad"] + ";subtype=" + long["Subtipo de delito"]
            + ";type=" + long["Tipo de delito"],
            "period": start.dt.strftime("%Y-%m"),
            "period_start": start,
            "period_end": start + pd.offsets.MonthEnd(0),
            "value": long["value"].astype(float),
            "unit": "investigations",
            "status": "A",
            "known_from": pd.Timestamp("2024-12-20"),
            "sequence": 0,
        }
    )  # fmt: skip
    keys = ["series", "place", "breakdown", "period"]
    if table.duplicated(keys).any():
        raise ValueError("a key has two values")
    table.sort_values(keys).to_parquet(parquet, index=False)
