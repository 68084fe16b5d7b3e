"""The model of overdose: its figures are those of the evidence; its forecasts from past dates come out again."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pytest

from acuerdo.core.plugins import Folder
from acuerdo.core.result import Result
from acuerdo.core.text import same
from acuerdo.foresight.hindcast import Forecast, mechanism, scores, trend
from acuerdo.foresight.kept import declared
from acuerdo.foresight.library import model
from acuerdo.foresight.scenario import Series
from acuerdo.foresight.trial import Setting, Trial
from acuerdo.workspace import Workspace

DOCS = Path(__file__).resolve().parents[2] / "docs/explanation"
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
    assert kept.inputs["model"] == declared(model("overdose"))
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
    assert found["crps"] == pytest.approx(centre * width * (np.sqrt(2.0) - 1.0) / np.sqrt(np.pi), rel=2e-3)
    assert found["log_score"] == pytest.approx(np.log(centre * width * np.sqrt(2.0 * np.pi)), rel=1e-9)
    assert found["inside_50"] == 1.0
    assert Forecast(np.array([np.log(centre)]), width).score(2.0 * centre)["inside_95"] == 0.0


def test_scores_of_a_mixture_are_those_of_its_distribution() -> None:
    """Against the integral of (F − 1{truth below})², with the distribution of the mixture itself."""
    centres, width, truth = 10.8 + 0.3 * np.random.default_rng(3).standard_normal(300), 0.1, 50_000.0
    places = np.linspace(9.0, 13.0, 20_001)
    normal = np.vectorize(NormalDist().cdf)
    below = np.mean([normal((places - one) / width) for one in centres], axis=0)
    squares = np.where(np.exp(places) >= truth, 1.0 - below, below) ** 2
    exact = float(np.trapezoid(squares, np.exp(places)))
    assert Forecast(centres, width).score(truth)["crps"] == pytest.approx(exact, rel=2e-3)


def pages() -> list[str]:
    """The page in both languages, in one way of writing."""
    texts = [(DOCS / f"overdose{lang}.md").read_text("utf-8") for lang in ("", ".es")]
    return [re.sub(r"[\s*]+", " ", text).replace("–", "-") for text in texts]


def signed(value: float, decimals: int) -> str:
    return f"{value:+.{decimals}f} %".replace("-", "−")


def test_the_page_prints_the_policies_as_the_model_has_them() -> None:
    rows = {row["name"]: row for row in Result.read(KEPT.file("overdose.published")).answer["rows"]}
    policies = [name.removesuffix("_disorder") for name in rows if name.endswith("_disorder")]
    assert len(policies) == 9
    for name in policies:
        decimals = 1 if "package" in name else 2
        cells = [
            cell
            for row in (rows[name], rows[f"{name}_disorder"])
            for cell in (row["published"]["es"].replace("\xa0", " "), signed(row["value"], decimals))
        ]
        for text in pages():
            assert " | ".join(cells) in text, name


def test_the_page_prints_the_scores_that_are_kept() -> None:
    answer = Result.read(KEPT.file("overdose.forecasts")).answer
    for exercise in ("real_time", "truncated"):
        for name, rows in answer[exercise].items():
            mean = {key: np.mean([row[key] for row in rows]) for key in rows[0]}
            inside = " / ".join(f"{100 * mean[f'inside_{level}']:.0f}" for level in (50, 80, 95))
            cells = f"{mean['crps']:,.0f} | {mean['log_score']:.2f} | {mean['error']:,.0f} | {inside} %"
            assert all(cells in text for text in pages()), (exercise, name)
    for rows in answer["purity"]["given"].values():
        for low, middle, high in rows:
            assert all(f"{middle:,.0f} ({low:,.0f}-{high:,.0f})" in text for text in pages())
    for name in ("here", "published", "low", "high"):
        assert all(f"{answer['base'][name]:,.0f}" in text for text in pages())


def end(
    outcome: str, *, structure: str = "none", inputs: dict[str, float] | None = None, **levers: float
) -> float:
    """An outcome after seventeen years with levers moved from the start on."""
    series = {
        name: Series(np.array([0.0, 17.0]), np.full(2, level)) for name, level in (inputs or {}).items()
    }
    setting = Setting(levers=levers, inputs=series, structure={"perceived_risk": structure})
    return Trial(model("overdose"), "auto").run(setting).end(outcome)


def test_a_weaker_supply_is_a_less_potent_one() -> None:
    weaker, given = end("deaths", weaker_supply=0.3), end("deaths", inputs={"potency": 0.7})
    assert weaker == pytest.approx(given, rel=1e-9)
    assert weaker < end("deaths")


def test_deaths_that_are_seen_keep_people_from_beginning() -> None:
    assert end("demand", structure="fewer_begin") < end("demand")


def test_more_places_treat_a_larger_share() -> None:
    usual = end("treated_share")
    assert 0.0 < usual < 0.5
    assert end("treated_share", treatment_capacity=0.5) > usual


def test_potency_moves_deaths_with_synthetics_alone() -> None:
    """On the first day, before anybody has died of it, the other deaths are what they were."""
    one = Trial(model("overdose"), "auto")
    series = {"potency": Series(np.array([0.0, 1.0]), np.full(2, 1.5))}
    usual, stronger = (one.run(Setting(inputs=inputs, span=1.0)).values for inputs in ({}, series))
    others = [run["deaths"][0] - run["synthetic_deaths"][0] for run in (usual, stronger)]
    assert others[0] > 0.0
    assert others[1] == pytest.approx(others[0], rel=1e-12)
    assert stronger["synthetic_deaths"][0] == pytest.approx(1.5 * usual["synthetic_deaths"][0], rel=1e-12)
