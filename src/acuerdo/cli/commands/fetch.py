"""``acuerdo fetch``: a source's newest file, from the publisher's address into the store."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

from acuerdo.cli.command import Advance, Call, Command, Example, Word
from acuerdo.cli.entries.ingested import ingested_table
from acuerdo.cli.output import Table, Unfinished
from acuerdo.core.errors import Problem, UsageError
from acuerdo.core.text import Text
from acuerdo.workspace import Outcome


def fetch(
    call: Call,
    *sources: Annotated[
        str, Word(about=Text("Ids of the sources.", "Ids de las fuentes."), label=Text("SOURCE", "FUENTE"))
    ],
) -> Table | Unfinished:
    """Downloads each source's newest file and tells what of it was new."""
    if not sources:
        raise UsageError(
            Problem(
                what=Text("No source is named.", "No se indicó ninguna fuente."),
                fix=Text("See acuerdo list sources", "Consulte acuerdo list sources"),
            )
        )
    workspace = call.workspace
    outcomes = []
    for source in sources:
        with call.progress(Text(f"Downloading {source}", f"Descargando {source}")) as advance:
            found = workspace.fetch(source, progress=partial(_show, advance, source))
        outcomes.append(Outcome(path=Path(found.release.name), ingested=found))
    return ingested_table(outcomes)


def _show(advance: Advance, source: str, *received: int | None) -> None:
    done, total = received
    advance(source, done or 0, total or done or 0)


COMMAND = Command(
    call=fetch,
    section="own",
    about=Text(
        "Download a source's newest file from its publisher and bring it in.",
        "Descarga el archivo más reciente de una fuente desde quien lo publica y lo incorpora.",
    ),
    examples=(
        Example(call="acuerdo fetch cdc_vsrr", about=Text("One source.", "Una fuente.")),
        Example(call="acuerdo fetch cdc_vsrr cbp_encounters", about=Text("Two.", "Dos.")),
    ),
)
