"""Forecasts deaths with synthetic opioids from past dates, scores them, and keeps the table of the docs.

Usage: python scripts/measure_overdose.py
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import numpy as np

import acuerdo
from acuerdo.core.result import Result, fingerprint
from acuerdo.foresight import kept
from acuerdo.foresight.draws import Draws
from acuerdo.foresight.hindcast import (
    STRUCTURES,
    Forecaster,
    best_of_statsforecast,
    mechanism,
    scores,
    trend,
)
from acuerdo.foresight.library import model
from acuerdo.foresight.overdose_table import PUBLISHED_BASE, deaths_in_base
from acuerdo.foresight.purity import given_purity, purity
from acuerdo.foresight.reduction import Kept
from acuerdo.foresight.run import Setup, simulate
from acuerdo.foresight.scenario import BASELINE
from acuerdo.foresight.trial import Trial
from acuerdo.workspace import Workspace

KEPT = Path(__file__).resolve().parents[1] / "src/acuerdo/foresight/results/overdose.forecasts.json"
INDICATOR = "us_synthetic_opioid_deaths"
# What was known in 2019 is stored as it was; from then on only the release of September 2025
VINTAGE = date(2019, 12, 31)
# Counts ending in December 2022 to December 2024, every three months, as positions from January 2015
ENDS = tuple(range(95, 120, 3))


def counts(as_of: date | None) -> np.ndarray:
    """Twelve-month counts from January 2015 on; a count that is missing stays missing."""
    found = [one.value for one in Workspace.open().series(INDICATOR, as_of=as_of).of("US")]
    values = np.array([np.nan if one is None else one for one in found])
    last = int(np.flatnonzero(np.isfinite(values))[-1])
    return values[: last + 1]


def base() -> dict[str, float]:
    """Deaths of 2022–32 where nothing is done: at central values, published, and over every declared assumption."""
    one = model("overdose")
    first, every = 2022 - one.starts.year, 0.25
    sums = []
    for structure in STRUCTURES:
        run = simulate(
            one, structures=(structure,), draws=Draws(count=2_000),
            reduce={"kept": Kept(places=range(int(one.span / every) + 1))},
            setup=Setup(every=every, outcomes=("deaths",)),
        )  # fmt: skip
        rates = run.kept(BASELINE.id, "deaths", "kept", structure=run.structures[0])
        sums.append(np.trapezoid(rates[int(first / every) :], dx=every, axis=0))
    found = np.concatenate(sums)
    low, median, high = (float(value) for value in np.quantile(found, [0.0, 0.5, 1.0]))
    return {"here": deaths_in_base(Trial(one, "auto")), "published": float(PUBLISHED_BASE), "low": low,
            "median": median, "high": high}  # fmt: skip


def main() -> None:
    """Runs both exercises and writes the file."""
    warnings.simplefilter("ignore")
    early, now = counts(VINTAGE), counts(None)
    forecasters: Mapping[str, Forecaster] = {
        "mechanism": mechanism(now.size), "held": mechanism(now.size, carried=False), "trend": trend,
        "statsforecast": best_of_statsforecast,
    }  # fmt: skip
    answer = {
        "real_time": scores(
            early, now, ends=(early.size - 1,), ahead=range(12, 80, 12), forecasters=forecasters
        ),
        "truncated": scores(now, now, ends=ENDS, ahead=(3, 6, 12), forecasters=forecasters),
    }
    given = given_purity(now, asked=(ENDS[0] + 12, ENDS[0] + 24), last=ENDS[0])
    inputs = {
        "model": kept.declared(model("overdose")),
        "known_in_2019": fingerprint([None if np.isnan(one) else one for one in early.tolist()]),
        "known_now": fingerprint([None if np.isnan(one) else one for one in now.tolist()]),
        "purity": fingerprint({kind: values.tolist() for kind, values in purity().items()}),
    }
    whole = answer | {"purity": given, "base": base()}
    Result(question="overdose", inputs=inputs, version=acuerdo.__version__, answer=whole).write(KEPT)
    print("purity", given)
    print("base", whole["base"])
    for exercise, found in answer.items():
        print(exercise, next(len(one) for one in found.values()))
        for name, rows in found.items():
            means = {
                key: np.mean([row[key] for row in rows]) for key in rows[0] if key not in ("end", "ahead")
            }
            print("  ", name, {key: round(float(value), 2) for key, value in means.items()})
            for far in sorted({row["ahead"] for row in rows}):
                print(
                    "     ", far, round(float(np.mean([row["crps"] for row in rows if row["ahead"] == far])))
                )


if __name__ == "__main__":
    main()
