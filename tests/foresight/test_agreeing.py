"""Two policies against one another: who gives less, and when they cannot be told apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from acuerdo.foresight import kept
from acuerdo.foresight.identified.agreeing import contests
from acuerdo.foresight.identified.comparing import Comparison


@pytest.fixture
def found() -> Comparison:
    """Policies against firearms: all of the Framework moves what southbound inspection does, and nothing else."""
    known = kept.comparison("arms_flow")
    assert known is not None
    return known


def test_policies_that_do_the_same_have_no_loser(found: Comparison) -> None:
    told = {(one.one, one.other): one.chance for one in contests(found)}
    assert told["all_of_the_framework", "southbound_inspection"] is None
    assert told["all_of_the_framework", "framework_lapses"] == 1.0
    assert not any(found.base in pair for pair in told)


def test_every_pair_meets_once_under_every_structure() -> None:
    known = kept.comparison("cartel_recruitment")
    assert known is not None
    met = [(one.one, one.other, one.structure) for one in contests(known)]
    policies, structures = len(known.scenarios) - 1, {arm.structure for arm in known.arms}
    assert len(met) == len(set(met)) == policies * (policies - 1) // 2 * len(structures)


def test_a_policy_without_an_answer_meets_nobody(found: Comparison) -> None:
    blown = [replace(arm, change=None) if arm.scenario == "framework_lapses" else arm for arm in found.arms]
    pairs = {(one.one, one.other) for one in contests(replace(found, arms=tuple(blown)))}
    assert pairs == {("all_of_the_framework", "southbound_inspection")}
