"""Published answers of differences in differences, number by number."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from acuerdo.core.errors import CheckFailed
from acuerdo.core.period import Period
from acuerdo.evaluation.differences.honest import Coefficients, honest_interval
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
def table(real_data: Path) -> Any:
    """Teen employment in 500 counties, 2003-2007, and the year in which their state raised its minimum wage."""
    return pytest.importorskip("pandas").read_csv(real_data / "causal_canon" / "mpdta.csv.gz")


@pytest.fixture(scope="session")
def counties(table: Any) -> Panel:
    return Panel.from_frame(
        table,
        unit="countyreal",
        period="year",
        outcome="lemp",
        first_treated="first.treat",
        predictors=["lpop"],
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
    ],
)
def test_its_means(counties: Panel, settings: dict[str, Any], value: float, error: float) -> None:
    found = run("callaway_santanna", counties, **settings)
    assert found.estimate.value == pytest.approx(value, abs=PRINTED)
    assert found.diagnostics["standard_error"] == pytest.approx(error, abs=PRINTED)


# csdid, a port of R's did, with the logarithm of population as covariate: effect and error of each mean
ADJUSTED = {
    ("doubly_robust", "simple"): (-0.041751772, 0.011502838),
    ("doubly_robust", "event"): (-0.080353950, 0.018957557),
    ("doubly_robust", "cohort"): (-0.032819597, 0.011898179),
    ("doubly_robust", "calendar"): (-0.044177358, 0.015038175),
    ("inverse_probability", "simple"): (-0.041777082, 0.011499719),
    ("inverse_probability", "event"): (-0.080376887, 0.018954250),
    ("inverse_probability", "cohort"): (-0.032875369, 0.011893200),
    ("inverse_probability", "calendar"): (-0.044170101, 0.015035224),
    ("regression", "simple"): (-0.041968612, 0.011444830),
    ("regression", "event"): (-0.080781745, 0.018745855),
    ("regression", "cohort"): (-0.032929240, 0.011860308),
    ("regression", "calendar"): (-0.044532331, 0.014885028),
}


@pytest.mark.real_data
@pytest.mark.parametrize("adjustment", ["doubly_robust", "inverse_probability", "regression"])
@pytest.mark.parametrize("aggregation", ["simple", "event", "cohort", "calendar"])
def test_its_means_with_a_covariate(counties: Panel, adjustment: str, aggregation: str) -> None:
    found = run(
        "callaway_santanna", counties, covariates=("lpop",), adjustment=adjustment, aggregation=aggregation
    )
    value, error = ADJUSTED[adjustment, aggregation]
    assert found.estimate.value == pytest.approx(value, abs=1e-8)
    assert found.diagnostics["standard_error"] == pytest.approx(error, abs=1e-8)


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("settings", "value", "error"),
    [
        ({"controls": "not_yet_treated"}, -0.041351629, 0.011427839),
        ({"anticipation": 1}, -0.045528496, 0.016626664),
    ],
)
def test_its_means_with_a_covariate_and_other_controls(
    counties: Panel, settings: dict[str, Any], value: float, error: float
) -> None:
    found = run("callaway_santanna", counties, covariates=("lpop",), **settings)
    assert found.estimate.value == pytest.approx(value, abs=1e-8)
    assert found.diagnostics["standard_error"] == pytest.approx(error, abs=1e-8)


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
    assert "5.4%" in found.warnings[0].en


@pytest.mark.real_data
def test_another_library_gives_the_same(counties: Panel, table: Any) -> None:
    """csdid, a port of R's did; to the last digits."""
    csdid = pytest.importorskip("csdid.att_gt")
    theirs = csdid.ATTgt(
        yname="lemp",
        tname="year",
        idname="countyreal",
        gname="first.treat",
        data=table.copy(),
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


def kept_study(real_data: Path, name: str) -> Any:
    pytest.importorskip("rdata")
    from acuerdo.data.rda import read_objects

    path = real_data / "causal_canon" / f"HonestDiD_{name}_eventstudy.rda"
    return read_objects(path, name=name)[f"{name}data_EventStudy"]


def coefficients(kept: Any, *, before: int, target: int) -> Coefficients:
    values = np.asarray(kept["betahat"], dtype=float).ravel()
    return Coefficients(
        values=values,
        covariance=np.asarray(kept["sigma"], dtype=float),
        before=before,
        weights=np.eye(values.size - before)[target],
    )


@pytest.mark.real_data
def test_a_tax_cut_for_restaurants(real_data: Path) -> None:
    """Benzarti and Carloni's coefficients, as R's HonestDiD 0.2.8 bounds them where trends are straight lines."""
    found = coefficients(kept_study(real_data, "BC"), before=4, target=0)
    ends = {
        bound: honest_interval(found, bound, restriction="smoothness", level=0.95, seed=0)
        for bound in (0.0, 0.01, 0.02)
    }
    assert ends[0.0] == pytest.approx((0.131411, 0.216170), abs=2e-4)
    assert ends[0.01] == pytest.approx((0.154965, 0.270385), abs=1e-3)
    assert ends[0.02] == pytest.approx((0.177301, 0.315956), abs=1e-3)


@pytest.mark.real_data
def test_laws_for_teachers_unions(real_data: Path) -> None:
    """Lovenheim and Willén's women after 15 years, as in the example of R's HonestDiD.

    With straight lines the shortest interval is known in closed form: what the line through the years before leaves of
    the coefficient, with the least variance. More room for the trend can only lengthen it.
    """
    kept = kept_study(real_data, "LW")
    times = np.asarray(kept["timeVec"], dtype=float).ravel()
    found = coefficients(kept, before=9, target=16)
    assert times[9 + 16] == 15
    # Time since the reference, two years before the law; the years before, and the target
    since = times[[*range(9), 25]] + 2
    covariance = found.covariance[np.ix_([*range(9), 25], [*range(9), 25])]
    within, across = covariance[:9, :9], covariance[:9, 9]
    inverse = np.linalg.inv(within)
    slope = (since[9] - since[:9] @ inverse @ across) / (since[:9] @ inverse @ since[:9])
    line = -inverse @ (across + slope * since[:9])
    weights = np.append(line, 1.0)
    middle = float(weights @ found.values[[*range(9), 25]])
    reach = 1.959964 * float(np.sqrt(weights @ covariance @ weights))
    widths = []
    for bound in (0.0, 0.01, 0.02, 0.04):
        ends = honest_interval(found, bound, restriction="smoothness", level=0.95, seed=0)
        assert ends is not None
        widths.append(ends[1] - ends[0])
        if not bound:
            # The least variance is a flat minimum: the solver's lies a hundredth of the standard error beside it
            assert ends == pytest.approx((middle - reach, middle + reach), abs=reach / 100)
            assert widths[0] == pytest.approx(2 * reach, rel=1e-3)
    assert widths == sorted(widths)


@pytest.mark.parametrize(
    "changes",
    [
        {"covariance": np.eye(3)},
        {"before": 1, "weights": np.ones(3)},
        {"weights": np.ones(3)},
        {"weights": np.zeros(2)},
        {"covariance": -np.eye(4)},
        {"covariance": np.eye(4) + np.triu(np.ones((4, 4)), 1)},
        {"values": np.array([0.0, np.nan, 1.0, 1.0])},
    ],
)
def test_coefficients_that_are_none(changes: dict[str, Any]) -> None:
    given: dict[str, Any] = {
        "values": np.ones(4), "covariance": np.eye(4), "before": 2, "weights": np.ones(2)
    }  # fmt: skip
    with pytest.raises(CheckFailed):
        Coefficients(**(given | changes))
