"""Staggered differences in differences on 2,400 municipalities and 240 months, against the fastest libraries."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from measuring import Figure, in_turns
from rivals import staggered_differences

from acuerdo.core.period import Period
from acuerdo.evaluation.library import method
from acuerdo.evaluation.panel import Panel

RUNS = 5
UNITS, MONTHS, COHORTS, MEMBERS = 2400, 240, 20, 6


def figures(data: Path, work: Path) -> Iterator[Figure]:
    del data, work
    panel = _made()
    table = staggered_differences.table(panel)
    for name, ours, theirs in (
        ("effects by cohort and period", "callaway_santanna", "diff_diff"),
        ("two-way fixed effects", "two_way_fixed_effects", "pyfixest"),
    ):
        rival = getattr(staggered_differences, theirs)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            mine, other = in_turns(
                lambda ours=ours: _run(ours, panel), lambda rival=rival: rival(table), runs=RUNS
            )
        # pyfixest is what two_way_fixed_effects calls; on top come its long table and the decomposition.
        yield Figure(
            name=f"{name}, 2,400 x 240, clustered", rival=theirs, value=mine / other,
            bound=1.0 if ours == "callaway_santanna" else 2.0, ours=mine, theirs=other, runs=RUNS,
        )  # fmt: skip


def _run(method_id: str, panel: Panel) -> Any:
    chosen = method(method_id)
    return chosen.run(panel, settings=chosen.settings(), seed=0)


def _made() -> Panel:
    """20 cohorts of six among 2,400 units; the rest is never treated."""
    rng = np.random.default_rng(0)
    first = [24 + 10 * (row // MEMBERS) if row < COHORTS * MEMBERS else None for row in range(UNITS)]
    outcome = (
        rng.normal(size=(UNITS, 1)) + rng.normal(scale=0.3, size=MONTHS) + rng.normal(size=(UNITS, MONTHS))
    )
    begin = Period.month(2000, 1)
    panel = Panel(
        outcome=outcome,
        units=tuple(f"{row:05d}" for row in range(UNITS)),
        periods=tuple(begin.shift(step) for step in range(MONTHS)),
        first_treated=tuple(first),
    )
    return Panel(
        outcome=outcome + 0.05 * panel.under_treatment(),
        units=panel.units,
        periods=panel.periods,
        first_treated=panel.first_treated,
    )
