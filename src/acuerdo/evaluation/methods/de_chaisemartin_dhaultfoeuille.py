"""Effects of a treatment that may end (de Chaisemartin and D'Haultfœuille), per treated period."""

from __future__ import annotations

from typing import Annotated, ClassVar, Final, final

from pydantic import Field

from acuerdo.core.citation import Citation
from acuerdo.core.text import Text
from acuerdo.evaluation.differences.admission import refusal_of, unit_weights
from acuerdo.evaluation.differences.aggregation import overall
from acuerdo.evaluation.differences.cohort_answer import cohort_answer
from acuerdo.evaluation.differences.group_time import Comparison, cohorts_of
from acuerdo.evaluation.differences.settings import AbstractWeightedSettings
from acuerdo.evaluation.method import About, AbstractMethod, Finding, OutcomeCode, refused
from acuerdo.evaluation.panel import Panel


@final
class Settings(AbstractWeightedSettings):
    """How the interval is reached.

    Attributes:
        cutoff_km: Distance at which dependence between units ends; None for clusters.
    """

    cutoff_km: Annotated[float, Field(gt=0)] | None = None


@final
class DeChaisemartinDHaultfoeuille(AbstractMethod[Settings]):
    """Each unit from its last period before the treatment, against those whose treatment has not changed yet.

    The library that computes the same point estimates puts the error of their mean together as if the horizons were
    independent, though they share the period that all are compared with; here the scores carry the dependence.
    """

    settings = Settings
    about: ClassVar[About] = About(
        name=Text(
            "Treatments that end (de Chaisemartin–D'Haultfœuille)",
            "Tratamientos que terminan (de Chaisemartin–D'Haultfœuille)",
        ),
        design="comparison",
        estimand=Text(
            "The mean effect per unit and treated period; what is left after the end is told apart.",
            "El efecto medio por unidad y periodo tratado; lo que queda tras el final se informa aparte.",
        ),
        assumptions=(
            Text(
                "Without the treatment, units would have changed as those whose treatment has not changed yet.",
                "Sin el tratamiento, las unidades habrían cambiado como aquellas cuyo tratamiento aún no cambia.",
            ),
            Text(
                "Units do not react before their treatment begins.",
                "Las unidades no reaccionan antes de que empiece su tratamiento.",
            ),
        ),
        breaks=(
            Text(
                "A treatment that is ended because the outcome changed.",
                "Un tratamiento que se termina porque cambió el resultado.",
            ),
            Text(
                "Nobody left untreated late in the window.",
                "Que hacia el final de la ventana nadie quede sin tratar.",
            ),
        ),
        references=(
            Citation(
                key="de_chaisemartin_dhaultfoeuille_2024",
                title="Difference-in-Differences Estimators of Intertemporal Treatment Effects",
                publisher="The Review of Economics and Statistics",
                kind="article",
                author="de Chaisemartin, Clément and D'Haultfœuille, Xavier",
                date="2024",
                url="https://doi.org/10.1162/rest_a_01414",
            ),
        ),
        extras=("evaluation",),
    )

    def run(self, panel: Panel, *, settings: Settings, seed: int) -> Finding:
        """See :meth:`AbstractMethod.run`; nothing is drawn."""
        del seed
        refusal = refusal_of(panel, fewest_clusters=settings.fewest_clusters, ends=True)
        if refusal is not None:
            return refused(self, refusal.code, panel=panel, words=refusal.words)
        comparison = Comparison(
            controls="not_yet_treated", anticipation=settings.anticipation, base="universal"
        )
        cohorts = tuple(cohorts_of(panel, comparison, weights=unit_weights(panel, settings.weights)))
        mean = overall(cohorts, "simple", horizon=settings.horizon)
        if mean is None:
            return refused(self, OutcomeCode.NOT_IDENTIFIED, panel=panel, words=_NOBODY_LEFT)
        return cohort_answer(
            panel, mean, cohorts=cohorts, method=self.id, settings=settings, cutoff_km=settings.cutoff_km
        )


METHOD: Final = DeChaisemartinDHaultfoeuille()
_NOBODY_LEFT: Final = Text(
    "Whenever a unit is treated, everybody else is or has been; there is nobody to compare with.",
    "Siempre que una unidad está tratada, todas las demás lo están o lo han estado; no hay con quién comparar.",
)
