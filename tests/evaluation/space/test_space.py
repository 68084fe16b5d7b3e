"""Where: Moran's I, rings, and how concentrated deaths are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.evaluation import mexico

import acuerdo
from acuerdo.core.errors import CheckFailed, NotFound
from acuerdo.core.period import Period
from acuerdo.evaluation.inference.scores import distances_km
from acuerdo.evaluation.library import method
from acuerdo.evaluation.method import Finding, OutcomeCode
from acuerdo.evaluation.panel import Panel


def run(method_id: str, panel: Panel, **settings: Any) -> Finding:
    chosen = method(method_id)
    return chosen.run(panel, settings=chosen.settings(**settings), seed=11)


def on_a_map(values: np.ndarray, places: np.ndarray, **more: Any) -> Panel:
    return Panel(
        outcome=values,
        units=tuple(f"place {row}" for row in range(len(values))),
        periods=tuple(Period.year(2000 + step) for step in range(values.shape[1])),
        first_treated=more.pop("first_treated", (None,) * len(values)),
        coordinates=places,
        **more,
    )


# All 32 states, recomputed from the published file: index by year
SPREAD = [
    ("herfindahl_hirschman", 2007, 0.062), ("herfindahl_hirschman", 2010, 0.097), ("herfindahl_hirschman", 2017, 0.052),
    ("herfindahl_hirschman", 2022, 0.062), ("effective_number", 2007, 16.2), ("effective_number", 2010, 10.3),
    ("effective_number", 2017, 19.3), ("effective_number", 2022, 16.2), ("theil_by_exposure", 2007, 0.129),
    ("theil_by_exposure", 2010, 0.575), ("theil_by_exposure", 2017, 0.206), ("theil_by_exposure", 2022, 0.303),
    ("top_share", 2010, 24.7), ("top_share", 2017, 9.7), ("top_share", 2018, 10.1),
]  # fmt: skip


@pytest.mark.real_data
@pytest.mark.parametrize(("index", "year", "value"), SPREAD)
def test_how_concentrated_homicides_were(real_data: Path, index: str, year: int, value: float) -> None:
    spans = {"before": (f"{year}-01", f"{year}-12"), "after": ("2021-01", "2021-12")}
    found = run("concentration", mexico.counts(real_data), index=index, draws=99, **spans)
    printed = 0.051 if index in {"effective_number", "top_share"} else 0.00051
    assert found.parts["before"].value == pytest.approx(value, abs=printed)


@pytest.mark.real_data
def test_homicides_dispersed_after_2010(real_data: Path) -> None:
    spans = {"before": ("2010-01", "2010-12"), "after": ("2017-01", "2017-12")}
    found = run("concentration", mexico.counts(real_data), **spans)
    assert found.estimate.value == pytest.approx(0.052 - 0.097, abs=0.001)
    assert found.estimate.high is not None
    assert found.estimate.high < 0


def test_a_gradient_is_a_pattern_and_a_shuffle_is_none() -> None:
    rng = np.random.default_rng(1)
    places = np.column_stack([rng.uniform(18, 24, 100), rng.uniform(-104, -96, 100)])
    slope = places[:, :1] + rng.normal(scale=0.3, size=(100, 2))
    found = run("spatial_clusters", on_a_map(slope, places))
    assert found.estimate.value is not None
    assert found.estimate.value > 0.6
    assert found.p_value == pytest.approx(0.001)
    shuffled = [
        run("spatial_clusters", on_a_map(rng.permutation(slope), places), draws=99).p_value or 1.0
        for _ in range(20)
    ]
    assert sum(p_value <= 0.05 for p_value in shuffled) <= 4


def test_the_index_is_what_its_formula_says() -> None:
    rng = np.random.default_rng(3)
    places, values = rng.uniform([18, -104], [24, -96], size=(30, 2)), rng.normal(size=(30, 1))
    found = run("spatial_clusters", on_a_map(values, places), neighbours=4)
    distances = distances_km(places, places) + np.diag(np.full(30, np.inf))
    weights = np.zeros((30, 30))
    np.put_along_axis(weights, np.argsort(distances, axis=1)[:, :4], 0.25, axis=1)
    centred = values[:, 0] - values.mean()
    assert found.estimate.value == pytest.approx(centred @ weights @ centred / (centred @ centred))


@pytest.mark.slow
def test_a_hot_spot_is_named() -> None:
    rng = np.random.default_rng(4)
    places = rng.uniform([18, -104], [24, -96], size=(120, 2))
    values = rng.normal(size=(120, 1))
    middle = np.argsort(distances_km(places, places[:1])[:, 0])[:10]
    values[middle] += 8
    found = run("spatial_clusters", on_a_map(values, places), local=True)
    hot = {name for name, kind in found.diagnostics.items() if kind == "high among high"}
    assert "cluster place 0" in hot
    assert hot <= {f"cluster place {row}" for row in np.argsort(distances_km(places, places[:1])[:, 0])[:16]}


def test_rings_find_the_effect_where_it_is() -> None:
    rng = np.random.default_rng(5)
    centre = np.tile([20.0, -100.0], (4, 1)) + rng.normal(scale=0.01, size=(4, 2))
    near, next_to = (centre[0] + rng.uniform(-1, 1, size=(20, 2)) * 0.1 + shift for shift in (0.1, 0.62))
    far = rng.uniform([15, -95], [17, -92], size=(30, 2))
    outcome = rng.normal(scale=0.3, size=(74, 16))
    outcome[4:24, 8:] += 2
    first = (8,) * 4 + (None,) * 70
    panel = on_a_map(outcome, np.vstack([centre, near, next_to, far]), first_treated=first)
    found = run("spillover_rings", panel, edges_km=(50.0, 150.0))
    assert found.parts["up to 50 km"].value == pytest.approx(2, abs=0.2)
    assert found.parts["up to 150 km"].value == pytest.approx(0, abs=0.2)
    assert found.diagnostics["units up to 50 km"] == 20


def test_one_neighbour_has_no_interval() -> None:
    """A lone unit's own shocks cannot be told from the effect, in a ring as anywhere else."""
    rng = np.random.default_rng(7)
    centre, near = np.array([[20.0, -100.0]]), np.array([[20.2, -100.0]])
    next_to, far = (
        rng.uniform([20.6, -100], [20.8, -99.8], size=(8, 2)),
        rng.uniform([15, -95], [17, -92], size=(20, 2)),
    )
    panel = on_a_map(
        rng.normal(size=(30, 8)), np.vstack([centre, near, next_to, far]), first_treated=(4,) + (None,) * 29
    )
    found = run("spillover_rings", panel, edges_km=(50.0, 150.0))
    assert found.estimate.value is not None
    assert (found.estimate.low, found.p_value, found.parts["up to 50 km"].low) == (None, None, None)
    assert "single cluster" in found.warnings[0].en
    assert found.diagnostics["units up to 150 km"] == 8


def test_what_cannot_be_mapped_is_refused() -> None:
    rng = np.random.default_rng(6)
    places = rng.uniform([18, -104], [24, -96], size=(30, 2))
    outcome, first = rng.normal(size=(30, 6)), (3,) * 5 + (None,) * 25
    panel = on_a_map(outcome, places, first_treated=first)
    with pytest.raises(CheckFailed, match="do not grow"):
        run("spillover_rings", panel, edges_km=(100.0, 50.0))
    assert run("spillover_rings", panel, edges_km=(5000.0,)).code is OutcomeCode.NO_DONORS
    nowhere = Panel(outcome=outcome, units=panel.units, periods=panel.periods, first_treated=first)
    for method_id in ("spillover_rings", "spatial_clusters"):
        with pytest.raises(CheckFailed, match="coordinates"):
            run(method_id, nowhere)


def test_shares_of_nothing_are_refused() -> None:
    nothing = on_a_map(np.zeros((5, 12)), np.zeros((5, 2)))
    assert run("concentration", nothing).code is OutcomeCode.NOT_IDENTIFIED
    with pytest.raises(CheckFailed, match="exposure"):
        run("concentration", nothing, index="theil_by_exposure")
    holes = np.ones((5, 12))
    holes[0, 3] = np.nan
    assert run("concentration", on_a_map(holes, np.zeros((5, 2)))).code is OutcomeCode.MISSING_OUTCOME


@pytest.fixture(scope="module")
def columbus() -> tuple[Any, dict[str, tuple[str, ...]]]:
    """Crime in 49 districts of Columbus, Ohio, in 1980 (Anselin 1988), and which border on which; libpysal has both."""
    examples, geopandas = pytest.importorskip("libpysal.examples"), pytest.importorskip("geopandas")
    table = geopandas.read_file(examples.get_path("columbus.shp"), ignore_geometry=True)
    # After the head, two lines for each district: its name and number of neighbours, and their names
    lines = Path(examples.get_path("columbus.gal")).read_text("ascii").splitlines()[1:]
    borders = {lines[at].split()[0]: tuple(lines[at + 1].split()) for at in range(0, len(lines), 2)}
    return table.rename(columns={"POLYID": "district", "CRIME": "crime"}).assign(year=1980), borders


def moran_of(table: Any, **settings: Any) -> Finding:
    return acuerdo.estimate(
        table, "spatial_clusters", unit="district", period="year", outcome="crime", settings=settings, seed=3
    )


def test_crime_in_columbus(columbus: tuple[Any, dict[str, tuple[str, ...]]]) -> None:
    """R's spdep and GeoDa print 0.5002 for borders in a point or a line, rows adding up to one."""
    table, borders = columbus
    found = moran_of(table, borders=borders)
    assert found.estimate.value == pytest.approx(0.500189, abs=1e-6)
    assert found.diagnostics["expected"] == pytest.approx(-1 / 48)
    assert found.p_value == pytest.approx(0.001)


def test_borders_that_do_not_fit(columbus: tuple[Any, dict[str, tuple[str, ...]]]) -> None:
    table, borders = columbus
    with pytest.raises(NotFound, match="'99'"):
        moran_of(table, borders={**borders, "1": ("99",)})
    assert moran_of(table, borders={"1": ()}).code is OutcomeCode.NOT_IDENTIFIED
    island = {
        one: tuple(other for other in near if other != "1") for one, near in borders.items() if one != "1"
    }
    assert "border on no other: 1." in moran_of(table, borders=island).warnings[0].en
