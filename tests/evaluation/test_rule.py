"""The decision rule, the certainty and the scores, on findings made for the purpose."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from acuerdo.core.estimate import Estimate
from acuerdo.core.text import Text
from acuerdo.core.unit import Unit
from acuerdo.evaluation.assembling import LOG_POINTS
from acuerdo.evaluation.certainty import Facts, certainty, disagrees
from acuerdo.evaluation.contract import Contract, Position
from acuerdo.evaluation.decision import Effect, decide, effect_of
from acuerdo.evaluation.load import contract
from acuerdo.evaluation.method import Finding, OutcomeCode
from acuerdo.evaluation.panel import AS_GIVEN
from acuerdo.evaluation.predictions import brier, track_records
from acuerdo.evaluation.ruling import Decision

WORDS = Text("made", "hecho")
LARGE = Effect(value=150.0, low=90.0, high=210.0, p_value=0.01)


def rule(**changes: Any) -> Decision:
    given = {
        "hypothesis": "increase",
        "smallest_effect": 20,
        "equivalence_margin": 10,
        "level": 0.05,
        "rule": WORDS,
    }
    return Decision(**(given | changes))


def finding(
    value: float | None, low: float | None = None, high: float | None = None, *, p: float | None = None,
    unit: Unit = AS_GIVEN, base: float | None = 100.0,
) -> Finding:  # fmt: skip
    estimate = Estimate(value=value, low=low, high=high, unit=unit, method="made", outcome=WORDS)
    code = OutcomeCode.ESTIMATED if value is not None else OutcomeCode.POOR_FIT
    return Finding(estimate=estimate, code=code, p_value=p, counterfactual=base)


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        (finding(30, 5, 55, p=0.01), "supported"),
        (finding(15, 5, 25, p=0.01), "inconclusive"),
        (finding(30, -5, 65, p=0.10), "inconclusive"),
        (finding(2, -5, 9, p=0.60), "refuted"),
        (finding(2, -5, 11, p=0.60), "inconclusive"),
        (finding(-30, -55, -5, p=0.01), "refuted"),
        (finding(30, p=0.01), "supported"),
        (finding(2, p=0.60), "inconclusive"),
        (finding(None), "void"),
        (finding(30, 5, 55, p=0.01, base=0.0), "void"),
        (finding(30, 5, 55), "inconclusive"),
    ],
)
def test_the_rule(found: Finding, verdict: str) -> None:
    assert decide(found, rule()).verdict == verdict


def test_low_power_is_not_evidence_of_no_effect() -> None:
    """The same estimate of nothing: refuted where it is exact, inconclusive where it is not."""
    assert decide(finding(0, -4, 4, p=1.0), rule(hypothesis="either")).verdict == "refuted"
    assert decide(finding(0, -80, 80, p=1.0), rule(hypothesis="either")).verdict == "inconclusive"


def test_a_void_condition_goes_before_any_finding() -> None:
    ruling = decide(finding(30, 5, 55, p=0.01), rule(), void=(Text("too few donors", "pocos donantes"),))
    assert (ruling.verdict, ruling.because.en) == ("void", "too few donors")


def test_effects_are_put_on_the_scale_of_the_rule() -> None:
    assert effect_of(finding(30, p=0.1, base=120.0), rule()).value == pytest.approx(25)
    doubled = finding(0.6931471805599453, unit=LOG_POINTS, base=None)
    assert effect_of(doubled, rule()).value == pytest.approx(100)
    assert effect_of(finding(30, base=None), rule(scale="units")).value == 30


def facts(**changes: Any) -> Facts:
    given: dict[str, Any] = {
        "design": "comparison",
        "effect": Effect(value=30.0, low=10.0, high=50.0, p_value=0.01),
        "in_percent": True,
        "level": 0.05,
        "smallest": 20.0,
        "size": 0.05,
        "detectable": 15.0,
        "trial_p_value": 0.5,
        "tried": True,
        "disagree": (False, False, False, False),
        "disputed_share": 0.0,
    }
    return Facts(**(given | changes))


@pytest.mark.parametrize(
    ("changes", "grade", "steps"),
    [
        ({}, "low", 0),
        ({"effect": LARGE}, "moderate", 1),
        ({"effect": Effect(value=150.0, low=-10.0, high=310.0, p_value=0.2)}, "low", 0),
        ({"design": "single_series"}, "very_low", 1),
        ({"design": "description"}, "very_low", 1),
        ({"size": 0.4}, "very_low", 1),
        ({"size": None}, "very_low", 1),
        ({"detectable": None}, "very_low", 1),
        ({"trial_p_value": 0.01}, "very_low", 1),
        ({"disputed_share": 0.3}, "very_low", 1),
        ({"disagree": (True, False, False, False)}, "very_low", 1),
        ({"disagree": (True, True), "size": 0.4, "detectable": None}, "very_low", 3),
        ({"disagree": (True, False, False, False), "effect": LARGE}, "very_low", 1),
        ({"size": 0.4, "effect": LARGE}, "very_low", 1),
        ({"detectable": None, "effect": LARGE}, "low", 2),
    ],
)
def test_the_grade_by_its_written_rules(changes: dict[str, Any], grade: str, steps: int) -> None:
    found = certainty(facts(**changes))
    assert (found.grade, len(found.steps)) == (grade, steps)


def test_other_choices_can_only_lower_the_grade() -> None:
    for disagree in ((), (False,), (False,) * 9, (True,), (True,) * 9):
        assert certainty(facts(disagree=disagree)).grade in {"low", "very_low"}


def test_more_than_a_third_of_disagreement_is_very_serious() -> None:
    (some,) = certainty(facts(disagree=(True, False, False))).steps
    (many,) = certainty(facts(disagree=(True, True, False))).steps
    assert (some.rule, some.by, many.by) == ("inconsistent", -1, -2)


@pytest.mark.parametrize(
    ("value", "other", "told"),
    [
        (50.9, 0.2, True),
        (50.9, 24.6, False),
        (50.9, -30.0, True),
        (0.2, 50.9, True),
        (-50.9, -0.2, True),
        (-2.0, 1.7, False),
        (-2.0, -21.0, True),
        (12.0, 14.0, False),
        (50.9, 15.0, False),
        (50.9, None, True),
    ],
)
def test_choices_disagree_where_one_matters_and_the_other_is_as_good_as_none(
    value: float, other: float | None, told: bool
) -> None:
    assert disagrees(value, other, smallest=20.0, margin=10.0) is told


def test_an_interval_without_zero_beside_a_test_that_does_not_reject_is_explained() -> None:
    by_placebos = replace(finding(85, 28, 445, p=0.4), placebo_gaps={"Cocaine": np.zeros(2)})
    ruling = decide(by_placebos, rule())
    assert ruling.verdict == "inconclusive"
    assert "to which nothing happened depart as far" in ruling.because.en
    assert "narrower one" in decide(finding(30, 5, 55, p=0.08), rule()).because.en
    assert "leaves out zero" not in decide(finding(30, -5, 55, p=0.4), rule()).because.en


def test_maryland_follows_from_the_design() -> None:
    assert [
        certainty(facts(design=one)).maryland for one in ("comparison", "single_series", "description")
    ] == [3, 1, 1]


def test_the_brier_score() -> None:
    assert brier(1.0, "supported") == 0.0
    assert brier(0.9, "refuted") == pytest.approx(0.81)
    assert brier(0.9, "inconclusive") is None
    assert brier(0.9, "void") is None


def test_a_track_record_counts_what_was_decided_only() -> None:
    def predicted(contract_id: str, us: float | None) -> Contract:
        one = contract(contract_id)
        return one.model_copy(update={"positions": {"us": Position(prediction=us, sources=("x",))}})

    three = [
        predicted("sinaloa_split_and_homicides", 0.8),
        predicted("dispersal_of_homicides", 0.5),
        predicted("bicentennial_and_homicides", None),
    ]
    verdicts: Any = {
        "sinaloa_split_and_homicides": "supported",
        "dispersal_of_homicides": "inconclusive",
        "bicentennial_and_homicides": "refuted",
    }
    (record,) = track_records(three, verdicts)
    assert (record.side, record.stated, record.scored) == ("us", 2, 1)
    assert record.brier == pytest.approx(0.04)


def test_replacing_a_fact_makes_a_new_object() -> None:
    one = facts()
    assert replace(one, size=0.2).size == 0.2
    assert one.size == 0.05
