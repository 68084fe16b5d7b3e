"""The corrections for reporting delay on what is held back, and the forecasts on past dates, as tables."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from measuring import Figure, Table

from acuerdo.tracking.outlook.delay import delays
from acuerdo.tracking.outlook.held_back import TOLERATED, Score, back_test, proofs, score
from acuerdo.tracking.outlook.keeping import OUTLOOKS
from acuerdo.tracking.outlook.nowcast import LEVELS
from acuerdo.tracking.outlook.triangle import Group, read_triangle
from acuerdo.workspace import Workspace

FILES = (
    "mx_crime_sesnsp/victims_state_vintages/*.csv.xz",
    "mx_crime_sesnsp/db_victimas_*.csv.bz2",
    "mx_homicides/inegi_mun_year_occurrence_x_registration_1990-2008.csv.bz2",
    "us_overdose/VSRR_*",
)
NOWCAST = (
    "counts held back",
    "n",
    "inside 50 %",
    "inside 80 %",
    "inside 95 %",
    "error ÷ uncorrected",
    "corrected",
)
FORECAST = (
    "indicator",
    "judged",
    "inside 50 %",
    "inside 80 %",
    "inside 95 %",
    "error ÷ naive",
    "÷ seasonal naive",
)


def figures(data: Path, work: Path) -> Iterator[Figure | Table]:
    """Both back-tests on the publishers' own files; the forecasts as the package keeps them."""
    store = work / "outlook_store"
    shutil.rmtree(store, ignore_errors=True)
    workspace = Workspace.open(store)
    workspace.ingest([path for pattern in FILES for path in sorted(data.glob(pattern))])
    rows: list[tuple[str | int | float | None, ...]] = []
    for delay_id, delay in delays().items():
        triangle = read_triangle(workspace.store, delay)
        found = proofs(triangle)
        for group, one in found.items():
            name = _name(delay_id, group)
            rows.append(_row(name, one))
            if one.refusal is None:
                yield _points(
                    f"nowcast {name}: coverage off by, points", round(100 * one.off, 6), bound=100 * TOLERATED
                )
                yield _ratio(f"nowcast {name}: error", one)
        rows.append(_row(f"{delay_id}, all", score(back_test(triangle), delay=delay_id)))
    yield Table(name="Nowcasts on what was held back", columns=NOWCAST, rows=tuple(rows))
    yield Table(name="Forecasts on past dates", columns=FORECAST, rows=tuple(_forecasts(workspace)))


def _points(name: str, value: float, *, bound: float) -> Figure:
    return Figure(name=name, value=value, unit="points", bound=bound, ours=value, runs=1)


def _ratio(name: str, whole: Score) -> Figure:
    return Figure(
        name=name, rival="the uncorrected count", value=whole.ratio, bound=1, ours=whole.error, runs=1
    )


def _name(delay_id: str, group: Group | None) -> str:
    if group is None:
        return f"{delay_id}, its parts"
    breakdown, national = group
    return f"{delay_id}, {breakdown.partition('=')[2] or ('the country' if national else 'its states')}"


def _row(name: str, found: Score) -> tuple[str | int | float | None, ...]:
    shares = (None if one is None else round(one, 3) for one in found.coverage)
    return (name, found.counts, *shares, round(found.ratio, 3), "no" if found.refusal else "yes")


def _forecasts(workspace: Workspace) -> Iterator[tuple[str | int | float | None, ...]]:
    for indicator_id in OUTLOOKS.files():
        kept = workspace.tracking.kept_outlook(indicator_id)
        record = kept.outlook.record if kept else None
        if record is None:
            continue
        shares = (record.coverage[level] for level in LEVELS)
        ratios = (record.against.get(rival) for rival in ("naive", "seasonal_naive"))
        told = (None if one is None else round(one, 3) for one in (*shares, *ratios))
        yield (indicator_id, record.judged, *told)
