"""``acuerdo hand-over``: a new key for our side."""

from __future__ import annotations

from typing import Annotated, Literal

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.signing import DryRun, Reason, Signing, WithKey, hand_over
from acuerdo.core.text import Text

Holder = Annotated[
    str,
    Word(
        about=Text(
            "Whose key it will be: an office, a person; if a token keeps it, "
            "'HOLDER=pkcs11:token=LABEL;object=LABEL'.",
            "De quién será la llave: una oficina, una persona; si la guarda un token, "
            "'TITULAR=pkcs11:token=ETIQUETA;object=ETIQUETA'.",
        ),
        label=Text("HOLDER[=PLACE]", "TITULAR[=LUGAR]"),
    ),
]
Role = Annotated[
    Literal["desk", "node", "recovery"],
    Word(about=Text("What it may sign.", "Lo que podrá firmar."), label=Text("ROLE", "FUNCIÓN")),
]


def hand_over_key(
    call: Call,
    holder: Holder,
    /,
    *,
    reason: Reason,
    role: Role = "desk",
    key: WithKey = None,
    dry_run: DryRun = False,
) -> Text:
    """Makes a key, or takes the one in a token, and enters it; it signs its own arrival with a key in force."""
    signing = Signing(key=key, dry_run=dry_run)
    named, _, place = holder.partition("=")
    new = call.workspace.record.new_key(named, role, place=place)
    return hand_over(call, new, reason=reason, signing=signing)


COMMAND = Command(
    call=hand_over_key,
    section="node",
    about=Text(
        "Make a new key for our side, or take one that a token keeps, and enter it in the log.",
        "Crea una llave nueva para nuestra parte, o toma la que guarda un token, y la asienta en la bitácora.",
    ),
    examples=(
        Example(
            call='acuerdo hand-over "Legal office" --reason "A second signatory." "Un segundo firmante." --dry-run',
            about=Text("What would be signed; nothing is.", "Lo que se firmaría; nada se firma."),
        ),
    ),
    table=False,
)
