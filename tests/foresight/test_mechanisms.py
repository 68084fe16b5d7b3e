"""Each mechanism against what follows from its statement on paper: closed forms, not the model's equations again."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from acuerdo.foresight.library import model
from acuerdo.foresight.network import network
from acuerdo.foresight.scenario import Series
from acuerdo.foresight.trial import Setting, Trajectory, Trial

M1, CHOICE, M2 = (Trial(model(name)) for name in ("cartel_recruitment", "cartel_participation", "overdose"))
M3, M4 = (Trial(model(name)) for name in ("supply_chain", "arms_flow"))


def value(trial: Trial, name: str) -> float:
    declared = (*trial.model.parameters, *trial.model.constants)
    return next(one.value for one in declared if one.name == name)


def given(levels: Mapping[str, float]) -> dict[str, Series]:
    return {name: Series(np.array([0.0, 1e4]), np.full(2, level)) for name, level in levels.items()}


def end(trial: Trial, *, span: float, **setting) -> Trajectory:
    return trial.run(Setting(span=span, every=span, **setting))


# Recruitment, arrest and conflict among 150 groups


@pytest.mark.parametrize("arrests", [1.0, 2.0])
def test_prison_fills_until_as_many_leave_as_come(arrests: float) -> None:
    """A constant flow in and a constant hazard out."""
    flow, sentence = arrests * value(M1, "arrest_flow"), value(M1, "sentence")
    found = end(M1, span=300.0, structure={"prison": "release"}, levers={"arrests": arrests})
    assert found.end("prison") == pytest.approx(flow * sentence * (1.0 - np.exp(-300.0 / sentence)), rel=1e-7)


@pytest.mark.parametrize("rehabilitation", [0.0, 0.4])
def test_of_those_released_the_share_that_goes_back_does(rehabilitation: float) -> None:
    setting = Setting(
        span=260.0, every=1.0, structure={"prison": "release"}, levers={"rehabilitation": rehabilitation}
    )
    run = M1.run(setting)
    sums = {name: np.trapezoid(values, run.times) for name, values in run.values.items()}
    back = value(M1, "reoffending") * (1.0 - rehabilitation) * sums["prison"] / value(M1, "sentence")
    moved = sums["recruits"] - sums["arrested"] - sums["deaths"] - sums["retired"] + back
    assert run.end("members") - run.at("members", 0.0) == pytest.approx(moved, rel=1e-4)


@pytest.mark.parametrize(("arrests", "aimed"), [(1.0, 0.5), (2.0, 0.5), (1.0, 1.0)])
def test_a_middle_layer_is_hit_and_replaced(arrests: float, aimed: float) -> None:
    """Its gap settles between the hazard of arrest and that of replacement; members hardly move in that time."""
    levers = {"arrests": arrests, "middle_share": aimed}
    setting = Setting(span=52.0, every=52.0, structure={"targeting": "layers"}, levers=levers)
    states, run = M1.states(setting), M1.run(setting)
    size = 0.5 * (value(M1, "starting_size") + run.end("members"))
    hit = value(M1, "arrest_flow") * arrests * aimed / (value(M1, "middle_layer") * size)
    rate = hit + 1.0 / value(M1, "replacement_time")
    assert states["gap"].item() == pytest.approx(hit / rate * (1.0 - np.exp(-52.0 * rate)), rel=0.01)
    recruiting = run.end("recruits") / run.end("members") / value(M1, "recruitment_rate")
    assert recruiting == pytest.approx(1.0 - states["gap"].item(), rel=1e-9)


def test_fewer_arms_are_less_lethal_by_their_elasticity() -> None:
    setting = Setting(
        span=104.0, every=104.0, structure={"weapons": "stock"}, levers={"southbound_inspection": 0.3}
    )
    states, run, found = M1.states(setting), M1.run(setting), network()
    arms = 1.0 - 0.3 * (1.0 - np.exp(-104.0 / value(M1, "arms_lifetime")))
    assert states["arms"].item() == pytest.approx(arms, rel=1e-9)
    weights = (found.rivals + 1.0) / (found.allies.sum(axis=1)[:, None] + 1.0)
    np.fill_diagonal(weights, 0.0)
    killed = value(M1, "lethality") * states["members"] @ weights @ states["members"]
    assert run.end("deaths") == pytest.approx(killed * arms ** value(M1, "arms_elasticity"), rel=1e-9)


@pytest.mark.parametrize(("killings", "share"), [("twentieth", 0.05), ("tenth", 0.1), ("fifth", 0.2)])
def test_killings_stand_for_the_share_that_is_assumed(killings: str, share: float) -> None:
    run = end(M1, span=26.0, structure={"killings": killings})
    assert run.end("counted") == pytest.approx(run.end("deaths") / share, rel=1e-12)


@pytest.mark.parametrize("moved", [{"social_programme": 4_000.0}, {"arrests": 2.0}])
def test_recruits_follow_the_chance_of_joining(moved: dict[str, float]) -> None:
    chances = [end(CHOICE, span=1.0, levers=levers).end("participation") for levers in (moved, {})]
    run = end(M1, span=4.0, structure={"recruitment": "participation"}, levers=moved)
    rate = run.end("recruits") / run.end("members") / value(M1, "recruitment_rate")
    assert rate == pytest.approx(chances[0] / chances[1], rel=1e-9)


def test_the_parts_of_a_split_group_fight_one_another() -> None:
    data = model("cartel_recruitment").data({"leadership": "split"}).matrices["conflict"].dense()
    ties, n = network(), len(network().names)
    mean = ties.rivals[ties.rivals > 0.0].mean()
    alliances = ties.allies.sum(axis=1)
    for parent in range(3):
        family = (parent, n + 2 * parent, n + 2 * parent + 1)
        fights = [data[one, other] for one in family for other in family if one != other]
        assert fights == pytest.approx([(mean + 1.0) / (alliances[parent] + 1.0)] * 6)


# Joining as a choice


@pytest.mark.parametrize("arrests", [1.0, 1.2])
def test_a_cartel_grows_as_a_logistic_curve(arrests: float) -> None:
    run = end(CHOICE, span=200.0, levers={"arrests": arrests})
    chance, start = run.end("participation"), value(CHOICE, "starting_size")
    rate = (
        value(CHOICE, "exposure") * chance
        - value(CHOICE, "prison_risk") * arrests
        - value(CHOICE, "death_risk")
    )
    limit = rate / value(CHOICE, "crowding")
    members = limit / (1.0 + (limit / start - 1.0) * np.exp(-200.0 * rate))
    assert run.end("members") == pytest.approx(members, rel=1e-8)
    assert run.end("killed") == pytest.approx(value(CHOICE, "death_risk") * members, rel=1e-8)
    assert run.end("joining") == pytest.approx(value(CHOICE, "exposure") * chance * members, rel=1e-8)


def test_at_the_scripts_own_values_eight_in_ten_join() -> None:
    assert end(CHOICE, span=1.0).end("participation") == pytest.approx(0.8, rel=1e-9)


# Opioid use and overdose


def test_deaths_of_the_first_day_are_each_groups_size_times_its_risk() -> None:
    run = end(M2, span=0.25)
    fatal = value(M2, "overdose_rate") * (1.0 - value(M2, "survival"))
    spread = value(M2, "spread_at_start")
    at_risk = (
        value(M2, "user_risk") * value(M2, "users_at_start")
        + value(M2, "untreated_at_start")
        + value(M2, "treated_risk") * value(M2, "treated_at_start")
    )
    synthetic = fatal * spread * value(M2, "fentanyl_effect") * at_risk
    assert run.at("synthetic_deaths", 0.0) == pytest.approx(synthetic, rel=1e-12)
    assert run.at("deaths", 0.0) == pytest.approx(synthetic + fatal * (1.0 - spread) * at_risk, rel=1e-12)


def test_who_dies_of_an_overdose_is_who_is_missing() -> None:
    """Nobody begins, quits, stays well or dies of something else."""
    still = {"beginning_a_year": 0.0, "quitting_rate": 0.0, "time_to_stable": 1e12, "other_mortality": 0.0}
    setting = Setting(parameters=still, span=5.0, every=0.05)
    run, states = M2.run(setting), M2.states(setting)
    stocks = ("users", "untreated", "treated", "remission")
    missing = sum(value(M2, f"{name}_at_start") - states[name].item() for name in stocks)
    assert missing == pytest.approx(np.trapezoid(run.values["deaths"], run.times), rel=1e-4)


def test_without_completing_and_recovering_remission_only_empties() -> None:
    setting = Setting(parameters={"completing": 0.0, "recovery_rate": 0.0}, span=5.0)
    rate = value(M2, "return_rate") + 1.0 / value(M2, "time_to_stable")
    left = value(M2, "remission_at_start") * np.exp(-5.0 * rate)
    assert M2.states(setting)["remission"].item() == pytest.approx(left, rel=1e-7)


def test_fentanyl_spreads_as_a_logistic_curve() -> None:
    start, reach, rate = (value(M2, name) for name in ("spread_at_start", "reach", "spread_rate"))
    spread = reach / (1.0 + (reach / start - 1.0) * np.exp(-6.0 * rate))
    assert M2.states(Setting(span=6.0))["spread"].item() == pytest.approx(spread, rel=1e-7)


def test_demand_and_treatment_are_told_of_the_people_there_are() -> None:
    setting = Setting(span=6.0)
    run, states = M2.run(setting), {name: one.item() for name, one in M2.states(setting).items()}
    using = ("users", "untreated", "treated")
    start = sum(value(M2, f"{name}_at_start") for name in using)
    assert run.end("demand") == pytest.approx(sum(states[name] for name in using) / start, rel=1e-9)
    disorder = states["untreated"] + states["treated"]
    assert run.end("with_disorder") == pytest.approx(disorder, rel=1e-9)
    assert run.end("treated_share") == pytest.approx(states["treated"] / disorder, rel=1e-9)


def test_deaths_seen_keep_people_away_the_more_they_weigh() -> None:
    """Twice as many die as were seen before, so that the more that weighs, the fewer begin."""
    users = [
        M2.states(
            Setting(
                parameters={"seen_at_start": 15_000.0, "deterrence": strength},
                structure={"perceived_risk": "fewer_begin"},
                span=3.0,
            )
        )["users"].item()
        for strength in (0.0, 0.4, 0.8)
    ]
    assert users == sorted(users, reverse=True)
    assert len(set(users)) == 3


# A drug's way to the buyer

LONG = 800.0


@pytest.mark.parametrize("hands", [0.5, 1.5])
def test_hands_carry_by_their_elasticity(hands: float) -> None:
    run = end(M3, span=200.0, inputs=given({"hands": hands}))
    left = 1.0 - value(M3, "from_mexico") * (1.0 - hands ** value(M3, "hands_effect"))
    assert run.end("available") == pytest.approx(left, rel=1e-9)


def test_demand_moves_the_price_and_nothing_that_is_carried() -> None:
    run = end(M3, span=200.0, inputs=given({"demand": 0.8}))
    assert run.end("available") == pytest.approx(1.0, rel=1e-9)
    assert run.end("price") == pytest.approx(0.8 ** (-1.0 / value(M3, "elasticity")), rel=1e-9)
    assert run.end("price") < 1.0


@pytest.mark.parametrize("substitution", ["second_route", "none"])
def test_a_closure_leaves_what_its_shares_say(substitution: str) -> None:
    """In the long run: what is left of the first way, what the second replaces of it, and how strong both are."""
    run = end(M3, span=LONG, levers={"closure": 1.0}, structure={"substitution": substitution})
    start, shut, weak = (value(M3, name) for name in ("second_at_start", "closure_share", "second_strength"))
    first = (1.0 - start) * (1.0 - shut)
    replaced = value(M3, "second_reach") * shut * (1.0 - start) if substitution == "second_route" else 0.0
    second = start + replaced
    effective = (first + weak * second) / (1.0 - start + weak * start)
    assert run.end("second_route") == pytest.approx(second / (first + second), rel=1e-9)
    assert run.end("potency") == pytest.approx(effective / (first + second), rel=1e-9)
    assert run.end("made") == pytest.approx(effective, rel=1e-9)
    assert run.end("available") == pytest.approx(1.0 - value(M3, "from_mexico") * (1.0 - effective), rel=1e-9)
    assert run.end("revenue") == pytest.approx(run.end("price") * effective, rel=1e-9)


@pytest.mark.parametrize("lever", ["laboratory_removal", "border_seizure"])
def test_what_is_taken_further_is_a_share_of_what_came_through(lever: str) -> None:
    run = end(M3, span=200.0, levers={lever: 0.3})
    assert run.end("available") == pytest.approx(1.0 - 0.3 * value(M3, "from_mexico"), rel=1e-9)


@pytest.mark.parametrize("month", [0.5, 6.0])
def test_a_control_is_evaded_in_time(month: float) -> None:
    states = M3.states(Setting(span=month, levers={"import_control": 1.0}))
    evaded = 1.0 - np.exp(-month / value(M3, "evasion_time"))
    assert states["evasion"].item() == pytest.approx(evaded, rel=1e-7)


# Firearms from north to south


def test_untouched_what_enters_and_what_it_does_are_one() -> None:
    run = end(M4, span=10.0)
    for outcome in ("inflow", "lethality"):
        assert run.end(outcome) == pytest.approx(1.0, rel=1e-9)
    passing = 1.0 - value(M4, "border_share")
    assert run.end("stock") == pytest.approx(run.end("sent") * passing * value(M4, "lifetime"), rel=1e-9)


@pytest.mark.parametrize(
    ("levers", "left"),
    [
        ({"southbound_inspection": 0.3}, 0.7),
        ({"dealer_regulation": 0.3}, 0.7),
        ({"assault_weapon_law": 1.0}, 1.0 / 1.5),
        ({"southbound_inspection": 0.5, "dealer_regulation": 0.5}, 0.25),
    ],
)
def test_what_is_kept_away_is_missing_in_the_end(levers: dict[str, float], left: float) -> None:
    run = end(M4, span=5.0, levers=levers)
    wear = np.exp(-5.0 / value(M4, "lifetime"))
    stock = left + (1.0 - left) * wear
    usual = end(M4, span=5.0)
    assert run.end("inflow") == pytest.approx(left, rel=1e-9)
    assert run.end("stock") / usual.end("stock") == pytest.approx(stock, rel=1e-7)
    assert run.end("lethality") == pytest.approx(stock ** value(M4, "lethality_elasticity"), rel=1e-6)
    above = (stock * (1.0 + value(M4, "lapse_effect"))) ** value(M4, "lethality_elasticity") - 1.0
    assert run.end("deaths_by_lapse") == pytest.approx(value(M4, "deaths_near_border") * above, rel=1e-6)


def test_seizures_multiplied_draw_the_stock_down_at_their_rate() -> None:
    stock = end(M4, span=1.0).end("stock")
    seized = value(M4, "seized_a_year") / stock
    rate = 1.0 / value(M4, "lifetime") + 2.0 * seized
    limit = 1.0 / value(M4, "lifetime") / rate
    left = limit + (1.0 - limit) * np.exp(-4.0 * rate)
    run = end(M4, span=4.0, levers={"seizures_in_mexico": 3.0})
    assert run.end("stock") / stock == pytest.approx(left, rel=1e-7)
