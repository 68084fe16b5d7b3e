"""Synthetic control in differences from each unit's own mean."""

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
from acuerdo.evaluation.synthetic.statements import (
    CHERNOZHUKOV_2021,
    CHOSEN_AFTERWARDS,
    DONORS_UNTOUCHED,
    MEAN_EFFECT,
    OUT_OF_REACH,
)


@final
class Settings(AbstractSyntheticSettings):
    """The shared settings; the interval permutes residuals unless told otherwise."""

    interval: Interval = "conformal"


@final
class DemeanedSyntheticControl(AbstractMethod[Settings]):
    """The mixture that moves like the unit, at whatever distance from it."""

    settings = Settings
    about: ClassVar[About] = About(
        name=Text("Demeaned synthetic control", "Control sintético en diferencias"),
        design="comparison",
        estimand=MEAN_EFFECT,
        assumptions=(
            Text(
                "Before the treatment, a mixture of the donors moves as the unit does, at a constant distance that "
                "goes on after it.",
                "Antes del tratamiento, una mezcla de los donantes se mueve como la unidad, a una distancia constante "
                "que se mantiene después.",
            ),
            DONORS_UNTOUCHED,
        ),
        breaks=(
            OUT_OF_REACH,
            CHOSEN_AFTERWARDS,
        ),
        references=(
            Citation(
                key="ferman_pinto_2021",
                title="Synthetic controls with imperfect pretreatment fit",
                publisher="Quantitative Economics",
                kind="article",
                author="Ferman, Bruno and Pinto, Cristine",
                date="2021",
                url="https://doi.org/10.3982/QE1596",
            ),
            CHERNOZHUKOV_2021,
        ),
        extras=("evaluation",),
    )

    def run(self, panel: Panel, *, settings: Settings, seed: int) -> Finding:
        """See :meth:`AbstractMethod.run`; the seed feeds the prediction interval alone."""
        case = case_of(panel, settings)
        return answer(
            self, panel, case=case, settings=settings, choose=lambda _: OutcomeOnly(demeaned=True), seed=seed
        )


METHOD: Final = DemeanedSyntheticControl()
