"""Effects by cohort and period (Callaway and Sant'Anna), and their mean."""

from __future__ import annotations

from typing import Annotated, ClassVar, Final, final

from pydantic import Field

from acuerdo.core.citation import Citation
from acuerdo.core.text import Text
from acuerdo.evaluation.differences.admission import refusal_of, unit_weights
from acuerdo.evaluation.differences.aggregation import Aggregation, overall
from acuerdo.evaluation.differences.cohort_answer import cohort_answer
from acuerdo.evaluation.differences.covariates import Adjustment, adjusted
from acuerdo.evaluation.differences.group_time import Base, Cohort, Comparison, Controls, cohorts_of
from acuerdo.evaluation.differences.settings import AbstractWeightedSettings
from acuerdo.evaluation.method import About, AbstractMethod, Finding, OutcomeCode, Refusal, refused
from acuerdo.evaluation.panel import Panel


@final
class Settings(AbstractWeightedSettings):
    """How cohorts are compared and their effects put together.

    Attributes:
        controls: Units never treated, or also those not treated yet.
        aggregation: How the one number is weighted.
        base: What periods before the treatment are compared with.
        covariates: Names of predictors with which trends may differ.
        adjustment: How the comparison allows for them: by the chance of being treated, by a regression of what the
            untreated did, or by both, of which one must be right (doubly robust).
        cutoff_km: Distance at which dependence between units ends; None for clusters.
    """

    controls: Controls = "never_treated"
    aggregation: Aggregation = "simple"
    base: Base = "varying"
    covariates: tuple[str, ...] = ()
    adjustment: Adjustment = "doubly_robust"
    cutoff_km: Annotated[float, Field(gt=0)] | None = None


@final
class CallawaySantAnna(AbstractMethod[Settings]):
    """Each cohort against the untreated, each period against the last one before the treatment."""

    settings = Settings
    about: ClassVar[About] = About(
        name=Text(
            "Group-time effects (Callaway–Sant'Anna)", "Efectos por grupo y periodo (Callaway–Sant'Anna)"
        ),
        design="comparison",
        estimand=Text(
            "The mean effect on the treated, over cohorts and periods since treatment.",
            "El efecto medio en los tratados, sobre cohortes y periodos desde el tratamiento.",
        ),
        assumptions=(
            Text(
                "Without the treatment, treated and comparison units would have changed alike.",
                "Sin el tratamiento, las unidades tratadas y las de comparación habrían cambiado igual.",
            ),
            Text(
                "No effect before the treatment, beyond the anticipation that the settings name.",
                "Ningún efecto antes del tratamiento, salvo la anticipación que indican los ajustes.",
            ),
            Text(
                "One unit's treatment does not touch another.", "El tratamiento de una unidad no toca a otra."
            ),
        ),
        breaks=(
            Text(
                "Treatment that follows a rise in the outcome; a shock that hits the treated alone.",
                "Un tratamiento que responde a un alza del resultado; un choque que afecta solo a los tratados.",
            ),
            Text(
                "Few treated clusters: one of them can carry the answer.",
                "Pocos conglomerados tratados: uno solo puede decidir la respuesta.",
            ),
        ),
        references=(
            Citation(
                key="callaway_santanna_2021",
                title="Difference-in-Differences with multiple time periods",
                publisher="Journal of Econometrics",
                kind="article",
                author="Callaway, Brantly and Sant'Anna, Pedro H. C.",
                date="2021",
                url="https://doi.org/10.1016/j.jeconom.2020.12.001",
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
        if settings.controls == "never_treated" and not panel.never_treated:
            return refused(self, OutcomeCode.NO_DONORS, panel=panel, words=_NOBODY)
        comparison = Comparison(
            controls=settings.controls, anticipation=settings.anticipation, base=settings.base
        )
        cohorts = self._cohorts(panel, comparison, settings=settings)
        if isinstance(cohorts, Refusal):
            return refused(self, cohorts.code, panel=panel, words=cohorts.words)
        mean = overall(cohorts, settings.aggregation, horizon=settings.horizon)
        if mean is None:
            return refused(self, OutcomeCode.NOT_IDENTIFIED, panel=panel, words=_NOBODY_LEFT)
        return cohort_answer(
            panel, mean, cohorts=cohorts, method=self.id, settings=settings, cutoff_km=settings.cutoff_km
        )

    def _cohorts(
        self, panel: Panel, comparison: Comparison, *, settings: Settings
    ) -> tuple[Cohort, ...] | Refusal:
        weights = unit_weights(panel, settings.weights)
        if not settings.covariates:
            return tuple(cohorts_of(panel, comparison, weights=weights))
        return adjusted(
            panel, comparison, covariates=settings.covariates, adjustment=settings.adjustment, weights=weights
        )


METHOD: Final = CallawaySantAnna()
_NOBODY: Final = Text(
    "No unit is never treated, so there is nobody to compare with; 'not_yet_treated' compares with later cohorts.",
    "Ninguna unidad queda sin tratar, así que no hay con quién comparar; «not_yet_treated» compara con cohortes "
    "posteriores.",
)
_NOBODY_LEFT: Final = Text(
    "No cohort has both a period before its treatment and somebody untreated after it.",
    "Ninguna cohorte tiene a la vez un periodo previo al tratamiento y alguien sin tratar después.",
)
