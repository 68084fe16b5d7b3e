"""The models of cartels against numbers computed elsewhere."""

from __future__ import annotations

import csv
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from acuerdo.foresight.draws import Draws
from acuerdo.foresight.library import model
from acuerdo.foresight.network import network
from acuerdo.foresight.noise import Noise
from acuerdo.foresight.run import Setup, simulate
from acuerdo.foresight.scenario import Schedule
from acuerdo.foresight.tracing import trace
from acuerdo.foresight.trial import Setting, Trial

M1 = model("cartel_recruitment")
# Computed with tolerance 1e-10 from the published equations and parameters: week, lever, then members, killed,
# recruits and leaving a week
VECTORS = [
    (0, {}, 115000.0, 67.243, 290.660, 27.723),
    (52, {}, 119592.0, 71.247, 302.266, 30.073),
    (104, {}, 124460.6, 75.584, 314.571, 32.659),
    (260, {}, 140782.9, 90.769, 355.825, 42.016),
    (520, {}, 173837.0, 124.300, 439.368, 64.092),
    (780, {}, 213744.6, 169.375, 540.234, 95.962),
    (780, {"recruitment_prevention": 0.5}, 156682.7, 92.256, 198.006, 51.659),
    (780, {"recruitment_prevention": 1.0}, 113274.2, 48.785, 0.0, 27.039),
]


@pytest.mark.parametrize("backend", ["numpy", "numba"])
@pytest.mark.parametrize(("week", "levers", "members", "killed", "recruits", "leaving"), VECTORS)
def test_the_trajectory_is_the_published_models(
    backend, week, levers, members, killed, recruits, leaving
) -> None:
    """The numbers are printed to one and three decimals, which is finer than 1e-6 of the members."""
    from_2022 = {
        name: Schedule(((M1.starts + timedelta(weeks=520), value),)) for name, value in levers.items()
    }
    run = Trial(M1, backend).run(Setting(levers=from_2022, span=780.0, every=52.0))
    assert run.at("members", week) == pytest.approx(members, rel=1e-6)
    for outcome, value in (("deaths", killed), ("recruits", recruits), ("retired", leaving)):
        assert run.at(outcome, week) == pytest.approx(value, rel=1e-6, abs=5.1e-4)


def test_what_the_decade_adds_up_to() -> None:
    run = Trial(M1).run(Setting(span=520.0, every=1.0))
    for outcome, value in (
        ("recruits", 186_629),
        ("deaths", 48_069),
        ("arrested", 57_200),
        ("retired", 22_524),
    ):
        assert np.trapezoid(run.values[outcome], run.times) == pytest.approx(value, rel=2e-5)


def test_the_conflict_matrix_is_the_published_one() -> None:
    dense = trace(M1).data.matrices["conflict"].dense()
    assert dense.shape == (150, 150)
    assert dense.sum() == pytest.approx(13520.917207792209, rel=1e-12)
    assert np.linalg.norm(dense) == pytest.approx(104.51688640245784, rel=1e-12)
    assert (dense[0, 1], dense[1, 0], dense[0, 2]) == pytest.approx((1 / 7, 8 / 35, 0.25))
    found = network()
    assert found.rivals.sum(axis=1)[:10].tolist() == [77, 19, 21, 16, 13, 9, 10, 10, 13, 4]
    assert found.allies.sum(axis=1)[:10].tolist() == [55, 34, 13, 10, 9, 10, 7, 6, 2, 9]
    assert (np.count_nonzero(np.triu(found.rivals)), np.count_nonzero(np.triu(found.allies))) == (92, 91)
    assert ((found.rivals + found.allies).sum(axis=1) == 0).sum() == 36


@pytest.mark.real_data
def test_the_packaged_network_is_the_published_one(real_data: Path) -> None:
    def rows(name: str) -> list[dict[str, str]]:
        with (real_data / "recruitment_model" / f"BACRIM2020_{name}.csv").open(encoding="utf-8-sig") as file:
            return list(csv.DictReader(file))

    nodes = rows("Nodes")
    place = {row["Node"]: number for number, row in enumerate(nodes)}
    ties = {}
    for name in ("Rivals", "Alliances"):
        full = np.zeros((len(nodes), len(nodes)))
        for row in rows(name):
            full[place[row["Node"]], place[row["RNode"]]] = float(row["weight"])
        ties[name] = np.maximum(full, full.T)
    order = np.argsort(-(ties["Rivals"] + ties["Alliances"]).sum(axis=1), kind="stable")
    found = network()
    assert found.names == tuple(nodes[old]["Group"].strip() for old in order)
    assert found.states == tuple(nodes[old]["State"].strip() for old in order)
    assert found.rivals.tolist() == ties["Rivals"][np.ix_(order, order)].tolist()
    assert found.allies.tolist() == ties["Alliances"][np.ix_(order, order)].tolist()


def test_a_split_keeps_everybody() -> None:
    """Leaders are removed: members are shared out among the parts, and none is lost at that moment."""
    day = M1.starts + timedelta(weeks=100)
    levers = {"leaders_removed": Schedule(((day, 3.0),))}
    before, after = (
        Trial(M1).states(Setting(levers=chosen, structure={"leadership": "split"}, span=100.0 + 1e-7))
        for chosen in ({}, levers)
    )
    assert after["members"].sum() == pytest.approx(before["members"].sum(), rel=1e-9)
    assert after["members"][:3] == pytest.approx(0.5 * before["members"][:3], rel=1e-6)
    assert after["members"][150:156] == pytest.approx(0.25 * before["members"][:3].repeat(2), rel=1e-6)
    assert (after["members"][156:] == 0.0).all()
    assert after["burst"][[0, 1, 2, 150, 155]] == pytest.approx(0.38, rel=1e-6)
    assert (after["burst"][3:150] == 0.0).all()


@pytest.mark.slow
def test_chance_spreads_the_members_little() -> None:
    run = simulate(
        M1,
        draws=Draws(count=64, vary=()),
        setup=Setup(span=520.0, every=260.0, noise=Noise(start=True), outcomes=("members",)),
    )
    assert run.mean("baseline", "members")[-1] == pytest.approx(173_837, rel=0.005)
    assert 400 < run.deviation("baseline", "members")[-1] < 1_500


def test_the_participation_script_step_by_step() -> None:
    """The script's own weeks: joining, then prison, then death, then crowding, each on what the last one left."""
    one = model("cartel_participation")
    central = {parameter.name: parameter.value for parameter in (*one.parameters, *one.constants)}
    chance = Trial(one).run(Setting(span=52.0)).end("participation")
    members, sizes = central["starting_size"], {}
    for week in range(1, 1501):
        members += central["exposure"] * chance * members
        members -= central["prison_risk"] * members
        members -= central["death_risk"] * members
        members -= central["crowding"] * members**2
        sizes[week] = members
    assert [round(sizes[week], 1) for week in (52, 520, 1500)] == [27_087.5, 40_292.7, 45_029.0]
