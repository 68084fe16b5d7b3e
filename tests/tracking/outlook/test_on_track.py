"""Forecast, chance and status: what is promised of the intervals, what the rule says, what is kept."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
import pytest

from acuerdo.cli.app import run
from acuerdo.core.period import Period
from acuerdo.core.result import Result
from acuerdo.tracking.outlook.adaptive import adapt
from acuerdo.tracking.outlook.aim import aims
from acuerdo.tracking.outlook.course import read_course
from acuerdo.tracking.outlook.forecast import OURS, look_back, naive, seasonal_naive
from acuerdo.tracking.outlook.keeping import OUTLOOKS, inputs, keep
from acuerdo.tracking.outlook.looking import look
from acuerdo.tracking.outlook.on_track import NO_TARGET, STATUSES, status_of
from acuerdo.workspace import Workspace

pytest.importorskip("statsforecast")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return Workspace.open(tmp_path_factory.mktemp("empty"))


@pytest.mark.parametrize(
    ("probability", "coverage", "judged", "status"),
    [
        (0.67, 0.8, 100, "on_track"),
        (0.66, 0.8, 100, "at_risk"),
        (0.34, 0.8, 100, "at_risk"),
        (0.33, 0.8, 100, "off_track"),
        (0.99, 0.6, 100, "cannot_tell"),
        (0.99, 0.97, 100, "cannot_tell"),
        (0.99, 0.8, 19, "cannot_tell"),
        (None, 0.8, 100, "cannot_tell"),
        (0.99, None, 100, "cannot_tell"),
    ],
)
def test_the_rule(probability: float | None, coverage: float | None, judged: int, status: str) -> None:
    assert status_of(probability, coverage=coverage, judged=judged) == status


def test_the_words_of_the_rule() -> None:
    assert (NO_TARGET.en, NO_TARGET.es) == ("no target was published", "no se publicó ninguna meta")
    assert all(one.en and one.es for one in STATUSES.values())


def test_intervals_come_back_to_their_level_after_the_series_has_changed() -> None:
    rng = np.random.default_rng(4)
    errors = [*rng.normal(0, 1, 150), *rng.normal(0, 4, 350)]
    for step in (1, 6):
        reach = adapt([float(one) for one in errors], step=step, level=0.8, fewest=8)
        inside = [
            abs(error) <= far
            for error, far in zip(errors[200:], reach.at[200:], strict=True)
            if far is not None
        ]
        assert np.mean(inside) == pytest.approx(0.8, abs=0.05)


def test_an_interval_knows_only_errors_of_its_past() -> None:
    rng = np.random.default_rng(5)
    errors = [float(one) for one in rng.normal(0, 1, 60)]
    cut: list[float | None] = [*errors[:40], *[None] * 20]
    whole, early = (adapt(one, step=3, level=0.8, fewest=8) for one in (errors, cut))
    assert whole.at[:43] == early.at[:43]


def test_the_naive_forecasts_say_the_past_again() -> None:
    values = np.arange(1.0, 25.0)
    assert naive(values, 12, 3).tolist() == [24.0, 24.0, 24.0]
    assert seasonal_naive(values, 12, 14).tolist() == [*range(13, 25), 13, 14]


def test_a_steady_growth_is_carried_on() -> None:
    rng = np.random.default_rng(6)
    came = np.cumsum(0.02 + rng.normal(0, 0.002, 80))
    past = look_back([came[:length] for length in range(40, 80)], came, year=12, steps=6)
    assert np.nanmean(np.abs(past.errors[OURS])) < 0.5 * np.nanmean(np.abs(past.errors["naive"]))


def test_each_origin_sees_what_was_published_then(workspace: Workspace) -> None:
    course = read_course(workspace.store, workspace.indicator("mx_homicide_victims"))
    assert course is not None
    length = [one.period.code for one in course.newest].index("2023-12") + 1
    seen = course.at(length)
    assert seen[-1].known_from == date(2024, 1, 20)
    assert (seen[-1].value, course.newest[length - 1].value) == (2315, 2323)


def test_nothing_later_is_used(workspace: Workspace) -> None:
    """In October 2025 no vintage could teach CDC's delay: the first that overlaps came out in February 2026."""
    then = look(workspace.store, workspace.indicator("us_overdose_deaths_reported"), as_of=date(2025, 10, 1))
    now = look(workspace.store, workspace.indicator("us_overdose_deaths_reported"))
    assert then.day == date(2025, 9, 16)
    assert (then.nowcasts, bool(now.nowcasts)) == ((), True)
    assert (
        look(
            workspace.store, workspace.indicator("us_overdose_deaths_reported"), as_of=date(2022, 4, 29)
        ).chances
        == ()
    )


def test_the_forecast_of_2025_held_what_came(workspace: Workspace) -> None:
    """From counts to April 2025; a page read in November 2026 gives 68,632 for the twelve months to December."""
    found = workspace.tracking.outlook("us_overdose_deaths_reported")
    [december] = [one for one in found.ahead if one.period == Period.parse("12M-2025-12")]
    [came] = [
        row["value"]
        for row in workspace.observations("published_figures.us_overdose_deaths_reported")
        if row["period"] == "12M-2025-12"
    ]
    interval = december.intervals[0.8]
    assert interval is not None
    assert interval[0] <= came <= interval[1]
    [chance] = found.chances
    assert (chance.status, chance.aim.met_by(came)) == ("on_track", True)
    assert found.target is NO_TARGET


def test_too_few_years_are_no_ground_for_a_word(workspace: Workspace) -> None:
    found = workspace.tracking.outlook("us_overdose_deaths")
    [chance] = found.chances
    assert (chance.status, chance.probability) == ("cannot_tell", None)
    assert chance.why_not is not None
    assert "12, of the 20" in chance.why_not.en
    assert "12, de los 20" in chance.why_not.es


def test_what_cannot_be_forecast_says_why(workspace: Workspace) -> None:
    found = workspace.tracking.outlook("mx_crimes_reported_share")
    assert (found.ahead, found.record) == ((), None)
    assert found.why_no_forecast is not None
    assert "3" in found.why_no_forecast.en


def test_every_kept_outlook_still_stands(workspace: Workspace) -> None:
    for indicator_id, path in OUTLOOKS.files().items():
        indicator = workspace.indicator(indicator_id)
        assert Result.read(path).changed(inputs(workspace.store, indicator)) == ()


@pytest.mark.parametrize("indicator_id", ["us_overdose_deaths_reported", "mx_femicide_victims"])
def test_a_kept_outlook_comes_out_again(
    workspace: Workspace, tmp_path_factory: pytest.TempPathFactory, indicator_id: str
) -> None:
    indicator = workspace.indicator(indicator_id)
    again = Result.read(
        keep(
            workspace.store,
            look(workspace.store, indicator),
            indicator=indicator,
            folder=tmp_path_factory.mktemp("kept"),
        )
    ).answer
    before = Result.read(OUTLOOKS.file(indicator_id)).answer
    assert again.keys() == before.keys()
    for part in ("ahead", "nowcasts"):
        ours = [one["value"] for one in again[part]]
        assert ours == pytest.approx([one["value"] for one in before[part]], rel=1e-4)
    for mine, theirs in zip(again["chances"], before["chances"], strict=True):
        assert mine["status"] == theirs["status"]
        assert mine["probability"] == pytest.approx(theirs["probability"], abs=0.01)


def test_every_aim_is_of_an_indicator_that_exists(workspace: Workspace) -> None:
    for aim in aims().values():
        assert set(aim.periods) <= set(workspace.indicators())
        assert all(one.url for one in aim.references)


def test_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["outlook", "us_overdose_deaths_reported", "--lang", "es", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["target"] == "no se publicó ninguna meta"
    assert told["aims"][0]["status"] == "on_track"
    assert {"period", "told", "expected", "low_80", "high_95"} <= told["nowcast"][0].keys()


def test_a_name_that_is_not_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["outlook", "mx_homicide_victim"]) == 3
    assert "mx_homicide_victims" in capsys.readouterr().err
