"""What an answer hangs on: thresholds as coarse as the set, each with the structures under which it turns."""

from __future__ import annotations

from dataclasses import replace

import pytest

from acuerdo.cli.entries.comparison import flips, naming
from acuerdo.core.text import LANGS
from acuerdo.foresight import kept
from acuerdo.foresight.answers import Foresight
from acuerdo.foresight.identified.comparing import Comparison, Duel, Turn
from acuerdo.foresight.identified.flipping import Flip
from acuerdo.foresight.identified.hinging import hinges, rounded
from acuerdo.foresight.library import models


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (114_976.0, 115_000.0),
        (77_842.0, 78_000.0),
        (1.99e-8, 2e-8),
        (508.475, 500.0),
        (-0.4877, -0.48),
        (0.0, 0.0),
    ],
)
def test_a_threshold_is_told_roundly(value: float, told: float) -> None:
    assert rounded(value) == pytest.approx(told, rel=1e-9)
    assert rounded(value) == pytest.approx(value, rel=0.05)


@pytest.fixture
def comparison() -> Comparison:
    found = kept.comparison("arms_flow")
    assert found is not None
    return replace(found, turns=(), duels=())


def turn(structure: str, threshold: float, scenario: str = "southbound_inspection") -> Turn:
    flip = Flip(parameter="lifetime", side="below", threshold=threshold, right=0.9)
    return Turn(scenario=scenario, structure=structure, share=0.5, flip=flip)


def test_structures_with_one_threshold_are_told_together_and_others_apart(comparison: Comparison) -> None:
    found = hinges(replace(comparison, turns=(turn("", 5.01), turn("a=b", 4.99), turn("c=d", 9.0))))
    assert [(one.threshold, one.structures) for one in found] == [(5.0, ("", "a=b")), (9.0, ("c=d",))]
    assert all(one.other == "" for one in found)


def test_what_beats_no_change_is_told_of_the_policy(comparison: Comparison) -> None:
    """The base gives less where the parameter is small, so the policy needs it large."""
    flip = Flip(parameter="lifetime", side="below", threshold=5.0, right=0.9)
    duel = Duel(one="baseline", other="southbound_inspection", structure="", chance=0.5, flip=flip)
    (found,) = hinges(replace(comparison, duels=(duel,)))
    assert (found.scenario, found.other, found.side) == ("southbound_inspection", "baseline", "above")


def test_only_what_concerns_a_scenario_is_told_of_it(comparison: Comparison) -> None:
    both = replace(comparison, turns=(turn("", 5.0), turn("", 5.0, scenario="framework_lapses")))
    assert [one.scenario for one in hinges(both, "framework_lapses")] == ["framework_lapses"]


@pytest.mark.parametrize("model_id", sorted(models()))
def test_the_command_says_each_in_a_sentence(model_id: str) -> None:
    found = kept.comparison(model_id)
    if found is None:
        assert Foresight.acting(model_id) == ()
        return
    told = list(flips(naming(Foresight(), found), found))
    assert len(told) == len(hinges(found))
    assert all(one.in_(lang).endswith(".") for one in told for lang in LANGS)
