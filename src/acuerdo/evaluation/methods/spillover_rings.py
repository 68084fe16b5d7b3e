"""Spill-over: what happened around the treated, ring by ring."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, ClassVar, Final, final

import numpy as np
from pydantic import Field

from acuerdo.core.citation import Citation
from acuerdo.core.errors import CheckFailed, Problem
from acuerdo.core.text import Text
from acuerdo.evaluation.differences.admission import FEWEST_TREATED_CLUSTERS, refusal_of, treated_clusters
from acuerdo.evaluation.differences.aggregation import overall
from acuerdo.evaluation.differences.answer import Answer, treated_mean
from acuerdo.evaluation.differences.group_time import Comparison, cohorts_of
from acuerdo.evaluation.differences.settings import AbstractDifferencesSettings
from acuerdo.evaluation.inference.choice import in_words, uncertain
from acuerdo.evaluation.inference.interval import Uncertain
from acuerdo.evaluation.method import About, AbstractMethod, Finding, OutcomeCode, refused
from acuerdo.evaluation.panel import Panel
from acuerdo.evaluation.space.rings import ring_panel


@final
class Settings(AbstractDifferencesSettings):
    """Where the rings end.

    Attributes:
        edges_km: Outer edges of the rings, growing; units beyond the last are what all are compared with.
        cutoff_km: Distance at which dependence between units ends; None for clusters.
    """

    edges_km: Annotated[tuple[Annotated[float, Field(gt=0)], ...], Field(min_length=1)] = (50.0, 100.0)
    cutoff_km: Annotated[float, Field(gt=0)] | None = None


@final
class SpilloverRings(AbstractMethod[Settings]):
    """The untreated near a treated unit against those far from all; the nearest ring is the number."""

    settings = Settings
    about: ClassVar[About] = About(
        name=Text("Spill-over rings", "Anillos de derrame"),
        design="comparison",
        estimand=Text(
            "The mean effect on the untreated units of the nearest ring, since the treatment within their reach began.",
            "El efecto medio en las unidades no tratadas del anillo más cercano, desde que empezó el tratamiento a su "
            "alcance.",
        ),
        assumptions=(
            Text(
                "Beyond the last ring the treatment is not felt.",
                "Más allá del último anillo el tratamiento no se siente.",
            ),
            Text(
                "Without it, near and far units would have changed alike.",
                "Sin él, las unidades cercanas y lejanas habrían cambiado igual.",
            ),
        ),
        breaks=(
            Text(
                "Spill-over along roads, groups or markets rather than distance.",
                "Derrames por caminos, grupos o mercados y no por distancia.",
            ),
        ),
        references=(
            Citation(
                key="butts_2023",
                title="Difference-in-Differences with Spatial Spillovers",
                publisher="arXiv",
                kind="article",
                author="Butts, Kyle",
                date="2023",
                url="https://arxiv.org/abs/2105.03737",
            ),
        ),
        extras=("evaluation",),
    )

    def run(self, panel: Panel, *, settings: Settings, seed: int) -> Finding:
        """See :meth:`AbstractMethod.run`; nothing is drawn.

        Raises:
            CheckFailed: If a unit has no coordinates, or the edges do not grow.
        """
        del seed
        if any(after <= before for before, after in pairwise(settings.edges_km)):
            raise CheckFailed(_EDGES)
        refusal = refusal_of(panel, fewest_clusters=settings.fewest_clusters)
        if refusal is not None:
            return refused(self, refusal.code, panel=panel, words=refusal.words)
        rings = [ring_panel(panel, settings.edges_km, ring=ring) for ring in range(len(settings.edges_km))]
        nearest = rings[0]
        if nearest is None:
            return refused(self, OutcomeCode.NO_DONORS, panel=panel, words=_EMPTY)
        told = {
            f"up to {edge:g} km": one
            for edge, ring in zip(settings.edges_km, rings, strict=True)
            if ring is not None and (one := _effect(ring, settings)) is not None
        }
        main = told.get(f"up to {settings.edges_km[0]:g} km")
        if main is None:
            return refused(self, OutcomeCode.NOT_IDENTIFIED, panel=panel, words=_EMPTY)
        answer = Answer.of(
            nearest, method=self.id, level=settings.level, inference=in_words(settings.cutoff_km)
        )
        return answer.finding(
            main,
            parts=told,
            counterfactual=treated_mean(nearest, horizon=settings.horizon) - main.value,
            diagnostics={
                f"units up to {edge:g} km": 0 if ring is None else len(ring.treated)
                for edge, ring in zip(settings.edges_km, rings, strict=True)
            },
        )


METHOD: Final = SpilloverRings()
_EDGES: Final = Problem(
    what=Text("The edges of the rings do not grow.", "Los bordes de los anillos no son crecientes."),
    fix=Text(
        "Write them from the nearest out: 50, 100.", "Escríbalos del más cercano al más lejano: 50, 100."
    ),
)
_EMPTY: Final = Text(
    "The nearest ring, or the land beyond the last, holds no untreated unit.",
    "El anillo más cercano, o el territorio más allá del último, no tiene unidades sin tratar.",
)


def _effect(ring: Panel, settings: Settings) -> Uncertain | None:
    comparison = Comparison(controls="never_treated", anticipation=settings.anticipation, base="universal")
    mean = overall(tuple(cohorts_of(ring, comparison)), "simple", horizon=settings.horizon)
    if mean is None:
        return None
    if treated_clusters(ring) < FEWEST_TREATED_CLUSTERS:
        return Uncertain(value=mean.value)
    return uncertain(
        np.array([mean.value]),
        mean.scores[:, None],
        panel=ring,
        level=settings.level,
        cutoff_km=settings.cutoff_km,
    )[0]
