"""A policy question, answered over everything that the data allow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import final

import numpy as np

from acuerdo.core.errors import Problem, UsageError
from acuerdo.core.text import Text
from acuerdo.foresight.clock import DAYS, time_of
from acuerdo.foresight.draws import Draws
from acuerdo.foresight.identified.comparing import Case, Comparison, compare
from acuerdo.foresight.identified.members import Members, members
from acuerdo.foresight.identified.predicting import Prediction
from acuerdo.foresight.library import model as find_model
from acuerdo.foresight.model import Model
from acuerdo.foresight.noise import Noise
from acuerdo.foresight.playbook import BASE, Play, play
from acuerdo.foresight.playbook import FOLDER as SCENARIOS
from acuerdo.foresight.run import Setup
from acuerdo.foresight.sizes import DRAWS, TRIED
from acuerdo.foresight.study import Fit, Study, study
from acuerdo.foresight.tracing import trace

_FITTED: dict[tuple[Study, tuple[tuple[str, str], ...], int], Members] = {}
# Who asks for many draws has more values tried of what the data do not decide, as kept answers have
_MANY, _MORE = 512, 128
# Leaps in the longest step of a model: with as many, what they get wrong is less than what chance does
_LEAPS = 32


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked.

    Attributes:
        model: The model's id.
        scenarios: The scenarios' ids.
        against: The scenario that they are compared with.
        draws: How many parameter values, under each structure.
        since: The day on which the policies begin, instead of the one that their files give.
        tried: How many values of what the data do not decide are tried where a model is fitted.
        boxes: Whether the assumptions under which a policy fails are looked for.
        chance: Whether flows move by chance, and what that adds is told.
    """

    model: str
    scenarios: tuple[str, ...]
    against: str = BASE
    draws: int = DRAWS
    since: date | None = None
    tried: int = TRIED
    boxes: bool = False
    chance: bool = False


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What answering a question would compute.

    Attributes:
        question: What is asked.
        study: What is asked of the model by itself.
        scenarios: The scenarios, the one that they are compared with first.
        trajectories: How many trajectories in all, those of the fit left out.
        compared: The time of comparison, in the model's unit.
        noise: What is left to chance; nothing if None.
    """

    question: Question
    study: Study
    scenarios: tuple[Play, ...]
    trajectories: int
    compared: float
    noise: Noise | None

    @property
    def leap(self) -> int | None:
        """The longest leap of chance in whole days, at least one; None where nothing is left to chance."""
        model = find_model(self.question.model)
        return None if self.noise is None else max(1, round(self.noise.step * DAYS[model.time_unit]))


def questions(
    scenarios: Sequence[str],
    *,
    against: str = BASE,
    model: str | None = None,
    draws: int = DRAWS,
    chance: bool = False,
) -> tuple[Question, ...]:
    """One question for each model in which any of the scenarios moves something, or for the one model given.

    Raises:
        NotFound: If a scenario or the model is not known.
        UsageError: If there is nothing to compare, or chance has nothing whole to move in a model.
    """
    if not set(scenarios) - {against}:
        raise UsageError(_nothing_compared())
    if draws < 1:
        raise UsageError(no_draws(draws))
    plays = [play(one) for one in (*scenarios, against)]
    acting = sorted({name for one in plays for name in one.acts_on})
    tried = _MORE if draws >= _MANY else TRIED
    found = tuple(
        Question(
            model=name, scenarios=tuple(scenarios), against=against, draws=draws, tried=tried, chance=chance
        )
        for name in ((model,) if model is not None else acting)
    )
    if not found:
        raise UsageError(_no_model(scenarios))
    for one in found:
        plan(one)
    return found


def only_model(scenario_id: str) -> str:
    """The one model in which a scenario moves something.

    Raises:
        NotFound: If there is no such scenario.
        UsageError: If there is none, or more than one; names them.
    """
    found = [one.model for one in questions((scenario_id,))]
    if len(found) > 1:
        raise UsageError(_which_model(scenario_id, found))
    return found[0]


def plan(question: Question) -> Plan:
    """What would be computed; computes nothing.

    Raises:
        NotFound: If a scenario or the model is not known.
        UsageError: If nothing is compared, none of the scenarios does anything in the model, or chance has nothing
            whole to move there.
    """
    found = find_model(question.model)
    wanted = [one for one in dict.fromkeys(question.scenarios) if one != question.against]
    plays = tuple(play(one) for one in (question.against, *wanted))
    if not wanted:
        raise UsageError(_nothing_compared())
    if not any(one.moves(question.model) for one in plays):
        raise UsageError(_nothing_done(question, plays))
    asked = study(question.model)
    shift = _later(plays, found, since=question.since)
    noise = _noise(found, asked) if question.chance else None
    return Plan(
        question=question,
        study=asked,
        scenarios=plays,
        trajectories=len(asked.structures) * len(plays) * question.draws * (1 if noise is None else 2),
        compared=asked.compared + shift,
        noise=noise,
    )


def _noise(model: Model, asked: Study) -> Noise:
    """Chance with leaps of a part of the model's longest step, where every structure has something whole to move."""
    noise = Noise(step=model.longest_step / _LEAPS)
    for structure in asked.structures:
        noise.check(trace(model, structure))
    return noise


def answer(
    question: Question, *, setup: Setup | None = None, likely: Mapping[str, Draws] | None = None
) -> Comparison:
    """The answer.

    Args:
        setup: Where and how it is computed.
        likely: Draws of the posterior by structure label, where they have been kept.

    Raises:
        UsageError: As :func:`plan` does.
        MissingExtra: If the model is fitted and SciPy is not installed.
    """
    return compared(question, plan(question).study, setup=setup, likely=likely)


def compared(
    question: Question,
    asked: Study,
    *,
    setup: Setup | None = None,
    likely: Mapping[str, Draws] | None = None,
) -> Comparison:
    """The same under another study of the model than its own."""
    planned, found = plan(question), find_model(question.model)
    how = replace(setup or Setup(), span=planned.compared, outcomes=(asked.outcome,), noise=planned.noise)
    cases = [
        Case(
            structure=structure,
            draws=drawn(asked, structure=structure, question=question, setup=how),
            likely=(likely or {}).get(label(structure)),
        )
        for structure in asked.structures
    ]
    scenarios = [one.scenario(found, since=question.since) for one in planned.scenarios]
    return compare(found, asked, scenarios=scenarios, cases=cases, setup=how, boxes=question.boxes)


def drawn(
    asked: Study, *, structure: Mapping[str, str], question: Question, setup: Setup | None = None
) -> Draws:
    """Everything that fits under a structure, as many draws as are asked for.

    What was fitted is repeated in turn until there are enough; what was not is drawn anew each time.
    """
    if asked.fit is None:
        return Draws(count=question.draws)
    found = fitting(asked, structure=structure, tried=question.tried, setup=setup)
    places = np.arange(question.draws) % found.count
    return Draws(count=question.draws, given={name: values[places] for name, values in found.table.items()})


def fitting(asked: Study, *, structure: Mapping[str, str], tried: int, setup: Setup | None = None) -> Members:
    """What fits under a structure, within the study's tolerance; computed once in a process.

    A structure that changes nothing about the observed course has the fits of the published one.

    Args:
        setup: Who is told how far it is, and where what is found is kept.
    """
    key = (asked, tuple(sorted(structure.items())), tried)
    if key not in _FITTED:
        _FITTED[key] = _fitting(asked, structure, tried=tried, setup=setup or Setup())
    return _FITTED[key]


def fit_of(asked: Study) -> Fit:
    """What a study's model is fitted to.

    Raises:
        UsageError: If there is nothing.
    """
    if asked.fit is None:
        raise UsageError(_nothing_to_fit(asked.model))
    return asked.fit


def _fitting(asked: Study, structure: Mapping[str, str], *, tried: int, setup: Setup) -> Members:
    model, fit = find_model(asked.model), fit_of(asked)
    if structure:
        low, high = Prediction(model, fit, structure={}).bounds()
        middle = np.stack([0.5 * (low + high), 0.4 * low + 0.6 * high])
        own, published = (Prediction(model, fit, structure=one).course(middle) for one in (structure, {}))
        if np.allclose(own, published, rtol=1e-6, equal_nan=True):
            return fitting(asked, structure={}, tried=tried, setup=setup)
    found = members(model, fit, structure=structure, count=tried, advance=setup.advance, keep=setup.keep)
    return found.within(fit.tolerance)


def _later(plays: Sequence[Play], model: Model, *, since: date | None) -> float:
    """By how much the comparison moves when the policies begin on another day, in the model's unit."""
    if since is None:
        return 0.0
    begins = [time for one in plays for time in one.scenario(model).changes(model)]
    return max(0.0, time_of(model, since) - min(begins, default=0.0))


def label(structure: Mapping[str, str]) -> str:
    """A structure as a run names it."""
    return ",".join(f"{name}={chosen}" for name, chosen in sorted(structure.items()))


def _nothing_compared() -> Problem:
    known = ", ".join(one for one in SCENARIOS.files() if one != BASE)
    return Problem(
        what=Text("A scenario is compared with another one.", "Un escenario se compara con otro."),
        fix=Text(
            f"Name at least one scenario besides the one it is compared with: {known}.",
            f"Nombre al menos un escenario además del de comparación: {known}.",
        ),
    )


def no_draws(count: int) -> Problem:
    """What is wrong with fewer draws than one."""
    return Problem(
        what=Text(f"{count} draws give no answer.", f"{count} sorteos no dan respuesta."),
        fix=Text(
            "Ask for at least one; some hundreds tell more.", "Pida al menos uno; unos cientos dicen más."
        ),
    )


def _nothing_done(question: Question, plays: Sequence[Play]) -> Problem:
    models = sorted({name for one in plays for name in one.acts_on})
    listed = ", ".join(models) or "–"
    return Problem(
        what=Text(
            f"None of these scenarios moves a lever of '{question.model}'.",
            f"Ninguno de estos escenarios mueve una palanca de '{question.model}'.",
        ),
        fix=Text(
            f"Give --model one of those they act in: {listed}.", f"Dé a --model uno en que actúen: {listed}."
        ),
    )


def _no_model(scenarios: Sequence[str]) -> Problem:
    listed = ", ".join(scenarios) or "–"
    return Problem(
        what=Text(
            f"No model says what this would do: {listed}.", f"Ningún modelo dice qué haría esto: {listed}."
        ),
        fix=Text(
            "Choose a scenario that moves a lever of some model.",
            "Elija un escenario que mueva una palanca de algún modelo.",
        ),
    )


def _which_model(scenario_id: str, found: Sequence[str]) -> Problem:
    listed = ", ".join(found)
    return Problem(
        what=Text(
            f"'{scenario_id}' moves something in {len(found)} models, and this is asked of one.",
            f"'{scenario_id}' mueve algo en {len(found)} modelos, y esto se pregunta a uno.",
        ),
        fix=Text(f"Give --model one of: {listed}.", f"Dé a --model uno de: {listed}."),
    )


def _nothing_to_fit(model_id: str) -> Problem:
    return Problem(
        what=Text(
            f"There are no observations that '{model_id}' is fitted to.",
            f"No hay observaciones a las que se ajuste '{model_id}'.",
        ),
        why=Text(
            "Its answers range over all of its declared parameter values.",
            "Sus respuestas recorren todos los valores declarados de sus parámetros.",
        ),
    )
