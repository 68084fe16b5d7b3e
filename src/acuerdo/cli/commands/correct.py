"""``acuerdo correct``: a slip in a report or recommendation of our own."""

from __future__ import annotations

from typing import Annotated

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.signing import TEXT, Both, DryRun, Reason, Signing, WithKey, enter, in_both
from acuerdo.core.text import Text

Entry = Annotated[
    str,
    Word(
        about=Text(
            "The beginning of the id of our report or recommendation, or last.",
            "El inicio del id de nuestro informe o recomendación, o last.",
        ),
        label=Text("ENTRY", "ASIENTO"),
    ),
]
Meant = Annotated[
    Both,
    Word(
        about=Text(
            "What it should have said, in English and in Spanish.",
            "Lo que debió decir, en inglés y en español.",
        ),
        label=TEXT,
    ),
]


def correct(
    call: Call, entry: Entry, /, *, text: Meant, reason: Reason, key: WithKey = None, dry_run: DryRun = False
) -> Text:
    """Signs what it should have said and why; what was said first stays in the log."""
    signing = Signing(key=key, dry_run=dry_run)
    return enter(
        call, lambda desk: desk.correct(entry, in_both(text), reason=in_both(reason)), signing=signing
    )


COMMAND = Command(
    call=correct,
    section="entering",
    about=Text(
        "Correct the words of your own report or recommendation, and say why.",
        "Corrige las palabras de un informe o una recomendación propios y dice por qué.",
    ),
    examples=(
        Example(
            call='acuerdo correct last --text "Half was done." "Se hizo la mitad." '
            '--reason "A slip." "Un descuido." --dry-run',
            about=Text("What would be signed; nothing is.", "Lo que se firmaría; nada se firma."),
        ),
    ),
    table=False,
)
