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
        estimand=Text(
            "The mean effect on the treated unit over the periods that count.",
            "El efecto medio en la unidad tratada durante los periodos que cuentan.",
        ),
        assumptions=(
            Text(
                "Before the treatment, a mixture of the donors follows the unit; what moved both goes on alike.",
                "Antes del tratamiento, una mezcla de los donantes sigue a la unidad; lo que movía a ambos sigue "
                "igual.",
            ),
            Text(
                "The donors are not touched by the treatment, and nothing else hits the unit alone at its start.",
                "El tratamiento no toca a los donantes, y ninguna otra cosa golpea solo a la unidad cuando empieza.",
            ),
        ),
        breaks=(
            Text(
                "A unit outside of what donors can mix; donors that are treated too, or hit by spill-over.",
                "Una unidad fuera de lo que los donantes pueden mezclar; donantes también tratados, o alcanzados por "
                "derrames.",
            ),
            Text(
                "Choosing donors, periods or predictors after seeing the answer; more donors than periods to match.",
                "Elegir donantes, periodos o predictores después de ver la respuesta; más donantes que periodos por "
                "igualar.",
            ),
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
