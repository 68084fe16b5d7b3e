"""What has no answer is refused by name, in both languages, and never gives a number."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from acuerdo.core.errors import CheckFailed, NotFound
from acuerdo.evaluation.inference.made_panels import counted, ending, few_clusters, staggered, together
from acuerdo.evaluation.library import method
from acuerdo.evaluation.method import Finding, OutcomeCode
from acuerdo.evaluation.panel import Panel

FAMILY = (
    "borusyak_jaravel_spiess", "callaway_santanna", "de_chaisemartin_dhaultfoeuille", "event_study", "rambachan_roth",
    "sun_abraham", "two_way_fixed_effects",
)  # fmt: skip

ENDS = {"de_chaisemartin_dhaultfoeuille", "two_way_fixed_effects"}


def made(design: Any = staggered) -> Panel:
    return design(np.random.default_rng(1), 1.0).panel


def run(method_id: str, panel: Panel, **settings: Any) -> Finding:
    chosen = method(method_id)
    return chosen.run(panel, settings=chosen.settings(**settings), seed=0)


def is_refused(found: Finding, code: OutcomeCode) -> None:
    assert found.code is code
    assert found.estimate.value is None
    assert found.outcome.en != found.outcome.es


@pytest.mark.parametrize("method_id", FAMILY)
def test_too_few_clusters(method_id: str) -> None:
    panel = made()
    is_refused(
        run(method_id, replace(panel, clusters=tuple(str(row % 6) for row in range(60)))),
        OutcomeCode.TOO_FEW_CLUSTERS,
    )


@pytest.mark.parametrize("method_id", FAMILY)
def test_units_that_vanish(method_id: str) -> None:
    panel = made()
    outcome = np.array(panel.outcome)
    outcome[3, 9:] = np.nan
    found = run(method_id, replace(panel, outcome=outcome))
    is_refused(found, OutcomeCode.UNITS_VANISH)
    assert "unit 3" in found.outcome.es


@pytest.mark.parametrize("method_id", [one for one in FAMILY if "two_way" not in one and "event" not in one])
def test_a_hole_is_not_zero(method_id: str) -> None:
    panel = made()
    outcome = np.array(panel.outcome)
    outcome[3, 4] = np.nan
    is_refused(run(method_id, replace(panel, outcome=outcome)), OutcomeCode.MISSING_OUTCOME)


def test_a_regression_leaves_the_hole_out() -> None:
    panel = made()
    outcome = np.array(panel.outcome)
    outcome[3, 4] = np.nan
    assert run("two_way_fixed_effects", replace(panel, outcome=outcome)).diagnostics["rows"] == 719


@pytest.mark.parametrize("method_id", [one for one in FAMILY if one not in ENDS])
def test_a_treatment_that_ends_is_sent_to_its_method(method_id: str) -> None:
    found = run(method_id, made(ending))
    is_refused(found, OutcomeCode.NOT_IDENTIFIED)
    assert "de_chaisemartin_dhaultfoeuille" in found.outcome.en


@pytest.mark.parametrize("method_id", ["callaway_santanna", "sun_abraham"])
def test_nobody_is_left_untreated(method_id: str) -> None:
    panel = made()
    is_refused(run(method_id, panel.select(panel.units[:30])), OutcomeCode.NO_DONORS)


@pytest.mark.parametrize("method_id", ["event_study", "two_way_fixed_effects"])
def test_all_at_once_is_singular(method_id: str) -> None:
    panel = made(together)
    is_refused(run(method_id, panel.with_treatment([6] * 40)), OutcomeCode.SINGULAR)


def test_a_treated_cell_that_nobody_can_stand_in_for() -> None:
    panel = made(together)
    is_refused(run("borusyak_jaravel_spiess", panel.with_treatment([6] * 40)), OutcomeCode.NOT_IDENTIFIED)


def test_one_treated_unit_has_an_estimate_and_no_interval() -> None:
    panel = made(together)
    alone = panel.select([panel.units[0], *panel.units[20:]])
    for method_id in ("callaway_santanna", "event_study", "two_way_fixed_effects"):
        found = run(method_id, alone)
        assert found.code is OutcomeCode.ESTIMATED
        assert not found.estimate.has_interval
        assert found.p_value is None
        assert "single cluster" in found.warnings[0].en


def test_a_design_too_large_is_told_before_it_is_made() -> None:
    """2,400 units, 240 periods, 20 cohorts: 22 GB."""
    base = made(together)
    panel = replace(base, outcome=np.random.default_rng(0).normal(size=(40, 12)))
    found = run("sun_abraham", panel, most_gigabytes=1e-6)
    is_refused(found, OutcomeCode.TOO_LARGE)
    assert "callaway_santanna" in found.outcome.es


def test_counts() -> None:
    panel = made(counted)
    with pytest.raises(CheckFailed, match="negative"):
        run("poisson_fixed_effects", replace(panel, outcome=panel.outcome - 1e6))
    nothing = np.array(panel.outcome)
    nothing[:30] = 0.0
    found = run("poisson_fixed_effects", replace(panel, outcome=nothing))
    is_refused(found, OutcomeCode.SINGULAR)
    with pytest.raises(CheckFailed, match=r"zero or negative"):
        replace(panel, exposure=np.zeros((60, 12)))


def test_distances_need_places() -> None:
    for method_id, settings in (
        ("callaway_santanna", {"cutoff_km": 50.0}),
        ("two_way_fixed_effects", {"inference": "spatial"}),
    ):
        with pytest.raises(CheckFailed, match="coordinates"):
            run(method_id, made(), **settings)


def test_covariates_that_do_not_serve() -> None:
    panel = made()
    with pytest.raises(NotFound, match="people"):
        run("callaway_santanna", panel, covariates=("people",))
    hole = np.arange(60.0)
    hole[3] = np.nan
    treated = np.array([float(row in panel.treated) for row in range(60)])
    for values, code in (
        (hole, OutcomeCode.MISSING_OUTCOME),
        (np.ones(60), OutcomeCode.SINGULAR),
        (treated, OutcomeCode.SINGULAR),
    ):
        given = replace(panel, predictors={"people": values})
        is_refused(run("callaway_santanna", given, covariates=("people",)), code)


def test_the_wild_bootstrap_serves_few_clusters() -> None:
    found = run("two_way_fixed_effects", made(few_clusters), inference="wild", draws=199)
    assert found.estimate.has_interval
    assert found.p_value is not None


def test_the_library_agrees_on_treatments_that_end() -> None:
    """diff-diff's point estimates at each horizon; its error of their mean takes the horizons as independent."""
    pandas, diff_diff = pytest.importorskip("pandas"), pytest.importorskip("diff_diff")
    panel = made(ending)
    table = pandas.DataFrame(
        {
            "unit": np.repeat(np.arange(60), 14),
            "time": np.tile(np.arange(14), 60),
            "outcome": panel.outcome.ravel(),
            "treated": panel.under_treatment().ravel().astype(int),
        }
    )
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = diff_diff.ChaisemartinDHaultfoeuille(drop_larger_lower=False, twfe_diagnostic=False).fit(
            table, outcome="outcome", unit="unit", time="time", treatment="treated", L_max=4
        )
    ours = run("de_chaisemartin_dhaultfoeuille", panel)
    for horizon, effect in theirs.event_study_effects.items():
        assert ours.parts[f"event {horizon - 1}"].value == pytest.approx(effect["effect"], abs=1e-9)
    assert ours.estimate.value == pytest.approx(theirs.overall_att, abs=1e-9)
    assert float(str(ours.diagnostics["standard_error"])) > 1.2 * theirs.overall_se
