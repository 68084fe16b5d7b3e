"""Whether promises will be done in time: how good the probabilities would have been on past days, and how quick."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from measuring import Figure, Table, in_turns

from acuerdo.tracking.answers import Tracking
from acuerdo.tracking.coding import codes
from acuerdo.tracking.prospects.backtest import DeadlineForecast, ProspectScore
from acuerdo.tracking.prospects.hazard import hazard
from acuerdo.tracking.prospects.history import histories
from acuerdo.tracking.prospects.score import Score, score
from acuerdo.tracking.prospects.trials import COLUMNS

RUNS = 7
HORIZONS = {2: "half a year", 4: "a year", 8: "two years"}
# The day as of which the tables in docs/explanation/will-it-be-done.md are printed
TODAY = date(2026, 11, 22)
# A day on which a deadline was still to come, so that the model is fitted
FORETELLING = date(2026, 2, 1)
SCORE = ("forecasts", "told", "came true", "foretold", "model", "base rate", "never", "gain", "from", "to")


def figures(data: Path, work: Path) -> Iterator[Figure | Table]:
    del data, work
    took, *_ = in_turns(lambda: Tracking.prospects(as_of=FORETELLING), runs=RUNS)
    yield Figure(
        name="the prospects of every open commitment", value=took, unit="s", bound=0.5, ours=took, runs=RUNS
    )
    judged = {quarters: Tracking.prospect_score(quarters=quarters, as_of=TODAY) for quarters in HORIZONS}
    yield _by_horizon(judged)
    yield _by_day(judged[4])
    yield _reliability(judged[2])
    yield _deadlines(judged[4].deadlines)
    yield _learnt()


def _by_horizon(judged: dict[int, ProspectScore]) -> Table:
    rows = [
        (f"{HORIZONS[quarters]}, {which}", *_cells(found))
        for quarters, one in judged.items()
        for which, found in (("all", one.every), ("told", one.shown))
    ]
    return Table(name="Brier score by horizon", columns=("foretold", *SCORE), rows=tuple(rows))


def _by_day(judged: ProspectScore) -> Table:
    rows = tuple((row.as_of.isoformat(), *_cells(row.score)) for row in judged.rows)
    return Table(name="Brier score by day, a year ahead", columns=("as of", *SCORE), rows=rows)


def _cells(found: Score | None) -> tuple[int | float | None, ...]:
    if found is None:
        return (0, 0, *[None] * 8)
    return (
        found.forecasts, found.told, found.came_true, found.expected, found.model, found.base_rate, found.never,
        found.gain, found.gain_low, found.gain_high,
    )  # fmt: skip


def _reliability(judged: ProspectScore) -> Table:
    return Table(
        name="Reliability, half a year ahead",
        columns=("from", "to", "forecasts", "mean foretold", "share that came true"),
        rows=tuple(
            (one.low, one.high, one.forecasts, one.foretold, one.came_true) for one in judged.reliability
        ),
    )


def _deadlines(every: tuple[DeadlineForecast, ...]) -> Table:
    rows = [
        (
            one.duty.item.id,
            one.duty.due.code,
            one.forecast.chance.value,
            one.forecast.chance.low,
            one.forecast.chance.high,
            "yes" if one.forecast.told else "no",
            one.forecast.base_rate,
            one.duty.timeliness,
        )
        for one in every
    ]
    found = score([one.forecast for one in every])
    if found is not None:
        rows.append(
            ("Brier score", "", found.model, None, None, "", found.base_rate, f"never: {found.never:.3f}")
        )
    return Table(
        name="Every deadline, foretold on its first day",
        columns=("promise", "due", "probability", "from", "to", "told", "base rate", "what became of it"),
        rows=tuple(rows),
    )


def _learnt() -> Table:
    model = hazard(histories(codes(None, as_of=TODAY)))
    posterior = model.posterior
    rows = list(zip(COLUMNS, posterior.mean.tolist(), posterior.deviation.tolist(), strict=False))
    spread = float(posterior.weights @ posterior.spreads)
    rows.append(
        (
            "spread between goals",
            spread,
            float((posterior.weights @ (posterior.spreads - spread) ** 2) ** 0.5),
        )
    )
    recorded = model.trials
    counts = f"{recorded.periods} item-quarters, {recorded.rises} rises, {recorded.completions} completions"
    return Table(
        name=f"The model on {TODAY}: {counts}",
        columns=("coefficient, log-odds", "mean", "standard deviation"),
        rows=tuple(rows),
    )
