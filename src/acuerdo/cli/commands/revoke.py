"""``acuerdo revoke``: the end of a key of ours."""

from __future__ import annotations

from typing import Annotated, Literal

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.signing import DryRun, Reason, Signing, WithKey, enter, in_both
from acuerdo.core.text import Text

Ending = Annotated[
    str,
    Word(
        about=Text(
            "The key that ends: its holder, or the beginning of its name.",
            "La llave que termina: su titular, o el inicio de su nombre.",
        ),
        label=Text("KEY", "LLAVE"),
    ),
]
Cause = Annotated[
    Literal["retired", "lost", "compromised"],
    Word(about=Text("Why it ends.", "Por qué termina."), label=Text("CAUSE", "CAUSA")),
]


def revoke(
    call: Call,
    ending: Ending,
    /,
    *,
    cause: Cause,
    reason: Reason,
    key: WithKey = None,
    dry_run: DryRun = False,
) -> Text:
    """From that entry on, the key signs nothing; what it signed before stands."""
    signing = Signing(key=key, dry_run=dry_run, recovering=True)
    return enter(call, lambda desk: desk.revoke(ending, cause, reason=in_both(reason)), signing=signing)


COMMAND = Command(
    call=revoke,
    section="node",
    about=Text(
        "End a key of our side by an entry in the log.",
        "Termina una llave de nuestra parte con un asiento en la bitácora.",
    ),
    examples=(
        Example(
            call='acuerdo revoke "Security desk" --cause retired --reason "The office was closed." '
            '"La oficina cerró." --dry-run',
            about=Text("What would be signed; nothing is.", "Lo que se firmaría; nada se firma."),
        ),
    ),
    table=False,
)
