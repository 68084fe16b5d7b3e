"""An indicator told in full."""

from __future__ import annotations

from acuerdo.cli.output import Coded, Column, Entry, Table, facts
from acuerdo.core.text import Text, same
from acuerdo.core.unit import unit
from acuerdo.workspace import Workspace

_LEVELS = {
    "country": Text("country", "país"),
    "state": Text("state", "estado"),
    "municipality": Text("municipality", "municipio"),
    "county": Text("county", "condado"),
}


def indicator_entry(indicator_id: str) -> Entry:
    """What it counts, how it is to be read, and what it is worth."""
    one = Workspace.indicator(indicator_id)
    return Entry(
        title=one.title,
        facts=facts(
            {
                Column("id", same("Id")): one.id,
                Column("definition", Text("Definition", "Definición")): one.definition,
                Column("kind", Text("Kind", "Tipo")): Coded(one.kind, one.kind_label),
                Column("direction", Text("Direction", "Sentido")): Coded(one.direction, one.direction_label),
                Column("companion", Text("Read together with", "Se lee junto con")): one.companion,
                Column("unit", Text("Unit", "Unidad")): Coded(one.unit, unit(one.unit).label),
                Column("levels", Text("Levels of place", "Niveles de lugar")): tuple(
                    Coded(level, _LEVELS[level]) for level in one.levels
                ),
                Column("breakdowns", Text("Breakdowns", "Desgloses")): one.breakdowns,
                Column("objectives", Text("Objectives", "Objetivos")): one.objectives,
                Column("baselines", Text("Baselines", "Líneas base")): _baselines(indicator_id),
                Column(
                    "only_baseline", Text("Why only one baseline", "Por qué una sola línea base")
                ): one.only_baseline,
                Column(
                    "rivals", Text("Other measures of the same", "Otras mediciones de lo mismo")
                ): one.rivals,
                Column("attributes", Text("The nine attributes", "Los nueve atributos")): _attributes(
                    indicator_id
                ),
                Column("caveats", Text("Before you quote it", "Antes de citarlo")): one.caveats,
            }
        ),
    )


def _baselines(indicator_id: str) -> Table:
    one = Workspace.indicator(indicator_id)
    return Table(
        title=Text("Baselines", "Líneas base"),
        columns=(
            Column("period", Text("Period", "Periodo")),
            Column("vintage", Text("Vintage", "Publicación")),
            Column("reason", Text("Reason", "Razón")),
        ),
        rows=tuple(
            (base.period.code, base.vintage_label, base.reason)
            for base in (one.baseline, *one.other_baselines)
        ),
    )


def _attributes(indicator_id: str) -> Table:
    one = Workspace.indicator(indicator_id)
    return Table(
        title=Text("The nine attributes", "Los nueve atributos"),
        columns=(
            Column("attribute", Text("Attribute", "Atributo")),
            Column("met", Text("Met", "Se cumple")),
            Column("why", Text("Why", "Por qué")),
        ),
        rows=tuple((name, answer.met_label, answer.why) for name, answer in one.answers_in_words),
    )
