"""Reporting delay: what is learned, what is not believed, what the intervals hold, and that nothing peeks."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from acuerdo.core.period import Period
from acuerdo.data.store import Store
from acuerdo.tracking.outlook.delay import Delay, delays
from acuerdo.tracking.outlook.growth_by_age import learn_by_age
from acuerdo.tracking.outlook.held_back import (
    FEWEST,
    HELD_TO,
    TOLERATED,
    Score,
    back_test,
    proofs,
    score,
)
from acuerdo.tracking.outlook.looking import look
from acuerdo.tracking.outlook.nowcast import LEVELS, nowcasts
from acuerdo.tracking.outlook.restated import FEWEST_OWN, restated, students_quantile
from acuerdo.tracking.outlook.triangle import Cell, Told, Triangle, lag_of, read_triangle
from acuerdo.workspace import Workspace


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return Workspace.open(tmp_path_factory.mktemp("empty"))


def made(growth: float, *, noise: float, seed: int) -> Triangle:
    """Twenty-four months whose counts grow by one factor in their first month, in monthly vintages."""
    rng = np.random.default_rng(seed)
    cells: list[Cell] = []
    for month in range(24):
        period = Period.month(2020, 1).shift(month)
        final = 1000.0 * np.exp(rng.normal(0, 0.1))
        told: list[Told] = []
        for lag in range(1, 25 - month):
            on = period.shift(lag).start.replace(day=20)
            first = final / growth * np.exp(rng.normal(0, noise))
            told.append(Told(on, lag_of(period, on, months=1), first if lag == 1 else final))
        cells.append(Cell(place="MX", breakdown="", period=period, told=tuple(told)))
    delay = delays()["sesnsp_victims"].model_copy(update={"settled": 3, "breakdowns": ("",)})
    return Triangle(delay=delay, cells=tuple(cells), releases=())


def test_a_steady_growth_is_learned_and_carried_forward() -> None:
    triangle = made(1.1, noise=0.005, seed=1)
    learned = learn_by_age(triangle)
    assert np.exp(learned.growth[""][1]) == pytest.approx(1.1, abs=0.005)
    assert learned.credibility[""][1] > 0.95
    assert learned.growth[""][2] == pytest.approx(0, abs=1e-6)


def test_growth_that_comes_and_goes_is_not_believed() -> None:
    learned = learn_by_age(made(1.0, noise=0.05, seed=2))
    assert learned.credibility[""][1] == 0
    told = Told(date(2022, 1, 20), 1, 500.0)
    assert learned.settles_at("", told) == 500.0


def test_an_age_that_no_vintage_shows_is_not_corrected() -> None:
    triangle = made(1.1, noise=0.005, seed=3)
    assert learn_by_age(triangle).settles_at("", Told(date(2022, 1, 1), 0, 500.0)) is None


@pytest.mark.parametrize("delay_id", sorted(delays()))
def test_a_nowcast_sees_nothing_that_came_later(workspace: Workspace, delay_id: str) -> None:
    triangle = read_triangle(workspace.store, delays()[delay_id])
    day = triangle.days[-2]
    then = triangle.known(day)
    assert nowcasts(triangle, then.cells, day=day) == nowcasts(then, then.cells, day=day)


SESNSP = (
    "crime=Homicidio doloso",
    "crime=Feminicidio",
    "crime=Secuestro",
    "crime=Extorsión",
    "crime=Trata de personas",
)


def borne_out(found: Score) -> None:
    """The two promises: intervals within five points of what they say, and a lower error than the uncorrected."""
    for level in HELD_TO:
        share = found.coverage[LEVELS.index(level)]
        assert share is not None
        assert abs(share - level) <= TOLERATED + 1e-9, found
    assert found.ratio < 1, found
    assert found.counts >= FEWEST


@pytest.mark.parametrize("delay_id", sorted(delays()))
def test_every_group_keeps_both_promises_or_is_refused_in_words(workspace: Workspace, delay_id: str) -> None:
    for one in proofs(read_triangle(workspace.store, delays()[delay_id])).values():
        if one.refusal is None:
            borne_out(one)
        else:
            assert one.off > TOLERATED or one.ratio >= 1 or one.counts < FEWEST
            assert one.refusal.en != one.refusal.es
            assert str(one.counts) in one.refusal.en


def test_which_crimes_are_corrected(workspace: Workspace) -> None:
    found = proofs(read_triangle(workspace.store, delays()["sesnsp_victims"]))
    assert {crime for crime, _ in filter(None, found)} == set(SESNSP)
    corrected = [key[0] for key, one in found.items() if key and one.refusal is None]
    assert corrected == ["crime=Feminicidio", "crime=Homicidio doloso"]


@pytest.mark.parametrize("delay_id", ["cdc_vsrr", "inegi_registration"])
def test_the_counts_of_the_other_publishers_are_corrected(workspace: Workspace, delay_id: str) -> None:
    trials = back_test(read_triangle(workspace.store, delays()[delay_id]))
    assert len(trials) >= 100
    borne_out(score(trials, delay=delay_id))
    found = proofs(read_triangle(workspace.store, delays()[delay_id]))
    assert [one.refusal for one in found.values()] == [None] * len(found)


def test_a_refused_count_says_why_and_stands_as_published(workspace: Workspace) -> None:
    found = look(workspace.store, workspace.indicator("mx_extortion_victims"), forecasting=False)
    assert found.nowcasts == ()
    assert found.correction is not None
    assert "not corrected" in found.correction.en
    assert "84 de cada 100" in found.correction.es
    corrected = look(workspace.store, workspace.indicator("mx_femicide_victims"), forecasting=False)
    assert corrected.correction is not None
    assert "held 84 in 100" in corrected.correction.en
    assert "0.60 times" in corrected.correction.en
    assert len(corrected.nowcasts) == 5


@pytest.mark.parametrize("freedom", [10, 18, 60])
def test_the_quantile_is_students(freedom: int) -> None:
    stats = pytest.importorskip("scipy.stats")
    for share in (0.75, 0.9, 0.975):
        assert students_quantile(share, freedom=freedom) == pytest.approx(
            stats.t.ppf(share, freedom), abs=1e-3
        )


def test_a_group_with_too_few_errors_of_its_own_has_no_interval() -> None:
    for months, given in ((7, False), (24, True)):
        triangle = made(1.0, noise=0.02, seed=7)
        early = Triangle(delay=triangle.delay, cells=triangle.cells[:months], releases=())
        growth = learn_by_age(early)
        found = restated(early, growth)
        assert (found.errors["", True] >= FEWEST_OWN) == given
        told = Told(date(2022, 1, 20), 1, 500.0)
        cell = Cell(place="MX", breakdown="", period=Period.month(2021, 12), told=(told,))
        assert (found.interval(cell, told, expected=500.0, level=0.8) is not None) == given


@pytest.mark.slow
@pytest.mark.real_data
def test_the_promises_hold_on_the_real_files(real_data: Path, tmp_path: Path) -> None:
    workspace = Workspace.open(tmp_path)
    victims = real_data / "mx_crime_sesnsp"
    done = workspace.ingest(
        [
            victims / "victims_state_vintages",
            *sorted(victims.glob("db_victimas*")),
            real_data / "mx_homicides" / "inegi_mun_year_occurrence_x_registration_1990-2008.csv.bz2",
            *sorted((real_data / "us_overdose").glob("VSRR_*")),
        ]
    )
    assert all(one.ingested for one in done)
    found = [
        one for delay in delays().values() for one in proofs(read_triangle(workspace.store, delay)).values()
    ]
    corrected = [one for one in found if one.refusal is None]
    for one in corrected:
        borne_out(one)
    crimes = {one.group[0] for one in corrected if one.group and one.group[0]}
    assert crimes == {"crime=Feminicidio", "crime=Homicidio doloso", "crime=Secuestro"}
    assert len(found) - len(corrected) == 12


def test_every_delay_is_scored(workspace: Workspace) -> None:
    for delay in delays().values():
        found = proofs(read_triangle(workspace.store, delay))
        assert {one.delay for one in found.values()} == {delay.id}


def test_the_year_2021_came_out_as_expected_a_year_before(workspace: Workspace) -> None:
    """The file to 2021 has 33,626 deaths of that year; the one published a year later has 34,346."""
    found = look(workspace.store, workspace.indicator("mx_homicide_deaths_by_occurrence"))
    [year] = [one for one in found.nowcasts if one.period == Period.year(2021)]
    later = sum(
        row["value"]
        for row in workspace.observations("inegi_homicides_state_month.deaths")
        if row["period"].startswith("2021") and len(row["place"]) == 5
    )
    interval = year.intervals[0.8]
    assert interval is not None
    assert year.value is not None
    assert year.told is not None
    assert (year.told, later) == (33_626, 34_346)
    assert interval[0] <= later <= interval[1]
    assert abs(later - year.value) < 0.25 * abs(later - year.told)


def test_what_is_pending_for_good_is_no_excess(workspace: Workspace) -> None:
    """New York never resolves half a per cent of its records; only what is above that counts."""
    triangle = read_triangle(workspace.store, delays()["cdc_vsrr"])
    [cell] = [
        one
        for one in triangle.cells
        if one.place == "US-36" and one.breakdown and one.period.code == "12M-2018-09"
    ]
    assert cell.told[0].excess == pytest.approx(0.637 - 0.498, abs=0.001)


def test_every_delay_says_why(workspace: Workspace) -> None:
    series = {one.id for source in workspace.sources().values() for one in source.series}
    for delay in delays().values():
        assert isinstance(delay, Delay)
        assert {delay.learned_from, *delay.applies_to} <= series
        assert (delay.pending is not None) == (delay.learned_by == "pending")


def test_a_store_with_nothing_gives_nothing(tmp_path: Path) -> None:
    triangle = read_triangle(Store(tmp_path), delays()["sesnsp_victims"])
    assert triangle.cells == ()
    assert back_test(triangle) == ()
