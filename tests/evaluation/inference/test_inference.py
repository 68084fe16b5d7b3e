"""Standard errors, and how often intervals hold."""

from __future__ import annotations

import numpy as np
import pytest
from tests.scripts import script

from acuerdo.evaluation.inference.coverage import coverage, date_coverage
from acuerdo.evaluation.inference.interval import from_standard_error
from acuerdo.evaluation.inference.scores import clustered, clustered_variances, spatial_variances
from acuerdo.evaluation.inference.wild import wild


def test_scores_add_up_within_clusters() -> None:
    scores = np.array([[1.0, 0.0], [2.0, 1.0], [-3.0, 1.0]])
    together = clustered(scores, ["a", "a", "b"])
    assert together == pytest.approx(np.array([[18.0, 0.0], [0.0, 2.0]]))
    assert clustered_variances(scores, ["a", "a", "b"]) == pytest.approx(np.diag(together))


def test_distance_is_between_independence_and_one_cluster() -> None:
    scores = np.abs(np.random.default_rng(1).normal(size=(30, 1)))
    places = np.random.default_rng(2).uniform([18, -104], [24, -96], size=(30, 2))
    alone, near, all_of_them = (spatial_variances(scores, places, cutoff_km=km)[0] for km in (1e-6, 300, 1e9))
    assert alone == pytest.approx(float((scores**2).sum()))
    assert all_of_them == pytest.approx(float(scores.sum()) ** 2, rel=1e-4)
    assert alone < near < all_of_them


def test_no_interval_from_an_error_of_zero() -> None:
    for error in (0.0, float("nan"), None):
        assert from_standard_error(1.0, error, level=0.95).low is None
    told = from_standard_error(1.96, 1.0, level=0.95)
    assert told.p_value == pytest.approx(0.05, abs=1e-4)
    assert from_standard_error(1.96, 1.0, level=0.95, freedom=5).high == pytest.approx(
        1.96 + 2.5706, abs=1e-4
    )


def test_the_wild_bootstrap_takes_every_sign_where_clusters_are_few() -> None:
    rng = np.random.default_rng(3)
    clusters = np.repeat(np.arange(8), 10)
    treatment = np.repeat(rng.normal(size=8), 10)
    treatment -= treatment.mean()
    outcome = treatment + np.repeat(rng.normal(size=8), 10) + rng.normal(size=80)
    one, other = (
        wild(outcome, treatment, clusters=clusters, level=0.95, draws=999, seed=seed) for seed in (1, 2)
    )
    assert one == other
    assert one.low is not None
    assert one.high is not None
    assert one.low < one.value < one.high


@pytest.mark.parametrize("number", [5, 6, 9])
def test_coverage_of_a_sample(number: int) -> None:
    """Some of the quick rows over 300 panels; three standard errors are 3.8 points, beside the 2 that are allowed."""
    method, design, effect, settings = script("measure_coverage").ROWS[number]
    found = coverage(method, design, effect=effect, settings=settings, panels=300, seed=1)
    assert found.covered == pytest.approx(0.95, abs=0.058)
    assert found.silent == 0


@pytest.mark.simulation
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("number", range(20))
def test_coverage(number: int) -> None:
    """Every row of the table in the docs, over 1,000 panels: within 2 points of 95 per cent, but for one.

    Newey and West's errors are kept for comparison with what papers print; that they fall short is why they are not
    the default.
    """
    method, design, effect, settings = script("measure_coverage").ROWS[number]
    found = coverage(method, design, effect=effect, settings=settings, panels=1000, seed=2026)
    if settings.get("errors") == "newey_west":
        assert 0.88 < found.covered < 0.93
        return
    assert found.covered == pytest.approx(0.95, abs=0.02)
    assert abs(found.bias) < 0.35 * found.deviation + 0.2 * (method == "rambachan_roth")


@pytest.mark.simulation
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("shift", [1.0, 1.5, 2.0, 3.0])
def test_dates_of_changes(shift: float) -> None:
    assert date_coverage(shift, settings={"draws": 199}, panels=1000, seed=2026) == pytest.approx(
        0.95, abs=0.02
    )


def test_dates_of_a_sample_of_changes() -> None:
    """Sixty series; three standard errors are 8 points."""
    assert date_coverage(2.0, settings={"draws": 99}, panels=60, seed=1) == pytest.approx(0.95, abs=0.08)
