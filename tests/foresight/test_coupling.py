"""The coupled run: a link that is off changes nothing, one that is on moves what it says, and the parts add up."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from acuerdo.core.errors import NotFound
from acuerdo.foresight import kept
from acuerdo.foresight.coupling import FROM, LINKS, ORDER, STRUCTURES, UNTIL, Bilateral, monthly
from acuerdo.foresight.draws import Draws
from acuerdo.foresight.library import model
from acuerdo.foresight.playbook import play
from acuerdo.foresight.reduction import Kept
from acuerdo.foresight.run import simulate
from acuerdo.foresight.scenario import BASELINE, Scenario, Schedule
from acuerdo.foresight.together import effects, ends

SMALL = ("overdose", "supply_chain")
CLOSED = {"supply_chain": Scenario(id="closed", levers={"closure": Schedule(((FROM, 1.0),))})}
INSPECTED = {
    name: Scenario(id="inspected", levers={"southbound_inspection": Schedule(((FROM, 0.3),))})
    for name in ("arms_flow", "cartel_recruitment")
}


@pytest.mark.parametrize("name", ORDER)
def test_without_links_a_model_gives_the_bytes_that_it_gives_alone(name: str) -> None:
    draws = Draws(count=5)
    answer = Bilateral(draws=draws, models=(name,)).run(()).answers[name]
    run = simulate(
        model(name),
        structures=(STRUCTURES.get(name, {}),),
        draws=draws,
        reduce={"kept": Kept()},
        setup=monthly(model(name)),
    )
    for outcome in model(name).outcomes:
        alone = run.kept(BASELINE.id, outcome.name, "kept", structure=run.structures[0])[0]
        assert answer.values[outcome.name][-1].tobytes() == alone.tobytes()


def test_links_name_what_the_models_have() -> None:
    for link in LINKS.values():
        source, target = model(link.source[0]), model(link.target[0])
        assert link.source[1] in {one.name for one in source.outcomes}
        assert link.target[1] in {one.name for one in target.inputs}
        assert link.replaces in {"", *(one.name for one in target.levers)}


def test_a_link_that_is_off_hides_the_other_model_from_its_target() -> None:
    closed = Bilateral(scenarios=CLOSED, models=SMALL)
    usual = Bilateral(models=SMALL).run(()).answers["overdose"].values
    apart = closed.run(("demand",)).answers["overdose"].values
    assert all(apart[name].tobytes() == usual[name].tobytes() for name in usual)
    together = closed.run(("demand", "potency")).answers["overdose"]
    assert (together.at("deaths", UNTIL) < usual["deaths"][-1]).all()


def test_what_the_links_add_and_their_interaction_make_up_the_whole() -> None:
    parts = Bilateral(scenarios=CLOSED, draws=Draws(count=7), models=SMALL).contributions(
        "overdose", "deaths"
    )
    summed = parts.without + sum(parts.alone.values()) + parts.interaction
    np.testing.assert_allclose(summed, parts.together, rtol=1e-12)
    assert (parts.alone["potency"] < 0.0).all()
    assert (parts.alone["availability"] <= 0.0).all()
    assert (parts.alone["demand"] == 0.0).all()


def test_it_settles_on_the_same_whatever_comes_first() -> None:
    """Gauss–Seidel in the other order ends in the same place."""
    runs = [Bilateral(scenarios=CLOSED, models=order).run() for order in (SMALL, SMALL[::-1])]
    for name in SMALL:
        for outcome, values in runs[0].answers[name].values.items():
            np.testing.assert_allclose(runs[1].answers[name].values[outcome], values, rtol=1e-6)


def test_fewer_arms_count_once() -> None:
    """With the link on, the lever of the model of violence that says the same is left alone."""
    run = Bilateral(scenarios=INSPECTED, models=("arms_flow", "cartel_recruitment"))
    inflow = run.run().answers["arms_flow"].at("inflow", UNTIL)
    assert inflow == pytest.approx(0.7)
    linked, own = (run.run(links).answers["cartel_recruitment"].at("deaths", UNTIL) for links in (None, ()))
    usual = Bilateral(models=("cartel_recruitment",)).run().answers["cartel_recruitment"].at("deaths", UNTIL)
    assert linked == pytest.approx(own, rel=1e-3)
    assert linked < usual


def test_scarcity_raises_revenue_wages_and_violence() -> None:
    """The published loop: an inelastic demand, so less to be had brings in more."""
    run = Bilateral(scenarios=CLOSED, models=("supply_chain", "cartel_recruitment"))
    parts = run.contributions("cartel_recruitment", "deaths")
    assert run.run().answers["supply_chain"].at("revenue", UNTIL) > 1.0
    assert parts.alone["revenue"] > 0.0


def test_a_packaged_scenario_runs_in_all_models() -> None:
    moved = {name: play("all_of_the_framework").scenario(model(name)) for name in ORDER}
    found = Bilateral(scenarios=moved).run()
    assert found.links == tuple(LINKS)
    assert found.rounds < 20
    assert all(np.isfinite(one).all() for answer in found.answers.values() for one in answer.values.values())
    assert all(answer.error < 1e-3 for answer in found.answers.values())


def test_unknown_names_say_the_nearest() -> None:
    with pytest.raises(NotFound, match="potency"):
        Bilateral(models=SMALL).run(("potncy",))
    with pytest.raises(NotFound, match="deaths"):
        Bilateral(models=SMALL).run().answers["overdose"].at("death", date(2030, 1, 1))


def test_effects_of_a_scenario_add_up_and_say_where_it_acts() -> None:
    found = {(one.model, one.outcome.name): one for one in effects("precursor_controls", draws=3)}
    for one in found.values():
        summed = one.apart + sum(one.links.values()) + one.interaction
        np.testing.assert_allclose(summed, one.together, atol=1e-9)
    violence = found["cartel_recruitment", "deaths"]
    assert (violence.apart == 0.0).all()
    assert (violence.links["revenue"] > 0.0).all()
    assert (found["overdose", "deaths"].together < 0.0).all()


def test_more_members_bring_in_more_and_switching_the_link_off_takes_that_back() -> None:
    """Arrests leave fewer hands; what is to be had falls with them, and only with the link on."""
    arrested = {"cartel_recruitment": play("double_the_arrests").scenario(model("cartel_recruitment"))}
    run = Bilateral(scenarios=arrested, models=("supply_chain", "cartel_recruitment"))
    usual = Bilateral(models=("supply_chain", "cartel_recruitment"))
    linked, apart, before = (
        one.run(links).answers["supply_chain"].at("available", UNTIL)
        for one, links in ((run, ("capacity",)), (run, ()), (usual, ("capacity",)))
    )
    assert (apart == usual.run(()).answers["supply_chain"].at("available", UNTIL)).all()
    assert (linked < before).all()


@pytest.mark.slow
def test_what_is_kept_comes_out_again() -> None:
    """With every link off it costs little to compute again; with links, the parts are tested to add up."""
    found = kept.read(kept.COUPLED, "together")
    assert found is not None
    assert kept.changed(kept.COUPLED, "together") == ()
    asked, usual = ends(
        [(name, ()) for name in ("precursor_controls", BASELINE.id)], draws=found.answer["draws"]
    ).values()
    for row in found.answer["scenarios"]["precursor_controls"]:
        key = row["model"], row["outcome"]
        change = 100.0 * (asked[key] / usual[key] - 1.0)
        assert change.mean() == pytest.approx(row["apart"]["mean"], rel=1e-4, abs=1e-6)
        assert change.min() == pytest.approx(row["apart"]["spread"]["low"], rel=1e-4, abs=1e-6)
