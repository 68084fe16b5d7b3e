"""Synthetic control that matches the outcome before the treatment, and nothing else."""

from __future__ import annotations

from typing import ClassVar, Final, final

from acuerdo.core.text import Text
from acuerdo.evaluation.method import About, AbstractMethod, Finding
from acuerdo.evaluation.panel import Panel
from acuerdo.evaluation.synthetic.case import case_of
from acuerdo.evaluation.synthetic.outcome_only import OutcomeOnly
from acuerdo.evaluation.synthetic.settings import AbstractSyntheticSettings, Interval
from acuerdo.evaluation.synthetic.single_unit import answer
from acuerdo.evaluation.synthetic.statements import (
    ABADIE_2010,
    CHERNOZHUKOV_2021,
    CHOSEN_AFTERWARDS,
    DONORS_UNTOUCHED,
    MEAN_EFFECT,
    MIXTURE_FOLLOWS,
    OUT_OF_REACH,
)


@final
class Settings(AbstractSyntheticSettings):
    """The shared settings; the interval permutes residuals unless told otherwise."""

    interval: Interval = "conformal"


@final
class SyntheticControl(AbstractMethod[Settings]):
    """The mixture of donors nearest to the unit before the treatment, found exactly."""

    settings = Settings
    about: ClassVar[About] = About(
        name=Text("Synthetic control (outcome only)", "Control sintético (solo el resultado)"),
        design="comparison",
        estimand=MEAN_EFFECT,
        assumptions=(
            MIXTURE_FOLLOWS,
            DONORS_UNTOUCHED,
        ),
        breaks=(
            OUT_OF_REACH,
            CHOSEN_AFTERWARDS,
        ),
        references=(
            ABADIE_2010,
            CHERNOZHUKOV_2021,
        ),
        extras=("evaluation",),
    )

    def run(self, panel: Panel, *, settings: Settings, seed: int) -> Finding:
        """See :meth:`AbstractMethod.run`; the seed feeds the prediction interval alone."""
        case = case_of(panel, settings)
        return answer(self, panel, case=case, settings=settings, choose=lambda _: OutcomeOnly(), seed=seed)


METHOD: Final = SyntheticControl()
