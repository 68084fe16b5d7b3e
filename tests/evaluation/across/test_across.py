"""Across evaluations, and across choices."""

from __future__ import annotations

import numpy as np
import pytest

from acuerdo.core.errors import CheckFailed, NotFound
from acuerdo.evaluation.across.meta_analysis import pooled
from acuerdo.evaluation.across.specification_curve import Choice, choices, curve
from acuerdo.evaluation.inference.made_panels import staggered

# Thirteen trials of the BCG vaccine (Colditz et al. 1994): cases and others, vaccinated and not
TRIALS = np.array(
    [
        [4, 119, 11, 128], [6, 300, 29, 274], [3, 228, 11, 209], [62, 13536, 248, 12619], [33, 5036, 47, 5761],
        [180, 1361, 372, 1079], [8, 2537, 10, 619], [505, 87886, 499, 87892], [29, 7470, 45, 7232],
        [17, 1699, 65, 1600], [186, 50448, 141, 27197], [5, 2493, 3, 2338], [27, 16886, 29, 17825],
    ],
    dtype=float,
)  # fmt: skip


def vaccine() -> tuple[list[float], list[float]]:
    sick, well, sick_without, well_without = TRIALS.T
    ratio = np.log(sick / (sick + well)) - np.log(sick_without / (sick_without + well_without))
    variance = 1 / sick - 1 / (sick + well) + 1 / sick_without - 1 / (sick_without + well_without)
    return ratio.tolist(), np.sqrt(variance).tolist()


def test_the_vaccine() -> None:
    """As R's metafor prints it, REML with test = knha."""
    found = pooled(*vaccine())
    assert found.between == pytest.approx(0.3132, abs=5e-5)
    assert found.between_error == pytest.approx(0.1664, abs=5e-5)
    assert found.inconsistency == pytest.approx(92.22, abs=5e-3)
    assert found.heterogeneity == pytest.approx(152.2330, abs=5e-5)
    assert found.mean.value == pytest.approx(-0.7145, abs=5e-5)
    assert found.mean.standard_error == pytest.approx(0.1808, abs=5e-5)
    assert (found.mean.low, found.mean.high) == pytest.approx((-1.1084, -0.3206), abs=5e-5)
    assert sum(found.weights) == pytest.approx(1)


def test_another_library_gives_the_same() -> None:
    pimeta = pytest.importorskip("pimeta")
    ratio, error = vaccine()
    theirs = pimeta.rma(yi=np.array(ratio), vi=np.square(error), method="REML", test="knha")
    found = pooled(ratio, error)
    assert found.between == pytest.approx(float(theirs.tau2), abs=1e-6)
    assert found.inconsistency == pytest.approx(float(theirs.I2), abs=1e-4)


def test_effects_that_agree_have_no_variance_between_them() -> None:
    found = pooled([1.0, 1.01, 0.99, 1.0], [0.5, 0.5, 0.5, 0.5])
    assert found.between == 0
    assert found.inconsistency == 0
    assert found.mean.value == pytest.approx(1.0)


def test_two_effects_predict_nothing() -> None:
    assert pooled([1.0, 2.0], [0.1, 0.1]).predicted is None


@pytest.mark.parametrize(
    ("effects", "errors"), [([1.0], [0.1]), ([1.0, 2.0], [0.1, 0.0]), ([1.0, np.nan], [0.1, 0.1])]
)
def test_what_cannot_be_pooled(effects: list[float], errors: list[float]) -> None:
    with pytest.raises(CheckFailed):
        pooled(effects, errors)


def test_the_intervals_hold() -> None:
    """Ten effects that vary about one half; 1,000 times. Three standard errors are 2.1 points."""
    rng = np.random.default_rng(1)
    held = predicted = 0
    for _ in range(1000):
        errors = rng.uniform(0.1, 0.3, size=11)
        effects = rng.normal(0.5, 0.2, size=11)
        found = pooled(rng.normal(effects, errors)[:10].tolist(), errors[:10].tolist())
        assert found.mean.low is not None
        assert found.mean.high is not None
        assert found.predicted is not None
        held += found.mean.low <= 0.5 <= found.mean.high
        predicted += found.predicted[0] <= effects[10] <= found.predicted[1]
    assert held / 1000 == pytest.approx(0.95, abs=0.021)
    # Known to fall short where the effects are few and differ little (Partlett and Riley 2017): 0.87 here
    assert 0.84 <= predicted / 1000 <= 0.97


SIGNED = Choice(
    method="callaway_santanna", settings=(("controls", "never_treated"), ("aggregation", "simple"))
)
MADE = choices(
    {
        "callaway_santanna": {
            "controls": ("never_treated", "not_yet_treated"),
            "aggregation": ("simple", "event", "cohort"),
        },
        "de_chaisemartin_dhaultfoeuille": {},
    },
    samples=("", "late"),
)


def test_every_choice_is_answered_and_one_is_signed() -> None:
    panel = staggered(np.random.default_rng(1), 1.0).panel
    later = [name for name, first in zip(panel.units, panel.first_treated, strict=True) if first != 5]
    late = {"late": lambda whole: whole.select(later)}
    found = curve(panel, MADE, signed=SIGNED, samples=late, seed=0)
    assert len(found.specifications) == len(MADE) == 14
    assert sum(one.signed for one in found.specifications) == 1
    values = [one.finding.estimate.value or 0.0 for one in found.specifications]
    assert values == sorted(values)
    assert found.same_sign == 1
    assert found.median == pytest.approx(float(np.median(values)))


def test_a_choice_without_an_answer_stays_in_the_curve() -> None:
    panel = staggered(np.random.default_rng(1), 1.0).panel
    silent = Choice(method="sun_abraham", settings=(("most_gigabytes", 1e-9),))
    found = curve(panel, (SIGNED, silent), signed=SIGNED, samples={}, seed=0)
    assert [one.finding.estimate.value is None for one in found.specifications] == [False, True]


def test_unknown_names_are_told() -> None:
    panel = staggered(np.random.default_rng(1), 1.0).panel
    with pytest.raises(CheckFailed, match="elsewhere"):
        curve(
            panel,
            (Choice(method="callaway_santanna", sample="elsewhere"),),
            signed=SIGNED,
            samples={},
            seed=0,
        )
    with pytest.raises(NotFound, match="callaway_santana"):
        curve(panel, (Choice(method="callaway_santana"),), signed=SIGNED, samples={}, seed=0)
