"""``acuerdo ingest``: publishers' files into the store, whatever they are called."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.entries.ingested import ingested_table
from acuerdo.cli.output import Table, Unfinished
from acuerdo.core.errors import Problem, UsageError
from acuerdo.core.text import Text


def ingest(
    call: Call,
    *paths: Annotated[
        Path,
        Word(
            about=Text(
                "Files as the publisher made them, or folders of such files.",
                "Archivos tal como los publicó la fuente, o carpetas con ellos.",
            ),
            label=Text("PATH", "RUTA"),
        ),
    ],
    published: Annotated[
        date | None,
        Word(
            about=Text(
                "The day the files became public, where you know it and they do not say.",
                "El día en que los archivos se hicieron públicos, si usted lo sabe y ellos no lo dicen.",
            ),
            label=Text("DATE", "FECHA"),
        ),
    ] = None,
) -> Table | Unfinished:
    """What each file was found to be, and what of it was new."""
    if not paths:
        raise UsageError(Problem(what=Text("No file is named.", "No se indicó ningún archivo.")))
    with call.progress(Text("Reading files", "Leyendo archivos")) as advance:
        outcomes = call.workspace.ingest(paths, published=published, advance=advance)
    return ingested_table(outcomes)


COMMAND = Command(
    call=ingest,
    section="own",
    about=Text(
        "Bring publishers' files into the store, whatever they are called.",
        "Incorpora al almacén archivos de las fuentes, como sea que se llamen.",
    ),
    examples=(
        Example(
            call="acuerdo ingest downloads/",
            about=Text("Every file of a folder.", "Todos los archivos de una carpeta."),
        ),
        Example(
            call="acuerdo ingest downloads/investigations.csv.xz --published 2024-12-20",
            about=Text(
                "One file, with the day it became public.", "Un archivo, con el día en que se hizo público."
            ),
        ),
    ),
)
