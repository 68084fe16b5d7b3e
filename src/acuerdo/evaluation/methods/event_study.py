"""Event study with unit and period effects: one coefficient for each time since treatment."""

from __future__ import annotations

from typing import Annotated, ClassVar, Final, final

from pydantic import Field

from acuerdo.core.errors import CheckFailed, Problem
from acuerdo.core.text import Text
from acuerdo.evaluation.differences.admission import refusal_of
from acuerdo.evaluation.differences.answer import Answer, counted_in_words
from acuerdo.evaluation.differences.event_time import SUN_ABRAHAM_2021, EventStudy, Window, event_study
from acuerdo.evaluation.differences.ratio import added, require_counts
from acuerdo.evaluation.differences.regression import Family
from acuerdo.evaluation.differences.settings import AbstractWeightedSettings
from acuerdo.evaluation.differences.two_way import WORDS
from acuerdo.evaluation.method import About, AbstractMethod, Finding, OutcomeCode, refused
from acuerdo.evaluation.panel import Panel


@final
class Settings(AbstractWeightedSettings):
    """Which times have a coefficient, and of which kind.

    Attributes:
        family: Least squares, or Poisson for counts.
        leads: Periods before the treatment with a coefficient of their own; earlier ones share the first.
        lags: Last time since treatment with one of its own; later ones share it.
    """

    family: Family = "linear"
    leads: Annotated[int, Field(ge=2)] = 12
    lags: Annotated[int, Field(ge=0)] = 12


@final
class EventStudyMethod(AbstractMethod[Settings]):
    """The picture of what came before and after; the mean of what came after is its number."""

    settings = Settings
    about: ClassVar[About] = About(
        name=Text("Event study", "Estudio de eventos"),
        design="comparison",
        estimand=Text(
            "The mean over the times since treatment of the effect at each, if cohorts do not differ in it.",
            "El promedio, sobre los tiempos desde el tratamiento, del efecto en cada uno, si es igual entre cohortes.",
        ),
        assumptions=(
            Text(
                "Without the treatment, all units would have changed alike (for counts: by the same factor).",
                "Sin el tratamiento, todas las unidades habrían cambiado igual (en conteos: por el mismo factor).",
            ),
            Text(
                "At the same time since treatment the effect is the same for every cohort.",
                "A igual tiempo desde el tratamiento, el efecto es el mismo en cada cohorte.",
            ),
        ),
        breaks=(
            Text(
                "Cohorts that differ in their effects: leads and lags then contaminate each other.",
                "Cohortes con efectos distintos: los coeficientes previos y posteriores se contaminan entre sí.",
            ),
        ),
        references=(SUN_ABRAHAM_2021,),
        extras=("evaluation",),
    )

    def run(self, panel: Panel, *, settings: Settings, seed: int) -> Finding:
        """See :meth:`AbstractMethod.run`; nothing is drawn.

        Raises:
            CheckFailed: If counts are to be weighted by what they are divided by.
        """
        del seed
        if settings.family == "poisson":
            if settings.weights != "none":
                raise CheckFailed(_DIVIDED_ALREADY)
            require_counts(panel)
        refusal = refusal_of(panel, fewest_clusters=settings.fewest_clusters, gaps=True)
        if refusal is not None:
            return refused(self, refusal.code, panel=panel, words=refusal.words)
        window = Window(leads=settings.leads, lags=settings.lags, reference=-1 - settings.anticipation)
        study = event_study(panel, window, family=settings.family, weights=settings.weights)
        if study is None or not study.is_after().any():
            return refused(self, OutcomeCode.SINGULAR, panel=panel, words=SINGULAR)
        answer = Answer.of(
            panel,
            method=self.id,
            level=settings.level,
            inference=counted_in_words(settings.weights, then=WORDS["clustered"]),
        )
        return _found(answer, study, settings=settings)


METHOD: Final = EventStudyMethod()
SINGULAR: Final = Text(
    "The times since treatment cannot be told from the unit and period effects. Without never treated units two times "
    "before the treatment must be left out: shorten the window, or compare cohort by cohort.",
    "Los tiempos desde el tratamiento no se distinguen de los efectos de unidad y periodo. Sin unidades nunca tratadas "
    "hay que omitir dos tiempos previos: acorte la ventana o compare por cohorte.",
)
_DIVIDED_ALREADY: Final = Problem(
    what=Text(
        "Counts are divided by their exposure, and cannot be weighted by it too.",
        "Los conteos se dividen entre su exposición y no pueden además ponderarse por ella.",
    ),
    why=Text(
        "A Poisson regression with an exposure already gives a large population more say.",
        "Una regresión de Poisson con exposición ya da más peso a una población grande.",
    ),
    fix=Text(
        "Set weights to 'none', or family to 'linear'.", "Deje weights en «none», o family en «linear»."
    ),
)
TREND_BEFORE: Final = Text(
    "The treated had already departed from the others before the treatment (joint test at 5 per cent).",
    "Las tratadas ya se habían apartado de las demás antes del tratamiento (prueba conjunta al 5 por ciento).",
)


def _found(answer: Answer, study: EventStudy, *, settings: Settings) -> Finding:
    after = study.is_after(last=None if settings.horizon is None else settings.horizon - 1)
    weights = after / after.sum()
    mean = float(weights @ study.mean_outcome)
    found = study.fit.combined(weights, level=settings.level)
    events = study.each(level=settings.level)
    ratio = {"log_ratio": found.value} if settings.family == "poisson" else {}
    if settings.family == "poisson":
        found = added(found, mean=mean)
        events = {
            at: added(one, mean=float(outcome))
            for (at, one), outcome in zip(events.items(), study.mean_outcome, strict=True)
        }
    before = study.before_p_value()
    return answer.finding(
        found,
        parts={f"event {at}": one for at, one in events.items()},
        counterfactual=mean - found.value,
        path=answer.event_path(events, actual=study.mean_outcome),
        diagnostics={"rows": study.fit.rows, "p_before": before, **ratio},
        warnings=(TREND_BEFORE,) if (before or 1.0) < 0.05 else (),
    )
