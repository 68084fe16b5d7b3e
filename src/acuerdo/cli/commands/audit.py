"""``acuerdo audit``: the auditor's checklist per objective, and the same record as a MIR or a results framework."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.output import Cell, Coded, Column, Table
from acuerdo.cli.words import AsOf
from acuerdo.core.text import Text, same

if TYPE_CHECKING:
    from acuerdo.tracking.answers import Tracking
    from acuerdo.tracking.outlook.outlook import Distance

FrameworkId = Annotated[
    str, Word(about=Text("Id of the framework.", "Id del marco."), label=Text("FRAMEWORK", "MARCO"))
]
Form = Annotated[
    Literal["checklist", "mir", "results"],
    Word(
        about=Text(
            "checklist, mir (Mexico's results matrix) or results (U.S. results framework).",
            "checklist (lista de verificación), mir o results (marco de resultados).",
        )
    ),
]


def audit(call: Call, framework: FrameworkId, /, *, form: Form = "checklist", as_of: AsOf = None) -> Table:
    """One row per objective and practice, or the matrix asked for."""
    tracking = call.workspace.tracking
    make = {"checklist": _checklist, "mir": _mir, "results": _results}[form]
    return make(tracking, framework, as_of=as_of)


def _checklist(tracking: Tracking, framework: str, *, as_of: date | None) -> Table:
    rows = tuple(
        (
            one.objective.id,
            one.objective.name,
            Coded(check.practice, check.label),
            Coded(check.met, check.met_label),
            check.why,
        )
        for one in tracking.audit(framework, as_of=as_of)
        for check in one.checks
    )
    return Table(
        title=Text(f"Monitoring practices: {framework}", f"Prácticas de seguimiento: {framework}"),
        columns=(
            _OBJECTIVE,
            Column("title", Text("Title", "Título")),
            Column("practice", Text("Practice", "Práctica")),
            Column("met", Text("Met", "Cumple")),
            Column("why", Text("Why", "Por qué")),
        ),
        rows=rows,
        hidden=("title",),
    )


def _mir(tracking: Tracking, framework: str, *, as_of: date | None) -> Table:
    rows = tuple(
        (one.label, one.id, one.what, " ".join(one.indicators), " ".join(one.verification), one.assumption)
        for one in tracking.mir(framework, as_of=as_of)
    )
    return Table(
        title=Text(f"MIR: {framework}", f"Matriz de Indicadores para Resultados: {framework}"),
        columns=(
            Column("level", Text("Level", "Nivel")),
            Column("id", same("Id")),
            Column("what", Text("Summary", "Resumen narrativo")),
            Column("indicator", Text("Indicator, or level reached", "Indicador, o nivel alcanzado")),
            Column("verification", Text("Means of verification", "Medio de verificación")),
            Column("assumption", Text("Assumption", "Supuesto")),
        ),
        rows=rows,
        hidden=("id", "assumption"),
        note=Text(
            "No assumption was published. Promises that name no objective are left out.",
            "No se publicó ningún supuesto. Se omiten los compromisos que no nombran objetivo.",
        ),
    )


def _results(tracking: Tracking, framework: str, *, as_of: date | None) -> Table:
    every = tracking.results(framework, as_of=as_of)
    measures = dict.fromkeys(one.indicator for one in every if one.indicator)
    found = {key: tracking.from_baseline(key, as_of=as_of) for key in measures}
    rows = tuple(
        (
            one.goal, one.objective, one.what, one.indicator, one.baseline,
            *_values(found.get(one.indicator or "")), one.target, *one.kept,
        )
        for one in every
    )  # fmt: skip
    return Table(
        title=Text(f"Results framework: {framework}", f"Marco de resultados: {framework}"),
        columns=(
            Column("goal", Text("Goal", "Meta")),
            _OBJECTIVE,
            Column("title", Text("Title", "Título")),
            Column("measure", Text("Measure", "Indicador")),
            Column("baseline", Text("Baseline", "Línea base")),
            Column("baseline_value", Text("Value then", "Valor entonces")),
            Column("result", Text("Latest value", "Último valor")),
            Column("result_period", Text("Period", "Periodo")),
            Column("target", Text("Target", "Meta cuantitativa")),
            Column("complete", Text("Promises complete", "Compromisos completos")),
            Column("promises", Text("of", "de")),
        ),
        rows=rows,
        hidden=("goal", "title", "complete", "promises"),
    )


def _values(one: Distance | None) -> tuple[Cell, ...]:
    """Before, after, and when; whole numbers above a thousand, four digits below."""
    if one is None:
        return None, None, None
    then, now = (
        float(round(each)) if abs(each) >= 1000 else float(f"{each:.4g}") for each in (one.before, one.after)
    )
    return then, now, one.newest.code


_OBJECTIVE = Column("objective", Text("Objective", "Objetivo"))

COMMAND = Command(
    call=audit,
    section="promised",
    about=Text(
        "Print the auditor's checklist per objective, or the same record as a MIR or a results framework.",
        "Muestra la lista de verificación por objetivo, o lo mismo como MIR o marco de resultados.",
    ),
    examples=(
        Example(
            call="acuerdo audit us_mx_bicentennial",
            about=Text("What is met, what is not, and why.", "Qué se cumple, qué no, y por qué."),
        ),
        Example(
            call="acuerdo audit us_mx_bicentennial --form mir --csv",
            about=Text("Mexico's results matrix, as CSV.", "La MIR, en CSV."),
        ),
    ),
)
