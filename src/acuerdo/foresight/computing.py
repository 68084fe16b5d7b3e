"""What is computed once and kept: comparisons of every scenario, calibrations, published tables, sensitivities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, final

import numpy as np

from acuerdo.foresight import kept
from acuerdo.foresight.asking import Question, answer, compared, fit_of, fitting, plan
from acuerdo.foresight.draws import Draws
from acuerdo.foresight.identified.comparing import Comparison
from acuerdo.foresight.identified.fitting import best_fit, profile
from acuerdo.foresight.identified.influence import Influence, influences
from acuerdo.foresight.identified.members import Members
from acuerdo.foresight.identified.predicting import Prediction
from acuerdo.foresight.identified.sampling import Chains, sample
from acuerdo.foresight.library import model as find_model
from acuerdo.foresight.model import Floats, Model
from acuerdo.foresight.playbook import BASE, play, plays
from acuerdo.foresight.run import Setup
from acuerdo.foresight.sizes import SAMPLED
from acuerdo.foresight.study import Sought, Study, study
from acuerdo.foresight.together import kept_effects
from acuerdo.foresight.trial import Trial

# Reported dates of a kept course: enough for a picture
_DATES = 60
# Values of a parameter at which its profile is shown
_PROFILED = 7


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A model fitted to its observations.

    Attributes:
        best: The parameters of the best fit.
        error: Its root mean squared error, in the outcome's unit.
        starts: The error reached from each start, best first.
        reached: How many starts came as low as the best.
        members: Everything that fits as well, within the study's tolerance.
        most: The largest error that counts as fitting as well.
        sought: The ranges in which parameters were sought.
        profiles: For each parameter that is swept, values and the least error reached with it, shape (values, 2).
        chains: The chains, where they were asked for.
    """

    best: Mapping[str, float]
    error: float
    starts: tuple[float, ...]
    reached: int
    members: Members
    most: float
    sought: Mapping[str, Sought]
    profiles: Mapping[str, Floats]
    chains: Chains | None

    def fits(self, name: str) -> tuple[float, float]:
        """The least and greatest value of a parameter that was found to fit: in the set, best, or held in a profile."""
        held = self.profiles.get(name, np.empty((0, 2)))
        found = np.concatenate(
            [self.members.table[name], [self.best[name]], held[held[:, 1] <= self.most, 0]]
        )
        return float(found.min()), float(found.max())


def fitted(model_id: str, *, starts: int, tried: int, steps: int = 0, setup: Setup | None = None) -> Fitted:
    """The best fit of a model from several starts, its profiles, and everything that fits as well.

    Args:
        steps: Steps of the Markov chains; none are run if 0.
        setup: Who is told how far it is, every kind of work by itself, and where what is done is kept.

    Raises:
        UsageError: If there is nothing that it is fitted to.
        CheckFailed: If the starts do not agree, or the chains have not come to rest.
        MissingExtra: If SciPy, or emcee for chains, is not installed.
    """
    asked, how = study(model_id), setup or Setup()
    advance = how.advance
    members = fitting(asked, structure={}, tried=tried, setup=how)
    prediction = Prediction(find_model(model_id), fit_of(asked), structure={}, keep=how.keep)
    best = best_fit(prediction, starts=starts, advance=advance).checked()
    table = prediction.table(best.point[None])
    return Fitted(
        best={name: float(value[0]) for name, value in table.items()}, error=best.error, starts=best.starts,
        reached=best.reached, members=members, most=members.best * (1.0 + prediction.fit.tolerance),
        sought=prediction.fit.sought,
        chains=sample(prediction, steps=steps, advance=advance).checked() if steps else None,
        profiles={
            name: profile(prediction, name, count=_PROFILED, best=best, advance=advance)
            for name in prediction.fit.swept
        },
    )  # fmt: skip


def acting(model_id: str) -> tuple[str, ...]:
    """The scenarios that move something in a model."""
    return tuple(name for name, one in plays().items() if name != BASE and one.moves(model_id))


def comparison(
    model_id: str, *, draws: int, tried: int, likely: Mapping[str, Draws] | None = None
) -> Comparison:
    """Every scenario that acts in a model, against the baseline."""
    question = Question(model=model_id, scenarios=acting(model_id), draws=draws, tried=tried, boxes=True)
    return answer(question, setup=Setup(every=study(model_id).span / _DATES), likely=likely)


def calibration(model_id: str, *, steps: int, tried: int) -> tuple[dict[str, Any], dict[str, Draws]]:
    """The best fit, profiles, chains and identified set of a fitted model, under its published structure.

    Returns:
        The answer to keep; and draws of the posterior by structure label.

    Raises:
        CheckFailed: If the chains have not come to rest.
    """
    asked = study(model_id)
    fit = fit_of(asked)
    members = fitting(asked, structure={}, tried=tried)
    prediction = Prediction(find_model(model_id), fit, structure={})
    best = best_fit(prediction).checked()
    chains = sample(prediction, steps=steps).checked()
    kept_answer = {
        "observed": {"title": asdict(prediction.observed.title), "source": prediction.observed.source,
                     "published": prediction.observed.published, "outcome": prediction.observed.outcome},
        "best": {name: float(value[0]) for name, value in prediction.table(best.point[None]).items()},
        "error": best.error,
        "starts": best.starts,
        "tolerance": fit.tolerance,
        "members": {"count": members.count, "ranges": {name: [float(one.min()), float(one.max())]
                                                       for name, one in members.table.items()}},
        "sought": {name: {"low": one.low, "high": one.high, "solved": one.solved, "why": asdict(one.why)}
                   for name, one in fit.sought.items()},
        "profiles": {name: profile(prediction, name, count=9, best=best).tolist() for name in fit.swept},
        "chains": {"r_hat": chains.r_hat, "correlation": chains.correlation, "steps": chains.steps,
                   "accepted": chains.accepted},
        "posterior": {name: _three(one) for name, one in chains.table.items()},
    }  # fmt: skip
    return kept_answer, {"": Draws(count=len(next(iter(chains.table.values()))), given=chains.table)}


def published(model_id: str) -> dict[str, Any]:
    """Every published result of a model beside what it gives."""
    trial = Trial(find_model(model_id), "auto")
    rows = []
    for one in trial.model.published:
        value = float(one.measure(trial))
        rows.append(
            {
                "name": one.name,
                "title": asdict(one.title),
                "published": asdict(one.published),
                "low": one.low,
                "high": one.high,
                "unit": asdict(one.unit),
                "source": one.source,
                "value": value,
                "reproduced": one.low <= value <= one.high,
            }
        )
    behaviours = [
        {"name": one.name, "kind": one.kind, "title": asdict(one.title), "holds": bool(one.holds(trial))}
        for one in trial.model.behaviours
    ]
    return {"rows": rows, "behaviours": behaviours}


def influences_of(
    model_id: str, scenario_id: str, *, count: int, setup: Setup | None = None
) -> tuple[Influence, ...]:
    """How much each assumption moves what one scenario changes, under the first structure in which it changes it.

    Raises:
        UsageError: If the scenario moves nothing in the model.
        MissingExtra: If SALib is not installed.
    """
    plan(Question(model=model_id, scenarios=(scenario_id,)))
    found, asked = find_model(model_id), study(model_id)
    scenarios = (play(BASE).scenario(found), play(scenario_id).scenario(found))
    structure = moved_under(asked, scenario_id)
    return influences(found, asked, scenarios=scenarios, structure=structure, count=count, setup=setup)


def moved_under(asked: Study, scenario_id: str) -> Mapping[str, str]:
    """The first structure under which a scenario changes the outcome at all."""
    question = Question(model=asked.model, scenarios=(scenario_id,), draws=2, tried=4)
    for structure in asked.structures:
        narrowed = replace(asked, structures=(structure,), fit=None)
        arms = compared(question, narrowed).arms
        change = arms[-1].change
        if change is not None and abs(change.low) + abs(change.high) > 0.0:
            return structure
    return {}


def compute_coupled(*, draws: int) -> None:
    """Computes and keeps what every scenario changes where all models run together."""
    kept.keep(kept.COUPLED, "together", answer=kept_effects(draws=draws))


def _three(values: Any) -> list[float]:
    return np.quantile(values, [0.05, 0.5, 0.95]).tolist()


def compute(model: Model, *, quick: bool) -> None:
    """Computes and keeps everything about a model.

    Args:
        quick: Few draws, to see that it works.
    """
    asked = study(model.id)
    kept.keep(model.id, "published", answer=published(model.id))
    likely: dict[str, Draws] = {}
    if asked.fit is not None:
        told, likely = calibration(model.id, steps=600 if quick else 9000, tried=16 if quick else kept.TRIED)
        kept.keep(model.id, "calibration", answer=told)
    if acting(model.id):
        found = comparison(
            model.id, draws=50 if quick else kept.DRAWS, tried=16 if quick else kept.TRIED, likely=likely
        )
        kept.keep(model.id, "comparison", answer=kept.written(found))
        moved = {
            name: influences_of(model.id, name, count=8 if quick else SAMPLED) for name in acting(model.id)
        }
        kept.keep(model.id, "sensitivity", answer=moved)
