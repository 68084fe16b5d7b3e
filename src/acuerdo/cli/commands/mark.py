"""``acuerdo mark``: who may have an entry of ours from now on."""

from __future__ import annotations

from typing import Annotated

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.signing import BOTH, DryRun, Reach, Signing, WithKey, enter
from acuerdo.core.text import Text

Entry = Annotated[
    str,
    Word(
        about=Text(
            "The beginning of the id of our entry, or last.", "El inicio del id de nuestro asiento, o last."
        ),
        label=Text("ENTRY", "ASIENTO"),
    ),
]


def mark(call: Call, entry: Entry, /, *, reach: Reach, key: WithKey = None, dry_run: DryRun = False) -> Text:
    """Signs it; everybody who may have had the entry is told, and may hand it on no further than this."""
    marking = call.workspace.record.marking(reach)
    signing = Signing(key=key, reach=BOTH, dry_run=dry_run)
    return enter(call, lambda desk: desk.mark(entry, marking), signing=signing)


COMMAND = Command(
    call=mark,
    section="entering",
    about=Text(
        "Change who may have an entry of yours, from now on.",
        "Cambia quién puede tener un asiento suyo, de ahora en adelante.",
    ),
    examples=(
        Example(
            call="acuerdo mark last --reach public embargo=2027-01-31T06:00:00Z --dry-run",
            about=Text("What would be signed; nothing is.", "Lo que se firmaría; nada se firma."),
        ),
    ),
    table=False,
)
