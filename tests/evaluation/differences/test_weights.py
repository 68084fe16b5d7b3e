"""The two-way regression in which each cell counts its population, against least squares written out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import acuerdo
from acuerdo.core.errors import CheckFailed
from acuerdo.evaluation.inference.made_panels import over_distance, staggered
from acuerdo.evaluation.library import method
from acuerdo.evaluation.method import Finding
from acuerdo.evaluation.panel import Panel

pytest.importorskip("pyfixest")


def run(panel: Panel, **settings: Any) -> Finding:
    chosen = method("two_way_fixed_effects")
    return chosen.run(panel, settings=chosen.settings(**settings), seed=1)


@pytest.fixture(scope="module")
def populated() -> Panel:
    """Cohorts whose effects differ, units of unlike size that grow."""
    rng = np.random.default_rng(3)
    panel = staggered(rng, 1.0).panel
    size = rng.uniform(1, 40, size=(60, 1)) * np.linspace(1, 1.3, 12)
    outcome = panel.outcome + panel.under_treatment() * size / 20
    return replace(panel, outcome=outcome, exposure=size)


def by_hand(panel: Panel) -> tuple[float, float]:
    """The slope and its clustered error, by least squares on all dummies; units are their own clusters."""
    count, width = panel.outcome.shape
    unit, period = np.repeat(np.arange(count), width), np.tile(np.arange(width), count)
    dummies = np.hstack([np.eye(count)[unit], np.eye(width)[period][:, 1:]])
    design = np.column_stack([panel.under_treatment().ravel(), dummies])
    assert panel.exposure is not None
    weights = panel.exposure.ravel()
    bread = np.linalg.inv(design.T @ (weights[:, None] * design))
    values = bread @ design.T @ (weights * panel.outcome.ravel())
    pulls = design * (weights * (panel.outcome.ravel() - design @ values))[:, None]
    summed = np.array([pulls[unit == one].sum(axis=0) for one in range(count)])
    variance = (bread @ summed.T @ summed @ bread)[0, 0]
    # As in Stata's reghdfe, effects of units, nested in the clusters, do not count as estimated; periods and slope do
    small = count / (count - 1) * (count * width - 1) / (count * width - width - 1)
    return float(values[0]), float(np.sqrt(small * variance))


def test_slope_and_error_are_those_of_weighted_least_squares(populated: Panel) -> None:
    value, error = by_hand(populated)
    found = run(populated, weights="exposure")
    assert found.estimate.value == pytest.approx(value, rel=1e-6)
    assert found.diagnostics["standard_error"] == pytest.approx(error, rel=1e-5)
    assert found.estimate.value != pytest.approx(run(populated).estimate.value, rel=1e-2)


def test_statsmodels_agrees(populated: Panel) -> None:
    models = pytest.importorskip("statsmodels.formula.api")
    frame = long(populated)
    fitted = models.wls("y ~ d + C(unit) + C(period)", data=frame, weights=frame["people"]).fit()
    found = acuerdo.estimate(
        frame, "two_way_fixed_effects", unit="unit", period="period", outcome="y", treated="d", exposure="people",
        settings={"weights": "exposure"},
    )  # fmt: skip
    assert found.estimate.value == pytest.approx(fitted.params["d"], rel=1e-6)


def long(panel: Panel) -> Any:
    pandas = pytest.importorskip("pandas")
    count, width = panel.outcome.shape
    assert panel.exposure is not None
    return pandas.DataFrame(
        {
            "unit": np.repeat(panel.units, width),
            "period": np.tile([one.code for one in panel.periods], count),
            "y": panel.outcome.ravel(),
            "d": panel.under_treatment().ravel().astype(int),
            "people": panel.exposure.ravel(),
        }
    )


@pytest.mark.parametrize("inference", ["clustered", "wild", "spatial"])
def test_a_unit_of_weight_three_is_three_units(inference: str) -> None:
    """Copies stand in the same cluster and place, so that they hold no news of their own."""
    panel = over_distance(np.random.default_rng(5), 1.0).panel
    times = 1 + np.arange(len(panel.units)) % 3
    people = np.repeat(times[:, None], panel.outcome.shape[1], axis=1).astype(float)
    copied = copies(panel, np.repeat(np.arange(len(panel.units)), times))
    settings = {"inference": inference, "draws": 199}
    weighted = run(replace(panel, exposure=people), weights="exposure", **settings)
    plain = run(copied, **settings)
    assert weighted.estimate.value == pytest.approx(plain.estimate.value, rel=1e-6)
    # The factor for small samples counts rows, of which copies have more
    assert weighted.estimate.low == pytest.approx(plain.estimate.low, rel=0.02)
    assert weighted.estimate.high == pytest.approx(plain.estimate.high, rel=0.02)


def copies(panel: Panel, rows: np.ndarray[Any, Any]) -> Panel:
    assert panel.coordinates is not None
    return replace(
        panel,
        outcome=panel.outcome[rows],
        units=tuple(f"{panel.units[row]} copy {place}" for place, row in enumerate(rows)),
        first_treated=tuple(panel.first_treated[row] for row in rows),
        coordinates=panel.coordinates[rows],
        clusters=tuple(panel.units[row] for row in rows),
    )


def test_equal_weights_change_nothing(populated: Panel) -> None:
    even = replace(populated, exposure=np.full(populated.outcome.shape, 7.0))
    weighted, plain = run(even, weights="exposure"), run(even)
    assert weighted.estimate.low == pytest.approx(plain.estimate.low, rel=1e-6)
    assert weighted.counterfactual == pytest.approx(plain.counterfactual, rel=1e-6)


def test_the_counterfactual_counts_people_too(populated: Panel) -> None:
    found = run(populated, weights="exposure")
    assert populated.exposure is not None
    cells = populated.under_treatment()
    mean = np.average(populated.outcome[cells], weights=populated.exposure[cells])
    assert found.estimate.value is not None
    assert found.counterfactual == pytest.approx(mean - found.estimate.value, rel=1e-9)
    assert not found.parts, "the decomposition is of the regression without weights"
    assert "exposure" in found.estimate.outcome.en


def test_weights_that_are_not_there_are_asked_for(populated: Panel) -> None:
    with pytest.raises(CheckFailed, match="has none"):
        run(replace(populated, exposure=None), weights="exposure")
    holed = np.array(populated.exposure)
    holed[4, 2] = np.nan
    with pytest.raises(CheckFailed, match="missing where there is an outcome"):
        run(replace(populated, exposure=holed), weights="exposure")
