"""``acuerdo reveal``: the salt that proves which content was sealed."""

from __future__ import annotations

from typing import Annotated

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.signing import BOTH, DryRun, Reach, Signing, WithKey, enter
from acuerdo.core.text import Text

Seal = Annotated[
    str,
    Word(
        about=Text("The beginning of the seal's id, or last.", "El inicio del id del sello, o last."),
        label=Text("SEAL", "SELLO"),
    ),
]
Without = Annotated[
    bool,
    Word(
        about=Text(
            "Reveal the salt and hash alone; the file is handed over by itself.",
            "Revela solo la sal y el resumen; el archivo se entrega aparte.",
        )
    ),
]


def reveal(
    call: Call,
    seal: Seal,
    /,
    *,
    without_content: Without = False,
    reach: Reach = BOTH,
    key: WithKey = None,
    dry_run: DryRun = False,
) -> Text:
    """Signs what opens the seal; anybody can then tell that the content is the one that was sealed."""
    signing = Signing(key=key, reach=reach, dry_run=dry_run)
    return enter(call, lambda desk: desk.reveal(seal, with_content=not without_content), signing=signing)


COMMAND = Command(
    call=reveal,
    section="entering",
    about=Text(
        "Reveal what you sealed, and prove that it is the same.",
        "Revela lo que usted selló y prueba que es lo mismo.",
    ),
    examples=(
        Example(
            call="acuerdo reveal last --dry-run",
            about=Text("What would be signed; nothing is.", "Lo que se firmaría; nada se firma."),
        ),
    ),
    table=False,
)
