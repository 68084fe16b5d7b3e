"""Counts with unit and period effects, by Poisson pseudo maximum likelihood."""

from __future__ import annotations

from typing import ClassVar, Final, final

import numpy as np

from acuerdo.core.citation import Citation
from acuerdo.core.text import Text
from acuerdo.evaluation.differences.admission import refusal_of
from acuerdo.evaluation.differences.answer import Answer, treated_mean
from acuerdo.evaluation.differences.ratio import added, require_counts
from acuerdo.evaluation.differences.regression import fit
from acuerdo.evaluation.differences.settings import AbstractDifferencesSettings
from acuerdo.evaluation.differences.two_way import WORDS, cells_in
from acuerdo.evaluation.method import About, AbstractMethod, Finding, OutcomeCode, refused
from acuerdo.evaluation.panel import Panel


@final
class Settings(AbstractDifferencesSettings):
    """Nothing beyond what every difference-in-differences has."""


@final
class PoissonFixedEffects(AbstractMethod[Settings]):
    """One ratio for the treated; the exposure (population) enters with a coefficient of one."""

    settings = Settings
    about: ClassVar[About] = About(
        name=Text("Poisson with fixed effects (PPML)", "Poisson con efectos fijos (PPML)"),
        design="comparison",
        estimand=Text(
            "The ratio by which the treatment multiplies the expected count, told as events added per treated cell.",
            "La razón por la que el tratamiento multiplica el conteo esperado, expresada en eventos añadidos por celda "
            "tratada.",
        ),
        assumptions=(
            Text(
                "Without the treatment, all units would have changed by the same factor.",
                "Sin el tratamiento, todas las unidades habrían cambiado por el mismo factor.",
            ),
            Text(
                "The ratio is the same for every cohort and does not change over time.",
                "La razón es la misma para cada cohorte y no cambia con el tiempo.",
            ),
        ),
        breaks=(
            Text(
                "Starts at different times with effects that change, as in every regression with one coefficient.",
                "Inicios en distintos momentos con efectos que cambian, como en toda regresión de un coeficiente.",
            ),
            Text(
                "Units without a single event say nothing and fall out.",
                "Las unidades sin un solo evento no dicen nada y quedan fuera.",
            ),
        ),
        references=(
            Citation(
                key="correia_guimaraes_zylkin_2020",
                title="Fast Poisson estimation with high-dimensional fixed effects",
                publisher="The Stata Journal",
                kind="article",
                author="Correia, Sergio and Guimarães, Paulo and Zylkin, Tom",
                date="2020",
                url="https://doi.org/10.1177/1536867X20909691",
            ),
        ),
        extras=("evaluation",),
    )

    def run(self, panel: Panel, *, settings: Settings, seed: int) -> Finding:
        """See :meth:`AbstractMethod.run`; nothing is drawn."""
        del seed
        require_counts(panel)
        refusal = refusal_of(panel, fewest_clusters=settings.fewest_clusters, gaps=True, ends=True)
        if refusal is not None:
            return refused(self, refusal.code, panel=panel, words=refusal.words)
        table = cells_in(panel, horizon=settings.horizon, anticipation=settings.anticipation)
        if panel.exposure is not None:
            table["log_exposure"] = np.log(table["exposure"])
        offset = None if panel.exposure is None else "log_exposure"
        regression = fit(table, ["treated"], family="poisson", offset=offset)
        if regression is None:
            return refused(self, OutcomeCode.SINGULAR, panel=panel, words=_SINGULAR)
        ratio = regression.combined(np.ones(1), level=settings.level)
        mean = treated_mean(panel, horizon=settings.horizon)
        found = added(ratio, mean=mean)
        answer = Answer.of(panel, method=self.id, level=settings.level, inference=WORDS["clustered"])
        return answer.finding(
            found,
            parts={},
            counterfactual=mean - found.value,
            diagnostics={
                "rows": regression.rows,
                "log_ratio": ratio.value,
                "log_ratio_error": answer.stated(ratio).standard_error,
            },
            warnings=() if panel.exposure is not None else (_NO_EXPOSURE,),
        )


METHOD: Final = PoissonFixedEffects()
_SINGULAR: Final = Text(
    "The ratio cannot be told from the unit and period effects, or one side has no event at all.",
    "La razón no se distingue de los efectos de unidad y periodo, o un lado no tiene ningún evento.",
)
_NO_EXPOSURE: Final = Text(
    "No exposure is given: the counts are compared as they are, not as rates.",
    "No se indicó exposición: los conteos se comparan tal cual, no como tasas.",
)
