"""The model of overdose: its figures are those of the evidence; its forecasts from past dates come out again."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from acuerdo.core.plugins import Folder
from acuerdo.core.result import Result
from acuerdo.core.text import same
from acuerdo.foresight.hindcast import Forecast, mechanism, scores, trend
from acuerdo.foresight.library import model
from acuerdo.foresight.tracing import trace
from acuerdo.workspace import Workspace

KEPT = Folder("foresight/results", suffixes=(".json",), kind=same("a result"))
INDICATOR = "us_synthetic_opioid_deaths"


def counts(as_of: date | None = None) -> np.ndarray:
    found = [one.value for one in Workspace.open().series(INDICATOR, as_of=as_of).of("US")]
    values = np.array([np.nan if one is None else one for one in found])
    return values[: int(np.flatnonzero(np.isfinite(values))[-1]) + 1]


def test_the_counts_it_is_fitted_to_are_those_of_the_evidence() -> None:
    stored = {str(one.period): one.value for one in Workspace.open().series(INDICATOR).of("US")}
    rows = [one for one in model("overdose").published if one.name.startswith("synthetic_deaths_")]
    assert len(rows) == 5
    for row in rows:
        assert row.published.en == f"{stored[f'12M-{row.name[-4:]}-12']:,.0f}"


def test_forecasts_from_what_was_known_in_2019_come_out_again() -> None:
    kept = Result.read(KEPT.file("overdose.forecasts"))
    early, now = counts(date(2019, 12, 31)), counts()
    assert early.size == 45
    assert kept.inputs["model"] == trace(model("overdose")).fingerprint()
    found = scores(
        early,
        now,
        ends=(early.size - 1,),
        ahead=range(12, 80, 12),
        forecasters={"mechanism": mechanism(now.size), "trend": trend},
    )
    for name, rows in found.items():
        for row, before in zip(rows, kept.answer["real_time"][name], strict=True):
            assert row == pytest.approx(before, rel=1e-6)


def test_a_forecast_sees_nothing_that_came_later() -> None:
    now = counts()
    later = now.copy()
    later[100:] *= 2.0
    for one in (mechanism(now.size), trend):
        first, other = one(now[:100], 6), one(later[:100], 6)
        assert first.width == other.width
        assert first.centres.tobytes() == other.centres.tobytes()


def test_scores_are_those_of_a_known_distribution() -> None:
    """Narrow log-normal: the normal's own CRPS at its centre, σ(√2 − 1)/√π, and its density there."""
    centre, width = 50_000.0, 0.01
    found = Forecast(np.array([np.log(centre)]), width).score(centre)
    assert found["crps"] == pytest.approx(centre * width * (np.sqrt(2.0) - 1.0) / np.sqrt(np.pi), rel=0.05)
    assert found["log_score"] == pytest.approx(np.log(centre * width * np.sqrt(2.0 * np.pi)), rel=1e-9)
    assert found["inside_50"] == 1.0
    assert Forecast(np.array([np.log(centre)]), width).score(2.0 * centre)["inside_95"] == 0.0
