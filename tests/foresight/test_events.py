"""Chance against closed forms: event by event where counts are small, by leaps elsewhere, by both back ends.

Tolerances are five standard errors of as many draws, so that a right answer fails once in a million and a half.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from scipy import stats
from tests.foresight.examples import blow_up, growth, mixing, parameter

from acuerdo.core.errors import UsageError
from acuerdo.foresight.draws import Draws
from acuerdo.foresight.events import events_with_numpy
from acuerdo.foresight.executors import Processes, Serial
from acuerdo.foresight.kernel.compile import events_with_numba
from acuerdo.foresight.library import model
from acuerdo.foresight.model import Model, Outcome, State
from acuerdo.foresight.noise import SMALL, Noise
from acuerdo.foresight.reduction import Kept, Moments
from acuerdo.foresight.run import Setup, simulate
from acuerdo.foresight.scenario import BASELINE, Scenario, Schedule
from acuerdo.foresight.timeline import timeline
from acuerdo.foresight.tracing import trace

COUNT = 20_000


def births_and_deaths(m: Any) -> None:
    """Each is born of one, or dies; some come from outside."""
    stock = m["stock"]
    m.start("stock", m["at_start"])
    m.outcome("born", m.flow("born", m["birth"] * stock + m["arrival"], into="stock"))
    m.flow("dead", m["death"] * stock, out_of="stock")
    m.outcome("stock", stock)


def population(*, start: float, birth: float = 0.0, death: float = 0.0, arrival: float = 0.0) -> Model:
    values = {"birth": birth, "death": death, "arrival": arrival}
    fixed = [parameter(name, one, low=one, high=one, unit="1/week") for name, one in values.items()]
    begun = parameter("at_start", start, low=start, high=start, unit="person")
    return growth(id="population", parameters=(begun, *fixed), balances=(), equations=births_and_deaths)


def ends(one: Model, noise: Noise, *, span: float, count: int = COUNT, **setup: Any) -> np.ndarray:
    """The count at the end of each draw."""
    run = simulate(
        one,
        draws=Draws(count=count, vary=()),
        reduce={"end": Kept((-1,))},
        setup=Setup(noise=noise, span=span, every=span, outcomes=("stock",), **setup),
    )
    return run.kept("baseline", "stock", "end")[0]


def agrees(found: np.ndarray, law: Any, highest: int) -> None:
    """Every count comes as often as a law says, and the mean and variance are its own."""
    share = law.pmf(np.arange(highest + 1))
    seen = np.bincount(found.astype(np.int64), minlength=highest + 1)[: highest + 1] / found.size
    assert (
        np.abs(seen - share) <= 5.0 * np.sqrt(share * (1.0 - share) / found.size) + 1.0 / found.size
    ).all()
    mean, variance, excess = (float(one) for one in law.stats("mvk"))
    assert found.mean() == pytest.approx(mean, abs=5.0 * np.sqrt(variance / found.size))
    assert found.var() == pytest.approx(variance, rel=5.0 * np.sqrt((excess + 2.0) / found.size))


@pytest.mark.parametrize("step", [1.0, 10.0])
def test_what_only_dies_is_binomial_however_long_the_step(step: float) -> None:
    found = ends(population(start=20.0, death=0.1), Noise(step=step), span=10.0)
    agrees(found, stats.binom(20, np.exp(-1.0)), 20)


def test_what_arrives_and_leaves_is_poisson() -> None:
    """From nothing, the number that is there at t is Poisson with mean (arrival / death) · (1 − exp(−death · t))."""
    found = ends(population(start=0.0, arrival=2.0, death=0.2), Noise(step=4.0), span=8.0)
    agrees(found, stats.poisson(10.0 * -np.expm1(-1.6)), 25)


@pytest.mark.parametrize(("birth", "death"), [(0.3, 0.2), (0.1, 0.25), (0.2, 0.2)])
def test_births_and_deaths_have_their_mean_variance_and_chance_of_dying_out(
    birth: float, death: float
) -> None:
    """Kendall (1948): the moments, and the chance that none of the first is left at t, each line by itself."""
    start, span = 5, 8.0
    found = ends(population(start=start, birth=birth, death=death), Noise(step=8.0), span=span)
    grown = np.exp((birth - death) * span)
    if birth == death:
        variance, out = 2.0 * birth * span * start, (birth * span / (1.0 + birth * span)) ** start
    else:
        variance = start * (birth + death) / (birth - death) * grown * (grown - 1.0)
        out = (death * (grown - 1.0) / (birth * grown - death)) ** start
    assert found.mean() == pytest.approx(start * grown, abs=5.0 * np.sqrt(variance / COUNT))
    spread = np.mean((found - found.mean()) ** 4) - found.var() ** 2
    assert found.var() == pytest.approx(variance, abs=5.0 * np.sqrt(spread / COUNT))
    assert (found == 0.0).mean() == pytest.approx(out, abs=5.0 * np.sqrt(out * (1.0 - out) / COUNT))


def test_leaps_alone_are_not_exact_where_counts_are_small() -> None:
    """The test above can fail: by a single leap of the same length the variance is far off."""
    found = ends(population(start=5.0, birth=0.3, death=0.2), Noise(step=8.0, exact_below=0.0), span=8.0)
    grown = np.exp(0.8)
    assert abs(found.var() / (5.0 * 5.0 * grown * (grown - 1.0)) - 1.0) > 0.2


def test_large_counts_come_out_alike_by_leaps_and_by_events() -> None:
    one, count = population(start=2000.0, birth=0.03, death=0.05), 1_000
    leaps, events = (
        ends(one, Noise(step=0.05, exact_below=below), span=8.0, count=count) for below in (0.0, np.inf)
    )
    assert leaps.tolist() != events.tolist()
    assert float(stats.ks_2samp(leaps, events)[1]) > 1e-4  # pyright: ignore[reportArgumentType]
    mean, variance = 2000.0 * np.exp(-0.16), 2000.0 * 4.0 * np.exp(-0.16) * -np.expm1(-0.16)
    for found in (leaps, events):
        assert found.mean() == pytest.approx(mean, abs=5.0 * np.sqrt(variance / count))
        assert found.var() == pytest.approx(variance, rel=5.0 * np.sqrt(2.0 / count))


def infection(m: Any) -> None:
    """Those infected infect others and recover; who begins it is one."""
    m.start("stock", m["at_start"])
    m.start("ill", 1.0 + 0.0 * m["at_start"])
    m.start("well", 0.0 * m["at_start"])
    m.flow("infected", m["rate"] * m["stock"] * m["ill"], out_of="stock", into="ill")
    m.flow("recovered", 1.0 * m["ill"], out_of="ill", into="well")
    m.outcome("stock", m["stock"])
    m.outcome("born", m["ill"] + m["well"] + m["stock"])


def epidemic(susceptible: int, rate: float) -> Model:
    names = ("stock", "ill", "well")
    fixed = (("at_start", float(susceptible), "person"), ("rate", rate, "1/person/week"))
    return growth(
        id="epidemic", states=tuple(State(name=name, title=growth().title, unit="person") for name in names),
        parameters=tuple(parameter(name, one, low=one, high=one, unit=unit) for name, one, unit in fixed),
        balances=(), equations=infection,
    )  # fmt: skip


def final_sizes(susceptible: int, rate: float) -> np.ndarray:
    """The chance of each number never infected, by the embedded walk of infections and recoveries."""
    chance = np.zeros((susceptible + 1, susceptible + 3))
    chance[susceptible, 1] = 1.0
    for s in range(susceptible, -1, -1):
        for ill in range(susceptible - s + 1, 0, -1):
            caught = rate * s / (rate * s + 1.0)
            chance[s, ill - 1] += chance[s, ill] * (1.0 - caught)
            if s:
                chance[s - 1, ill + 1] += chance[s, ill] * caught
    return chance[:, 0]


def test_an_epidemic_among_few_ends_as_often_at_each_size_as_it_must() -> None:
    """Rates that hang on two counts, both changed by every event."""
    one = epidemic(9, 0.2)
    found = ends(one, Noise(step=25.0), span=50.0)
    share = final_sizes(9, 0.2)
    assert share.sum() == pytest.approx(1.0)
    seen = np.bincount(found.astype(np.int64), minlength=10) / COUNT
    assert (np.abs(seen - share) <= 5.0 * np.sqrt(share * (1.0 - share) / COUNT)).all()


@pytest.mark.parametrize("below", [0.0, 60.0, SMALL, np.inf])
def test_both_back_ends_give_the_same_events(below: float) -> None:
    one = mixing()
    params = Draws(count=11).block(one, first=0, last=11)
    course = timeline(one, BASELINE, span=6.0, every=1.5, step=1.0, cut="reported")
    noise = Noise(seed=4, start=True, exact_below=below)
    by_numpy, by_numba = (
        events(trace(one), params, course=course, noise=noise, first=0)
        for events in (events_with_numpy, events_with_numba)
    )
    assert by_numba == pytest.approx(by_numpy, rel=1e-10)
    part = events_with_numba(trace(one), params[:, 3:], course=course, noise=noise, first=3)
    assert part.tobytes() == np.ascontiguousarray(by_numba[:, :, 3:]).tobytes()


@pytest.mark.parametrize("backend", ["numpy", "numba"])
def test_any_number_of_workers_gives_the_same_events(backend: Any) -> None:
    """Small counts, leaps and an impulse, in a model whose file every worker finds."""
    one = model("cartel_participation")
    few = Draws(count=5_000, given={one.parameters[0].name: np.linspace(40.0, 240.0, 5_000)}, vary=())
    setup = Setup(noise=Noise(step=4.0), span=24.0, every=8.0, backend=backend)
    runs = [
        simulate(one, draws=few, reduce={"moments": Moments()}, setup=replace(setup, executor=where))
        for where in (Serial(), Processes(2))
    ]
    for key, parts in runs[0].parts.items():
        for name, array in parts.items():
            assert array.tobytes() == runs[1].parts[key][name].tobytes()


@pytest.mark.parametrize("backend", ["numpy", "numba"])
def test_counts_stay_whole_and_none_is_below_zero_whatever_the_step(backend: Any) -> None:
    """Deaths that a leap would overdraw, and an impulse that would leave halves."""
    cull = Scenario(id="cull", levers={"cull": Schedule(((date(2020, 1, 29), 0.33),))})

    def equations(m: Any) -> None:
        births_and_deaths(m)
        m.jump("stock", m["stock"] * (1.0 - m["cull"]))

    for start in (3.4, 50.0, 5_000.5):
        one = replace(population(start=start, birth=0.1, death=1.9), equations=equations)
        run = simulate(
            one, scenarios=(BASELINE, cull), draws=Draws(count=300, vary=()),
            reduce={"all": Kept(tuple(range(6)))},
            setup=Setup(noise=Noise(step=2.0), span=10.0, every=2.0, outcomes=("stock",), backend=backend),
        )  # fmt: skip
        for scenario in ("baseline", "cull"):
            assert run.failed(scenario) == 0
            counts = run.kept(scenario, "stock", "all")
            assert (counts >= 0.0).all()
            assert (counts == np.floor(counts)).all()
            assert (counts[0] == np.floor(start + 0.5)).all()


def test_reported_counts_are_counts_and_never_in_between() -> None:
    run = simulate(
        population(start=30.0, birth=0.2, death=0.2), draws=Draws(count=50, vary=()),
        reduce={"all": Kept(tuple(range(9)))},
        setup=Setup(noise=Noise(step=0.7), span=4.0, every=0.5, outcomes=("stock",)),
    )  # fmt: skip
    counts = run.kept("baseline", "stock", "all")
    assert counts.shape == (9, 50)
    assert (counts == np.floor(counts)).all()
    assert all((low != high).any() for low, high in pairwise(counts))


@pytest.mark.parametrize("backend", ["numpy", "numba"])
def test_where_too_much_happens_among_few_the_rest_of_the_step_is_a_leap(backend: Any) -> None:
    """Many arrive where nobody was: the step ends, with the mean that the arrivals have."""
    one = population(start=0.0, arrival=50_000.0)
    found = ends(one, Noise(step=4.0), span=4.0, count=400, backend=backend)
    assert found.mean() == pytest.approx(200_000.0, abs=5.0 * np.sqrt(200_000.0 / 400))


@pytest.mark.parametrize("backend", ["numpy", "numba"])
@pytest.mark.parametrize("below", [0.0, SMALL])
def test_what_has_died_out_stays_so_even_where_its_rate_cannot_be_computed(
    below: float, backend: Any
) -> None:
    """A fixed number taken from whoever is left, in proportion to size: nothing by nothing once nobody is."""

    def equations(m: Any) -> None:
        m.start("stock", m["at_start"])
        m.flow("taken", (m["death"] / m["stock"]) * m["stock"], out_of="stock")
        m.outcome("born", m["arrival"] + m["birth"])
        m.outcome("stock", m["stock"])

    one = replace(population(start=12.0, death=3.0), equations=equations)
    run = simulate(
        one, draws=Draws(count=200, vary=()), reduce={"end": Kept((-1,))},
        setup=Setup(noise=Noise(exact_below=below), span=40.0, every=40.0, outcomes=("stock",), backend=backend),
    )  # fmt: skip
    assert run.failed("baseline") == 0
    assert (run.kept("baseline", "stock", "end") == 0.0).all()


@pytest.mark.parametrize("backend", ["numpy", "numba"])
def test_what_explodes_is_told_and_ends(backend: Any) -> None:
    """Births that grow with the square: infinite before the end in most draws, which are counted."""
    draws = Draws(count=40, vary=())
    run = simulate(blow_up(), draws=draws, setup=Setup(noise=Noise(step=1.0), span=400.0, backend=backend))
    assert run.failed("baseline") == 40


def test_what_is_measured_is_not_left_to_chance() -> None:
    in_kilograms = growth(
        states=(State(name="stock", title=growth().title, unit="kg"),),
        outcomes=(Outcome(name="stock", title=growth().title, unit="kg"), growth().outcomes[1]),
    )
    with pytest.raises(UsageError, match=r"'stock' \(kg\)"):
        simulate(in_kilograms, setup=Setup(noise=Noise()))
