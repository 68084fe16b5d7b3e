"""Synthetic control that matches the outcome before the treatment, and nothing else."""

from __future__ import annotations

from typing import ClassVar, Final, final

from acuerdo.core.citation import Citation
from acuerdo.core.text import Text
from acuerdo.evaluation.method import About, AbstractMethod, Finding
from acuerdo.evaluation.panel import Panel
from acuerdo.evaluation.synthetic.case import case_of
from acuerdo.evaluation.synthetic.outcome_only import OutcomeOnly
from acuerdo.evaluation.synthetic.settings import AbstractSyntheticSettings, Interval
from acuerdo.evaluation.synthetic.single_unit import answer


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
                key="abadie_diamond_hainmueller_2010",
                title="Synthetic Control Methods for Comparative Case Studies",
                publisher="Journal of the American Statistical Association",
                kind="article",
                author="Abadie, Alberto and Diamond, Alexis and Hainmueller, Jens",
                date="2010",
                url="https://doi.org/10.1198/jasa.2009.ap08746",
            ),
            Citation(
                key="chernozhukov_wuthrich_zhu_2021",
                title="An Exact and Robust Conformal Inference Method for Counterfactual and Synthetic Controls",
                publisher="Journal of the American Statistical Association",
                kind="article",
                author="Chernozhukov, Victor and Wüthrich, Kaspar and Zhu, Yinchu",
                date="2021",
                url="https://doi.org/10.1080/01621459.2021.1920957",
            ),
        ),
        extras=("evaluation",),
    )

    def run(self, panel: Panel, *, settings: Settings, seed: int) -> Finding:
        """See :meth:`AbstractMethod.run`; the seed feeds the prediction interval alone."""
        case = case_of(panel, settings)
        return answer(self, panel, case=case, settings=settings, choose=lambda _: OutcomeOnly(), seed=seed)


METHOD: Final = SyntheticControl()
