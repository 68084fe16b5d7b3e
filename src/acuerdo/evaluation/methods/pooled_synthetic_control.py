"""Synthetic controls of several treated units, pooled; placebo sets are refitted under the same donor rule."""

from __future__ import annotations

from typing import ClassVar, Final, final

from acuerdo.core.citation import Citation
from acuerdo.core.text import Text
from acuerdo.evaluation.method import About, AbstractMethod, Finding
from acuerdo.evaluation.panel import Panel
from acuerdo.evaluation.synthetic.pooled_answer import pooled_answer
from acuerdo.evaluation.synthetic.pooled_case import AbstractPooledSettings, pooled_case_of


@final
class Settings(AbstractPooledSettings):
    """The settings of the pooled estimator."""


@final
class PooledSyntheticControl(AbstractMethod[Settings]):
    """Each treated unit against donors outside of the treated set; the mean of their gaps is ranked among sets."""

    settings = Settings
    about: ClassVar[About] = About(
        name=Text("Pooled synthetic control", "Control sintético agrupado"),
        design="comparison",
        estimand=Text(
            "The mean effect on the treated units over so many periods from each one's start.",
            "El efecto medio en las unidades tratadas durante cierto número de periodos desde el inicio de cada una.",
        ),
        assumptions=(
            Text(
                "Before the treatment, mixtures of the donors follow the units; what moved both goes on alike.",
                "Antes del tratamiento, mezclas de los donantes siguen a las unidades; lo que movía a ambos sigue "
                "igual.",
            ),
            Text(
                "Who was treated when says nothing about what would have come: any set of units could have been it.",
                "Quién fue tratado y cuándo no dice nada de lo que habría venido: pudo ser cualquier conjunto.",
            ),
        ),
        breaks=(
            Text(
                "Treatment sent where violence was already rising; donors reached by spill-over.",
                "Un tratamiento enviado adonde la violencia ya subía; donantes alcanzados por derrames.",
            ),
            Text(
                "One unit that dominates the mean: see the effect of each.",
                "Una unidad que domina el promedio: vea el efecto de cada una.",
            ),
        ),
        references=(
            Citation(
                key="abadie_2021",
                title="Using Synthetic Controls: Feasibility, Data Requirements, and Methodological Aspects",
                publisher="Journal of Economic Literature",
                kind="article",
                author="Abadie, Alberto",
                date="2021",
                url="https://doi.org/10.1257/jel.20191450",
            ),
            Citation(
                key="cavallo_galiani_noy_pantano_2013",
                title="Catastrophic Natural Disasters and Economic Growth",
                publisher="Review of Economics and Statistics",
                kind="article",
                author="Cavallo, Eduardo and Galiani, Sebastian and Noy, Ilan and Pantano, Juan",
                date="2013",
                url="https://doi.org/10.1162/REST_a_00413",
            ),
        ),
        extras=("evaluation",),
    )

    def run(self, panel: Panel, *, settings: Settings, seed: int) -> Finding:
        """See :meth:`AbstractMethod.run`; the placebo sets come from the seed."""
        case = pooled_case_of(panel, settings)
        return pooled_answer(self, panel, case=case, settings=settings, seed=seed)


METHOD: Final = PooledSyntheticControl()
