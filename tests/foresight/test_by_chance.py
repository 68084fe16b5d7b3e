"""What chance adds to what is not known: asked for by a command, told in words, refused where nothing is whole."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from tests.foresight.examples import START, growth, parameter

from acuerdo.cli.app import run as call
from acuerdo.core.errors import UsageError
from acuerdo.core.text import LANGS
from acuerdo.foresight.answers import Foresight
from acuerdo.foresight.asking import plan
from acuerdo.foresight.draws import Draws
from acuerdo.foresight.identified.chancing import by_chance
from acuerdo.foresight.identified.comparing import Case, compare
from acuerdo.foresight.kept import written
from acuerdo.foresight.model import State
from acuerdo.foresight.noise import Noise
from acuerdo.foresight.run import Setup
from acuerdo.foresight.scenario import BASELINE, Scenario, Schedule
from acuerdo.foresight.study import Study
from acuerdo.foresight.tracing import trace

ASKED = ["chance", "southbound_inspection", "--model", "arms_flow", "--draws", "20"]


def asked(*, chance: bool) -> Any:
    (question,) = Foresight.questions(["southbound_inspection"], model="arms_flow", draws=20, chance=chance)
    return question


def test_variances_of_what_is_not_known_and_of_chance_add_up() -> None:
    still = np.array([-3.0, -1.0, 1.0, 3.0])
    found = by_chance("x", "", still=still, found=still + np.array([1.0, -1.0, -1.0, 1.0]))
    assert found.share == pytest.approx(1.0 / 6.0)
    assert found.moved is not None
    assert (found.moved.low, found.moved.high) == (-1.0, 1.0)


def test_a_draw_that_failed_either_way_is_in_neither() -> None:
    still, found = np.array([-9.0, 1.0, 2.0, np.nan]), np.array([np.nan, 2.0, 2.0, 7.0])
    one = by_chance("x", "", still=still, found=found)
    assert one.still is not None
    assert (one.still.low, one.still.high) == (1.0, 2.0)
    assert by_chance("x", "", still=still[:1], found=found[:1]).still is None
    assert by_chance("x", "", still=still[1:2], found=found[1:2] - 1.0).share is None


def test_what_stands_beside_chance_is_the_answer_without_it() -> None:
    without, found = (Foresight.ask(asked(chance=one)) for one in (False, True))
    (told,) = found.by_chance
    assert told.still == next(arm.change for arm in without.arms if arm.scenario == told.scenario)
    assert told.moved is not None
    assert told.share is not None
    # Hundreds of thousands of firearms: what one does by chance hardly shows, and yet it shows
    assert 0.0 < told.share < 0.001
    assert max(-told.moved.low, told.moved.high) < 0.1
    assert found.arms != without.arms
    assert found.step_error == without.step_error
    assert without.by_chance == ()
    assert "by_chance" not in written(found)


def test_among_few_chance_is_much_of_what_is_seen() -> None:
    """A handful of people, some of whom leave by chance before they have any offspring."""
    few = (parameter("at_start", 5.0, low=3.0, high=8.0, unit="person"), growth().parameters[1])
    brake = Scenario(id="brake", levers={"brake": Schedule(((START, 0.5),))})
    found = compare(
        growth(parameters=few),
        Study(model="growth", outcome="stock", span=40.0, compared=40.0),
        scenarios=(BASELINE, brake),
        cases=[Case(structure={}, draws=Draws(count=200))],
        setup=Setup(span=40.0, outcomes=("stock",), noise=Noise(step=1.0)),
    )
    (told,) = found.by_chance
    assert told.share is not None
    assert told.share > 0.5
    assert told.moved is not None
    assert told.moved.low < -10.0 < 10.0 < told.moved.high


def test_the_same_chances_serve_every_scenario() -> None:
    """A scenario that does nothing here changes nothing, by chance either."""
    question = replace(asked(chance=True), scenarios=("southbound_inspection", "treatment_first"))
    told = {one.scenario: one for one in Foresight.ask(question).by_chance}
    idle = told["treatment_first"].moved
    assert idle is not None
    assert (idle.low, idle.high) == (0.0, 0.0)
    assert told["treatment_first"].share is None


def test_a_plan_counts_what_is_run_twice_and_says_how_long_a_leap_is() -> None:
    without, with_chance = (plan(asked(chance=one)) for one in (False, True))
    assert with_chance.trajectories == 2 * without.trajectories
    assert without.leap is None
    # A thirty-second part of half a year
    assert with_chance.leap == 6


@pytest.mark.parametrize("lang", LANGS)
def test_the_command_says_what_chance_adds(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert call([*ASKED, "--lang", lang]) == 0
    plain = re.sub(r"[ \n]+", " ", capsys.readouterr().out)
    wanted = {
        "en": ("leaps of at most 6 days", "In no draw does chance move", "Its part", "under 1%"),
        "es": (
            "saltos de 6 días a lo sumo",
            "En ningún sorteo mueve el azar más de",
            "Su parte",
            "menos de 1\u00a0%",
        ),
    }[lang]
    assert all(each in plain for each in wanted), plain
    # Nothing was fitted here, so nothing is said of a fit
    assert "found without chance" not in plain
    assert "se halló sin azar" not in plain


def test_machines_find_both_beside_one_another(capsys: pytest.CaptureFixture[str]) -> None:
    assert call([*ASKED, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    (row,) = found["arms_flow.by_chance"]
    assert row["still_low"] < row["still_high"] < 0.0
    assert row["moved_low"] < row["moved_high"]
    assert 0.0 < float(row["share"]) < 0.001


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "'precursor' (unit of account)"), ("es", "'precursor' (unidad de cuenta)")]
)
def test_shares_of_a_market_are_not_left_to_chance(
    lang: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The stocks of the supply chain are near one: whole doses would be all of it or nothing."""
    assert call(["chance", "precursor_controls", "--lang", lang]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert "'second'" not in told


def test_chance_needs_flows_of_whole_things() -> None:
    def still(m: Any) -> None:
        m.start("stock", m["at_start"])
        m.derivative("stock", 0.1 * m["stock"])
        m.outcome("stock", m["stock"])

    with pytest.raises(UsageError, match="this model has none"):
        Noise().check(trace(replace(growth(), equations=still, balances=())))
    state = State(name="stock", title=growth().title, unit="person", whole=False)
    with pytest.raises(UsageError, match=r"'stock' \(unit of account\)"):
        Noise().check(trace(replace(growth(), states=(state,))))
