"""From readings to the six verdicts."""

from __future__ import annotations

from datetime import date

import pytest

from acuerdo.claims.reading import Cause, Reading, Role
from acuerdo.claims.verdict import VERDICTS, Finding, Outcome, Standing
from acuerdo.core.text import same

TOLD = same("told")


def reading(holds: bool | None, *, role: Role = "stated", cause: Cause | None = None) -> Reading:
    return Reading(role=role, by=None, told=TOLD, holds=holds, cause=cause)


def finding(standing: Standing) -> Finding:
    match standing:
        case "unknown":
            return Finding(day=None, readings=(reading(None),))
        case "depends":
            return Finding(day=None, readings=(reading(True), reading(False, role="measure", cause="source")))
        case _:
            return Finding(day=None, readings=(reading(standing == "holds"),))


@pytest.mark.parametrize(
    ("then", "now", "verdict"),
    [
        ("holds", "holds", "holds"),
        ("holds", "fails", "held_then"),
        ("fails", "holds", "holds_now"),
        ("fails", "fails", "does_not_hold"),
        ("unknown", "unknown", "cannot_be_checked"),
        ("unknown", "holds", "holds"),
        ("unknown", "fails", "does_not_hold"),
        ("holds", "unknown", "holds"),
        ("fails", "unknown", "does_not_hold"),
        ("depends", "holds", "depends"),
        ("unknown", "depends", "depends"),
    ],
)
def test_two_days_give_one_verdict(then: Standing, now: Standing, verdict: str) -> None:
    outcome = Outcome(then=finding(then), now=finding(now))
    assert (outcome.then.standing, outcome.now.standing) == (then, now)
    assert outcome.verdict == verdict
    assert outcome.verdict in VERDICTS


def test_a_reading_that_is_only_shown_decides_nothing() -> None:
    found = Finding(day=date(2021, 1, 1), readings=(reading(True), reading(False, role="shown")))
    assert found.standing == "holds"


def test_a_rival_that_cannot_be_computed_decides_nothing() -> None:
    found = Finding(day=None, readings=(reading(False), reading(None, role="measure")))
    assert found.standing == "fails"


def test_it_says_on_what_it_depends() -> None:
    now = Finding(
        day=None,
        readings=(
            reading(True),
            reading(False, role="measure", cause="definition"),
            reading(False, role="baseline", cause="baseline"),
        ),
    )
    assert Outcome(then=finding("unknown"), now=now).depends_on == ("definition", "baseline")
    assert Outcome(then=finding("holds"), now=now).depends_on == ("definition", "baseline", "vintage")
    assert Outcome(then=finding("holds"), now=finding("holds")).depends_on == ()
