"""``acuerdo evaluate``: runs an evaluation contract, blind, for its answer, or once more."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.entries.evaluation import answer_entry, calibration_entry, rerun_entry
from acuerdo.cli.output import Entry
from acuerdo.core.errors import Problem, UsageError
from acuerdo.core.text import Text

Given = Annotated[
    str,
    Word(
        about=Text(
            "Id of a contract that comes with the software, or the path of a .yaml.",
            "Id de un contrato que viene con el programa o ruta de un .yaml.",
        ),
        label=Text("CONTRACT", "CONTRATO"),
    ),
]
Blind = Annotated[
    bool,
    Word(
        about=Text(
            "Only what is before the cut-off: coverage, trends, fit, and how often the rule errs.",
            "Solo lo anterior al corte: cobertura, tendencias, ajuste y cuánto yerra la regla.",
        )
    ),
]
Again = Annotated[
    bool,
    Word(
        about=Text(
            "Run it again, and say what changed in the answer and why.",
            "Correrlo de nuevo y decir qué cambió en la respuesta y por qué.",
        )
    ),
]
Keep = Annotated[
    bool,
    Word(
        about=Text(
            "Keep the answer beside a contract of the software; beside a file it is always kept.",
            "Guardar la respuesta junto a un contrato del programa; junto a un archivo siempre se guarda.",
        )
    ),
]


def evaluate(
    call: Call, contract: Given, /, *, blind: Blind = False, rerun: Again = False, keep: Keep = False
) -> Entry:
    """The answer of one contract, or what can be known before it."""
    if blind and rerun:
        raise UsageError(
            Problem(what=Text("--blind and --rerun exclude one another.", "--blind y --rerun se excluyen."))
        )
    evaluation = call.workspace.evaluation
    one = evaluation.answered(contract)
    today = datetime.now(tz=UTC).date()
    kept = keep or contract.endswith(".yaml")
    if rerun:
        return rerun_entry(one.contract, evaluation.rerun(contract), word=evaluation.word)
    if blind:
        return calibration_entry(one.contract, evaluation.calibrate(contract, on=today, keep=kept))
    found = evaluation.run(contract, on=today, keep=kept)
    return answer_entry(one.contract, found, calibration=one.calibration, word=evaluation.word)


COMMAND = Command(
    call=evaluate,
    section="caused",
    about=Text(
        "Run an evaluation contract: its verdict, how sure it is, and every other choice tried.",
        "Corre un contrato de evaluación: su veredicto, su certeza y cada otra elección probada.",
    ),
    examples=(
        Example(
            call="acuerdo evaluate joint_operations_and_homicides",
            about=Text(
                "The answer, with everything it rests on.", "La respuesta, con todo en lo que descansa."
            ),
        ),
        Example(
            call="acuerdo evaluate kingpin_removal_and_violence --lang es",
            about=Text("Why a question cannot be answered.", "Por qué una pregunta no puede contestarse."),
        ),
    ),
)
