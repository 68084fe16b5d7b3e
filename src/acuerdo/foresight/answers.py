"""What can be asked about mechanism models."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import final

from acuerdo.foresight.check import check_model
from acuerdo.foresight.draws import Draws
from acuerdo.foresight.library import model, models
from acuerdo.foresight.model import Model
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
