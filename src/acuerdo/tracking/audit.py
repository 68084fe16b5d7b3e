"""The auditor's checklist, filled in by machine for every objective: what is met, what is not, and why.

References:
    GAO-20-388, key practices for monitoring assistance; 18 FAM 301.4, line of sight, baseline and target;
    GAO-03-143, the nine attributes of performance measures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, final

from acuerdo.core.text import LANGS, Text, same
from acuerdo.indicators.attributes import MET, Met
from acuerdo.indicators.indicator import Indicator
from acuerdo.indicators.load import catalog
from acuerdo.spec.library import framework
from acuerdo.spec.source import Title, Withheld
from acuerdo.tracking.coding import Code, codes

PRACTICES: Final[dict[str, Text]] = {
    "line_of_sight": Text("Line of sight from goal to indicator", "Línea de la meta al indicador"),
    "baseline": Text("Baseline", "Línea base"),
    "target": Text("Target", "Meta cuantitativa"),
    "timeliness": Text("Deadlines", "Plazos"),
    "responsibility": Text("Responsible agencies", "Dependencias responsables"),
    "tracking": Text("Consistent tracking", "Seguimiento constante"),
    "data_quality": Text("Data quality", "Calidad de los datos"),
    "risk": Text("Risk", "Riesgo"),
    "evaluation": Text("Evaluation", "Evaluación"),
}


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """The lowest level of a framework that is audited: an objective, or a goal or area that has none below.

    Attributes:
        id: Its id.
        goal: The goal above it, or itself.
        title: Its title; where that was never published, the entry that says so.
        promises: The commitments that serve it or its goal.
        indicators: The indicators that speak to it.
    """

    id: str
    goal: str
    title: Title
    promises: tuple[Code, ...]
    indicators: tuple[Indicator, ...]

    @property
    def outcomes(self) -> tuple[Indicator, ...]:
        """The outcome indicators that speak to it."""
        return tuple(one for one in self.indicators if one.kind == "outcome")

    @property
    def name(self) -> Text:
        """Its title, or its id where the title was never published."""
        return same(self.id) if isinstance(self.title, Withheld) else self.title


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Whether one practice is met for one objective, and why one says so."""

    practice: str
    met: Met
    why: Text

    @property
    def label(self) -> Text:
        """The practice in words."""
        return PRACTICES[self.practice]

    @property
    def met_label(self) -> Text:
        """Whether it is met, in words."""
        return MET[self.met]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """The checklist of one objective, practice by practice."""

    objective: Objective
    checks: tuple[Check, ...]


def objectives(framework_id: str, *, as_of: date | None = None) -> tuple[Objective, ...]:
    """Every objective with the promises and indicators that belong to it.

    Raises:
        NotFound: If there is no such framework.
    """
    promises = [one for one in codes(framework_id, as_of=as_of) if one.item.kind == "commitment"]
    return tuple(
        Objective(
            id=key,
            goal=goal,
            title=title,
            promises=tuple(one for one in promises if {key, goal} & set(one.item.objectives)),
            indicators=tuple(one for one in catalog().values() if f"{framework_id}:{key}" in one.objectives),
        )
        for key, goal, title in _lowest(framework_id)
    )


def audit(framework_id: str, *, as_of: date | None = None) -> tuple[Audit, ...]:
    """The checklist of every objective.

    Raises:
        NotFound: If there is no such framework.
    """
    return tuple(
        Audit(
            objective=one,
            checks=tuple(Check(practice=key, met=met, why=why) for key, (met, why) in _checked(one)),
        )
        for one in objectives(framework_id, as_of=as_of)
    )


def _lowest(framework_id: str) -> Iterator[tuple[str, str, Title]]:
    for goal in framework(framework_id).goals.values():
        if not goal.objectives and not goal.areas:
            yield goal.id, goal.id, goal.title
        for one in goal.objectives.values():
            yield one.id, goal.id, one.title
        for area in goal.areas.values():
            for one in area.objectives.values() or (area,):
                yield one.id, goal.id, one.title


_Found = tuple[Met, Text]


def _checked(one: Objective) -> Iterator[tuple[str, _Found]]:
    checks: dict[str, Callable[[Objective], _Found]] = {
        "line_of_sight": _line_of_sight,
        "baseline": _baseline,
        "target": _target,
        "timeliness": _timeliness,
        "responsibility": _responsibility,
        "tracking": _tracking,
        "data_quality": _data_quality,
        "risk": _risk,
        "evaluation": _evaluation,
    }
    yield from ((key, checks[key](one)) for key in PRACTICES)


def _line_of_sight(one: Objective) -> _Found:
    if one.outcomes:
        count = len(one.outcomes)
        return "yes", Text(f"Outcome indicators: {count}.", f"Indicadores de resultado: {count}.")
    if one.indicators:
        count = len(one.indicators)
        return "partly", Text(
            f"Indicators: {count}, none of an outcome.", f"Indicadores: {count}, ninguno de resultado."
        )
    return "no", Text("No indicator speaks to it.", "Ningún indicador habla de él.")


def _baseline(one: Objective) -> _Found:
    if not one.outcomes:
        return "no", _NO_OUTCOME
    periods = sorted(
        {each.baseline.period for each in one.outcomes}, key=lambda period: (period.end, period.code)
    )
    en, es = ("; ".join(period.label(lang) for period in periods) for lang in LANGS)
    return "partly", Text(
        f"None was published; ours, with reasons: {en}.",
        f"No se publicó ninguna; las nuestras, con sus razones: {es}.",
    )


def _target(one: Objective) -> _Found:
    if any(each.answers["measurable_target"].met == "yes" for each in one.outcomes):
        return "yes", Text("A target was published.", "Se publicó una meta.")
    numbered = [code.item.title for code in one.promises if _promised_number(code)]
    if numbered:
        en, es = ("; ".join(title.in_(lang) for title in numbered) for lang in LANGS)
        return "partly", Text(f"Only promises have a number: {en}.", f"Solo hay número en compromisos: {es}.")
    return "no", Text("No target was published.", "No se publicó ninguna meta.")


def _promised_number(code: Code) -> bool:
    return code.item.commitment is not None and code.item.commitment.quantity is not None


def _timeliness(one: Objective) -> _Found:
    dated = [code for code in one.promises if any(each.due for each in code.rounds)]
    return _of_promises(
        one,
        len(dated),
        told=Text("promises with a date: {n} of {all}", "compromisos con fecha: {n} de {all}"),
    )


def _responsibility(one: Objective) -> _Found:
    named = [code for code in one.promises if code.item.commitment and code.item.commitment.agencies]
    return _of_promises(
        one,
        len(named),
        told=Text(
            "promises that name an agency: {n} of {all}", "compromisos que nombran dependencia: {n} de {all}"
        ),
    )


def _tracking(one: Objective) -> _Found:
    told = [code for code in one.promises if code.level is not None]
    return _of_promises(
        one,
        len(told),
        told=Text(
            "promises with any public evidence: {n} of {all}",
            "compromisos con alguna evidencia pública: {n} de {all}",
        ),
    )


def _data_quality(one: Objective) -> _Found:
    if not one.outcomes:
        return "no", _NO_OUTCOME
    met = [each.answers["reliability"].met for each in one.outcomes]
    counts = {key: met.count(key) for key in ("yes", "partly", "no")}
    told = Text(
        f"Reliable: {counts['yes']}; partly: {counts['partly']}; not: {counts['no']}.",
        f"Confiables: {counts['yes']}; en parte: {counts['partly']}; no: {counts['no']}.",
    )
    if counts["yes"] == len(met):
        return "yes", told
    return "no" if counts["no"] == len(met) else "partly", told


def _risk(_: Objective) -> _Found:
    return "no", Text(
        "No source that was read holds a risk assessment of it.",
        "Ninguna fuente leída contiene una evaluación de sus riesgos.",
    )


def _evaluation(one: Objective) -> _Found:
    done = [code for code in one.promises if code.works not in ("not_evaluated", "no_indicator")]
    return _of_promises(
        one, len(done), told=Text("promises evaluated: {n} of {all}", "compromisos evaluados: {n} de {all}")
    )


def _of_promises(one: Objective, count: int, *, told: Text) -> _Found:
    if not one.promises:
        return "no", Text("No promise serves it.", "Ningún compromiso lo atiende.")
    every = len(one.promises)
    words = (side.format(n=count, all=every) for side in (told.en, told.es))
    return _share(count, every), Text(*(f"{side[0].upper()}{side[1:]}." for side in words))


def _share(count: int, every: int) -> Met:
    return "yes" if count == every else "partly" if count else "no"


_NO_OUTCOME: Final = Text("No outcome indicator speaks to it.", "Ningún indicador de resultado habla de él.")
