"""Published answers of differences in differences, number by number."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from acuerdo.core.period import Period
from acuerdo.evaluation.library import method
from acuerdo.evaluation.method import Finding
from acuerdo.evaluation.panel import Panel

REFERENCE = Path(__file__).parents[1] / "reference"
# Printed with four digits; half a unit of the last.
PRINTED = 5.1e-5


def run(method_id: str, panel: Panel, **settings: Any) -> Finding:
    chosen = method(method_id)
    return chosen.run(panel, settings=chosen.settings(**settings), seed=0)


@pytest.fixture(scope="session")
def counties(real_data: Path) -> Panel:
    """Teen employment in 500 counties, 2003-2007, and the year in which their state raised its minimum wage."""
    with gzip.open(real_data / "causal_canon" / "mpdta.csv.gz", "rt") as file:
        rows = list(csv.DictReader(file))
    raised = {row["countyreal"]: int(float(row["first.treat"])) for row in rows}
    names = list(dict.fromkeys(row["countyreal"] for row in rows))
    size = {row["countyreal"]: float(row["lpop"]) for row in rows}
    outcome = np.full((len(names), 5), np.nan)
    for row in rows:
        outcome[names.index(row["countyreal"]), int(row["year"]) - 2003] = float(row["lemp"])
    return Panel(
        outcome=outcome,
        units=tuple(names),
        periods=tuple(Period.year(year) for year in range(2003, 2008)),
        first_treated=tuple(raised[name] - 2003 if raised[name] else None for name in names),
        predictors={"lpop": np.array([size[name] for name in names])},
    )


# Callaway and Sant'Anna (2021), the example of R's did: effect and standard error of every cell
CELLS = {
    "ATT(2004,2004)": (-0.0105, 0.0233),
    "ATT(2004,2005)": (-0.0704, 0.0310),
    "ATT(2004,2006)": (-0.1373, 0.0364),
    "ATT(2004,2007)": (-0.1008, 0.0344),
    "ATT(2006,2004)": (0.0065, 0.0233),
    "ATT(2006,2005)": (-0.0028, 0.0196),
    "ATT(2006,2006)": (-0.0046, 0.0178),
    "ATT(2006,2007)": (-0.0412, 0.0202),
    "ATT(2007,2004)": (0.0305, 0.0150),
    "ATT(2007,2005)": (-0.0027, 0.0164),
    "ATT(2007,2006)": (-0.0311, 0.0179),
    "ATT(2007,2007)": (-0.0261, 0.0167),
}
EVENTS = {0: (-0.0199, 0.0118), 1: (-0.0510, 0.0169), 2: (-0.1373, 0.0364), 3: (-0.1008, 0.0344)}


@pytest.mark.real_data
@pytest.mark.parametrize("cell", sorted(CELLS))
def test_every_cell_of_the_minimum_wage(counties: Panel, cell: str) -> None:
    value, error = CELLS[cell]
    part = run("callaway_santanna", counties).parts[cell]
    assert part.value == pytest.approx(value, abs=PRINTED)
    assert part.low is not None
    assert part.high is not None
    assert (part.high - part.low) / (2 * 1.959964) == pytest.approx(error, abs=PRINTED)


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("settings", "value", "error"),
    [
        ({}, -0.03995, 0.0120),
        ({"aggregation": "event"}, -0.0772, 0.0200),
        ({"aggregation": "cohort"}, -0.0310, 0.0124),
        ({"covariates": ("lpop",)}, -0.04175, 0.0115),
    ],
)
def test_its_means(counties: Panel, settings: dict[str, Any], value: float, error: float) -> None:
    found = run("callaway_santanna", counties, **settings)
    assert found.estimate.value == pytest.approx(value, abs=PRINTED)
    assert found.diagnostics["standard_error"] == pytest.approx(error, abs=PRINTED)


@pytest.mark.real_data
@pytest.mark.parametrize("since", sorted(EVENTS))
def test_its_event_study(counties: Panel, since: int) -> None:
    part = run("callaway_santanna", counties).parts[f"event {since}"]
    assert part.value == pytest.approx(EVENTS[since][0], abs=PRINTED)
    assert part.low is not None
    assert part.high is not None
    assert (part.high - part.low) / (2 * 1.959964) == pytest.approx(EVENTS[since][1], abs=PRINTED)


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("method_id", "value", "error"),
    [("borusyak_jaravel_spiess", -0.0477, 0.0132), ("two_way_fixed_effects", -0.0365, 0.0133)],
)
def test_its_rivals(counties: Panel, method_id: str, value: float, error: float) -> None:
    found = run(method_id, counties)
    assert found.estimate.value == pytest.approx(value, abs=PRINTED)
    assert found.diagnostics["standard_error"] == pytest.approx(error, abs=PRINTED)


@pytest.mark.real_data
def test_the_coefficient_is_the_mixture_of_its_parts(counties: Panel) -> None:
    found = run("two_way_fixed_effects", counties)
    mixed = sum(
        float(str(found.diagnostics[f"weight {kind}"])) * (part.value or 0.0)
        for kind, part in found.parts.items()
    )
    assert mixed == pytest.approx(found.estimate.value)
    assert "5.4 %" in found.warnings[0].en


@pytest.mark.real_data
def test_another_library_gives_the_same(counties: Panel) -> None:
    """csdid, a port of R's did; to the last digits."""
    pandas, csdid = pytest.importorskip("pandas"), pytest.importorskip("csdid.att_gt")
    starts = [0 if one is None else 2003 + one for one in counties.first_treated]
    table = pandas.DataFrame(
        {
            "unit": np.repeat(np.arange(500), 5),
            "year": np.tile(np.arange(2003, 2008), 500),
            "outcome": counties.outcome.ravel(),
            "first": np.repeat(starts, 5),
        }
    )
    theirs = csdid.ATTgt(
        yname="outcome",
        tname="year",
        idname="unit",
        gname="first",
        data=table,
        control_group=["notyettreated"],
    ).fit(est_method="reg", bstrap=False)
    ours = run("callaway_santanna", counties, controls="not_yet_treated")
    cells = zip(theirs.results["group"], theirs.results["year"], theirs.results["att"], strict=True)
    for start, year, value in cells:
        assert ours.parts[f"ATT({int(start)},{int(year)})"].value == pytest.approx(float(value), abs=1e-12)


@pytest.fixture(scope="session")
def states() -> Panel:
    """Health insurance in the states that expanded Medicaid in 2014 and those that had not by 2015."""
    lines = [
        line
        for line in (REFERENCE / "medicaid_expansion.csv").read_text("utf-8").splitlines()
        if not line.startswith("#")
    ]
    rows = [row for row in csv.DictReader(lines) if row["expanded"] != "2015"]
    return Panel(
        outcome=np.array([[float(row[str(year)]) for year in range(2008, 2016)] for row in rows]),
        units=tuple(row["state"] for row in rows),
        periods=tuple(Period.year(year) for year in range(2008, 2016)),
        first_treated=tuple(6 if row["expanded"] == "2014" else None for row in rows),
    )


def bounds(found: Finding) -> dict[str, tuple[float | None, float | None]]:
    return {name.removeprefix("bound "): (part.low, part.high) for name, part in found.parts.items()}


# README of R's HonestDiD. The ends are points of a grid there (1,000 over the search), and the critical values of the
# least favourable law are simulated: two runs of the original differ by up to 5e-4.
MEDICAID_SMOOTH = {
    "0": (0.0259, 0.0607),
    "0.01": (0.0132, 0.0787),
    "0.02": (0.0029, 0.0907),
    "0.03": (-0.0071, 0.101),
}
MEDICAID_RELATIVE = {
    0.5: (0.0241, 0.0673),
    1.0: (0.0171, 0.0720),
    1.5: (0.0086, 0.0796),
    2.0: (-0.0011, 0.0883),
}


def test_medicaid_if_trends_may_bend(states: Panel) -> None:
    found = run(
        "rambachan_roth", states, restriction="smoothness", bound=0.0, also=(0.01, 0.02, 0.03),
        source="regression", leads=6, lags=1, horizon=1,
    )  # fmt: skip
    for bound, ends in MEDICAID_SMOOTH.items():
        assert bounds(found)[bound] == pytest.approx(ends, abs=3e-4)
    assert found.diagnostics["as_estimated"] == pytest.approx(0.0464, abs=PRINTED)


@pytest.mark.slow
@pytest.mark.parametrize("bound", sorted(MEDICAID_RELATIVE))
def test_medicaid_if_trends_may_part(states: Panel, bound: float) -> None:
    found = run("rambachan_roth", states, bound=bound, source="regression", leads=6, lags=1, horizon=1)
    assert bounds(found)[f"{bound:g}"] == pytest.approx(MEDICAID_RELATIVE[bound], abs=7e-4)


@pytest.mark.real_data
def test_a_tax_cut_for_restaurants(real_data: Path) -> None:
    """Benzarti and Carloni's coefficients, as R's HonestDiD 0.2.8 bounds them where trends are straight lines."""
    pytest.importorskip("rdata")
    from acuerdo.data.rda import read_objects
    from acuerdo.evaluation.differences.honest import Coefficients, honest_interval

    path = real_data / "causal_canon" / "HonestDiD_BC_eventstudy.rda"
    kept = read_objects(path, name="BC")["BCdata_EventStudy"]
    found = Coefficients(
        values=np.asarray(kept["betahat"], dtype=float).ravel(),
        covariance=np.asarray(kept["sigma"], dtype=float),
        before=4,
        weights=np.array([1.0, 0.0, 0.0, 0.0]),
    )
    ends = {
        bound: honest_interval(found, bound, restriction="smoothness", level=0.95, seed=0)
        for bound in (0.0, 0.01, 0.02)
    }
    assert ends[0.0] == pytest.approx((0.131411, 0.216170), abs=2e-4)
    assert ends[0.01] == pytest.approx((0.154965, 0.270385), abs=1e-3)
    assert ends[0.02] == pytest.approx((0.177301, 0.315956), abs=1e-3)
