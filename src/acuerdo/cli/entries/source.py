"""A publisher's data set told in full."""

from __future__ import annotations

from acuerdo.cli.output import Column, Entry, Table, facts
from acuerdo.core.text import Text, same
from acuerdo.core.unit import unit
from acuerdo.workspace import Workspace


def source_entry(source_id: str) -> Entry:
    """Who publishes it, under what terms, how often, and what it counts."""
    one = Workspace.source(source_id)
    about = one.about
    series = Table(
        title=same("Series"),
        columns=(
            Column("id", same("Id")),
            Column("title", Text("Title", "Título")),
            Column("unit", Text("Unit", "Unidad")),
            Column("definition", Text("Definition", "Definición")),
        ),
        rows=tuple((each.id, each.title, unit(each.unit).label, each.definition) for each in one.series),
    )
    return Entry(
        title=about.title,
        facts=facts(
            {
                Column("id", same("Id")): source_id,
                Column("publisher", Text("Publisher", "Institución que publica")): about.publisher,
                Column("carrier", Text("As republished by", "Republicado por")): about.carrier,
                Column("licence", Text("Licence", "Licencia")): about.licence.name,
                Column("schedule", Text("Schedule", "Calendario")): about.schedule,
                Column("landing_page", Text("Page", "Página")): about.landing_page,
                Column("download", Text("Download", "Descarga")): about.download,
                Column("encoding", Text("Encoding", "Codificación")): about.encoding,
                Column("series", same("Series")): series,
                Column("caveats", Text("Before you quote it", "Antes de citarlo")): about.caveats,
            }
        ),
    )
