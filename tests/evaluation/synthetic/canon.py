"""The canonical panels, read from the carriers' own files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from acuerdo.evaluation.panel import Panel

pd: Any = pytest.importorskip("pandas")

SCHOOLING = ["school.illit", "school.prim", "school.med", "school.higher"]


def proposition_99(data: Path) -> Panel:
    """39 states by 31 years of cigarette sales; California raised its tax in 1989."""
    table = pd.read_csv(data / "causal_canon" / "california_prop99_packs.csv.gz", sep=";")
    return Panel.from_frame(
        table, unit="State", period="Year", outcome="PacksPerCapita", treated={"California": 1989}
    )


def proposition_99_with_predictors(data: Path) -> Panel:
    """The same with the seven predictors of Abadie, Diamond and Hainmueller (2010), table 1."""
    return Panel.from_frame(
        pd.read_stata(data / "causal_canon" / "smoking_prop99_full.dta.gz"),
        unit="state",
        period="year",
        outcome="cigsale",
        treated={"California": 1989},
        predictors=[
            *((name, 1980, 1988) for name in ("lnincome", "retprice", "age15to24")),
            ("beer", 1984, 1988),
            *(("cigsale", year) for year in (1975, 1980, 1988)),
        ],
    )


def basque(data: Path) -> Panel:
    """17 regions of Spain, 1960 to 1997, with the 13 predictors of Abadie and Gardeazabal (2003).

    Schooling is in per cent of the population with any, its levels averaged first; conflict is taken to matter from
    1970 on.
    """
    table = pd.read_csv(data / "causal_canon" / "basque.csv.gz").query("regionno != 1 and year >= 1960")
    table = table.assign(**{"school.higher": table["school.high"] + table["school.post.high"]})
    levels = table.query("1964 <= year <= 1969").groupby("regionname")[SCHOOLING].mean()
    shares = 100 * levels.div(levels.sum(axis=1), axis=0)
    sectors = [(name, 1961, 1969) for name in table.columns if name.startswith("sec.")]
    return Panel.from_frame(
        table.drop(columns=SCHOOLING).merge(shares, left_on="regionname", right_index=True),
        unit="regionname",
        period="year",
        outcome="gdpcap",
        treated={"Basque Country (Pais Vasco)": 1970},
        predictors=[*SCHOOLING, ("invest", 1964, 1969), ("gdpcap", 1960, 1969), *sectors, ("popdens", 1969)],
    )


def mexican_states(data: Path) -> Panel:
    """32 states by 276 months, 2000 to 2022: homicides a year per 100,000, by month of death.

    INEGI's deaths as carried by Gargiulo and others; their own denominators are faulty, so CONAPO's are used.
    """
    counts = pd.read_csv(
        data / "mx_homicides" / "gargiulo_state_month_homicide_rates_2000-2022.csv.gz", sep="|"
    )
    people = pd.read_csv(data / "mx_population" / "conapo_state_monthly_1990-2050_diegovalle.csv.gz")
    counts = counts.assign(
        state=[f"MX-{int(code):02}" for code in counts["cve_ent"]],
        when=[f"{year}-{int(month):02}" for year, month in zip(counts["year"], counts["month"], strict=True)],
    )
    people = people.assign(
        state=[f"MX-{int(code):02}" for code in people["state_code"]], when=people["date"].str[:7]
    )
    table = counts[["state", "when", "homicides"]].merge(
        people[["state", "when", "population"]], on=["state", "when"]
    )
    table["rate"] = table["homicides"] / table["population"] * 1_200_000
    return Panel.from_frame(table.sort_values("state"), unit="state", period="when", outcome="rate")
