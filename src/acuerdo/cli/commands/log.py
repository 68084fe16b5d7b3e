"""``acuerdo log``: what was entered, in order."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.output import Column, Table
from acuerdo.cli.signing import asking
from acuerdo.core.errors import Problem, UsageError
from acuerdo.core.text import Text, same

Side = Annotated[
    str | None,
    Word(
        about=Text("Only what one side entered.", "Solo lo que asentó una parte."),
        label=Text("SIDE", "PARTE"),
    ),
]
Proof = Annotated[
    str | None,
    Word(
        about=Text(
            "Write this entry, with the proof that it stands in the log, for a third person.",
            "Escribe este asiento, con la prueba de que está en la bitácora, para un tercero.",
        ),
        label=Text("ENTRY", "ASIENTO"),
    ),
]
To = Annotated[
    str | None,
    Word(
        about=Text(
            "For whom the proof is: a side, an agency such as us:gao, or public; a receipt is kept.",
            "Para quién es la prueba: una parte, una dependencia como us:gao, o public; queda un comprobante.",
        ),
        label=Text("PARTY", "DESTINATARIO"),
    ),
]
Out = Annotated[
    Path,
    Word(about=Text("The file of the proof.", "El archivo de la prueba."), label=Text("FILE", "ARCHIVO")),
]
_COLUMNS = (
    Column("side", Text("Side", "Parte")),
    Column("place", Text("No.", "N.º")),
    Column("at", Text("Time told", "Hora declarada")),
    Column("author", Text("Author", "Autor")),
    Column("says", Text("Says", "Dice")),
    Column("effect", Text("Without effect because", "Sin efecto porque")),
    Column("id", same("Id")),
)


def log(
    call: Call,
    /,
    *,
    side: Side = None,
    proof: Proof = None,
    to: To = None,
    out: Out = Path("entry.acuerdo-proof"),
) -> Table | Text:
    """Every entry that is here, in the order in which the two logs are read together."""
    record = call.workspace.record
    if proof is not None:
        if to is None:
            raise UsageError(Problem(what=_TO_WHOM, fix=_SAY))
        signer = record.key(role="node").open(asking(call.lang))
        out.write_bytes(record.prove(proof, signer, to=to))
        return Text(f"Written to {out}; acuerdo verify {out} tells what it proves.",
                    f"Escrito en {out}; acuerdo verify {out} dice qué prueba.")  # fmt: skip
    rows = tuple(
        (
            one.side,
            one.place,
            one.entry.at,
            one.entry.author,
            says,
            why,
            one.entry.id[:12],
        )
        for one, says, why in record.log()
        if side in {None, one.side}
    )
    title = Text("The record", "El registro")
    return Table(title=title, columns=_COLUMNS, rows=rows, note=record.absence)


_TO_WHOM = Text("It is not said for whom the proof is.", "No se dice para quién es la prueba.")
_SAY = Text(
    "Name the party with --to: a side, an agency such as us:gao, or public.",
    "Indique el destinatario con --to: una parte, una dependencia como us:gao, o public.",
)
COMMAND = Command(
    call=log,
    section="agreed",
    about=Text(
        "Print what both sides entered, in order; or write one entry with its proof for a third person.",
        "Muestra lo que asentaron ambas partes, en orden; o escribe un asiento con su prueba para un tercero.",
    ),
    examples=(Example(call="acuerdo log", about=Text("All that is here.", "Todo lo que hay.")),),
)
