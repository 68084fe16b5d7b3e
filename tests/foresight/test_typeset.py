"""Equations as they are read: each once, what is shared under a name of its own, and nothing undefined."""

from __future__ import annotations

import re

import pytest

from acuerdo.foresight.check import structures
from acuerdo.foresight.library import model, models
from acuerdo.foresight.typeset import equations

SHARED = re.compile(r"A[₀-₉]+")


@pytest.mark.parametrize("name", sorted(models()))
def test_what_is_shared_is_defined_once_and_used_more_than_once(name: str) -> None:
    for structure in structures(model(name)):
        lines = equations(model(name), structure)
        assert len(set(lines)) == len(lines)
        defined = [line.split(" = ")[0] for line in lines if SHARED.match(line)]
        assert len(set(defined)) == len(defined)
        for place, key in enumerate(defined):
            uses = sum(SHARED.findall(line.split(" = ", 1)[1]).count(key) for line in lines if " = " in line)
            uses += sum(SHARED.findall(line).count(key) for line in lines if " ← " in line)
            assert uses > 1, (structure, key)
            assert not set(SHARED.findall(lines[place].split(" = ", 1)[1])) & set(defined[place:])


def test_every_state_flow_and_outcome_has_its_line() -> None:
    lines = equations(model("supply_chain"))
    begun = {line.split(" = ")[0] for line in lines}
    one = model("supply_chain")
    assert {outcome.name for outcome in one.outcomes} <= begun
    assert {f"d {state.name} / dt" for state in one.states} <= begun
    assert "price = (available / demand) ^ (1 / elasticity)" in lines
    assert "crossing = A₈ · (1 − A₉)" in lines


def test_the_published_equation_reads_as_it_was_published() -> None:
    lines = equations(model("cartel_recruitment"))
    assert "d members / dt = recruits − arrests − killed − retired" in lines
    assert "recruits = recruitment_rate · (1 − recruitment_prevention) · members" in lines
    assert "retired = saturation · members · members" in lines
