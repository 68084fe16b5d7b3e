"""``acuerdo verify``: what the logs, or a file, prove."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.output import Column, Table, Unfinished
from acuerdo.core.errors import RecordRefused
from acuerdo.core.text import Text

Given = Annotated[
    Path | None,
    Word(
        about=Text(
            "A file that somebody gave you; without it, the logs that are here.",
            "Un archivo que alguien le dio; sin él, las bitácoras que hay aquí.",
        ),
        label=Text("FILE", "ARCHIVO"),
    ),
]
Parties = Annotated[
    tuple[Path, ...],
    Word(
        about=Text(
            "The sides' own files, with their public keys; the file must name the same.",
            "Los archivos de las propias partes, con sus llaves públicas; el archivo debe nombrar los mismos.",
        ),
        label=Text("FILE", "ARCHIVO"),
        many=True,
    ),
]
_COLUMNS = (
    Column("side", Text("Log of", "Bitácora de")),
    Column("size", Text("Entries", "Asientos")),
    Column("withheld", Text("Withheld", "Reservados")),
    Column("checkpoints", Text("Checkpoints compared", "Puntos de control comparados")),
    Column("attested", Text("Attested by the other side up to", "Atestiguado por la otra parte hasta")),
    Column("problems", Text("Problems", "Problemas")),
    Column("root", Text("Root", "Raíz")),
)


def verify(call: Call, file: Given = None, /, *, party: Parties = ()) -> Table | Text | Unfinished:
    """Checks every signature, hash and checkpoint from zero, believing nothing that a file says of itself."""
    record = call.workspace.record
    if file is not None:
        return record.explain(file, known=party)
    found = record.verify() if record.exists else ()
    rows = tuple(
        (
            record.sides[one.side],
            one.size,
            one.withheld,
            one.checkpoints,
            one.attested or None,
            len(one.problems),
            one.root.hex(),
        )
        for one in found
    )
    problems = [problem for one in found for problem in one.problems]
    note = _NOT_WHOLE if problems else record.absence or _NOTE
    table = Table(title=_TITLE, columns=_COLUMNS, rows=rows, note=note, hidden=("root",))
    return Unfinished(done=table, error=RecordRefused(problems)) if problems else table


_TITLE = Text("What was verified, from the first entry on", "Lo verificado, desde el primer asiento")
_NOTE = Text(
    "No problems: every entry was signed by a key of its side that was in force, none was changed, added "
    "between others or removed since the other side attested it, every sealed content is here, and every receipt is "
    "the one that the node signed.",
    "Sin problemas: cada asiento lo firmó una llave vigente de su parte, ninguno fue alterado, intercalado ni "
    "quitado desde que la otra parte lo atestiguó, todo contenido sellado está aquí y cada comprobante es el que firmó "
    "el nodo.",
)


_NOT_WHOLE = Text(
    "What follows is not as it was signed. Enter nothing: the other side has a copy to compare and recover from.",
    "Lo que sigue no está como se firmó. No asiente nada: la otra parte tiene copia para comparar y recuperar.",
)
COMMAND = Command(
    call=verify,
    section="agreed",
    about=Text(
        "Verify the logs from zero, or tell in plain words what a file proves.",
        "Verifica las bitácoras desde cero o dice en palabras llanas qué prueba un archivo.",
    ),
    examples=(
        Example(call="acuerdo verify", about=Text("The logs that are here.", "Las bitácoras que hay aquí.")),
    ),
)
