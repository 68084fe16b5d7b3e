"""Synthetic control whose remaining misfit is regressed away (Ben-Michael, Feller and Rothstein)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Final, final

from pydantic import Field

from acuerdo.core.citation import Citation
from acuerdo.core.text import Text
from acuerdo.evaluation.method import About, AbstractMethod, Finding
from acuerdo.evaluation.panel import Panel
from acuerdo.evaluation.synthetic.augmented import RidgeAugmented
from acuerdo.evaluation.synthetic.case import case_of
from acuerdo.evaluation.synthetic.settings import AbstractSyntheticSettings, RankInterval
from acuerdo.evaluation.synthetic.single_unit import answer
from acuerdo.evaluation.synthetic.statements import (
    CHOSEN_AFTERWARDS,
    DONORS_UNTOUCHED,
    MEAN_EFFECT,
    MIXTURE_FOLLOWS,
)


@final
class Settings(AbstractSyntheticSettings):
    """The shared settings, and the penalty.

    Attributes:
        penalty: The ridge penalty; None to choose it by leaving out one period at a time.
    """

    penalty: Annotated[float, Field(gt=0)] | None = None
    interval: RankInterval = "placebo"


@final
class AugmentedSyntheticControl(AbstractMethod[Settings]):
    """Simplex weights and a ridge correction; weights may turn negative."""

    settings = Settings
    about: ClassVar[About] = About(
        name=Text("Ridge-augmented synthetic control", "Control sintético aumentado con ridge"),
        design="comparison",
        estimand=MEAN_EFFECT,
        assumptions=(
            MIXTURE_FOLLOWS,
            DONORS_UNTOUCHED,
        ),
        breaks=(
            Text(
                "Extrapolation: with a small penalty donors get negative weights, and noise is matched.",
                "Extrapolación: con una penalización pequeña los donantes reciben pesos negativos y se iguala ruido.",
            ),
            CHOSEN_AFTERWARDS,
        ),
        references=(
            Citation(
                key="ben_michael_feller_rothstein_2021",
                title="The Augmented Synthetic Control Method",
                publisher="Journal of the American Statistical Association",
                kind="article",
                author="Ben-Michael, Eli and Feller, Avi and Rothstein, Jesse",
                date="2021",
                url="https://doi.org/10.1080/01621459.2021.1929245",
            ),
        ),
        extras=("evaluation",),
    )

    def run(self, panel: Panel, *, settings: Settings, seed: int) -> Finding:
        """See :meth:`AbstractMethod.run`; nothing is drawn."""
        case = case_of(panel, settings)
        return answer(
            self,
            panel,
            case=case,
            settings=settings,
            choose=lambda _: RidgeAugmented(penalty=settings.penalty),
            seed=seed,
        )


METHOD: Final = AugmentedSyntheticControl()
