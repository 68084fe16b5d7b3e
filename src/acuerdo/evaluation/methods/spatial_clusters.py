"""Whether like lies beside like (Moran's I), and where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, ClassVar, Final, final

import numpy as np
from pydantic import BeforeValidator, Field

from acuerdo.core.citation import Citation
from acuerdo.core.text import Text
from acuerdo.core.unit import UNITS
from acuerdo.evaluation.differences.answer import Answer
from acuerdo.evaluation.inference.choice import coordinates_of
from acuerdo.evaluation.inference.interval import Uncertain
from acuerdo.evaluation.method import About, AbstractMethod, AbstractSettings, Finding, OutcomeCode, refused
from acuerdo.evaluation.naming import name_of, some
from acuerdo.evaluation.panel import Panel
from acuerdo.evaluation.space.neighbours import bordering, local_clusters, moran, neighbours


def _named(borders: object) -> object:
    """Codes written as numbers are names too."""
    if not isinstance(borders, Mapping):
        return borders
    return {
        name_of(unit): tuple(name_of(one) for one in others) if isinstance(others, Iterable) else others
        for unit, others in borders.items()
    }


Borders = Annotated[dict[str, tuple[str, ...]], BeforeValidator(_named)]


@final
class Settings(AbstractSettings):
    """Who is a neighbour, and what is drawn.

    Attributes:
        neighbours: Nearest units of each; not used where borders are given.
        borders: For each unit by name, the units that it borders on; coordinates are then not needed.
        exposure: Whether the outcome is divided by the exposure first.
        local: Whether local clusters are looked for too.
        size: Share of false local clusters that is allowed.
        draws: Permutations.
    """

    neighbours: Annotated[int, Field(ge=1, le=50)] = 6
    borders: Borders = Field(default_factory=dict[str, tuple[str, ...]])
    exposure: bool = False
    local: bool = False
    size: Annotated[float, Field(gt=0, lt=0.5)] = 0.05
    draws: Annotated[int, Field(ge=99)] = 999


@final
class SpatialClusters(AbstractMethod[Settings]):
    """A picture: clusters say where, and nothing of why."""

    settings = Settings
    about: ClassVar[About] = About(
        name=Text("Moran's I and local clusters", "I de Moran y conglomerados locales"),
        design="description",
        estimand=Text(
            "The correlation of a unit's mean outcome with that of its neighbours, over the last periods of the panel.",
            "La correlación del resultado medio de una unidad con el de sus vecinas, en los últimos periodos del "
            "panel.",
        ),
        assumptions=(
            Text(
                "Without a pattern every arrangement of the values over the units is as likely.",
                "Sin un patrón, toda disposición de los valores entre las unidades es igual de probable.",
            ),
        ),
        breaks=(
            Text(
                "Rates of small populations: their chance alone makes extremes.",
                "Tasas de poblaciones pequeñas: el solo azar produce extremos.",
            ),
        ),
        references=(
            Citation(
                key="anselin_1995",
                title="Local Indicators of Spatial Association—LISA",
                publisher="Geographical Analysis",
                kind="article",
                author="Anselin, Luc",
                date="1995",
                url="https://doi.org/10.1111/j.1538-4632.1995.tb00338.x",
            ),
        ),
        extras=("evaluation",),
    )

    def run(self, panel: Panel, *, settings: Settings, seed: int) -> Finding:
        """See :meth:`AbstractMethod.run`; the seed is for the permutations.

        Raises:
            CheckFailed: If a unit has no coordinates.
        """
        values = (
            panel.outcome
            if not settings.exposure or panel.exposure is None
            else panel.outcome / panel.exposure
        )
        values = values[:, -(settings.horizon or values.shape[1]) :].mean(axis=1)
        if np.isnan(values).any():
            return refused(self, OutcomeCode.MISSING_OUTCOME, panel=panel, words=_MISSING)
        if values.size <= (3 if settings.borders else settings.neighbours + 1):
            return refused(self, OutcomeCode.TOO_FEW_CLUSTERS, panel=panel, words=_TOO_FEW)
        if np.ptp(values) == 0:
            return refused(self, OutcomeCode.SINGULAR, panel=panel, words=_CONSTANT)
        if settings.borders:
            weights = bordering(panel.units, settings.borders)
        else:
            weights = neighbours(coordinates_of(panel), count=settings.neighbours)
        if len(weights.islands) == len(panel.units):
            return refused(self, OutcomeCode.NOT_IDENTIFIED, panel=panel, words=_NO_BORDER)
        found = moran(values, weights, draws=settings.draws, seed=seed)
        standing_out = (
            local_clusters(values, weights, draws=settings.draws, seed=seed, size=settings.size)
            if settings.local
            else {}
        )
        answer = Answer(
            unit=UNITS["index"], method=self.id, level=settings.level, words=_words(panel, settings)
        )
        return answer.finding(
            Uncertain(value=found.value, p_value=found.p_value),
            parts={},
            diagnostics={"expected": found.expected}
            | {f"cluster {panel.units[unit]}": kind for unit, kind in standing_out.items()},
            warnings=_alone([panel.units[row] for row in weights.islands]),
        )


METHOD: Final = SpatialClusters()
_MISSING: Final = Text(
    "Some units have missing outcomes; missing is not zero, and a map with holes has other neighbours.",
    "A algunas unidades les falta el resultado; lo que falta no es cero, y un mapa con huecos tiene otros vecinos.",
)
_TOO_FEW: Final = Text(
    "There are no more units than neighbours asked for.", "No hay más unidades que vecinas pedidas."
)
_NO_BORDER: Final = Text("No unit borders on another.", "Ninguna unidad colinda con otra.")
_CONSTANT: Final = Text("All units are alike.", "Todas las unidades son iguales.")


def _alone(units: Sequence[str]) -> tuple[Text, ...]:
    if not units:
        return ()
    return (
        Text(f"Units that border on no other: {some(units)}.", f"Unidades sin colindancias: {some(units)}."),
    )


def _words(panel: Panel, settings: Settings) -> Text:
    beside = (
        Text("those that they border on", "aquellas con las que colindan")
        if settings.borders
        else Text(f"their {settings.neighbours} nearest", f"sus {settings.neighbours} más cercanas")
    )
    return Text(
        f"Moran's I of {len(panel.units)} units with {beside.en}; the p-value is of {settings.draws} permutations.",
        f"I de Moran de {len(panel.units)} unidades con {beside.es}; el valor p proviene de {settings.draws} "
        "permutaciones.",
    )
