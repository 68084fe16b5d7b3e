"""``acuerdo seal``: content that stays hidden with us, bound by a hash in the log."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.signing import BOTH, TEXT, Both, DryRun, Reach, Signing, WithKey, enter, in_both
from acuerdo.core.errors import Problem, UsageError
from acuerdo.core.text import Text

Hidden = Annotated[
    Path,
    Word(
        about=Text("The file whose content is sealed.", "El archivo cuyo contenido se sella."),
        label=Text("FILE", "ARCHIVO"),
    ),
]
Title = Annotated[
    Both,
    Word(
        about=Text(
            "What may be said of it, in English and in Spanish.",
            "Lo que puede decirse de él, en inglés y en español.",
        ),
        label=TEXT,
    ),
]


def seal(
    call: Call,
    file: Hidden,
    /,
    *,
    title: Title,
    reach: Reach = BOTH,
    key: WithKey = None,
    dry_run: DryRun = False,
) -> Text:
    """Keeps the content here and signs a salted hash of it, with a title that may be known."""
    try:
        content = file.read_bytes()
    except OSError as error:
        what = Text("The file cannot be read.", "El archivo no puede leerse.")
        raise UsageError(Problem(what=what, where=str(file))) from error
    signing = Signing(key=key, reach=reach, dry_run=dry_run)
    return enter(call, lambda desk: desk.seal(content, in_both(title)), signing=signing)


COMMAND = Command(
    call=seal,
    section="entering",
    about=Text(
        "Seal a file: its content stays with you, a hash in the log binds it.",
        "Sella un archivo: su contenido se queda con usted y un resumen en la bitácora lo fija.",
    ),
    examples=(
        Example(
            call='acuerdo seal report.txt --title "Assessment of one operation" '
            '"Evaluación de un operativo" --dry-run',
            about=Text("What would be signed; nothing is.", "Lo que se firmaría; nada se firma."),
        ),
    ),
    table=False,
)
