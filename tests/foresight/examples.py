"""Small models whose answers are known, for tests of the engine."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from acuerdo.core.citation import Citation
from acuerdo.core.text import Text, same
from acuerdo.foresight.expression import exp, maximum, minimum, sqrt, total, where
from acuerdo.foresight.model import (
    Balance,
    Data,
    Input,
    Lever,
    Matrix,
    Model,
    Outcome,
    Parameter,
    State,
    Vector,
)
from acuerdo.foresight.tracing import Equations

START = date(2020, 1, 1)
_REFERENCES = (Citation(key="made", title="Made for a test", publisher="The tests"),)


def parameter(name: str, value: float, *, low: float, high: float, unit: str) -> Parameter:
    return Parameter(
        name=name,
        title=same(name),
        value=value,
        low=low,
        high=high,
        unit=unit,
        source="made",
        licence="CC0-1.0",
    )


def lever(
    name: str, *, unit: str = "", default: float = 0.0, high: float = 1.0, impulse: bool = False
) -> Lever:
    return Lever(
        name=name, title=same(name), unit=unit, default=default, low=0.0, high=high,
        objectives=("us_mx_bicentennial:launch_1a",), evidence=Text("Assumed.", "Supuesto."), impulse=impulse,
    )  # fmt: skip


def growth_equations(m: Equations) -> None:
    """Grows at a rate that a lever lowers; an impulse takes a share away at once."""
    stock = m["stock"]
    m.start("stock", m["at_start"])
    born = m.flow("born", m["rate"] * (1.0 - m["brake"]) * stock + m["inflow"], into="stock")
    m.jump("stock", stock * (1.0 - m["cull"]))
    m.outcome("stock", stock)
    m.outcome("born", born)


def growth(**changes: Any) -> Model:
    """dx/dt = rate · (1 − brake) · x + inflow."""
    fields: dict[str, Any] = {
        "id": "growth",
        "title": same("growth"),
        "summary": same("growth"),
        "time_unit": "week",
        "starts": START,
        "span": 40.0,
        "report_every": 2.0,
        "longest_step": 8.0,
        "states": (State(name="stock", title=same("stock"), unit="person"),),
        "parameters": (
            parameter("at_start", 100.0, low=50.0, high=150.0, unit="person"),
            parameter("rate", 0.02, low=0.01, high=0.03, unit="1/week"),
        ),
        "levers": (lever("brake"), lever("cull", impulse=True)),
        "inputs": (Input(name="inflow", title=same("inflow"), unit="person/week", value=0.0, source="made"),),
        "outcomes": (
            Outcome(name="stock", title=same("stock"), unit="person"),
            Outcome(name="born", title=same("born"), unit="person/week"),
        ),
        "balances": (Balance(states=("stock",), inflows=("born",)),),
        "references": _REFERENCES,
        "equations": growth_equations,
    }
    return Model(**(fields | changes))


def blow_up_equations(m: Equations) -> None:
    """dx/dt = k·x², infinite at the time 1 / (k·x₀)."""
    m.start("stock", m["at_start"])
    born = m.flow("born", m["rate"] * m["stock"] * m["stock"], into="stock")
    m.outcome("stock", m["stock"])
    m.outcome("born", born)


def blow_up() -> Model:
    """Infinite before week 40 where it starts above 125: for a quarter of the draws."""
    return growth(
        parameters=(
            parameter("at_start", 100.0, low=50.0, high=150.0, unit="person"),
            parameter("rate", 2e-4, low=2e-4, high=2e-4, unit="1/person/week"),
        ),
        equations=blow_up_equations,
    )


def mixing_data(structure: Any) -> Data:
    del structure
    rng = np.random.default_rng(3)
    n = 7
    full = np.where(rng.random((n, n)) < 0.3, rng.random((n, n)), 0.0)
    rows, columns = np.nonzero(full)
    mixing = Matrix(
        space="places", unit="1/week", rows=rows, columns=columns, values=full[rows, columns], left=rng.random((2, n)),
        right=rng.random((2, n)), diagonal=rng.random(n), scale=rng.random(n) * 1e-2,
    )  # fmt: skip
    return Data(
        spaces={"places": n},
        vectors={"weight": Vector(values=rng.random(n), space="places", unit="")},
        matrices={"mixing": mixing},
    )


def mixing_equations(m: Equations) -> None:
    """Every operation that an equation may hold, a matrix of each kind, scalars and vectors together."""
    here, pool = m["here"], m["pool"]
    m.start("here", m["at_start"] * m["weight"])
    m.start("pool", m["at_start"])
    level = total(here) / m["at_start"]
    arriving = m.times("mixing", here * exp(-m["weight"])) + m.times("mixing", here)
    m.flow("arriving", arriving * where(level < 5.0, 1.0, otherwise=0.5), into="here")
    m.flow("leaving", m["rate"] * here * minimum(maximum(level, 0.5), 2.0) ** 1.5, out_of="here", into="pool")
    m.flow("lost", m["rate"] * sqrt(pool * m["at_start"]), out_of="pool")
    m.outcome("everybody", total(here) + pool)
    m.outcome("spread", total(here * here) / total(here))
    m.outcome("level", 1.0 - level)


def mixing() -> Model:
    """Seven places with a sparse, low-rank and diagonal matrix."""
    return Model(
        id="mixing", title=same("mixing"), summary=same("mixing"), time_unit="week", starts=START, span=20.0,
        report_every=1.0, longest_step=2.0,
        states=(
            State(name="here", title=same("here"), unit="person", space="places"),
            State(name="pool", title=same("pool"), unit="person"),
        ),
        parameters=(
            parameter("at_start", 100.0, low=50.0, high=150.0, unit="person"),
            parameter("rate", 0.02, low=0.01, high=0.03, unit="1/week"),
        ),
        outcomes=(
            Outcome(name="everybody", title=same("everybody"), unit="person"),
            Outcome(name="spread", title=same("spread"), unit="person"),
            Outcome(name="level", title=same("level"), unit=""),
        ),
        references=_REFERENCES, equations=mixing_equations, data=mixing_data,
    )  # fmt: skip
