"""The homicides of the states by month, as their publishers' file has them, for the house tests."""

from __future__ import annotations

import csv
import gzip
from functools import cache
from pathlib import Path

import numpy as np

from acuerdo.core.period import Period
from acuerdo.evaluation.panel import Panel

# First months of the joint operations (military_operations_2004-2010_diegovalle.yaml): Michoacán; Baja California,
# Guerrero, and the Golden Triangle of Sinaloa, Durango and Chihuahua; Tamaulipas and Nuevo León; Veracruz; Sonora
OPERATIONS = {
    "16": "2006-12", "2": "2007-01", "12": "2007-01", "25": "2007-01", "10": "2007-01", "8": "2007-01",
    "28": "2007-02", "19": "2007-02", "30": "2007-05", "26": "2008-03",
}  # fmt: skip


@cache
def counts(real_data: Path) -> Panel:
    """Deaths by state and month, 2000-2022, with the file's own population.

    That population is faulty (see the README of the data); the figures to be matched were computed with it.
    """
    name = "gargiulo_state_month_homicide_rates_2000-2022.csv.gz"
    with gzip.open(real_data / "mx_homicides" / name, "rt") as file:
        rows = list(csv.DictReader(file, delimiter="|"))
    states = list(dict.fromkeys(str(int(row["cve_ent"])) for row in rows))
    periods = tuple(Period.month(year, month) for year in range(2000, 2023) for month in range(1, 13))
    outcome, people = np.full((2, len(states), len(periods)), np.nan)
    for row in rows:
        at = states.index(str(int(row["cve_ent"]))), (int(row["year"]) - 2000) * 12 + int(row["month"]) - 1
        outcome[at], people[at] = float(row["homicides"]), float(row["pop_est"])
    return Panel(
        outcome=outcome,
        units=tuple(states),
        periods=periods,
        first_treated=(None,) * len(states),
        exposure=people,
    )


def operations(real_data: Path, *, last: int, chihuahua: bool, rates: bool) -> Panel:
    """The operations, 2002 to the end of a year; yearly deaths per 100,000, or counts with their population."""
    panel = counts(real_data).window(Period.month(2002, 1), Period.month(last, 12))
    first = [
        panel.column(Period.parse(OPERATIONS[state])) if state in OPERATIONS else None
        for state in panel.units
    ]
    panel = panel.with_treatment(first)
    if not chihuahua:
        panel = panel.select([state for state in panel.units if state != "8"])
    if not rates or panel.exposure is None:
        return panel
    return Panel(
        outcome=panel.outcome / panel.exposure * 1_200_000,
        units=panel.units,
        periods=panel.periods,
        first_treated=panel.first_treated,
    )


def nation(real_data: Path, *, first: int, last: int, start: str | None = None, rates: bool = True) -> Panel:
    """The whole country as one series."""
    panel = counts(real_data).window(Period.month(first, 1), Period.month(last, 12))
    deaths = panel.outcome.sum(axis=0, keepdims=True)
    people = np.asarray(panel.exposure).sum(axis=0, keepdims=True)
    return Panel(
        outcome=deaths / people * 1_200_000 if rates else deaths,
        units=("MX",),
        periods=panel.periods,
        first_treated=(None if start is None else panel.column(Period.parse(start)),),
        exposure=None if rates else people,
    )
