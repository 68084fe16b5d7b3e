"""The joint operations of 2006-08 by four estimators, with and without Chihuahua: which one is quoted is a choice."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.evaluation import mexico

from acuerdo.evaluation.library import method
from acuerdo.evaluation.method import Finding
from acuerdo.evaluation.panel import Panel

# Printed with one digit (two for the log ratio); the ratio was computed with another library's convergence rule
ONE, TWO = 0.051, 0.0151
TABLE = [
    (2008, True, (4.0, 4.5), 7.6, (7.2, 3.2), (0.48, 0.16)),
    (2008, False, (0.3, 3.2), 4.5, (4.4, 1.6), (0.34, 0.11)),
    (2010, True, (17.0, 8.7), 20.5, (19.5, 7.7), (0.80, 0.23)),
    (2010, False, (9.2, 5.1), 13.2, (12.7, 4.1), (0.58, 0.15)),
]


def run(method_id: str, panel: Panel) -> Finding:
    chosen = method(method_id)
    return chosen.run(panel, settings=chosen.settings(), seed=0)


@pytest.mark.real_data
@pytest.mark.parametrize(("last", "chihuahua", "cohorts", "imputed", "two_way", "ratio"), TABLE)
def test_four_estimators(
    real_data: Path,
    last: int,
    chihuahua: bool,
    cohorts: tuple[float, float],
    imputed: float,
    two_way: tuple[float, float],
    ratio: tuple[float, float],
) -> None:
    rates = mexico.operations(real_data, last=last, chihuahua=chihuahua, rates=True)
    found = run("callaway_santanna", rates)
    assert (found.estimate.value, found.diagnostics["standard_error"]) == pytest.approx(cohorts, abs=ONE)
    found = run("two_way_fixed_effects", rates)
    assert (found.estimate.value, found.diagnostics["standard_error"]) == pytest.approx(two_way, abs=ONE)
    found = run("borusyak_jaravel_spiess", rates)
    assert found.estimate.value == pytest.approx(imputed, abs=ONE)
    deaths = mexico.operations(real_data, last=last, chihuahua=chihuahua, rates=False)
    found = run("poisson_fixed_effects", deaths)
    assert (found.diagnostics["log_ratio"], found.diagnostics["log_ratio_error"]) == pytest.approx(
        ratio, abs=TWO
    )


@pytest.mark.real_data
def test_errors_from_cohorts_of_one_state_are_refused(real_data: Path) -> None:
    found = run(
        "borusyak_jaravel_spiess", mexico.operations(real_data, last=2008, chihuahua=False, rates=True)
    )
    assert not found.estimate.has_interval
    assert found.p_value is None
    assert found.diagnostics["smallest_cohort"] == 1
    assert "1 treated clusters" in found.warnings[0].en
    assert all(not part.has_interval for part in found.parts.values())
