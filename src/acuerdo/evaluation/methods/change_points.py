"""Dates at which a series changed its level, where two methods agree."""

from __future__ import annotations

from typing import Annotated, ClassVar, Final, final

import numpy as np
from pydantic import Field

from acuerdo.core.citation import Citation
from acuerdo.core.errors import CheckFailed, Problem
from acuerdo.core.text import Text
from acuerdo.evaluation.differences.answer import Answer
from acuerdo.evaluation.method import About, AbstractMethod, AbstractSettings, Finding, OutcomeCode, refused
from acuerdo.evaluation.panel import Panel
from acuerdo.evaluation.series.breaks import Break, Rules, breaks_of


@final
class Settings(AbstractSettings):
    """What a change has to be.

    Attributes:
        fewest: Periods of the shortest regime.
        most: Most changes looked for.
        count: How many, if that is fixed beforehand; as many as BIC chooses if not.
        tolerance: By how many periods the two methods may differ.
        size: Of the test between a change's neighbours.
        draws: Bootstrap draws.
    """

    fewest: Annotated[int, Field(ge=3)] = 12
    most: Annotated[int, Field(ge=1, le=20)] = 8
    count: Annotated[int, Field(ge=1, le=20)] | None = None
    tolerance: Annotated[int, Field(ge=0)] = 2
    size: Annotated[float, Field(gt=0, lt=0.5)] = 0.05
    draws: Annotated[int, Field(ge=99)] = 499


@final
class ChangePoints(AbstractMethod[Settings]):
    """When, not why: a change has no cause attached."""

    settings = Settings
    about: ClassVar[About] = About(
        name=Text("Change-points", "Puntos de cambio"),
        design="description",
        estimand=Text(
            "The largest claimed change of level, and the dates of all that are claimed.",
            "El mayor cambio de nivel que se afirma, y las fechas de todos los que se afirman.",
        ),
        assumptions=(
            Text(
                "Between changes the level is constant and the dependence of the series stays the same.",
                "Entre cambios el nivel es constante y la dependencia de la serie no varía.",
            ),
        ),
        breaks=(
            Text(
                "A trend or a season: both pass for changes of level.",
                "Una tendencia o estacionalidad: ambas pasan por cambios de nivel.",
            ),
            Text(
                "Naming a cause after the date is known.",
                "Nombrar una causa después de conocer la fecha.",
            ),
        ),
        references=(
            Citation(
                key="bai_perron_2003",
                title="Computation and analysis of multiple structural change models",
                publisher="Journal of Applied Econometrics",
                kind="article",
                author="Bai, Jushan and Perron, Pierre",
                date="2003",
                url="https://doi.org/10.1002/jae.659",
            ),
        ),
        extras=("evaluation",),
    )

    def run(self, panel: Panel, *, settings: Settings, seed: int) -> Finding:
        """See :meth:`AbstractMethod.run`; the seed is for the bootstraps.

        Raises:
            CheckFailed: If the panel holds more than one unit.
        """
        if len(panel.units) != 1:
            raise CheckFailed(_ONE_UNIT)
        values = panel.outcome[0]
        if np.isnan(values).any():
            return refused(self, OutcomeCode.MISSING_OUTCOME, panel=panel, words=_MISSING)
        if values.size < ((settings.count or 1) + 1) * settings.fewest:
            return refused(self, OutcomeCode.TOO_FEW_PERIODS, panel=panel, words=_TOO_SHORT)
        if np.ptp(values) == 0:
            return refused(self, OutcomeCode.SINGULAR, panel=panel, words=_CONSTANT)
        rules = Rules(
            fewest=settings.fewest,
            most=settings.most,
            count=settings.count,
            tolerance=settings.tolerance,
            level=settings.level,
            size=settings.size,
            draws=settings.draws,
        )
        return _told(self, breaks_of(values, rules, seed=seed), panel=panel, settings=settings)


METHOD: Final = ChangePoints()
_ONE_UNIT: Final = Problem(
    what=Text("Change-points are looked for in one series.", "Los puntos de cambio se buscan en una serie."),
    fix=Text("Keep one unit of the panel, or of the table.", "Deje una unidad del panel, o de la tabla."),
)
_MISSING: Final = Text(
    "The series has missing periods; missing is not zero, and is not filled in.",
    "A la serie le faltan periodos; lo que falta no es cero, y no se rellena.",
)
_TOO_SHORT: Final = Text(
    "The series is too short for so many regimes of the shortest length.",
    "La serie es demasiado corta para tantos regímenes de la duración mínima.",
)
_CONSTANT: Final = Text("The series does not vary.", "La serie no varía.")
_NONE: Final = Text(
    "No change is claimed: nowhere do both methods put one that is larger than the dependence of the series explains.",
    "No se afirma ningún cambio: en ninguna fecha ambos métodos ubican uno mayor de lo que explica la dependencia de "
    "la serie.",
)


def _told(method: ChangePoints, found: tuple[Break, ...], *, panel: Panel, settings: Settings) -> Finding:
    claimed = [one for one in found if one.claimed]
    diagnostics = {"candidates": len(found), "claimed": len(claimed)} | {
        key: text for one in found for key, text in _described(one, panel).items()
    }
    if not claimed:
        answer = refused(method, OutcomeCode.NOT_IDENTIFIED, panel=panel, words=_NONE)
        return Finding(estimate=answer.estimate, code=answer.code, diagnostics=diagnostics)
    largest = max(claimed, key=lambda one: abs(one.shift.value))
    codes = ", ".join(panel.periods[one.place].code for one in claimed)
    answer = Answer(
        unit=panel.measure,
        method=method.id,
        level=settings.level,
        words=Text(
            f"Changes claimed at {codes}; the number is the largest shift, at {panel.periods[largest.place].code}.",
            f"Cambios afirmados en {codes}; la cifra es el mayor, en {panel.periods[largest.place].code}.",
        ),
    )
    return answer.finding(
        largest.shift,
        parts={panel.periods[one.place].code: one.shift for one in claimed},
        diagnostics=diagnostics,
    )


def _described(one: Break, panel: Panel) -> dict[str, float | int | str | None]:
    """What is known of one change, by its date: its interval, the other method's date, the test, the claim."""
    code = panel.periods[one.place].code
    return {
        f"{code} low": panel.periods[one.low].code,
        f"{code} high": panel.periods[one.high].code,
        f"{code} other": None if one.by_kernel is None else panel.periods[one.by_kernel].code,
        f"{code} p": one.p_value,
        f"{code} claimed": int(one.claimed),
    }
