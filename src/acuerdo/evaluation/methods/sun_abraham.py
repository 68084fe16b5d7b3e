"""Interaction-weighted event study (Sun and Abraham), where its design fits in memory."""

from __future__ import annotations

from typing import Annotated, ClassVar, Final, final

from pydantic import Field

from acuerdo.core.text import Text
from acuerdo.evaluation.differences.admission import cell_weights, refusal_of
from acuerdo.evaluation.differences.answer import Answer, counted_in_words, treated_mean
from acuerdo.evaluation.differences.event_time import SUN_ABRAHAM_2021
from acuerdo.evaluation.differences.interaction import design_bytes, interacted
from acuerdo.evaluation.differences.settings import AbstractWeightedSettings
from acuerdo.evaluation.differences.two_way import WORDS
from acuerdo.evaluation.method import About, AbstractMethod, Finding, OutcomeCode, refused
from acuerdo.evaluation.panel import Panel


@final
class Settings(AbstractWeightedSettings):
    """How large a design is allowed.

    Attributes:
        most_gigabytes: With a larger design there is no answer.
    """

    most_gigabytes: Annotated[float, Field(gt=0)] = 1.0


@final
class SunAbraham(AbstractMethod[Settings]):
    """One regression with a coefficient for each cohort and time, averaged with the cohorts' shares."""

    settings = Settings
    about: ClassVar[About] = About(
        name=Text("Interaction-weighted (Sun–Abraham)", "Ponderado por interacción (Sun–Abraham)"),
        design="comparison",
        estimand=Text(
            "The mean effect over treated cells, each cohort with its share at each time since treatment.",
            "El efecto medio en las celdas tratadas, cada cohorte con su peso en cada tiempo desde el tratamiento.",
        ),
        assumptions=(
            Text(
                "Without the treatment, treated and never treated units would have changed alike.",
                "Sin el tratamiento, las unidades tratadas y las nunca tratadas habrían cambiado igual.",
            ),
            Text("No effect before the treatment.", "Ningún efecto antes del tratamiento."),
        ),
        breaks=(
            Text(
                "Small cohorts: each has its own coefficients, fitted to a few units.",
                "Cohortes pequeñas: cada una tiene sus propios coeficientes, ajustados a pocas unidades.",
            ),
        ),
        references=(SUN_ABRAHAM_2021,),
        extras=("evaluation",),
    )

    def run(self, panel: Panel, *, settings: Settings, seed: int) -> Finding:
        """See :meth:`AbstractMethod.run`; nothing is drawn."""
        del seed
        refusal = refusal_of(panel, fewest_clusters=settings.fewest_clusters)
        if refusal is not None:
            return refused(self, refusal.code, panel=panel, words=refusal.words)
        if not panel.never_treated:
            return refused(self, OutcomeCode.NO_DONORS, panel=panel, words=_NOBODY)
        size = design_bytes(panel) / 1e9
        if size > settings.most_gigabytes:
            words = _too_large(size, settings.most_gigabytes)
            return refused(self, OutcomeCode.TOO_LARGE, panel=panel, words=words)
        weights = cell_weights(panel, settings.weights)
        found = interacted(panel, settings=settings)
        if found is None:
            return refused(self, OutcomeCode.SINGULAR, panel=panel, words=_SINGULAR)
        answer = Answer.of(
            panel,
            method=self.id,
            level=settings.level,
            inference=counted_in_words(settings.weights, then=WORDS["clustered"]),
        )
        mean = treated_mean(panel, horizon=settings.horizon, weights=weights)
        return answer.finding(
            found.overall,
            parts=found.parts,
            counterfactual=mean - found.overall.value,
            diagnostics={"design_gigabytes": round(design_bytes(panel) / 1e9, 3)},
        )


METHOD: Final = SunAbraham()
_NOBODY: Final = Text(
    "No unit is never treated, so there is nobody to compare with.",
    "Ninguna unidad queda sin tratar, así que no hay con quién comparar.",
)
_SINGULAR: Final = Text(
    "The coefficients of some cohorts and times cannot be told apart.",
    "Los coeficientes de algunas cohortes y tiempos no se distinguen entre sí.",
)


def _too_large(size: float, most: float) -> Text:
    return Text(
        f"The design has {size:.1f} GB, more than the {most:g} GB allowed. 'callaway_santanna' answers the same "
        "question cohort by cohort.",
        f"El diseño ocupa {size:.1f} GB, más de los {most:g} GB permitidos. «callaway_santanna» responde lo mismo "
        "cohorte por cohorte.",
    )
