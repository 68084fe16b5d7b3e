"""Sensitivity to trends that were not parallel (Rambachan and Roth)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Final, Literal, final

import numpy as np
from pydantic import Field

from acuerdo.core.citation import Citation
from acuerdo.core.text import Text
from acuerdo.evaluation.differences.admission import (
    FEWEST_TREATED_CLUSTERS,
    refusal_of,
    treated_clusters,
    unit_weights,
)
from acuerdo.evaluation.differences.aggregation import by_event
from acuerdo.evaluation.differences.answer import Answer, counted_in_words
from acuerdo.evaluation.differences.event_time import Window, event_study
from acuerdo.evaluation.differences.group_time import Comparison, Controls, cohorts_of
from acuerdo.evaluation.differences.honest import Coefficients, Restriction, honest_interval
from acuerdo.evaluation.differences.settings import AbstractWeightedSettings
from acuerdo.evaluation.inference.interval import Uncertain
from acuerdo.evaluation.inference.scores import clustered
from acuerdo.evaluation.method import About, AbstractMethod, Finding, OutcomeCode, refused
from acuerdo.evaluation.panel import Panel


@final
class Settings(AbstractWeightedSettings):
    """How far from parallel the trends may have been.

    Attributes:
        restriction: In multiples of the largest departure before the treatment, or as a change of slope per period.
        bound: How many times, or by how much.
        also: Further bounds, told as parts.
        source: Coefficients from cohorts compared one by one, or from one regression.
        controls: With cohorts: units never treated, or also those not treated yet.
        leads: Periods before the treatment that are used.
        lags: Last time since treatment that is used; the effect is the mean from 0 on, up to the horizon.
    """

    restriction: Restriction = "relative_magnitude"
    bound: Annotated[float, Field(ge=0)] = 1.0
    also: tuple[Annotated[float, Field(ge=0)], ...] = ()
    source: Literal["cohorts", "regression"] = "cohorts"
    controls: Controls = "never_treated"
    leads: Annotated[int, Field(ge=3)] = 6
    lags: Annotated[int, Field(ge=0)] = 3


@final
class RambachanRoth(AbstractMethod[Settings]):
    """What can still be said if the treated would have gone their own way by as much as they did before."""

    settings = Settings
    about: ClassVar[About] = About(
        name=Text("Sensitivity to trends (Rambachan–Roth)", "Sensibilidad a las tendencias (Rambachan–Roth)"),
        design="comparison",
        estimand=Text(
            "The mean effect over the first periods since treatment, with an interval that allows for trends that "
            "part.",
            "El efecto medio en los primeros periodos desde el tratamiento, con un intervalo que admite tendencias "
            "divergentes.",
        ),
        assumptions=(
            Text(
                "After the treatment, trends part by no more than the stated multiple of what they did before, or bend "
                "by no more than stated.",
                "Tras el tratamiento, las tendencias divergen a lo más el múltiplo indicado de lo que divergieron "
                "antes, o se doblan a lo más lo indicado.",
            ),
        ),
        breaks=(
            Text(
                "A shock of a size never seen before the treatment that hits the treated alone.",
                "Un choque de magnitud nunca vista antes del tratamiento que afecta solo a los tratados.",
            ),
        ),
        references=(
            Citation(
                key="rambachan_roth_2023",
                title="A More Credible Approach to Parallel Trends",
                publisher="The Review of Economic Studies",
                kind="article",
                author="Rambachan, Ashesh and Roth, Jonathan",
                date="2023",
                url="https://doi.org/10.1093/restud/rdad018",
            ),
        ),
        extras=("evaluation",),
    )

    def run(self, panel: Panel, *, settings: Settings, seed: int) -> Finding:
        """See :meth:`AbstractMethod.run`; the seed is for the critical values."""
        refusal = refusal_of(panel, fewest_clusters=settings.fewest_clusters)
        if refusal is not None:
            return refused(self, refusal.code, panel=panel, words=refusal.words)
        if treated_clusters(panel) < FEWEST_TREATED_CLUSTERS:
            return refused(self, OutcomeCode.TOO_FEW_TREATED, panel=panel, words=_ONE_TREATED)
        found = coefficients(panel, settings)
        if found is None:
            return refused(self, OutcomeCode.TOO_FEW_PERIODS, panel=panel, words=_TOO_SHORT)
        if not np.linalg.eigvalsh(found.covariance)[0] > 0:
            return refused(self, OutcomeCode.SINGULAR, panel=panel, words=_NO_SPREAD)
        told = {
            bound: _robust(found, bound, settings=settings, seed=seed)
            for bound in (settings.bound, *settings.also)
        }
        answer = Answer.of(
            panel,
            method=self.id,
            level=settings.level,
            inference=counted_in_words(settings.weights, then=_in_words(settings)),
        )
        main = told[settings.bound]
        return answer.finding(
            main,
            parts={f"bound {bound:g}": one for bound, one in told.items()},
            diagnostics={"as_estimated": found.target, "error_if_parallel": found.error},
            warnings=(() if main.low is not None else (_NO_INTERVAL,))
            + (() if main.value == found.target else (_MOVED,)),
        )


METHOD: Final = RambachanRoth()
_ONE_TREATED: Final = Text(
    "A single cluster is treated, so the spread of the coefficients is not known.",
    "Un solo conglomerado recibe el tratamiento, así que no se conoce la dispersión de los coeficientes.",
)
_TOO_SHORT: Final = Text(
    "Two periods before the reference are needed, and two after it ('smoothness' can do with one), each told apart "
    "from the others.",
    "Se requieren dos periodos antes del de referencia y dos después («smoothness» admite uno), cada uno distinguible "
    "de los demás.",
)
_NO_SPREAD: Final = Text(
    "The coefficients do not vary freely: there are too few clusters for so many periods, or the outcome is constant.",
    "Los coeficientes no varían libremente: hay muy pocos conglomerados para tantos periodos, o el resultado es "
    "constante.",
)
_NO_INTERVAL: Final = Text(
    "The robust interval is empty or without an end within forty standard errors; none is given.",
    "El intervalo robusto es vacío o no termina dentro de cuarenta errores estándar; no se da ninguno.",
)
_MOVED: Final = Text(
    "The effect as estimated lies outside of the robust interval: the trend before the treatment is taken out, and the "
    "middle of the interval is given.",
    "El efecto tal como se estimó queda fuera del intervalo robusto: se descuenta la tendencia previa y se da el punto "
    "medio del intervalo.",
)


def coefficients(panel: Panel, settings: Settings) -> Coefficients | None:
    """The event study in the form that the sensitivity needs; None where the window is too short.

    Raises:
        CheckFailed: If units are to count their exposure, and the panel has none.
    """
    weights = unit_weights(panel, settings.weights)
    reference = -1 - settings.anticipation
    if settings.source == "regression":
        window = Window(leads=settings.leads, lags=settings.lags, reference=reference)
        study = event_study(panel, window, weights=settings.weights)
        if study is None:
            return None
        return _arranged(study.times, study.fit.values, covariance=study.fit.covariance, settings=settings)
    comparison = Comparison(controls=settings.controls, anticipation=settings.anticipation, base="universal")
    means = {
        at: one
        for at, one in by_event(tuple(cohorts_of(panel, comparison, weights=weights))).items()
        if -settings.leads <= at <= settings.lags and at != reference
    }
    if not means:
        return None
    scores = np.column_stack([one.scores for one in means.values()])
    covariance = clustered(scores, panel.clusters or panel.units)
    return _arranged(
        tuple(means),
        np.array([one.value for one in means.values()]),
        covariance=covariance,
        settings=settings,
    )


def _arranged(
    times: tuple[int, ...], values: np.ndarray, *, covariance: np.ndarray, settings: Settings
) -> Coefficients | None:
    reference = -1 - settings.anticipation
    before = sum(at < reference for at in times)
    last = settings.lags if settings.horizon is None else settings.horizon - 1
    counted = np.array([0 <= at <= last for at in times if at > reference], dtype=np.float64)
    fewest_after = 2 if settings.restriction == "relative_magnitude" else 1
    if before < 2 or counted.size < fewest_after or not counted.any():
        return None
    return Coefficients(values=values, covariance=covariance, before=before, weights=counted / counted.sum())


def _robust(found: Coefficients, bound: float, *, settings: Settings, seed: int) -> Uncertain:
    ends = honest_interval(found, bound, restriction=settings.restriction, level=settings.level, seed=seed)
    if ends is None:
        return Uncertain(value=found.target)
    low, high = ends
    return Uncertain(
        value=found.target if low <= found.target <= high else (low + high) / 2, low=low, high=high
    )


def _in_words(settings: Settings) -> Text:
    if settings.restriction == "smoothness":
        return Text(
            f"trends may bend by {settings.bound:g} per period",
            f"las tendencias pueden doblarse {settings.bound:g} por periodo",
        )
    return Text(
        f"trends may part by {settings.bound:g} times as much as before",
        f"las tendencias pueden divergir {settings.bound:g} veces lo que antes",
    )
