"""A framework told in full, and the way to its parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from acuerdo.cli.output import Column, Entry, Table, facts
from acuerdo.core.text import Text, same
from acuerdo.spec.contents import STATUS_VALUES
from acuerdo.spec.model import Framework
from acuerdo.spec.source import Withheld
from acuerdo.spec.structure import Area, Goal, Objective

_KINDS = {
    "understanding": Text("understanding", "entendimiento"),
    "assistance_program": Text("assistance program", "programa de asistencia"),
    "working_group": Text("working group", "grupo de trabajo"),
    "treaty": Text("treaty", "tratado"),
    "other": Text("other", "otro"),
}
_WITHHELD = Text("(title not public)", "(título no público)")


def framework_entry(framework: Framework) -> Entry:
    """The framework's life, structure and size."""
    period = framework.begins.code + (f" – {framework.ends.code}" if framework.ends else " –")
    return Entry(
        title=framework.name,
        facts=facts(
            {
                Column("id", same("Id")): framework.id,
                Column("kind", Text("Kind", "Tipo")): _KINDS[framework.kind],
                Column("period", Text("Life", "Vigencia")): period,
                Column("status", Text("Status", "Estado")): STATUS_VALUES[framework.status.value],
                Column("summary", Text("Summary", "Resumen")): framework.summary,
                Column("parties", Text("Parties", "Partes")): tuple(
                    one.name for one in framework.parties.values()
                ),
                Column("structure", Text("Goals and objectives", "Metas y objetivos")): _structure(framework),
                Column("contents", Text("What its file holds", "Qué contiene su archivo")): _contents(
                    framework
                ),
                Column("unavailable", Text("Not available", "No disponible")): tuple(
                    one.what for one in framework.unavailable.values()
                ),
            }
        ),
    )


def parts(framework: Framework) -> Mapping[str, BaseModel]:
    """Everything in the framework that has an id, by that id."""
    tables = (
        framework.commitments,
        framework.meetings,
        framework.documents,
        framework.bodies,
        framework.events,
        framework.findings,
        framework.money,
        framework.figures,
        framework.unavailable,
    )
    found: dict[str, BaseModel] = {key: one for _, key, one in _levels(framework)}
    for table in tables:
        found = {**dict(table), **found}
    return found


def _levels(framework: Framework) -> Iterator[tuple[Text, str, Goal | Area | Objective]]:
    """Goals, areas and objectives from the top down, each with the framework's word for its level."""
    levels = framework.levels
    area_name, objective_name = (
        levels.area or Text("area", "área"),
        levels.objective or Text("objective", "objetivo"),
    )
    for goal_id, goal in framework.goals.items():
        yield levels.goal, goal_id, goal
        for area_id, area in goal.areas.items():
            yield area_name, area_id, area
            yield from ((objective_name, key, one) for key, one in area.objectives.items())
        yield from ((objective_name, key, one) for key, one in goal.objectives.items())


def _structure(framework: Framework) -> Table:
    return Table(
        title=Text("Goals and objectives", "Metas y objetivos"),
        columns=(
            Column("level", Text("Level", "Nivel")),
            Column("number", Text("No.", "Núm.")),
            Column("id", same("Id")),
            Column("title", Text("Title", "Título")),
        ),
        rows=tuple(
            (level, one.number, key, _WITHHELD if isinstance(one.title, Withheld) else one.title)
            for level, key, one in _levels(framework)
        ),
    )


def _contents(framework: Framework) -> Table:
    counted = (
        (Text("commitments", "compromisos"), len(framework.commitments)),
        (Text("meetings", "reuniones"), len(framework.meetings)),
        (Text("documents", "documentos"), len(framework.documents)),
        (Text("bodies", "órganos"), len(framework.bodies)),
        (Text("events", "hechos"), len(framework.events)),
        (Text("lines of money", "partidas"), len(framework.money)),
        (Text("stated figures", "cifras declaradas"), len(framework.figures)),
        (Text("audit findings", "hallazgos de auditoría"), len(framework.findings)),
        (Text("references", "referencias"), len(framework.references)),
    )
    return Table(
        title=Text("What its file holds", "Qué contiene su archivo"),
        columns=(Column("what", Text("What", "Qué")), Column("number", Text("Number", "Número"))),
        rows=counted,
    )
