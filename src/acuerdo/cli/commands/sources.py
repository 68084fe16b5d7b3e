"""``acuerdo sources``: every published file that the figures rest on, with its fingerprint."""

from __future__ import annotations

from typing import Annotated

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.entries.released import files_table
from acuerdo.cli.output import Table
from acuerdo.core.text import Text


def sources(
    call: Call,
    source: Annotated[
        str | None,
        Word(
            about=Text("Id of one source; all, if not given.", "Id de una fuente; todas, si se omite."),
            label=Text("SOURCE", "FUENTE"),
        ),
    ] = None,
    /,
) -> Table:
    """Every stored release, in order of source and publication; those of one source with all that is known."""
    return files_table(
        Text("Published files in the store", "Archivos publicados en el almacén"),
        call.workspace.releases(source),
        in_lines=source is not None,
    )


COMMAND = Command(
    call=sources,
    section="changed",
    about=Text(
        "List every published file in the store, with its date, licence and fingerprint.",
        "Enumera los archivos publicados del almacén, con su fecha, licencia y huella.",
    ),
    examples=(
        Example(call="acuerdo sources", about=Text("Every file.", "Todos los archivos.")),
        Example(
            call="acuerdo sources cdc_vsrr --json",
            about=Text("Those of one source, as JSON.", "Los de una fuente, en JSON."),
        ),
    ),
)
