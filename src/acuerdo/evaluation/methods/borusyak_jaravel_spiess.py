"""Imputation (Borusyak, Jaravel and Spiess): the untreated cells say what the treated would have been."""

from __future__ import annotations

from typing import Annotated, ClassVar, Final, final

from pydantic import Field

from acuerdo.core.citation import Citation
from acuerdo.core.text import Text
from acuerdo.evaluation.differences.admission import refusal_of, unit_weights
from acuerdo.evaluation.differences.answer import Answer, counted_in_words, sample_in_words, treated_mean
from acuerdo.evaluation.differences.imputation import imputed, smallest_cohort
from acuerdo.evaluation.differences.settings import AbstractWeightedSettings
from acuerdo.evaluation.differences.two_way import WORDS
from acuerdo.evaluation.method import About, AbstractMethod, Finding, OutcomeCode, refused
from acuerdo.evaluation.panel import Panel


@final
class Settings(AbstractWeightedSettings):
    """When its standard errors are believed.

    Attributes:
        fewest_per_cohort: With fewer treated clusters in any cohort no interval is given.
    """

    fewest_per_cohort: Annotated[int, Field(ge=2)] = 10


@final
class BorusyakJaravelSpiess(AbstractMethod[Settings]):
    """The most precise of the family where its assumptions hold; its errors need cohorts of some size."""

    settings = Settings
    about: ClassVar[About] = About(
        name=Text("Imputation (Borusyak–Jaravel–Spiess)", "Imputación (Borusyak–Jaravel–Spiess)"),
        design="comparison",
        estimand=Text(
            "The mean effect over all treated cells, each counted once.",
            "El efecto medio en todas las celdas tratadas, contadas una vez cada una.",
        ),
        assumptions=(
            Text(
                "Without the treatment, outcomes are a unit's level plus a period's level, in every period.",
                "Sin el tratamiento, los resultados son el nivel de la unidad más el del periodo, en todo periodo.",
            ),
            Text(
                "No effect before the treatment, beyond the anticipation that the settings name.",
                "Ningún efecto antes del tratamiento, salvo la anticipación que indican los ajustes.",
            ),
        ),
        breaks=(
            Text(
                "Trends that part long before the treatment: all periods before it are used.",
                "Tendencias que divergen mucho antes del tratamiento: se usan todos los periodos previos.",
            ),
            Text(
                "Cohorts of few units: the effect's own spread is then taken out of the error.",
                "Cohortes de pocas unidades: la dispersión del propio efecto se resta entonces del error.",
            ),
        ),
        references=(
            Citation(
                key="borusyak_jaravel_spiess_2024",
                title="Revisiting Event-Study Designs: Robust and Efficient Estimation",
                publisher="The Review of Economic Studies",
                kind="article",
                author="Borusyak, Kirill and Jaravel, Xavier and Spiess, Jann",
                date="2024",
                url="https://doi.org/10.1093/restud/rdae007",
            ),
        ),
        extras=("evaluation",),
    )

    def run(self, panel: Panel, *, settings: Settings, seed: int) -> Finding:
        """See :meth:`AbstractMethod.run`; nothing is drawn."""
        del seed
        refusal = refusal_of(panel, fewest_clusters=settings.fewest_clusters)
        if refusal is not None:
            return refused(self, refusal.code, panel=panel, words=refusal.words)
        found = imputed(panel, settings=settings)
        if found is None:
            return refused(self, OutcomeCode.NOT_IDENTIFIED, panel=panel, words=_NOT_IMPUTED)
        smallest = smallest_cohort(panel)
        believed = smallest >= settings.fewest_per_cohort
        inference = counted_in_words(settings.weights, then=WORDS["clustered"] if believed else _NO_INTERVAL)
        answer = Answer(
            unit=panel.measure,
            method=self.id,
            level=settings.level,
            words=sample_in_words(panel, inference=inference),
            bare=None if believed else _refused_error(smallest, settings.fewest_per_cohort),
        )
        weights = unit_weights(panel, settings.weights)
        mean = treated_mean(panel, horizon=settings.horizon, weights=weights)
        return answer.finding(
            found.overall,
            parts=found.parts,
            counterfactual=mean - found.overall.value,
            diagnostics={"smallest_cohort": smallest},
        )


METHOD: Final = BorusyakJaravelSpiess()
_NO_INTERVAL: Final = Text("no interval is given", "no se da intervalo")
_NOT_IMPUTED: Final = Text(
    "Some treated cells cannot be imputed: in their period nobody is untreated, or their unit has no period before.",
    "Algunas celdas tratadas no pueden imputarse: en su periodo nadie queda sin tratar, o su unidad no tiene periodo "
    "previo.",
)


def _refused_error(smallest: int, fewest: int) -> Text:
    return Text(
        f"The smallest cohort has {smallest} treated clusters, fewer than {fewest}. The standard error takes out the "
        "mean of each cohort, which with so few leaves next to nothing: it would be far too small, so no interval is "
        "given.",
        f"La cohorte más pequeña tiene {smallest} conglomerados tratados, menos de {fewest}. El error estándar resta "
        "la media de cada cohorte, lo que con tan pocos no deja casi nada: sería demasiado pequeño, así que no se da "
        "intervalo.",
    )
