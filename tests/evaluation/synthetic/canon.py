"""The canonical panels, read from the carriers' own files."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import fmean

import numpy as np

from acuerdo.core.period import Period
from acuerdo.evaluation.panel import Panel

Rows = list[dict[str, str]]


def proposition_99(data: Path) -> Panel:
    """39 states by 31 years of cigarette sales; California raised its tax in 1989."""
    rows = _rows(data / "causal_canon" / "california_prop99_packs.csv.gz", delimiter=";")
    cells = {(row["State"], int(row["Year"])): float(row["PacksPerCapita"]) for row in rows}
    return _panel(cells, treated="California", since=1989)


def proposition_99_with_predictors(data: Path) -> Panel:
    """The same with the seven predictors of Abadie, Diamond and Hainmueller (2010), table 1."""
    import pandas as pd

    frame = pd.DataFrame(pd.read_stata(data / "causal_canon" / "smoking_prop99_full.dta.gz"))
    rows = [
        {
            **{str(name): str(value) for name, value in row.items()},
            "unit": row["state"],
            "year": f"{row['year']:.0f}",
        }
        for row in frame.to_dict("records")
    ]
    cells = {(row["unit"], int(row["year"])): float(row["cigsale"]) for row in rows}
    predictors = {
        "lnincome": _means(rows, "lnincome", range(1980, 1989)),
        "retprice": _means(rows, "retprice", range(1980, 1989)),
        "age15to24": _means(rows, "age15to24", range(1980, 1989)),
        "beer": _means(rows, "beer", range(1984, 1989)),
        **{f"cigsale{year}": _means(rows, "cigsale", [year]) for year in (1975, 1980, 1988)},
    }
    return _panel(cells, treated="California", since=1989, predictors=predictors)


def basque(data: Path) -> Panel:
    """17 regions of Spain, 1960 to 1997, with the 13 predictors of Abadie and Gardeazabal (2003).

    Schooling is in per cent of the population with any; conflict is taken to matter from 1970 on.
    """
    rows = [row for row in _rows(data / "causal_canon" / "basque.csv.gz") if row["regionno"] != "1.0"]
    rows = [{**row, "unit": row["regionname"], "year": row["year"].removesuffix(".0")} for row in rows]
    cells = {
        (row["unit"], int(row["year"])): float(row["gdpcap"]) for row in rows if int(row["year"]) >= 1960
    }
    sectors = [name for name in rows[0] if name.startswith("sec.")]
    predictors = {
        **_schooling(rows),
        "invest": _means(rows, "invest", range(1964, 1970)),
        "gdpcap": _means(rows, "gdpcap", range(1960, 1970)),
        **{name: _means(rows, name, range(1961, 1970, 2)) for name in sectors},
        "popdens": _means(rows, "popdens", [1969]),
    }
    return _panel(cells, treated="Basque Country (Pais Vasco)", since=1970, predictors=predictors)


def _schooling(rows: Rows) -> dict[str, dict[str, float]]:
    levels = {
        name: _means(rows, f"school.{name}", range(1964, 1970))
        for name in ("illit", "prim", "med", "high", "post.high")
    }
    higher = levels.pop("post.high")
    levels["high"] = {unit: value + higher[unit] for unit, value in levels["high"].items()}
    total = {unit: sum(level[unit] for level in levels.values()) for unit in higher}
    return {name: {unit: 100 * level[unit] / total[unit] for unit in level} for name, level in levels.items()}


def _rows(path: Path, *, delimiter: str = ",") -> Rows:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def _means(rows: Rows, column: str, years: Sequence[int]) -> dict[str, float]:
    """Mean of a column by unit over the years in which it is stated."""
    found: dict[str, list[float]] = {}
    for row in rows:
        if int(row["year"]) in years and row[column] not in {"", "nan"}:
            found.setdefault(row["unit"], []).append(float(row[column]))
    return {unit: fmean(values) for unit, values in found.items()}


def _panel(
    cells: Mapping[tuple[str, int], float],
    *,
    treated: str,
    since: int,
    predictors: Mapping[str, Mapping[str, float]] | None = None,
) -> Panel:
    units = sorted({unit for unit, _ in cells})
    years = sorted({year for _, year in cells})
    return Panel(
        outcome=np.array([[cells[unit, year] for year in years] for unit in units]),
        units=tuple(units),
        periods=tuple(Period.year(year) for year in years),
        first_treated=tuple(years.index(since) if unit == treated else None for unit in units),
        predictors={
            name: np.array([values[unit] for unit in units]) for name, values in (predictors or {}).items()
        },
    )


def mexican_states(data: Path) -> Panel:
    """32 states by 276 months, 2000 to 2022: homicides a year per 100,000, by month of death.

    INEGI's deaths as carried by Gargiulo and others; their own denominators are faulty, so CONAPO's are used.
    """
    counts = _rows(
        data / "mx_homicides" / "gargiulo_state_month_homicide_rates_2000-2022.csv.gz", delimiter="|"
    )
    people = {
        (int(row["state_code"]), row["date"][:7]): float(row["population"])
        for row in _rows(data / "mx_population" / "conapo_state_monthly_1990-2050_diegovalle.csv.gz")
    }
    cells: dict[tuple[str, str], float] = {}
    for row in counts:
        month = f"{row['year']}-{int(row['month']):02}"
        deaths, population = float(row["homicides"]), people[int(row["cve_ent"]), month]
        cells[f"MX-{int(row['cve_ent']):02}", month] = deaths / population * 1_200_000
    units, months = (sorted({cell[part] for cell in cells}) for part in (0, 1))
    return Panel(
        outcome=np.array([[cells[unit, month] for month in months] for unit in units]),
        units=tuple(units),
        periods=tuple(Period.parse(month) for month in months),
        first_treated=(None,) * len(units),
    )
