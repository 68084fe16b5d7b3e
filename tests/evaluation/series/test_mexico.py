"""When the homicides of Mexico changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.evaluation import mexico

from acuerdo.evaluation.library import method
from acuerdo.evaluation.series.breaks import by_kernel, by_least_squares
from acuerdo.evaluation.series.sup_f import sup_f


@pytest.mark.real_data
def test_four_changes_of_level(real_data: Path) -> None:
    """2000-2019, regimes of a year at least: the dates of R's strucchange too."""
    panel = mexico.nation(real_data, first=2000, last=2019)
    places = by_least_squares(panel.outcome[0], fewest=12, most=8, count=4)
    assert [panel.periods[place].code for place in places] == ["2008-05", "2009-06", "2012-10", "2017-01"]
    assert by_kernel(panel.outcome[0], count=4, fewest=12) == places


@pytest.mark.real_data
def test_what_is_claimed_is_less_than_what_is_found(real_data: Path) -> None:
    chosen = method("change_points")
    panel = mexico.nation(real_data, first=2000, last=2019)
    found = chosen.run(panel, settings=chosen.settings(count=4), seed=1)
    assert "2008-05" in found.parts
    assert "2012-10" not in found.parts
    assert found.diagnostics["candidates"] == 4
    assert found.diagnostics["2008-05 low"] == found.diagnostics["2008-05 high"] == "2008-05"


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("shape", "last_month", "statistic"),
    [("level", 2008 + 8 / 12, None), ("level_and_trend", 2008.25, 471.0)],
)
def test_the_largest_f(real_data: Path, shape: Any, last_month: float, statistic: float | None) -> None:
    """2000-2012. The dates are of the last month of the old regime, as strucchange prints them."""
    values = mexico.nation(real_data, first=2000, last=2012).outcome[0]
    found = sup_f(values, shape, trim=23, draws=99, seed=1)
    assert 2000 + (found.place - 1) / 12 == pytest.approx(last_month)
    assert found.p_value < 0.05
    if statistic is not None:
        assert found.statistic == pytest.approx(statistic, abs=0.5)


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("start", "step", "error", "slope"), [("2006-12", 0.045, 0.156, None), ("2008-01", 0.503, 0.106, 0.0105)]
)
def test_the_step_depends_on_the_date(
    real_data: Path, start: str, step: float, error: float, slope: float | None
) -> None:
    """Negative binomial, 2000-2012. The figures were computed with another dispersion: within 0.015."""
    chosen = method("segmented_regression")
    panel = mexico.nation(real_data, first=2000, last=2012, start=start, rates=False)
    found = chosen.run(panel, settings=chosen.settings(family="negative_binomial", lags=12), seed=0)
    assert found.diagnostics["step"] == pytest.approx(step, abs=0.015)
    assert found.diagnostics["step_error"] == pytest.approx(error, abs=0.015)
    if slope is not None:
        assert found.diagnostics["slope"] == pytest.approx(slope, abs=0.0005)
    assert "Never the only design" in found.warnings[0].en
