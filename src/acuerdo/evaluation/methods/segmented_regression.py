"""Interrupted time series: segmented regression of one series, of levels or of counts."""

from __future__ import annotations

from typing import Annotated, ClassVar, Final, Literal, final

import numpy as np
from pydantic import Field

from acuerdo.core.citation import Citation
from acuerdo.core.text import Text
from acuerdo.evaluation.differences.answer import Answer
from acuerdo.evaluation.differences.ratio import added, require_counts
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
from acuerdo.evaluation.series.segmented import Change, Errors, Segments, counts, design, linear
from acuerdo.evaluation.series.single import Single, single_of


@final
class Settings(AbstractSettings):
    """The shape of the change and of the errors.

    Attributes:
        family: Least squares, or a count with the logarithm of its exposure.
        change: Whether the slope may change too.
        season: Periods in a cycle; 0 for none.
        errors: Of least squares; Newey-West's are too small in series of ten years. Counts have no others.
        lags: Lags of the errors.
        fewest_before: Periods that must lie before the treatment.
    """

    family: Literal["linear", "poisson", "negative_binomial"] = "linear"
    change: Change = "step_and_slope"
    season: Annotated[int, Field(ge=0, le=53)] = 0
    errors: Errors = "autoregressive"
    lags: Annotated[int, Field(ge=0, le=24)] = 2
    fewest_before: Annotated[int, Field(ge=8)] = 24


@final
class SegmentedRegression(AbstractMethod[Settings]):
    """The line before, carried on; what lies above or below it after is called the effect."""

    settings = Settings
    about: ClassVar[About] = About(
        name=Text(
            "Interrupted time series (segmented regression)", "Serie interrumpida (regresión segmentada)"
        ),
        design="single_series",
        estimand=Text(
            "The mean difference, over the horizon, from the line before carried on.",
            "La diferencia media, en el horizonte, respecto de la recta previa prolongada.",
        ),
        assumptions=(
            Text(
                "Without the treatment the series would have gone on along its line.",
                "Sin el tratamiento, la serie habría seguido por su recta.",
            ),
            Text("Nothing else happened at the time.", "No ocurrió nada más en ese momento."),
        ),
        breaks=(
            Text(
                "Any shock near the date; errors that drift for longer than the lags allow for.",
                "Cualquier choque cerca de la fecha; errores que derivan más de lo que admiten los rezagos.",
            ),
        ),
        references=(
            Citation(
                key="wagner_2002",
                title="Segmented regression analysis of interrupted time series studies in medication use research",
                publisher="Journal of Clinical Pharmacy and Therapeutics",
                kind="article",
                author="Wagner, A. K. and Soumerai, S. B. and Zhang, F. and Ross-Degnan, D.",
                date="2002",
                url="https://doi.org/10.1046/j.1365-2710.2002.00430.x",
            ),
        ),
        extras=("evaluation",),
    )

    def run(self, panel: Panel, *, settings: Settings, seed: int) -> Finding:
        """See :meth:`AbstractMethod.run`; nothing is drawn."""
        del seed
        if settings.family != "linear":
            require_counts(panel)
        single = single_of(panel, horizon=settings.horizon, fewest_before=settings.fewest_before)
        if isinstance(single, Refusal):
            return refused(self, single.code, panel=panel, words=single.words)
        found = _fitted(single, settings)
        if found is None:
            return refused(self, OutcomeCode.SINGULAR, panel=panel, words=_SINGULAR)
        answer = Answer(
            unit=panel.measure,
            method=self.id,
            level=settings.level,
            words=series_in_words(
                single, inference=_WORDS[settings.errors if settings.family == "linear" else "newey_west"]
            ),
        )
        return _told(answer, found, single=single, panel=panel, settings=settings)


METHOD: Final = SegmentedRegression()
_SINGULAR: Final = Text(
    "The change cannot be told from the line and the season, or the fit did not converge.",
    "El cambio no se distingue de la recta y la estacionalidad, o el ajuste no convergió.",
)
_WORDS: Final = {
    "independent": Text("errors are taken as independent", "los errores se toman como independientes"),
    "newey_west": Text("errors are Newey–West's", "los errores son los de Newey–West"),
    "autoregressive": Text("errors are autoregressive", "los errores son autorregresivos"),
}


def _fitted(single: Single, settings: Settings) -> Segments | None:
    regressors = design(single, change=settings.change, season=settings.season)
    changes = 2 if settings.change == "step_and_slope" else 1
    if settings.family == "linear":
        return linear(single, regressors, changes=changes, errors=settings.errors, lags=settings.lags)
    return counts(single, regressors, changes=changes, family=settings.family, lags=settings.lags)


def _told(answer: Answer, found: Segments, *, single: Single, panel: Panel, settings: Settings) -> Finding:
    since = np.arange(single.end - single.start)
    mean_change = np.array([1.0, float(since.mean())])[: found.changes]
    number = found.combined(mean_change, level=settings.level)
    each = {
        name: found.combined(one, level=settings.level)
        for name, one in zip(("step", "slope"), np.eye(found.changes), strict=False)
    }
    mean = float(single.values[single.start : single.end].mean())
    counterfactual = found.without
    parts = each
    if settings.family != "linear":
        counterfactual = np.exp(found.without) * (1.0 if single.exposure is None else single.exposure)
        number, parts = added(number, mean=mean), {}
    return answer.finding(
        number,
        parts=parts,
        counterfactual=mean - number.value,
        path=path_of(panel, single, counterfactual=counterfactual),
        diagnostics={
            "autocorrelation": found.autocorrelation,
            "dispersion": found.dispersion,
            **{name: one.value for name, one in each.items()},
            **{f"{name}_error": one.standard_error for name, one in each.items()},
        },
        warnings=(NEVER_ALONE,),
    )
