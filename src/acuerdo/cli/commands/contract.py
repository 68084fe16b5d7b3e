"""``acuerdo contract``: begins, checks and freezes an evaluation contract, or adds a dissent."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Annotated, Literal

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.output import Coded, Column, Entry, facts
from acuerdo.core.errors import Problem, UsageError
from acuerdo.core.text import Text
from acuerdo.spec.fields import KEY

if TYPE_CHECKING:
    from acuerdo.evaluation.answers import Evaluation

Action = Literal["new", "check", "freeze", "dissent"]
_MODEL = Path(__file__).parents[1] / "scaffolds/contract/src/acuerdo/evaluation/contracts/ID.yaml.txt"


Step = Annotated[
    Action,
    Word(
        about=Text(
            "new begins one, check reads it, freeze fixes it by its digest, dissent adds a note to a verdict.",
            "new inicia uno, check lo lee, freeze lo fija por su huella, dissent agrega una nota a un veredicto.",
        ),
        label=Text("ACTION", "ACCIÓN"),
    ),
]
File = Annotated[
    str,
    Word(
        about=Text(
            "The contract's .yaml, or the id of one that comes with the software.",
            "El .yaml del contrato o el id de uno que viene con el programa.",
        ),
        label=Text("FILE", "ARCHIVO"),
    ),
]
Words = Annotated[
    str | None,
    Word(
        about=Text(
            "The words of a dissent, with who says them.", "Las palabras del disenso, con quién las dice."
        ),
        label=Text("WORDS", "PALABRAS"),
    ),
]


def contract(call: Call, action: Step, file: File, /, *, words: Words = None) -> Entry:
    """One step in the life of a contract."""
    if (words is not None) != (action == "dissent"):
        raise UsageError(
            Problem(
                what=Text(
                    "--words belongs to 'dissent', which needs it.",
                    "--words es de «dissent», que lo requiere.",
                )
            )
        )
    evaluation = call.workspace.evaluation
    if action == "new":
        _begin(Path(file))
        return _told(evaluation, file, state="draft")
    today = datetime.now(tz=UTC).date()
    if action == "freeze":
        evaluation.freeze(file, on=today)
    if action == "dissent" and words is not None:
        evaluation.dissent(file, words, on=today)
    one = evaluation.answered(file)
    state = one.state if one.contract.plan else "not_evaluable"
    signed = one.signatures.state if one.contract.plan else None
    return _told(evaluation, one.path.name, state=state, digest=one.contract.digest, signed=signed)


def _begin(path: Path) -> None:
    if path.suffix != ".yaml" or path.exists() or not path.parent.is_dir():
        raise UsageError(
            Problem(
                what=Text(
                    "A new contract needs the name of a .yaml that does not exist yet, in a folder that does.",
                    "Un contrato nuevo requiere el nombre de un .yaml que aún no exista, en una carpeta que sí.",
                ),
                where=str(path),
                fix=Text(
                    "acuerdo contract new our_question.yaml", "acuerdo contract new nuestra_pregunta.yaml"
                ),
            )
        )
    if not KEY.fullmatch(path.stem):
        raise UsageError(
            Problem(
                what=Text(
                    f"'{path.stem}' cannot be the id of a contract: small letters, digits, underscores.",
                    f"«{path.stem}» no puede ser el id de un contrato: minúsculas, cifras, guiones bajos.",
                ),
                where=str(path),
            )
        )
    path.write_text(Template(_MODEL.read_text("utf-8")).substitute(id=path.stem), encoding="utf-8")


def _told(
    evaluation: Evaluation, file: str, *, state: str, digest: str | None = None, signed: str | None = None
) -> Entry:
    word = evaluation.word
    return Entry(
        title=Text("Contract", "Contrato"),
        facts=facts(
            {
                Column("file", Text("File", "Archivo")): file,
                Column("state", Text("State", "Estado")): Coded(state, word(state)),
                Column("digest", Text("Digest", "Huella")): digest,
                Column("signed", Text("Signed in the record", "Firmado en el registro")): Coded(
                    signed, word(signed)
                )
                if signed
                else None,
                Column("next", Text("Next", "Sigue")): _NEXT.get(state),
            }
        ),
    )


_NEXT = {
    "draft": Text(
        "Fill it in, then acuerdo contract check FILE and acuerdo evaluate FILE --blind.",
        "Llénelo; después acuerdo contract check ARCHIVO y acuerdo evaluate ARCHIVO --blind.",
    ),
    "calibrated": Text(
        "Both sides read what the rule can and cannot see, then acuerdo contract freeze FILE.",
        "Ambas partes leen lo que la regla puede y no puede ver; después acuerdo contract freeze ARCHIVO.",
    ),
    "frozen": Text("acuerdo evaluate FILE", "acuerdo evaluate ARCHIVO"),
    "verdict": Text(
        "Whoever does not accept it: acuerdo contract dissent FILE --words …; newer data: acuerdo evaluate FILE "
        "--rerun.",
        "Quien no lo acepte: acuerdo contract dissent ARCHIVO --words …; datos más nuevos: acuerdo evaluate ARCHIVO "
        "--rerun.",
    ),
}

COMMAND = Command(
    call=contract,
    section="caused",
    about=Text(
        "Begin, check or freeze an evaluation contract, or add a dissent to its verdict.",
        "Inicia, revisa o congela un contrato de evaluación, o agrega un disenso a su veredicto.",
    ),
    examples=(
        Example(
            call="acuerdo contract check joint_operations_and_homicides",
            about=Text(
                "Whether it is well formed, and where it stands.",
                "Si está bien formado y en qué estado está.",
            ),
        ),
    ),
)
