"""The same record in the two forms that each side's auditors know: the Mexican MIR and a results framework.

The Matriz de Indicadores para Resultados has four rows (fin, propósito, componentes, actividades) and four columns
(what, indicator, means of verification, assumption). A results framework under the GPRA Modernization Act lists goal,
objective, measure, baseline, target and result. A cell for which nothing was published says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, final

from acuerdo.core.text import Text, same
from acuerdo.indicators.indicator import Indicator
from acuerdo.indicators.setting import input_series
from acuerdo.spec.library import framework
from acuerdo.spec.source import Withheld
from acuerdo.tracking.audit import Objective
from acuerdo.tracking.coder import coder
from acuerdo.tracking.coding import Code

MirLevel = Literal["fin", "proposito", "componente", "actividad"]
MIR_LEVELS: Final[dict[MirLevel, Text]] = {
    "fin": Text("Goal (fin)", "Fin"),
    "proposito": Text("Purpose (propósito)", "Propósito"),
    "componente": Text("Component (componente)", "Componente"),
    "actividad": Text("Activity (actividad)", "Actividad"),
}
NOT_PUBLISHED: Final = Text("none published", "ninguno publicado")


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class MirRow:
    """One row of the matrix.

    Attributes:
        level: Fin, propósito, componente or actividad.
        id: The goal, objective or promise.
        what: Its words.
        indicators: Ids of its indicators; for a promise its level stands in their place.
        verification: Sources of the indicators, or the statements that bear the level out.
        assumption: The assumption on which it rests; none was published for any framework.
    """

    level: MirLevel
    id: str
    what: Text
    indicators: tuple[str, ...]
    verification: tuple[str, ...]
    assumption: Text = NOT_PUBLISHED

    @property
    def label(self) -> Text:
        """The level in words."""
        return MIR_LEVELS[self.level]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsRow:
    """One measure of one objective; without a measure where the objective has none.

    Attributes:
        goal: Id of the goal.
        objective: Id of the objective.
        what: Its words.
        indicator: Id of the outcome indicator.
        baseline: Code of the period of the baseline; ours, since none was published.
        target: The target, if one was published.
        kept: Promises that serve it at level 3, and all of them.
    """

    goal: str
    objective: str
    what: Text
    indicator: str | None
    baseline: str | None
    target: Text
    kept: tuple[int, int]


def mir(framework_id: str, objectives: Iterable[Objective]) -> Iterator[MirRow]:
    """The matrix of a framework, goal by goal, in its order; a promise stands once, under the first it serves."""
    titles = {one.id: one.title for one in framework(framework_id).goals.values()}
    placed: set[str] = set()
    goal = ""
    for one in objectives:
        if one.goal != goal:
            goal = one.goal
            title = titles[goal]
            what = same(goal) if isinstance(title, Withheld) else title
            yield MirRow(level="fin", id=goal, what=what, indicators=(), verification=())
        yield MirRow(
            level="proposito",
            id=one.id,
            what=one.name,
            indicators=tuple(each.id for each in one.outcomes),
            verification=_sources(one.outcomes),
        )
        new = [code for code in one.promises if code.item.id not in placed]
        placed |= {code.item.id for code in new}
        yield from sorted((_promise(code) for code in new), key=lambda row: row.level != "componente")


def _promise(code: Code) -> MirRow:
    """A product is a component; an effort or an aim is an activity."""
    nature = coder(code.coder).judged[code.item.framework][code.item.id].nature
    return MirRow(
        level="componente" if nature == "product" else "actividad",
        id=code.item.id,
        what=code.item.title,
        indicators=(code.level_code,),
        verification=code.statements,
    )


def _sources(indicators: Iterable[Indicator]) -> tuple[str, ...]:
    named = (series.partition(".")[0] for one in indicators for series in input_series(one))
    return tuple(dict.fromkeys(named))


def results(objectives: Iterable[Objective]) -> Iterator[ResultsRow]:
    """The results framework, one row per outcome indicator."""
    for one in objectives:
        kept = (sum(code.level == 3 for code in one.promises), len(one.promises))
        for each in one.outcomes or (None,):
            yield ResultsRow(
                goal=one.goal,
                objective=one.id,
                what=one.name,
                indicator=each.id if each else None,
                baseline=each.baseline.period.code if each else None,
                target=each.answers["measurable_target"].why if each else NOT_PUBLISHED,
                kept=kept,
            )
