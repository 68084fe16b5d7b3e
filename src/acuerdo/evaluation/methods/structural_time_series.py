"""Structural time series: the series before, and its neighbours, carried on."""

from __future__ import annotations

from typing import Annotated, ClassVar, Final, final

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from acuerdo.core.citation import Citation
from acuerdo.core.text import Text
from acuerdo.evaluation.differences.answer import Answer
from acuerdo.evaluation.inference.interval import from_standard_error
from acuerdo.evaluation.method import (
    About,
    AbstractMethod,
    AbstractSettings,
    Finding,
    OutcomeCode,
    Refusal,
    refused,
)
from acuerdo.evaluation.panel import Panel
from acuerdo.evaluation.series.answer import NEVER_ALONE, path_of, series_in_words
from acuerdo.evaluation.series.single import single_of
from acuerdo.evaluation.series.state_space import Level, forecast


@final
class Settings(AbstractSettings):
    """The states of the series.

    Attributes:
        level_of: A level that wanders, or one with a slope.
        season: Periods in a cycle; 0 for none.
        controls: Whether the mean of the never treated units enters as a regressor.
        fewest_before: Periods that must lie before the treatment.
    """

    level_of: Level = "local_level"
    season: Annotated[int, Field(ge=0, le=53)] = 0
    controls: bool = True
    fewest_before: Annotated[int, Field(ge=8)] = 24


@final
class StructuralTimeSeries(AbstractMethod[Settings]):
    """A level that wanders as much as it did before; what lies beyond its forecast is called the effect."""

    settings = Settings
    about: ClassVar[About] = About(
        name=Text("Structural time series (Bayesian forecast)", "Serie estructural (pronóstico bayesiano)"),
        design="single_series",
        estimand=Text(
            "The mean difference, over the horizon, from the forecast made with what came before.",
            "La diferencia media, en el horizonte, respecto del pronóstico hecho con lo anterior.",
        ),
        assumptions=(
            Text(
                "The series would have gone on wandering as it did before.",
                "La serie habría seguido oscilando como antes.",
            ),
            Text(
                "The treatment does not touch the units used as regressors.",
                "El tratamiento no toca a las unidades usadas como regresores.",
            ),
            Text("Nothing else happened at the time.", "No ocurrió nada más en ese momento."),
        ),
        breaks=(
            Text(
                "A variance of the level estimated at zero: the interval is then far too narrow.",
                "Una varianza del nivel estimada en cero: el intervalo es entonces demasiado angosto.",
            ),
        ),
        references=(
            Citation(
                key="brodersen_2015",
                title="Inferring causal impact using Bayesian structural time-series models",
                publisher="The Annals of Applied Statistics",
                kind="article",
                author="Brodersen, K. H. and Gallusser, F. and Koehler, J. and Remy, N. and Scott, S. L.",
                date="2015",
                url="https://doi.org/10.1214/14-AOAS788",
            ),
        ),
        extras=("evaluation",),
    )

    def run(self, panel: Panel, *, settings: Settings, seed: int) -> Finding:
        """See :meth:`AbstractMethod.run`; nothing is drawn."""
        del seed
        single = single_of(panel, horizon=settings.horizon, fewest_before=settings.fewest_before)
        if isinstance(single, Refusal):
            return refused(self, single.code, panel=panel, words=single.words)
        controls = _controls(panel) if settings.controls else None
        if controls is not None and np.isnan(controls).any():
            return refused(self, OutcomeCode.MISSING_OUTCOME, panel=panel, words=_CONTROLS_MISSING)
        found = forecast(
            single, controls, level=settings.level_of, season=settings.season, coverage=settings.level
        )
        if found is None or not np.isfinite(found.mean_error):
            return refused(self, OutcomeCode.NOT_CONVERGED, panel=panel, words=_NO_MAXIMUM)
        treated = slice(single.start, single.end)
        mean = float(single.values[treated].mean())
        without = float(found.mean[treated].mean())
        words = series_in_words(single, inference=_WORDS_WITH if controls is not None else _WORDS_ALONE)
        answer = Answer(unit=panel.measure, method=self.id, level=settings.level, words=words)
        return answer.finding(
            from_standard_error(mean - without, found.mean_error, level=settings.level),
            parts={},
            counterfactual=without,
            path=path_of(panel, single, counterfactual=found.mean, low=found.low, high=found.high),
            diagnostics={"deviation_before": found.residual_deviation},
            warnings=(NEVER_ALONE,),
        )


METHOD: Final = StructuralTimeSeries()
_NO_MAXIMUM: Final = Text(
    "The likelihood of the model has no maximum on the periods before the treatment.",
    "La verosimilitud del modelo no tiene máximo en los periodos previos al tratamiento.",
)
_CONTROLS_MISSING: Final = Text(
    "The never treated units have missing periods, so they cannot be regressors.",
    "A las unidades nunca tratadas les faltan periodos, así que no pueden ser regresores.",
)
_WORDS_ALONE: Final = Text(
    "the forecast is from the series itself", "el pronóstico proviene de la propia serie"
)
_WORDS_WITH: Final = Text(
    "the forecast uses the series itself and the mean of the never treated units",
    "el pronóstico usa la propia serie y el promedio de las unidades nunca tratadas",
)


def _controls(panel: Panel) -> NDArray[np.float64] | None:
    rows = list(panel.never_treated)
    return panel.outcome[rows].mean(axis=0)[:, None] if rows else None
