"""``acuerdo report``: progress on a commitment, with its evidence."""

from __future__ import annotations

import hashlib
import mimetypes
from pathlib import Path
from typing import Annotated, Any

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.signing import TEXT, Both, DryRun, Item, Signing, WithKey, enter, in_both
from acuerdo.core.errors import Problem, UsageError
from acuerdo.core.text import Text

Period = Annotated[
    str,
    Word(
        about=Text("The time that it tells of.", "El tiempo del que informa."),
        label=Text("PERIOD", "PERIODO"),
    ),
]
Told = Annotated[
    Both,
    Word(
        about=Text("What was done, in English and in Spanish.", "Lo que se hizo, en inglés y en español."),
        label=TEXT,
    ),
]
File = Annotated[
    Path,
    Word(
        about=Text(
            "Files that bear it out; their hashes are signed, the files stay where they are.",
            "Archivos que lo sustentan; se firman sus resúmenes y los archivos se quedan donde están.",
        ),
        label=Text("FILE", "ARCHIVO"),
    ),
]


def report(
    call: Call,
    item: Item,
    /,
    *evidence: File,
    period: Period,
    text: Told,
    key: WithKey = None,
    dry_run: DryRun = False,
) -> Text:
    """Signs what was done, in both languages, with the hash of each piece of evidence."""
    attached = [_attached(path) for path in evidence]
    body = {"item": item, "period": period, "text": in_both(text), "evidence": attached}
    signing = Signing(key=key, dry_run=dry_run)
    return enter(call, lambda desk: desk.draft("report", body), signing=signing)


def _attached(path: Path) -> dict[str, Any]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(
            Problem(
                what=Text("The evidence cannot be read.", "La evidencia no puede leerse."), where=str(path)
            )
        ) from error
    media_type = mimetypes.guess_type(path.name)[0]
    found = {"title": path.name, "sha256": hashlib.sha256(content).hexdigest()}
    return {**found, "media_type": media_type} if media_type else found


COMMAND = Command(
    call=report,
    section="entering",
    about=Text(
        "Report progress on a commitment, with its evidence by hash, and sign it.",
        "Informa del avance de un compromiso, con su evidencia por resumen, y lo firma.",
    ),
    examples=(
        Example(
            call='acuerdo report us_mx_bicentennial:action_plan --period 2022-01 --text "The plan was approved." '
            '"Se aprobó el plan." --dry-run',
            about=Text("What would be signed; nothing is.", "Lo que se firmaría; nada se firma."),
        ),
    ),
    table=False,
)
