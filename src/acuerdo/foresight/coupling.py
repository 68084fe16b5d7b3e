"""The coupled run ``bilateral``: what one model answers is what another takes in.

Demand moves the revenue of supply, revenue the wage that cartels pay, and members what supply can carry; the supply's
potency moves overdose, and what there is to be had moves who begins; arms that enter move lethality. Each model runs
alone over its own time; their answers meet on months from 2022 on, each relative to what it is on that day where
nothing is done. The models are run one after the other (Gauss–Seidel) until nothing that they exchange moves any more.
A link that is off leaves its model what it is alone.

Human smuggling and trafficking has no mechanism model, here or alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import final

import numpy as np

from acuerdo.core.errors import CheckFailed, NotFound, Problem
from acuerdo.core.text import Text
from acuerdo.foresight.clock import DAYS, time_of
from acuerdo.foresight.draws import Draws
from acuerdo.foresight.faults import unknown_word
from acuerdo.foresight.library import model
from acuerdo.foresight.model import Floats, Model
from acuerdo.foresight.reduction import Kept
from acuerdo.foresight.run import Setup, simulate
from acuerdo.foresight.scenario import BASELINE, Scenario, Series
from acuerdo.foresight.timeline import timeline

FROM = date(2022, 1, 1)
UNTIL = date(2032, 1, 1)
# Those that others take from come first, so that few rounds are needed
ORDER = ("overdose", "supply_chain", "arms_flow", "cartel_recruitment")
# Of the model of violence, the alternatives through which wages and arms can act at all
STRUCTURES: Mapping[str, Mapping[str, str]] = {
    "cartel_recruitment": {"recruitment": "participation", "weapons": "stock"}
}
UNCOVERED = Text(
    "Human smuggling and trafficking has no mechanism model; this run says nothing about it.",
    "El tráfico y la trata de personas no tienen modelo de mecanismo; esta corrida no dice nada sobre ellos.",
)
_MONTH = 365.25 / 12
# Series that are straight between months have corners; short steps keep their error small
_STEPS_A_MONTH = 8
_SETTLED = 1e-9
_ROUNDS = 50
_LINK = Text("a link", "un vínculo")
_MODEL = Text("a model of this run", "un modelo de esta corrida")
_OUTCOME = Text("an outcome", "un resultado")


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What one model's outcome does to another's input.

    The input is its own default times 1 + ``passed`` · (outcome relative to 2022 with nothing done − 1).

    Attributes:
        name: Its id.
        short: Its name in a table.
        title: What it says.
        source: The model and its outcome.
        target: The model and its input.
        passed: How much of a relative change is passed on; assumed.
        replaces: A lever of the target that says the same by itself, left alone where the link is on.
    """

    name: str
    short: Text
    title: Text
    source: tuple[str, str]
    target: tuple[str, str]
    passed: float = 1.0
    replaces: str = ""


LINKS: Mapping[str, Link] = {
    one.name: one
    for one in (
        Link(
            name="demand",
            short=Text("Demand", "Demanda"),
            title=Text("Fewer users, less revenue", "Menos consumidores, menos ingreso"),
            source=("overdose", "demand"),
            target=("supply_chain", "demand"),
        ),
        Link(
            name="potency",
            short=Text("Potency", "Potencia"),
            title=Text("A weaker supply, fewer overdoses", "Una oferta más débil, menos sobredosis"),
            source=("supply_chain", "potency"),
            target=("overdose", "potency"),
            replaces="weaker_supply",
        ),
        Link(
            name="availability",
            short=Text("Supply", "Oferta"),
            title=Text("Less to be had, fewer begin", "Menos oferta, menos empiezan"),
            source=("supply_chain", "available"),
            target=("overdose", "available"),
        ),
        Link(
            name="revenue",
            short=Text("Revenue", "Ingreso"),
            title=Text(
                "Revenue pays wages, wages recruit; half of a change is passed on, assumed",
                "El ingreso paga salarios, los salarios reclutan; se traslada la mitad del cambio, supuesto",
            ),
            source=("supply_chain", "revenue"),
            target=("cartel_recruitment", "cartel_wage"),
            passed=0.5,
        ),
        Link(
            name="capacity",
            short=Text("Capacity", "Capacidad"),
            title=Text(
                "Fewer members, fewer hands to bring the drug in",
                "Menos integrantes, menos manos para traer la droga",
            ),
            source=("cartel_recruitment", "members"),
            target=("supply_chain", "hands"),
        ),
        Link(
            name="arms",
            short=Text("Arms", "Armas"),
            title=Text(
                "Arms that enter make conflict lethal", "Las armas que entran hacen letal el conflicto"
            ),
            source=("arms_flow", "inflow"),
            target=("cartel_recruitment", "arms_inflow"),
            replaces="southbound_inspection",
        ),
    )
}


@final
@dataclass(frozen=True, slots=True)
class Answer:
    """What one model answers in a coupled run.

    Attributes:
        model: The model.
        times: The reported times since its own start, in its unit, shape (dates,).
        values: Each outcome, shape (dates, draws).
        error: The estimated relative error of its steps.
    """

    model: Model
    times: Floats
    values: Mapping[str, Floats]
    error: float

    def at(self, outcome: str, day: date) -> Floats:
        """An outcome on a day, shape (draws,).

        Raises:
            NotFound: If there is no such outcome.
        """
        if outcome not in self.values:
            raise NotFound(unknown_word(_OUTCOME, outcome, known=self.values, where=self.model.id))
        time = time_of(self.model, day)
        return np.array([np.interp(time, self.times, one) for one in self.values[outcome].T])


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Coupled:
    """A coupled run.

    Attributes:
        answers: Each model's, in the order of running.
        links: The names of the links that were on.
        rounds: How often the models were run one after the other.
    """

    answers: Mapping[str, Answer]
    links: tuple[str, ...]
    rounds: int


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Contributions:
    """What each link adds to an outcome on a day, shape (draws,) each.

    ``without + Σ alone + interaction = together``, exactly as far as floating point goes.

    Attributes:
        without: With every link off.
        alone: What each link adds by itself to that.
        interaction: What links add only together.
        together: With every link on.
    """

    without: Floats
    alone: Mapping[str, Floats]
    interaction: Floats
    together: Floats


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Bilateral:
    """The models to be run together.

    Attributes:
        scenarios: What is done in each model; nothing where none is given.
        draws: Of every model's parameters; the central values if not given.
        fitted: Other draws, as many, of the models that are fitted.
        models: Which models, of :data:`ORDER`; a link between two acts where both are there.
        until: The last day.
    """

    scenarios: Mapping[str, Scenario] = field(default_factory=dict)
    draws: Draws = field(default_factory=Draws.central)
    fitted: Mapping[str, Draws] = field(default_factory=dict)
    models: Sequence[str] = ORDER
    until: date = UNTIL

    def run(self, links: Collection[str] | None = None) -> Coupled:
        """Runs every model until what they exchange moves no more.

        Args:
            links: The links that are on; all if not given.

        Raises:
            NotFound: If a link is not known; names the nearest.
            CheckFailed: If they do not settle.
        """
        on = self._on(links)
        usual = {one.source[0]: self._alone(one.source[0], BASELINE) for one in on}
        answers: dict[str, Answer] = {}
        taken: dict[str, dict[str, Series]] = {}
        for number in range(1, _ROUNDS + 1):
            moved = 0.0
            for model_id in self.models:
                given = _inputs(model_id, on, answers=answers, usual=usual)
                if model_id in answers:
                    change = _change(taken[model_id], given)
                    moved = max(moved, change)
                    if change <= _SETTLED:
                        continue
                moved = np.inf if model_id not in answers else moved
                taken[model_id] = given
                answers[model_id] = self._alone(model_id, self._asked(model_id, on, given=given))
            if moved <= _SETTLED:
                return Coupled(answers=answers, links=tuple(one.name for one in on), rounds=number)
        raise CheckFailed(_UNSETTLED)

    def contributions(self, model_id: str, outcome: str, *, day: date | None = None) -> Contributions:
        """What each link adds to an outcome on a day, the last one if not given.

        Raises:
            NotFound: If there is no such model or outcome.
        """
        if model_id not in self.models:
            raise NotFound(unknown_word(_MODEL, model_id, known=self.models))
        when = day or self.until
        names = [one.name for one in self._on(None)]
        levels = {
            links: self.run(links).answers[model_id].at(outcome, when)
            for links in ((), *((name,) for name in names), tuple(names))
        }
        without, together = levels[()], levels[tuple(names)]
        alone = {name: levels[(name,)] - without for name in names}
        return Contributions(
            without=without,
            alone=alone,
            interaction=together - without - sum(alone.values()),
            together=together,
        )

    def _on(self, links: Collection[str] | None) -> tuple[Link, ...]:
        """The links that are on and have both their models."""
        wanted = LINKS if links is None else links
        problems = [unknown_word(_LINK, name, known=LINKS) for name in wanted if name not in LINKS]
        if problems:
            raise NotFound(problems)
        return tuple(
            one
            for one in LINKS.values()
            if one.name in wanted and {one.source[0], one.target[0]} <= set(self.models)
        )

    def _asked(self, model_id: str, on: Sequence[Link], *, given: Mapping[str, Series]) -> Scenario:
        """What is done in a model, with what it is given instead of the levers that say the same."""
        asked = self.scenarios.get(model_id, BASELINE)
        replaced = {link.replaces for link in on if link.target[0] == model_id}
        levers = {name: course for name, course in asked.levers.items() if name not in replaced}
        return Scenario(id=asked.id, title=asked.title, levers=levers, inputs={**asked.inputs, **given})

    def _alone(self, model_id: str, scenario: Scenario) -> Answer:
        """One model under a scenario, month by month."""
        one = model(model_id)
        run = simulate(
            one,
            scenarios=(scenario,),
            structures=(STRUCTURES.get(model_id, {}),),
            draws=self.fitted.get(model_id, self.draws),
            reduce={"kept": Kept(places=range(_dates(one, self.until)))},
            setup=monthly(one, until=self.until),
        )
        values = {
            name.name: run.kept(scenario.id, name.name, "kept", structure=run.structures[0])
            for name in one.outcomes
        }
        return Answer(one, run.times, values, run.error)


def monthly(one: Model, *, until: date = UNTIL) -> Setup:
    """How a model is computed in a coupled run: from its own start, reported by months."""
    month = _MONTH / DAYS[one.time_unit]
    return Setup(span=time_of(one, until), every=month, step=month / _STEPS_A_MONTH)


def _dates(one: Model, until: date) -> int:
    """How many dates are reported."""
    month = _MONTH / DAYS[one.time_unit]
    return timeline(one, BASELINE, span=time_of(one, until), every=month, step=month).times.size


def _inputs(
    model_id: str, on: Sequence[Link], *, answers: Mapping[str, Answer], usual: Mapping[str, Answer]
) -> dict[str, Series]:
    """What a model is given by those that have answered; level before the common start."""
    return {
        link.target[1]: _series(link, answers[link.source[0]], usual=usual[link.source[0]])
        for link in on
        if link.target[0] == model_id and link.source[0] in answers
    }


def _series(link: Link, answer: Answer, *, usual: Answer) -> Series:
    target = model(link.target[0])
    level = next(one.value for one in target.inputs if one.name == link.target[1])
    source = answer.model
    begun = time_of(source, FROM)
    later = answer.times > begun
    first = usual.at(link.source[1], FROM)
    relative = np.vstack([np.ones_like(first), answer.values[link.source[1]][later] / first])
    days = DAYS[source.time_unit] * np.append(begun, answer.times[later])
    times = (days + (source.starts - target.starts).days) / DAYS[target.time_unit]
    values = level * (1.0 + link.passed * (relative - 1.0))
    return Series(times, values[:, 0] if values.shape[1] == 1 else values)


def _change(old: Mapping[str, Series], new: Mapping[str, Series]) -> float:
    """The largest relative move of what a model is given; infinite where something is new."""
    if set(old) != set(new):
        return np.inf
    moves = [np.nanmax(np.abs(new[name].values / old[name].values - 1.0), initial=0.0) for name in new]
    return float(max(moves, default=0.0))


_UNSETTLED = Problem(
    what=Text(
        f"After {_ROUNDS} rounds the models still move one another.",
        f"Tras {_ROUNDS} vueltas los modelos aún se mueven unos a otros.",
    ),
    fix=Text("Switch a link off to see which one does it.", "Apague un vínculo para ver cuál lo causa."),
)
