"""A model that is wrong is told so: units, sources, ranges, balances, words that do not exist."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.foresight.examples import growth, growth_equations, lever, mixing, parameter

from acuerdo.core.errors import AcuerdoError, CheckFailed, NotFound, UnitMismatch, UsageError
from acuerdo.core.text import LANGS, same
from acuerdo.foresight.check import check_model
from acuerdo.foresight.dimensions import check_units
from acuerdo.foresight.expression import exp, total
from acuerdo.foresight.model import Alternative, Balance, Mechanism, Outcome
from acuerdo.foresight.run import Setup, simulate
from acuerdo.foresight.tracing import trace


def told(error: type[AcuerdoError], **changes) -> str:
    with pytest.raises(error) as caught:
        check_model(growth(**changes))
    for problem in caught.value.problems:
        assert problem.what.en != problem.what.es
    return str(caught.value)


def with_equations(write):
    def equations(m) -> None:
        growth_equations(m)
        write(m)

    return equations


def test_the_examples_are_right() -> None:
    check_model(growth())
    check_units(trace(mixing()))


@pytest.mark.parametrize(
    ("write", "said"),
    [
        (lambda m: m.outcome("stock", m["stock"] + m["rate"]), "'stock', person meets 1 / week"),
        (lambda m: m.outcome("stock", m["rate"] * m["stock"]), "'stock', person / week meets person"),
        (lambda m: m.outcome("stock", m["stock"] * exp(m["stock"])), "'stock', person meets 1"),
        (lambda m: m.derivative("stock", m["stock"]), "'d stock / d t', person meets person / week"),
        (lambda m: m.start("stock", 3.0), "'stock', 1 meets person"),
    ],
)
def test_units_that_do_not_fit(write, said: str) -> None:
    with pytest.raises(UnitMismatch) as caught:
        check_units(trace(growth(equations=with_equations(write))))
    assert caught.value.problems[0].what.en == f"In the equation of {said}."


def test_a_rate_a_year_is_not_a_rate_a_week() -> None:
    yearly = (parameter("at_start", 100.0, low=50.0, high=150.0, unit="person"),
              parameter("rate", 1.0, low=0.5, high=1.5, unit="1/year"))  # fmt: skip
    with pytest.raises(UnitMismatch, match="meets"):
        check_units(trace(growth(parameters=yearly)))


def test_what_is_missing_is_listed_all_at_once() -> None:
    parameters = (
        replace(parameter("at_start", 10.0, low=50.0, high=150.0, unit="person"), licence=" "),
        replace(parameter("rate", 0.02, low=0.01, high=0.03, unit="1/week"), source="nowhere"),
    )
    levers = (replace(lever("brake"), objectives=()), lever("cull", impulse=True), lever("rate"))
    text = told(CheckFailed, parameters=parameters, levers=levers)
    for expected in (
        "The value of 'at_start', 10, lies outside its range 50 to 150",
        "'at_start' has no licence",
        "'rate' has no source among the model's references: 'nowhere'",
        "'rate' is declared more than once",
        "The lever 'brake' serves no objective",
    ):
        assert expected in text


@pytest.mark.parametrize("unit", ["1/yaer", "person per", "3 person", "("])
def test_a_unit_that_nobody_knows_is_told_with_whose_it_is(unit: str) -> None:
    parameters = (growth().parameters[0], replace(growth().parameters[1], unit=unit))
    for one in LANGS:
        with pytest.raises(UnitMismatch) as caught:
            check_model(growth(parameters=parameters))
        assert f"'{unit}', " in caught.value.render(one)
        assert "'rate'" in caught.value.render(one)


def test_a_unit_of_time_that_is_in_no_calendar() -> None:
    assert "The unit of time is 'fortnight'" in told(CheckFailed, time_unit="fortnight")


def test_what_moves_nothing_or_serves_nothing_is_told_beside_an_equation_that_cannot_be_read() -> None:
    idle = replace(lever("idle"), objectives=("us_mx_bicentennial:launch_1z",))
    text = told(CheckFailed, levers=(*growth().levers, idle))
    assert "'idle' is declared, and no equation uses it" in text
    assert "No framework has 'us_mx_bicentennial:launch_1z'" in text
    assert "us_mx_bicentennial:launch_1a" in text

    def unread(m) -> None:
        m.outcome("other", m["stok"])

    text = told(CheckFailed, levers=(*growth().levers, idle), equations=with_equations(unread))
    assert "'stok' is not a quantity of this model" in text
    assert "No framework has 'us_mx_bicentennial:launch_1z'" in text


def test_people_who_appear_from_nowhere() -> None:
    def leak(m) -> None:
        m.derivative("stock", m["rate"] * m["stock"] * 1e-6)

    text = told(
        CheckFailed, equations=with_equations(leak), balances=(Balance(states=("stock",), inflows=("born",)),)
    )
    assert "What enters and leaves stock does not add up to how it changes" in text


def test_outcomes_declared_and_not_written_or_vectors() -> None:
    more = (*growth().outcomes, Outcome(name="never", title=same("never"), unit="person"))
    assert "The outcome 'never' is declared, and no equation gives it" in told(CheckFailed, outcomes=more)
    fewer = growth().outcomes[:1]
    assert "The outcome 'born' is given by an equation, and not declared" in told(CheckFailed, outcomes=fewer)
    vector = replace(mixing(), equations=lambda m: [mixing().equations(m), m.outcome("level", m["weight"])])
    with pytest.raises(CheckFailed, match="The outcome 'level' is a vector"):
        check_model(vector)


def test_words_that_do_not_exist_are_named_with_the_nearest() -> None:
    with pytest.raises(NotFound, match="Did you mean rate"):
        trace(growth(equations=lambda m: m["ratte"]))
    with pytest.raises(NotFound, match="'stok' is not a state"):
        trace(growth(equations=lambda m: m.start("stok", 1.0)))
    with pytest.raises(NotFound, match="'mixin' is not a matrix"):
        trace(replace(mixing(), equations=lambda m: m.times("mixin", m["here"])))
    mechanism = Mechanism(
        name="rise", title=same("rise"),
        alternatives=tuple(Alternative(id=one, title=same(one), source="made") for one in ("slow", "fast")),
    )  # fmt: skip
    with pytest.raises(UsageError) as caught:
        trace(growth(mechanisms=(mechanism,)), {"rise": "faster", "fall": "slow"})
    assert "Did you mean fast" in str(caught.value)
    assert "'fall' is not a mechanism" in str(caught.value)


def test_an_equation_cannot_decide_by_itself() -> None:
    def branch(m) -> None:
        if m["stock"] > 3.0:
            m.outcome("stock", m["stock"])

    with pytest.raises(UsageError, match="Use where"):
        trace(growth(equations=branch))


def test_vectors_over_different_things_do_not_mix() -> None:
    one = mixing()

    def mixed(m) -> None:
        m.outcome("level", total(m["here"] + _elsewhere(m)))

    def _elsewhere(m):
        from acuerdo.foresight.expression import symbol

        return symbol("weight", space="elsewhere")

    with pytest.raises(UsageError, match="elsewhere, places"):
        trace(replace(one, equations=mixed))


def test_a_leak_that_only_a_lever_opens_is_seen() -> None:
    """At the start, with the lever at rest, nothing leaks."""

    def leak(m) -> None:
        m.derivative("stock", -1e-3 * m["rate"] * m["brake"] * m["stock"])

    text = told(CheckFailed, equations=with_equations(leak))
    assert "What enters and leaves stock does not add up" in text


def test_what_only_moves_around_inside_is_in_balance() -> None:
    def around(m) -> None:
        m.start("stock", m["at_start"])
        m.start("other", 0.0)
        born = m.flow("born", m["rate"] * m["stock"], out_of="stock", into="other")
        m.outcome("stock", m["stock"])
        m.outcome("born", born)

    states = (*growth().states, replace(growth().states[0], name="other"))
    closed = (Balance(states=("stock", "other")),)
    check_model(growth(equations=around, states=states, balances=closed, levers=()))


def test_a_state_that_falls_below_zero_is_told() -> None:
    def drained(m) -> None:
        m.flow("drained", 10.0 * m["rate"] * m["at_start"], out_of="stock")

    balances = (Balance(states=("stock",), inflows=("born",), outflows=("drained",)),)
    text = told(CheckFailed, equations=with_equations(drained), balances=balances)
    assert "The state 'stock' falls below zero in 32 of 32 draws" in text


def test_flows_that_cannot_be_told_apart_or_do_not_say_who_gets_what() -> None:
    with pytest.raises(UsageError, match="Two flows are called 'born'"):
        trace(growth(equations=with_equations(lambda m: m.flow("born", m["rate"], into="stock"))))
    spread = replace(mixing(), equations=lambda m: m.flow("in", m["rate"] * m["pool"], into="here"))
    with pytest.raises(UsageError, match="The flow 'in' does not say what each element of 'here' gets"):
        trace(spread)


def test_a_flow_that_is_called_like_a_state_is_told() -> None:
    def equations(m) -> None:
        m.start("stock", m["at_start"])
        m.outcome("born", m.flow("stock", m["rate"] * m["stock"], into="stock"))
        m.outcome("stock", m["stock"])

    with pytest.raises(UsageError, match="A flow and a state are both called 'stock'"):
        trace(growth(equations=equations))


def test_a_model_without_parameters_runs() -> None:
    def fixed(m) -> None:
        m.start("stock", 7.0)
        m.outcome("stock", m["stock"])
        m.outcome("born", m.flow("born", 0.5 * m["stock"], into="stock"))

    one = growth(parameters=(), levers=(), equations=fixed)
    ends = [
        simulate(one, setup=Setup(backend=name, span=2.0, every=1.0)).mean("baseline", "stock")[-1]
        for name in ("numpy", "numba", "jax")
    ]
    assert ends == pytest.approx([7.0 * np.exp(1.0)] * 3, rel=1e-8)
