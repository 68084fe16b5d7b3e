"""Synthetic control in which a donor unlike the unit costs more (Abadie and L'Hour)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Final, final

from pydantic import Field

from acuerdo.core.citation import Citation
from acuerdo.core.text import Text
from acuerdo.evaluation.method import About, AbstractMethod, Finding
from acuerdo.evaluation.panel import Panel
from acuerdo.evaluation.synthetic.case import Case, case_of
from acuerdo.evaluation.synthetic.outcome_only import OutcomeOnly
from acuerdo.evaluation.synthetic.penalty import held_out_penalty
from acuerdo.evaluation.synthetic.settings import AbstractSyntheticSettings, RankInterval
from acuerdo.evaluation.synthetic.single_unit import answer
from acuerdo.evaluation.synthetic.statements import (
    CHOSEN_AFTERWARDS,
    DONORS_UNTOUCHED,
    MEAN_EFFECT,
    MIXTURE_FOLLOWS,
    OUT_OF_REACH,
)


@final
class Settings(AbstractSyntheticSettings):
    """The shared settings, and the penalty.

    Attributes:
        penalty: Cost of a donor as a multiple of its squared distance; None to choose it on the donors' last periods
            before the treatment.
    """

    penalty: Annotated[float, Field(ge=0)] | None = None
    interval: RankInterval = "placebo"


@final
class PenalisedSyntheticControl(AbstractMethod[Settings]):
    """Few donors, near the unit: the mixture is unique even inside the donors' hull."""

    settings = Settings
    about: ClassVar[About] = About(
        name=Text("Penalised synthetic control", "Control sintético penalizado"),
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
            Citation(
                key="abadie_lhour_2021",
                title="A Penalized Synthetic Control Estimator for Disaggregated Data",
                publisher="Journal of the American Statistical Association",
                kind="article",
                author="Abadie, Alberto and L'Hour, Jérémy",
                date="2021",
                url="https://doi.org/10.1080/01621459.2021.1971535",
            ),
        ),
        extras=("evaluation",),
    )

    def run(self, panel: Panel, *, settings: Settings, seed: int) -> Finding:
        """See :meth:`AbstractMethod.run`; the seed feeds the prediction interval alone."""
        case = case_of(panel, settings)

        def weighing(chosen: Case) -> OutcomeOnly:
            penalty = settings.penalty
            if penalty is None:
                penalty = held_out_penalty(chosen.comparison, treated=chosen.treated)
            return OutcomeOnly(penalty=penalty)

        return answer(self, panel, case=case, settings=settings, choose=weighing, seed=seed)


METHOD: Final = PenalisedSyntheticControl()
