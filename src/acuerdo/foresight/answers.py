"""What can be asked about mechanism models."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, final

from acuerdo.core.result import Result
from acuerdo.core.text import Text
from acuerdo.foresight import asking, computing, coupling, kept, playbook, together, typeset
from acuerdo.foresight.asking import Plan, Question
from acuerdo.foresight.backends import forewarn, slow
from acuerdo.foresight.check import check_model
from acuerdo.foresight.computing import Fitted
from acuerdo.foresight.draws import Draws
from acuerdo.foresight.executors import executor
from acuerdo.foresight.identified.agreeing import Contest, alike, contests
from acuerdo.foresight.identified.comparing import Comparison
from acuerdo.foresight.identified.hinging import Hinge, hinges
from acuerdo.foresight.identified.influence import Influence, settled
from acuerdo.foresight.keeping import kept_until_whole
from acuerdo.foresight.library import model, models
from acuerdo.foresight.library import model as find_model
from acuerdo.foresight.model import Model
from acuerdo.foresight.playbook import BASE, Play
from acuerdo.foresight.progress import Advance
from acuerdo.foresight.reduction import AbstractReduction
from acuerdo.foresight.results import Run
from acuerdo.foresight.run import Setup, simulate
from acuerdo.foresight.scenario import BASELINE, Scenario
from acuerdo.foresight.sizes import DRAWS, SAMPLED, STARTS, TOGETHER, TRIED
from acuerdo.foresight.study import Observed, structure_title, study
from acuerdo.foresight.trial import Trial
from acuerdo.foresight.typeset import Sheet
from acuerdo.foresight.worded import worded


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
        scenarios: Sequence[str],
        *,
        against: str = BASE,
        model: str | None = None,
        draws: int | None = None,
        chance: bool = False,
    ) -> tuple[Question, ...]:
        """One question for each model in which any of the scenarios moves something.

        Args:
            chance: Whether flows move by chance, and what that adds is told.

        Raises:
            NotFound: If a scenario or the model is not known.
            UsageError: If there is nothing to compare, or chance has nothing whole to move in a model.
        """
        count = DRAWS if draws is None else draws
        return asking.questions(scenarios, against=against, model=model, draws=count, chance=chance)

    @staticmethod
    def only_model(scenario_id: str) -> str:
        """The one model in which a scenario moves something.

        Raises:
            NotFound: If there is no such scenario.
            UsageError: If there is none, or more than one; names them.
        """
        return asking.only_model(scenario_id)

    @staticmethod
    def plan(question: Question) -> Plan:
        """What answering a question would compute; computes nothing."""
        return asking.plan(question)

    @staticmethod
    def ask(
        question: Question,
        *,
        cluster: str | None = None,
        advance: Advance | None = None,
    ) -> Comparison:
        """The answer to a question, over everything that fits; see :func:`acuerdo.foresight.asking.answer`.

        What is done is kept until the answer is whole: asked again after it was stopped, it goes on where it was.

        Args:
            cluster: ``tcp://…`` of Dask, ``ray://…`` of Ray, or a number of processes here; this process if none.
            advance: Called after each block.

        Raises:
            KeyboardInterrupt: If it was stopped before it was whole.
        """
        forewarn(model(question.model))
        with kept_until_whole(repr(question)) as folder:
            setup = Setup(executor=executor(cluster), keep=folder, advance=advance)
            return asking.answer(question, setup=setup)

    @staticmethod
    def slow(model_id: str) -> Text | None:
        """What to install before long work on a model; None where nothing is missing, or nothing would be gained."""
        return slow(model(model_id))

    @staticmethod
    def hinges(found: Comparison) -> tuple[Hinge, ...]:
        """What an answer hangs on: each assumption that turns it, with the structures under which it does."""
        return hinges(found)

    @staticmethod
    def kept(model_id: str, kind: kept.Kind) -> Result | None:
        """What has been computed and kept about a model; None if there is nothing."""
        return kept.read(model_id, kind)

    @staticmethod
    def acting(model_id: str) -> tuple[str, ...]:
        """The scenarios that move something in a model."""
        return computing.acting(model_id)

    @staticmethod
    def structures(model_id: str) -> Mapping[str, Text]:
        """The structures that are compared in a model: label and words."""
        found = model(model_id)
        labels = [asking.label(one) for one in study(model_id).structures]
        return {one: structure_title(found, one) for one in labels}

    @staticmethod
    def equations(model_id: str) -> Sheet:
        """A model's equations, what each alternative changes in them, and the legend of their symbols."""
        return typeset.sheet(model(model_id))

    @staticmethod
    def words(unit: str) -> Text:
        """A model's unit in words."""
        return worded(unit)

    @staticmethod
    def alike(found: Comparison) -> tuple[tuple[str, ...], ...]:
        """The labels of structures, those together under which every scenario of a comparison does the same."""
        return alike(found)

    @staticmethod
    def contests(found: Comparison) -> Iterator[Contest]:
        """Every two policies of a comparison against one another, under every structure."""
        return contests(found)

    @staticmethod
    def observed(model_id: str) -> Observed | None:
        """What a model is fitted to; None where there is nothing."""
        fit = study(model_id).fit
        return fit.observed() if fit is not None else None

    @staticmethod
    def compare(*scenarios: str, model: str, against: str = BASE, draws: int = DRAWS) -> Comparison:
        """Scenarios compared in one model, over everything that fits."""
        (question,) = asking.questions(scenarios, against=against, model=model, draws=draws)
        forewarn(find_model(model))
        return asking.answer(question)

    @staticmethod
    def fitted(
        model_id: str,
        *,
        starts: int | None = None,
        tried: int | None = None,
        steps: int = 0,
        advance: Advance | None = None,
    ) -> Fitted:
        """The best fit of a model to its observations, and everything that fits as well.

        What is done is kept until the answer is whole and holds: asked again after it was stopped, or for more starts
        or steps because those did not agree, it goes on where it was.

        Args:
            steps: Steps of the Markov chains; none are run if 0.
            advance: Called as values, starts and steps are done; every kind of work is counted by itself.

        Raises:
            KeyboardInterrupt: If it was stopped before it was whole.
            UsageError: If there is nothing that it is fitted to.
            CheckFailed: If the starts do not agree, or the chains have not come to rest.
            MissingExtra: If SciPy, or emcee for chains, is not installed.
        """
        forewarn(model(model_id))
        with kept_until_whole(f"calibrate {model_id}") as folder:
            return computing.fitted(
                model_id,
                starts=STARTS if starts is None else starts,
                tried=TRIED if tried is None else tried,
                steps=steps,
                setup=Setup(keep=folder, advance=advance),
            )

    @staticmethod
    def published(model_id: str) -> Mapping[str, Any]:
        """What a model must reproduce and what must hold of it, beside what it gives: as kept, or else computed."""
        found = kept.read(model_id, "published")
        return found.answer if found else computing.published(model_id)

    @staticmethod
    def changed(model_id: str, kind: kept.Kind) -> tuple[str, ...]:
        """What has changed since an answer was kept."""
        return kept.changed(model_id, kind)

    @staticmethod
    def sensitivity(
        scenario_id: str, *, model: str, sample: int | None = None, advance: Advance | None = None
    ) -> tuple[Influence, ...]:
        """How much each assumption moves what a scenario changes in a model, strongest first.

        What is done is kept until the answer is whole: asked again after it was stopped, it goes on where it was.

        Args:
            sample: The base sample, a power of two.
            advance: Called after each block of runs, and as fits are done.

        Raises:
            KeyboardInterrupt: If it was stopped before it was whole.
            UsageError: If the scenario moves nothing in the model, or the sample is not a power of two.
            CheckFailed: If the change is not a number in some runs.
            MissingExtra: If SALib is not installed.
        """
        forewarn(find_model(model))
        with kept_until_whole(f"sensitivity {scenario_id} {model}") as folder:
            return computing.influences_of(
                model,
                scenario_id,
                count=SAMPLED if sample is None else sample,
                setup=Setup(keep=folder, advance=advance),
            )

    @staticmethod
    def settled(found: Sequence[Influence]) -> None:
        """Checks that the sample behind a sensitivity was large enough.

        Raises:
            CheckFailed: If a share of variance is not known well enough.
        """
        settled(found)

    @staticmethod
    def links() -> Mapping[str, Text]:
        """The links of the coupled run by id, each with its name in a table."""
        return {name: one.short for name, one in coupling.LINKS.items()}

    @staticmethod
    def joined() -> tuple[str, ...]:
        """The models of the coupled run."""
        return coupling.ORDER

    @staticmethod
    def together(
        scenario_id: str, *, draws: int | None = None, advance: Advance | None = None
    ) -> tuple[together.Effect, ...]:
        """What a scenario changes in the coupled run, link by link.

        What is done is kept until the answer is whole: asked again after it was stopped, it goes on where it was.

        Args:
            draws: Parameter values of each model.
            advance: Called as fits are done, and after each run of all models.

        Raises:
            KeyboardInterrupt: If it was stopped before it was whole.
            NotFound: If there is no such scenario; names the nearest.
            UsageError: If there is not one draw.
        """
        for name in coupling.ORDER:
            forewarn(model(name))
        count = TOGETHER if draws is None else draws
        with kept_until_whole(f"bilateral {scenario_id} {count}") as folder:
            return together.effects(scenario_id, draws=count, setup=Setup(keep=folder, advance=advance))
