"""What can be asked about mechanism models."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import final

from acuerdo.foresight import asking, computing, playbook
from acuerdo.foresight.asking import Question
from acuerdo.foresight.check import check_model
from acuerdo.foresight.computing import Fitted
from acuerdo.foresight.draws import Draws
from acuerdo.foresight.identified.comparing import Comparison
from acuerdo.foresight.identified.influence import Influence
from acuerdo.foresight.library import model, models
from acuerdo.foresight.model import Model
from acuerdo.foresight.playbook import BASE, Play
from acuerdo.foresight.reduction import AbstractReduction
from acuerdo.foresight.results import Run
from acuerdo.foresight.run import Setup, simulate
from acuerdo.foresight.scenario import BASELINE, Scenario
from acuerdo.foresight.trial import Trial


@final
class Foresight:
    """The mechanism models that come with the software."""

    @staticmethod
    def models() -> Mapping[str, Model]:
        """Every model by id."""
        return models()

    @staticmethod
    def model(model_id: str) -> Model:
        """One model.

        Raises:
            NotFound: If there is none of that id; names the nearest.
        """
        return model(model_id)

    @staticmethod
    def check(model_id: str) -> None:
        """Checks a model's declarations, units and balances; see :func:`acuerdo.foresight.check.check_model`."""
        check_model(model(model_id))

    @staticmethod
    def trial(model_id: str) -> Trial:
        """A model to be run once at chosen values."""
        return Trial(model(model_id))

    @staticmethod
    def run(
        model_id: str,
        *,
        scenarios: Sequence[Scenario] = (BASELINE,),
        structures: Sequence[Mapping[str, str]] = ({},),
        draws: Draws | None = None,
        reduce: Mapping[str, AbstractReduction] | None = None,
        setup: Setup | None = None,
    ) -> Run:
        """Runs a model; see :func:`acuerdo.foresight.run.simulate`."""
        return simulate(
            model(model_id),
            scenarios=scenarios,
            structures=structures,
            draws=draws,
            reduce=reduce,
            setup=setup,
        )

    @staticmethod
    def scenarios() -> Mapping[str, Play]:
        """Every scenario that comes with the software, by id."""
        return playbook.plays()

    @staticmethod
    def questions(
        scenarios: Sequence[str], *, against: str = BASE, model: str | None = None, draws: int = asking.DRAWS
    ) -> tuple[Question, ...]:
        """One question for each model in which any of the scenarios moves something.

        Raises:
            NotFound: If a scenario or the model is not known.
            UsageError: If there is nothing to compare.
        """
        return asking.questions(scenarios, against=against, model=model, draws=draws)

    @staticmethod
    def ask(question: Question, *, setup: Setup | None = None) -> Comparison:
        """The answer to a question, over everything that fits; see :func:`acuerdo.foresight.asking.answer`."""
        return asking.answer(question, setup=setup)

    @staticmethod
    def compare(*scenarios: str, model: str, against: str = BASE, draws: int = asking.DRAWS) -> Comparison:
        """Scenarios compared in one model, over everything that fits."""
        (question,) = asking.questions(scenarios, against=against, model=model, draws=draws)
        return asking.answer(question)

    @staticmethod
    def fitted(model_id: str, *, starts: int = 8, tried: int = asking.TRIED) -> Fitted:
        """The best fit of a model to its observations, and everything that fits as well.

        Raises:
            UsageError: If there is nothing that it is fitted to.
            MissingExtra: If SciPy is not installed.
        """
        return computing.fitted(model_id, starts=starts, tried=tried)

    @staticmethod
    def sensitivity(scenario_id: str, *, model: str, sample: int = 64) -> tuple[Influence, ...]:
        """How much each assumption moves what a scenario changes in a model, strongest first.

        Raises:
            UsageError: If the scenario moves nothing in the model.
            MissingExtra: If SALib is not installed.
        """
        return computing.influences_of(model, scenario_id, count=sample)
