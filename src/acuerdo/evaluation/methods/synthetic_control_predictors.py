"""Synthetic control that matches predictors, weighted as the outcome before the treatment asks."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, ClassVar, Final, final

import numpy as np
from pydantic import Field

from acuerdo.core.citation import Citation
from acuerdo.core.text import Text
from acuerdo.evaluation.method import About, AbstractMethod, Finding, OutcomeCode, Refusal
from acuerdo.evaluation.panel import Panel
from acuerdo.evaluation.synthetic.case import Case, case_of
from acuerdo.evaluation.synthetic.predictors import PredictorsNested, Search
from acuerdo.evaluation.synthetic.settings import AbstractSyntheticSettings, RankInterval
from acuerdo.evaluation.synthetic.single_unit import answer
from acuerdo.evaluation.synthetic.statements import (
    ABADIE_2010,
    CHOSEN_AFTERWARDS,
    DONORS_UNTOUCHED,
    MEAN_EFFECT,
    MIXTURE_FOLLOWS,
    OUT_OF_REACH,
)

_NOTICEABLE: Final = 1.01
"""A misfit greater by less than this factor is the same answer to a reader."""


@final
class Settings(AbstractSyntheticSettings):
    """The shared settings, and what is matched.

    Attributes:
        predictors: Names of the panel's predictors; all of them if empty.
        search: From scattered starts; or one local descent from equal predictor weights, as many published results.
        agreeing: How many independent searches must end at the same best.
        most_searches: How many are sent at most.
    """

    predictors: tuple[str, ...] = ()
    search: Search = "scattered"
    agreeing: Annotated[int, Field(ge=1)] = 5
    most_searches: Annotated[int, Field(ge=1)] = 20
    interval: RankInterval = "placebo"


@final
class SyntheticControlPredictors(AbstractMethod[Settings]):
    """The nested estimator of Abadie, Diamond and Hainmueller, searched from many starts."""

    settings = Settings
    about: ClassVar[About] = About(
        name=Text("Synthetic control (with predictors)", "Control sintético (con predictores)"),
        design="comparison",
        estimand=MEAN_EFFECT,
        assumptions=(
            MIXTURE_FOLLOWS,
            DONORS_UNTOUCHED,
        ),
        breaks=(
            Text(
                "Predictor weights that several very different mixtures fit as well: see how many searches agreed.",
                "Pesos de los predictores con los que mezclas muy distintas ajustan igual: vea cuántas búsquedas "
                "coincidieron.",
            ),
            OUT_OF_REACH,
            CHOSEN_AFTERWARDS,
        ),
        references=(
            Citation(
                key="abadie_gardeazabal_2003",
                title="The Economic Costs of Conflict: A Case Study of the Basque Country",
                publisher="American Economic Review",
                kind="article",
                author="Abadie, Alberto and Gardeazabal, Javier",
                date="2003",
                url="https://doi.org/10.1257/000282803321455188",
            ),
            ABADIE_2010,
            Citation(
                key="becker_kloessner_2018",
                title="Fast and reliable computation of generalized synthetic controls",
                publisher="Econometrics and Statistics",
                kind="article",
                author="Becker, Martin and Klößner, Stefan",
                date="2018",
                url="https://doi.org/10.1016/j.ecosta.2017.08.002",
            ),
        ),
        extras=("evaluation",),
    )

    def run(self, panel: Panel, *, settings: Settings, seed: int) -> Finding:
        """See :meth:`AbstractMethod.run`; the searches start from the seed."""
        weighing = PredictorsNested(
            search=settings.search, seed=seed, agreeing=settings.agreeing, most=settings.most_searches
        )
        case = case_of(panel, settings, predictors=settings.predictors or tuple(panel.predictors))
        found = answer(self, panel, case=case, settings=settings, choose=lambda _: weighing, seed=seed)
        if isinstance(case, Refusal) or found.code is not OutcomeCode.ESTIMATED or settings.search == "local":
            return found
        return _beside_local(found, case)


def _beside_local(found: Finding, case: Case) -> Finding:
    """The same, with a note where one descent from equal predictor weights would have ended elsewhere."""
    start, end = case.span
    local = PredictorsNested(search="local").weights(case.comparison.only([case.treated]))
    gap = local.gaps(case.comparison.outcomes)[case.treated]
    misfit, best = float(np.sqrt(np.mean(gap[:start] ** 2))), float(str(found.diagnostics["pre_rmspe"]))
    if misfit <= best * _NOTICEABLE:
        return found
    effect = float(gap[start:end].mean())
    return replace(
        found,
        diagnostics={**found.diagnostics, "local_search_pre_rmspe": misfit, "local_search_effect": effect},
        warnings=(*found.warnings, _ends_elsewhere(effect, misfit, best=best)),
    )


def _ends_elsewhere(effect: float, misfit: float, *, best: float) -> Text:
    return Text(
        f"One descent from equal predictor weights, as many published results were found, ends elsewhere: an effect of "
        f"{effect:.4g} with a misfit of {misfit:.4g} before the treatment, instead of {best:.4g}. 'search: local' "
        "gives that answer.",
        f"Un solo descenso desde pesos iguales de los predictores, como se hallaron muchos resultados publicados, "
        f"termina en otro punto: un efecto de {effect:.4g} con un desajuste previo de {misfit:.4g}, en vez de "
        f"{best:.4g}. «search: local» da esa respuesta.",
    )


METHOD: Final = SyntheticControlPredictors()
