"""``acuerdo sources``: every published file that the figures rest on, with its fingerprint."""

from __future__ import annotations

from typing import Annotated

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.entries.released import lines, release_lines
from acuerdo.cli.output import Coded, Column, Table
from acuerdo.core.text import Text, same


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
    releases = call.workspace.releases(source)
    rows = tuple(
        (
            one.source,
            one.published.on,
            Coded(one.published.basis.value, one.published.basis.label),
            one.rows,
            one.first,
            one.last,
            one.name,
            one.licence,
            one.sha256,
        )
        for one in releases
    )
    return Table(
        title=Text("Published files in the store", "Archivos publicados en el almacén"),
        columns=_COLUMNS,
        rows=rows,
        hidden=("sha256", "basis"),
        told=None if source is None else lines(release_lines(releases)),
    )


_COLUMNS = (
    Column("source", Text("Source", "Fuente")),
    Column("published", Text("Public from", "Público desde")),
    Column("basis", Text("How the date is known", "Cómo consta la fecha")),
    Column("rows", Text("Values", "Valores")),
    Column("first", Text("From", "Desde")),
    Column("last", Text("To", "Hasta")),
    Column("file", Text("File", "Archivo")),
    Column("licence", Text("Licence", "Licencia")),
    Column("sha256", same("SHA-256")),
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
