"""Comparisons in which units do not count alike, against least squares written out, copies, and other programs."""

from __future__ import annotations

import warnings
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


def run(panel: Panel, method_id: str = "two_way_fixed_effects", **settings: Any) -> Finding:
    chosen = method(method_id)
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
    settings = {"inference": inference, "draws": 199}
    weighted, plain = weighted_and_copied(
        replace(panel, exposure=people), "two_way_fixed_effects", **settings
    )
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
        exposure=None,
        predictors={name: values[rows] for name, values in panel.predictors.items()},
    )


COHORTS: list[tuple[str, dict[str, Any]]] = [
    ("callaway_santanna", {}),
    ("callaway_santanna", {"aggregation": "event", "controls": "not_yet_treated"}),
    ("callaway_santanna", {"aggregation": "cohort"}),
    ("callaway_santanna", {"aggregation": "calendar", "base": "universal"}),
    ("callaway_santanna", {"covariates": ("slope",)}),
    ("de_chaisemartin_dhaultfoeuille", {}),
]
REGRESSIONS: list[tuple[str, dict[str, Any]]] = [
    ("sun_abraham", {}),
    ("borusyak_jaravel_spiess", {}),
    ("event_study", {"leads": 4, "lags": 4}),
]


@pytest.fixture(scope="module")
def uneven() -> Panel:
    """Two cohorts with a covariate; each unit counts one, two or three, in every period alike."""
    panel = staggered(np.random.default_rng(11), 1.0).panel
    times = 1 + np.arange(60) % 3
    slope = np.random.default_rng(12).normal(size=60)
    return replace(
        panel,
        outcome=panel.outcome
        + np.outer(slope + times * [one is not None for one in panel.first_treated], np.arange(12)) / 20,
        exposure=np.repeat(times[:, None], 12, axis=1).astype(float),
        predictors={"slope": slope},
        coordinates=np.zeros((60, 2)),
    )


@pytest.mark.parametrize(("method_id", "settings"), COHORTS + REGRESSIONS)
def test_copies_are_weights(method_id: str, settings: dict[str, Any], uneven: Panel) -> None:
    """A unit that counts three is three units in one cluster, in every comparison and every part of it."""
    weighted, plain = weighted_and_copied(uneven, method_id, **settings)
    # Of regressions the factor for small samples counts rows, of which copies have more
    tolerance = 1e-7 if (method_id, settings) in COHORTS else 0.03
    assert weighted.estimate.value == pytest.approx(plain.estimate.value, rel=1e-6)
    assert [*weighted.parts] == [*plain.parts]
    for name, part in weighted.parts.items():
        assert part.value == pytest.approx(plain.parts[name].value, rel=1e-6, abs=1e-9), name
        ends, others = ([one.low, one.high] for one in (part, plain.parts[name]))
        # What all is compared with has no interval
        assert ends == (others if None in others else pytest.approx(others, rel=tolerance, abs=tolerance)), (
            name
        )
    assert weighted.counterfactual == pytest.approx(plain.counterfactual, rel=1e-6)
    assert weighted.estimate.value != pytest.approx(
        run(uneven, method_id, **settings).estimate.value, rel=1e-3
    )
    assert "counts its exposure" in weighted.estimate.outcome.en


@pytest.mark.parametrize("source", ["cohorts", "regression"])
def test_copies_are_weights_in_bounds_too(source: str, uneven: Panel) -> None:
    settings = {"restriction": "smoothness", "bound": 0.0, "lags": 1, "source": source}
    weighted, plain = weighted_and_copied(uneven, "rambachan_roth", **settings)
    tolerance = 1e-4 if source == "cohorts" else 0.03
    assert weighted.diagnostics["as_estimated"] == pytest.approx(plain.diagnostics["as_estimated"], rel=1e-6)
    assert weighted.estimate.low == pytest.approx(plain.estimate.low, rel=tolerance)
    assert weighted.estimate.high == pytest.approx(plain.estimate.high, rel=tolerance)


def weighted_and_copied(panel: Panel, method_id: str, **settings: Any) -> tuple[Finding, Finding]:
    assert panel.exposure is not None
    rows = np.repeat(np.arange(len(panel.units)), panel.exposure[:, 0].astype(int))
    return (
        run(panel, method_id, weights="exposure", **settings),
        run(copies(panel, rows), method_id, **settings),
    )


@pytest.mark.parametrize(("method_id", "settings"), [*COHORTS, *REGRESSIONS, ("two_way_fixed_effects", {})])
def test_equal_weights_change_nothing(method_id: str, settings: dict[str, Any], uneven: Panel) -> None:
    even = replace(uneven, exposure=np.full(uneven.outcome.shape, 7.0))
    weighted, plain = run(even, method_id, weights="exposure", **settings), run(even, method_id, **settings)
    assert weighted.estimate.value == pytest.approx(plain.estimate.value, rel=1e-6)
    assert weighted.estimate.low == pytest.approx(plain.estimate.low, rel=1e-6)
    assert weighted.estimate.high == pytest.approx(plain.estimate.high, rel=1e-6)
    assert weighted.counterfactual == pytest.approx(plain.counterfactual, rel=1e-6)


def test_csdid_agrees(uneven: Panel) -> None:
    """A port of R's did; to the last digits, the error from the shares of cohorts included."""
    csdid = pytest.importorskip("csdid.att_gt")
    frame = numbered(uneven).assign(number=np.repeat(np.arange(60), 12))
    fitted = csdid.ATTgt(
        yname="y", tname="period", idname="number", gname="first", data=frame, weights_name="people"
    ).fit(est_method="reg", bstrap=False)
    theirs = {"simple": "simple", "event": "dynamic", "cohort": "group", "calendar": "calendar"}
    for aggregation, name in theirs.items():
        mean = fitted.aggte(typec=name, bstrap=False, cband=False).atte
        ours = run(uneven, "callaway_santanna", weights="exposure", aggregation=aggregation)
        assert ours.estimate.value == pytest.approx(mean["overall_att"], rel=1e-9)
        assert ours.diagnostics["standard_error"] == pytest.approx(mean["overall_se"], rel=1e-9)


def numbered(panel: Panel) -> Any:
    """The long table with periods from 1 and the first treated one of each unit, 0 for never."""
    count, width = panel.outcome.shape
    first = [0 if one is None else one + 1 for one in panel.first_treated]
    return long(panel).assign(period=np.tile(np.arange(1, width + 1), count), first=np.repeat(first, width))


def test_diff_diff_agrees_on_cohorts_and_times(uneven: Panel) -> None:
    """Its error for weighted samples lacks the factor (n - 1) / (n - k), which it has without weights."""
    theirs = pytest.importorskip("diff_diff")
    frame = numbered(uneven)
    columns = {"outcome": "y", "unit": "unit", "time": "period", "first_treat": "first"}
    plain = theirs.SunAbraham().fit(frame, **columns)
    ours = run(uneven, "sun_abraham")
    assert ours.estimate.value == pytest.approx(plain.overall_att, rel=1e-9)
    assert ours.diagnostics["standard_error"] == pytest.approx(plain.overall_se, rel=1e-9)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        weighted = theirs.SunAbraham().fit(
            frame, **columns, survey_design=theirs.SurveyDesign(weights="people", psu="unit")
        )
    ours = run(uneven, "sun_abraham", weights="exposure")
    factor = np.sqrt((720 - 1) / (720 - 12 - 2 * 11))
    assert ours.estimate.value == pytest.approx(weighted.overall_att, rel=1e-9)
    assert ours.diagnostics["standard_error"] == pytest.approx(factor * weighted.overall_se, rel=1e-6)
    for at, one in weighted.event_study_effects.items():
        assert ours.parts[f"event {at}"].value == pytest.approx(one["effect"], rel=1e-6)


def test_imputation_is_that_of_the_paper(uneven: Panel) -> None:
    """Borusyak, Jaravel and Spiess (2024), equations 3 and 8, written out on all dummies."""
    assert uneven.exposure is not None
    count, width = uneven.outcome.shape
    unit, period = np.repeat(np.arange(count), width), np.tile(np.arange(width), count)
    outcome, weights = uneven.outcome.ravel(), uneven.exposure.ravel()
    treated = uneven.under_treatment().ravel()
    dummies = np.hstack([np.eye(count)[unit], np.eye(width)[period][:, 1:]])
    free = dummies[~treated]
    bread = np.linalg.inv(free.T @ (weights[~treated, None] * free))
    residual = outcome - dummies @ bread @ free.T @ (weights[~treated] * outcome[~treated])
    pull = np.where(treated, weights, 0.0) / weights[treated].sum()
    effect = pull @ residual
    pull[~treated] = -weights[~treated] * (free @ bread @ (dummies[treated].T @ pull[treated]))
    cells = np.repeat([-1 if one is None else one for one in uneven.first_treated], width) * width + period
    for cell in {*cells[treated]}:
        inside = treated & (cells == cell)
        residual[inside] -= np.average(residual[inside], weights=pull[inside] ** 2)
    error = np.sqrt((np.bincount(unit, weights=pull * residual) ** 2).sum())
    found = run(uneven, "borusyak_jaravel_spiess", weights="exposure")
    assert found.estimate.value == pytest.approx(effect, rel=1e-6)
    # The library takes out the mean over clusters first, which the paper does not
    assert found.diagnostics["standard_error"] == pytest.approx(error, rel=5e-3)


def test_an_event_study_is_weighted_least_squares(populated: Panel) -> None:
    models = pytest.importorskip("statsmodels.formula.api")
    frame = long(populated)
    first = np.repeat([np.nan if one is None else one for one in populated.first_treated], 12)
    since = np.clip(np.tile(np.arange(12), 60) - first, -3, 2)
    for at in (-3, -2, 0, 1, 2):
        frame[f"at{at + 3}"] = (since == at).astype(float)
    formula = "y ~ at0 + at1 + at3 + at4 + at5 + C(unit) + C(period)"
    fitted = models.wls(formula, data=frame, weights=frame["people"]).fit()
    found = run(populated, "event_study", leads=3, lags=2, weights="exposure")
    for at in (-3, -2, 0, 1, 2):
        assert found.parts[f"event {at}"].value == pytest.approx(fitted.params[f"at{at + 3}"], rel=1e-5)
    assert found.path is not None
    people, here = frame["people"].to_numpy(), since == 0
    assert found.path.actual[2] == pytest.approx(np.average(frame["y"][here], weights=people[here]), rel=1e-9)


def test_counts_are_not_weighted_by_what_they_are_divided_by(populated: Panel) -> None:
    counts = replace(populated, outcome=np.round(np.abs(populated.outcome)))
    with pytest.raises(CheckFailed, match="cannot be weighted by it too") as caught:
        run(counts, "event_study", family="poisson", weights="exposure")
    assert "no pueden además ponderarse" in caught.value.render("es")


def test_the_counterfactual_counts_people_too(populated: Panel) -> None:
    found = run(populated, weights="exposure")
    assert populated.exposure is not None
    cells = populated.under_treatment()
    mean = np.average(populated.outcome[cells], weights=populated.exposure[cells])
    assert found.estimate.value is not None
    assert found.counterfactual == pytest.approx(mean - found.estimate.value, rel=1e-9)
    assert not found.parts, "the decomposition is of the regression without weights"
    assert "exposure" in found.estimate.outcome.en


@pytest.mark.parametrize(
    "method_id",
    sorted({one for one, _ in COHORTS + REGRESSIONS} | {"rambachan_roth", "two_way_fixed_effects"}),
)
def test_weights_that_are_not_there_are_asked_for(method_id: str, populated: Panel) -> None:
    with pytest.raises(CheckFailed, match="has none"):
        run(replace(populated, exposure=None), method_id, weights="exposure")
    holed = np.array(populated.exposure)
    holed[4, 2] = np.nan
    with pytest.raises(CheckFailed, match="missing where there is an outcome"):
        run(replace(populated, exposure=holed), method_id, weights="exposure")
