"""Two-way fixed effects: one coefficient, with what it mixes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Final, final

from pydantic import Field

from acuerdo.core.citation import Citation
from acuerdo.core.text import Text, percent
from acuerdo.evaluation.differences.admission import cell_weights, refusal_of
from acuerdo.evaluation.differences.answer import Answer, counted_in_words, treated_mean
from acuerdo.evaluation.differences.long_table import weighted_by
from acuerdo.evaluation.differences.mixture import mixture
from acuerdo.evaluation.differences.regression import fit
from acuerdo.evaluation.differences.settings import AbstractWeightedSettings, Inference
from acuerdo.evaluation.differences.two_way import WORDS, cells_in, slope
from acuerdo.evaluation.inference.interval import Uncertain
from acuerdo.evaluation.method import About, AbstractMethod, Finding, OutcomeCode, refused
from acuerdo.evaluation.panel import Panel


@final
class Settings(AbstractWeightedSettings):
    """How the interval is reached.

    Attributes:
        inference: Clusters, distance, or the wild bootstrap.
        cutoff_km: Distance at which dependence ends, for ``spatial``.
        draws: Draws of the wild bootstrap.
    """

    inference: Inference = "clustered"
    cutoff_km: Annotated[float, Field(gt=0)] = 200.0
    draws: Annotated[int, Field(ge=99)] = 999


@final
class TwoWayFixedEffects(AbstractMethod[Settings]):
    """The regression that most papers before 2018 ran; honest where all start together, a mixture where not."""

    settings = Settings
    about: ClassVar[About] = About(
        name=Text("Two-way fixed effects", "Efectos fijos bidireccionales"),
        design="comparison",
        estimand=Text(
            "The effect on the treated if it is the same for all and does not change over time.",
            "El efecto en los tratados si es igual para todos y no cambia con el tiempo.",
        ),
        assumptions=(
            Text(
                "Without the treatment, all units would have changed alike.",
                "Sin el tratamiento, todas las unidades habrían cambiado igual.",
            ),
            Text(
                "The effect is the same for every cohort and does not grow or fade.",
                "El efecto es el mismo para cada cohorte y no crece ni se desvanece.",
            ),
        ),
        breaks=(
            Text(
                "Starts at different times with effects that change: units already treated then serve as the "
                "comparison, and the sign can turn.",
                "Inicios en distintos momentos con efectos que cambian: unidades ya tratadas sirven entonces de "
                "comparación, y el signo puede invertirse.",
            ),
        ),
        references=(
            Citation(
                key="goodman_bacon_2021",
                title="Difference-in-differences with variation in treatment timing",
                publisher="Journal of Econometrics",
                kind="article",
                author="Goodman-Bacon, Andrew",
                date="2021",
                url="https://doi.org/10.1016/j.jeconom.2021.03.014",
            ),
        ),
        extras=("evaluation",),
    )

    def run(self, panel: Panel, *, settings: Settings, seed: int) -> Finding:
        """See :meth:`AbstractMethod.run`; the seed is for the wild bootstrap."""
        refusal = refusal_of(panel, fewest_clusters=settings.fewest_clusters, gaps=True, ends=True)
        if refusal is not None:
            return refused(self, refusal.code, panel=panel, words=refusal.words)
        table = cells_in(panel, horizon=settings.horizon, anticipation=settings.anticipation)
        weights = cell_weights(panel, settings.weights)
        regression = fit(table, ["treated"], family="linear", weights=weighted_by(panel, settings.weights))
        if regression is None:
            return refused(self, OutcomeCode.SINGULAR, panel=panel, words=SINGULAR)
        more = {"cutoff_km": settings.cutoff_km, "draws": settings.draws, "seed": seed}
        found = slope(
            regression, table, panel=panel, inference=settings.inference, level=settings.level, more=more
        )
        whole = settings.horizon is None and not settings.anticipation and weights is None
        mixed = _mixture(panel) if whole else {}
        answer = Answer.of(
            panel,
            method=self.id,
            level=settings.level,
            inference=counted_in_words(settings.weights, then=WORDS[settings.inference]),
        )
        return answer.finding(
            found,
            parts={kind: Uncertain(value=effect) for kind, (_, effect) in mixed.items()},
            counterfactual=treated_mean(panel, horizon=settings.horizon, weights=weights) - found.value,
            diagnostics={"rows": regression.rows}
            | {f"weight {kind}": weight for kind, (weight, _) in mixed.items()},
            warnings=_warned(panel, mixed),
        )


METHOD: Final = TwoWayFixedEffects()
SINGULAR: Final = Text(
    "The treatment cannot be told from the unit and period effects: all units are treated in the same periods, or "
    "nothing varies.",
    "El tratamiento no se distingue de los efectos de unidad y periodo: todas las unidades se tratan en los mismos "
    "periodos, o nada varía.",
)


def _mixture(panel: Panel) -> Mapping[str, tuple[float, float]]:
    """The decomposition, where the panel is complete, the treatment lasts and there is more than one start."""
    starts = {one for one in panel.first_treated if one is not None}
    lasting = all(one is None for one in panel.last_treated or ())
    if len(starts) < 2 or not lasting or not panel.is_complete:
        return {}
    return mixture(panel)


def _warned(panel: Panel, mixed: Mapping[str, tuple[float, float]]) -> tuple[Text, ...]:
    starts = {one for one in panel.first_treated if one is not None}
    if len(starts) < 2:
        return ()
    forbidden = mixed.get("later_vs_earlier", (0.0, 0.0))[0]
    share = percent(forbidden, decimals=1)
    en, es = (f" ({one})" if mixed else "" for one in (share.en, share.es))
    return (
        Text(
            f"The treatment starts at {len(starts)} different times. Part of the coefficient{en} compares units "
            "treated later with units already treated; where effects change over time it is not the mean effect.",
            f"El tratamiento empieza en {len(starts)} momentos distintos. Parte del coeficiente{es} compara "
            "unidades tratadas después con unidades ya tratadas; si los efectos cambian con el tiempo, no es el "
            "efecto medio.",
        ),
    )
