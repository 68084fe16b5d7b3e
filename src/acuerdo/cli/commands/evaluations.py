"""``acuerdo evaluations``: every contract, where it stands, its answer and how sure it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acuerdo.cli.command import Call, Command, Example
from acuerdo.cli.entries.evaluation import scale_of
from acuerdo.cli.output import Cell, Coded, Column, Table
from acuerdo.core.text import Text, same

if TYPE_CHECKING:
    from acuerdo.evaluation.answers import Answered, Evaluation

_COLUMNS = (
    Column("id", same("Id")),
    Column("question", Text("Question", "Pregunta")),
    Column("state", Text("State", "Estado")),
    Column("verdict", Text("Answer", "Respuesta")),
    Column("effect", Text("Effect", "Efecto")),
    Column("effect_unit", Text("in", "en")),
    Column("certainty", Text("Certainty", "Certeza")),
    Column("changed", Text("Inputs changed since", "Insumos que cambiaron")),
)


def evaluations(call: Call, /) -> Table:
    """One row per contract; runs nothing."""
    evaluation = call.workspace.evaluation
    return Table(
        title=Text("What it caused, as far as it can be told", "Qué causó, hasta donde puede saberse"),
        columns=_COLUMNS,
        rows=tuple(_row(evaluation, one) for one in evaluation.every()),
        note=Text(
            "acuerdo evaluate ID runs one again; the review has a page for each.",
            "acuerdo evaluate ID corre uno de nuevo; el informe tiene una página para cada uno.",
        ),
        hidden=("question", "changed"),
    )


def _row(evaluation: Evaluation, one: Answered) -> tuple[Cell, ...]:
    word = evaluation.word
    answer = one.result.answer if one.result else {}
    sure = answer.get("certainty") or {}
    # A number that does not count, of a void run, is not shown beside those that do
    effect = answer["effect"] if sure else {}
    return (
        one.contract.id,
        one.contract.question,
        Coded(one.state, word(one.state)) if one.contract.plan else None,
        Coded(answer["verdict"], word(answer["verdict"])) if answer else None,
        effect.get("value"),
        scale_of(answer) if sure else None,
        Coded(sure["grade"], word(sure["grade"])) if sure else None,
        len(one.changed),
    )


COMMAND = Command(
    call=evaluations,
    section="caused",
    about=Text(
        "List the evaluation contracts: question, state, answer and certainty.",
        "Enumera los contratos de evaluación: pregunta, estado, respuesta y certeza.",
    ),
    examples=(Example(call="acuerdo evaluations", about=Text("All of them.", "Todos.")),),
)
