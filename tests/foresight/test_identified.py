"""What the data cannot tell: the published identifiability experiment, fits, chains, flips and kept answers."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from tests.foresight.examples import START, growth, lever, parameter

from acuerdo.core.errors import CheckFailed, UsageError
from acuerdo.foresight import kept
from acuerdo.foresight.asking import Question, answer, compared, fitting
from acuerdo.foresight.computing import acting, influences_of, published
from acuerdo.foresight.identified.fitting import Best, best_fit, profile, solutions
from acuerdo.foresight.identified.flipping import flip
from acuerdo.foresight.identified.influence import influences, settled
from acuerdo.foresight.identified.predicting import Prediction
from acuerdo.foresight.identified.sampling import Chains, sample
from acuerdo.foresight.library import model, models
from acuerdo.foresight.playbook import BASE, play
from acuerdo.foresight.scenario import BASELINE, Scenario, Schedule
from acuerdo.foresight.study import FOLDER, Study, study
from acuerdo.foresight.trial import Setting, Trial

M1 = model("cartel_recruitment")
STUDY = study(M1.id)
NOW = M1.starts + timedelta(weeks=520)
# Refitted elsewhere with a flow of arrests of 105, by Euler's method: starting size, saturation, error a week, members
# in 2022, and deaths in 2027 against 2022 unchanged, with arrests doubled, with recruitment halved
EXPERIMENT = [
    (40e3, 0.04e-6, 9.93, 71e3, 61, -14.5, -50),
    (60e3, 0.04e-6, 8.92, 100e3, 49, -7.5, -39),
    (115e3, 0.04e-6, 8.54, 174e3, 36, 2.8, -25),
    (115e3, 0.0, 8.68, 178e3, 44, 9.1, -17),
    (150e3, 0.04e-6, 8.52, 219e3, 34, 7.8, -20),
    (150e3, 0.0, 8.60, 226e3, 40, 12.4, -12),
    (300e3, 0.04e-6, 8.55, 407e3, 37, 21.9, -9),
    (300e3, 0.0, 8.54, 431e3, 36, 21.1, -0.8),
]


@pytest.fixture(scope="module")
def prediction() -> Prediction:
    assert STUDY.fit is not None
    return Prediction(M1, STUDY.fit, structure={})


def refitted(prediction: Prediction, size: float, *, saturation: float) -> tuple[Mapping[str, float], float]:
    low, high = prediction.bounds()
    point = 0.5 * (low + high)
    for name, value in (("starting_size", np.log(size)), ("saturation", saturation), ("arrest_flow", 105.0)):
        point[prediction.names.index(name)] = value
    found = solutions(prediction, point[None])
    table = prediction.table(found)
    return {name: float(value[0]) for name, value in table.items()}, float(prediction.error(found)[0])


@pytest.mark.parametrize(
    ("size", "saturation", "error", "members", "unchanged", "arrests", "recruitment"), EXPERIMENT
)
def test_the_identifiability_experiment_is_reproduced(
    prediction, size, saturation, error, members, unchanged, arrests, recruitment
) -> None:
    parameters, found = refitted(prediction, size, saturation=saturation)
    # The published error is that of a tenth of what is fitted here
    assert 0.1 * found == pytest.approx(error, abs=0.2)

    def change(**levers: float) -> float:
        moved = {name: Schedule(((NOW, value),)) for name, value in levers.items()}
        run = Trial(M1, "auto").run(Setting(parameters=parameters, levers=moved, span=780.0, every=52.0))
        assert run.at("members", 520.0) == pytest.approx(members, rel=0.02)
        return 100.0 * (run.at("deaths", 780.0) / run.at("deaths", 520.0) - 1.0)

    found_arrests = change(arrests=2.0)
    assert np.sign(found_arrests) == np.sign(arrests)
    assert (change(), found_arrests, change(recruitment_prevention=0.5)) == pytest.approx(
        (unchanged, arrests, recruitment), abs=1.5
    )


@pytest.mark.real_data
def test_the_fitted_figures_are_those_of_the_deposited_file(real_data: Path) -> None:
    path = real_data / "recruitment_model" / "Trends2012_2021.csv"
    assert STUDY.fit is not None
    observed = STUDY.fit.observed()
    assert hashlib.sha256(path.read_bytes()).hexdigest() in observed.source
    rows = [line.split(",") for line in path.read_text("utf-8-sig").split()[1:]]
    yearly = [(float(row[1]) + float(row[2])) / 52 for row in rows]
    assert observed.values[np.arange(10) * 52] == pytest.approx(yearly)
    assert 0.1 * observed.values.mean() == pytest.approx(92.34, abs=0.005)


def test_every_start_finds_the_same_best_fit(prediction) -> None:
    found = best_fit(prediction, starts=3)
    assert max(found.starts) == pytest.approx(found.error, rel=1e-4)
    assert found.error == pytest.approx(85.04, abs=0.05)


def test_the_profile_of_the_starting_size_is_flat_above_a_hundred_thousand(prediction) -> None:
    rows = profile(prediction, "starting_size", count=5)
    errors = dict(zip(rows[:, 0].round(-3), rows[:, 1], strict=True))
    assert errors[300e3] < 1.01 * min(rows[:, 1])
    assert errors[40e3] > 1.05 * min(rows[:, 1])


def test_doubled_arrests_lower_deaths_only_from_a_small_start() -> None:
    two = replace(STUDY, structures=({}, {"recruitment": "participation"}))
    found = compared(Question(model=M1.id, scenarios=("double_the_arrests",), draws=60, tried=24), two)
    turn = next(one for one in found.turns if (one.scenario, one.structure) == ("double_the_arrests", ""))
    assert 0.1 < turn.share < 0.9
    assert turn.flip is not None
    assert (turn.flip.parameter, turn.flip.side) == ("starting_size", "below")
    assert 80e3 < turn.flip.threshold < 130e3
    deterred = next(
        one for one in found.turns
        if (one.scenario, one.structure) == ("double_the_arrests", "recruitment=participation")
    )  # fmt: skip
    assert deterred.share == 1.0


def test_members_of_the_set_fit_and_reach_far_beyond_the_published_range() -> None:
    found = fitting(STUDY, structure={}, tried=24)
    sizes = found.table["starting_size"]
    assert found.errors.max() <= 1.05 * found.best
    assert sizes.min() < 80e3
    assert sizes.max() > 250e3


def test_chains_that_are_too_short_are_refused(prediction) -> None:
    with pytest.raises(CheckFailed) as raised:
        sample(prediction, steps=30, draws=10).checked()
    assert "50" in raised.value.render("es")


def test_chains_that_disagree_are_refused() -> None:
    apart = Chains(table={}, r_hat={"a": 1.2}, correlation={"a": 1.0}, steps=1000, accepted=0.3)
    with pytest.raises(CheckFailed, match=r"1\.200"):
        apart.checked()


def test_a_best_fit_that_no_second_start_finds_is_refused() -> None:
    alone = Best(point=np.zeros(1), error=1.0, starts=(1.0, 1.2, 1.3))
    assert alone.reached == 1
    with pytest.raises(CheckFailed, match="Only one of 3 starts reached the best fit"):
        alone.checked()
    agreed = Best(point=np.zeros(1), error=1.0, starts=(1.0, 1.0005, 1.3))
    assert agreed.checked() is agreed


def test_a_sensitivity_that_has_not_settled_is_refused() -> None:
    few = influences_of("arms_flow", "southbound_inspection", count=16)
    with pytest.raises(CheckFailed, match="The shares have not settled: that of 'lifetime'"):
        settled(few)
    settled(influences_of("arms_flow", "southbound_inspection", count=256))
    with pytest.raises(UsageError, match="A sample of 10 is not a power of two"):
        influences_of("arms_flow", "southbound_inspection", count=10)


def test_a_sensitivity_with_runs_that_gave_no_number_is_refused() -> None:
    more = Scenario(id="brake", levers={"brake": Schedule(((START, 0.1),))})
    asked = Study(model="growth", outcome="stock", span=70.0, compared=70.0)
    braked = growth(
        levers=(lever("brake"),),
        equations=braked_equations,
        parameters=(
            parameter("at_start", 100.0, low=50.0, high=150.0, unit="person"),
            parameter("rate", 2e-4, low=2e-4, high=2e-4, unit="1/person/week"),
        ),
    )
    with pytest.raises(CheckFailed, match=r"is not a number in \d+ of 96 runs"):
        influences(braked, asked, scenarios=(BASELINE, more), structure={}, count=32)


def braked_equations(m) -> None:
    m.start("stock", m["at_start"])
    grown = m.flow("born", m["rate"] * (1.0 - m["brake"]) * m["stock"] * m["stock"], into="stock")
    m.outcome("stock", m["stock"])
    m.outcome("born", grown)


def test_a_flip_is_found_where_there_is_one_and_not_where_there_is_none() -> None:
    values = np.random.default_rng(1).random((3, 400))
    found = flip(("a", "b", "c"), values, holds=values[1] < 0.3)
    assert found is not None
    assert (found.parameter, found.side, found.right) == ("b", "below", 1.0)
    assert found.threshold == pytest.approx(0.3, abs=0.01)
    assert flip(("a", "b", "c"), values, holds=np.random.default_rng(2).random(400) < 0.5) is None
    assert flip(("a",), values[:1], holds=np.ones(400, dtype=bool)) is None


def test_what_stops_arms_at_the_border_hangs_on_how_long_arms_last() -> None:
    arms = model("arms_flow")
    scenarios = (play(BASE).scenario(arms), play("southbound_inspection").scenario(arms))
    found = influences(arms, study(arms.id), scenarios=scenarios, structure={}, count=32)
    assert found[0].parameter == max(found, key=lambda one: one.effect).parameter == "lifetime"
    assert found[0].total > 0.8


@pytest.mark.parametrize("model_id", sorted(models()))
def test_the_kept_published_table_is_what_the_model_gives(model_id) -> None:
    found = kept.read(model_id, "published")
    assert found is not None, f"python scripts/keep_foresight.py {model_id}"
    rows = published(model_id)["rows"]
    assert [row["value"] for row in found.answer["rows"]] == pytest.approx(
        [row["value"] for row in rows], rel=1e-4
    )
    assert all(row["reproduced"] for row in found.answer["rows"])


@pytest.mark.parametrize("model_id", sorted(models()))
def test_a_kept_comparison_covers_every_scenario_that_acts(model_id) -> None:
    found = kept.comparison(model_id)
    if not acting(model_id):
        assert found is None
        return
    assert found is not None
    assert set(found.scenarios) == {BASE, *acting(model_id)}
    assert {arm.structure for arm in found.arms} == {
        ",".join(f"{name}={one[name]}" for name in sorted(one)) for one in study(model_id).structures
    }


def test_a_kept_comparison_can_be_computed_again() -> None:
    found = kept.comparison("arms_flow")
    assert found is not None
    again = answer(Question(model="arms_flow", scenarios=acting("arms_flow"), draws=600))
    for one, other in zip(found.regrets, again.regrets, strict=True):
        assert (one.scenario, one.most, one.wins) == (
            other.scenario,
            pytest.approx(other.most, rel=1e-3),
            other.wins,
        )


def test_every_study_asks_for_an_outcome_that_its_model_has() -> None:
    for model_id in FOLDER.files():
        asked, found = study(model_id), model(model_id)
        assert asked.model == model_id
        assert asked.outcome in {one.name for one in found.outcomes}
