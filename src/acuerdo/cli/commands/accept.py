"""``acuerdo accept``: consent to what the other side proposes."""

from __future__ import annotations

from typing import Annotated

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.signing import TEXT, Both, DryRun, Named, Signing, WithKey, enter, in_both
from acuerdo.core.text import Text

Reserving = Annotated[
    Both | None,
    Word(
        about=Text(
            "What is reserved, in English and in Spanish.", "Lo que se reserva, en inglés y en español."
        ),
        label=TEXT,
    ),
]


def accept(
    call: Call,
    named: Named,
    /,
    *,
    reserving: Reserving = None,
    key: WithKey = None,
    dry_run: DryRun = False,
) -> Text:
    """Signs the hash of exactly what is proposed, of its definition, and of what stood before."""
    reservation = in_both(reserving) if reserving else None
    signing = Signing(key=key, dry_run=dry_run)
    return enter(call, lambda desk: desk.accept(named, reservation=reservation), signing=signing)


COMMAND = Command(
    call=accept,
    section="entering",
    about=Text(
        "Accept what the other side proposes, exactly as it stands, with a reservation or without.",
        "Acepta lo que propone la otra parte, tal como está, con reserva o sin ella.",
    ),
    examples=(
        Example(
            call="acuerdo accept target:mx_homicide_rate:2027 --dry-run",
            about=Text("What would be consented to.", "Lo que se consentiría."),
        ),
    ),
    table=False,
)
