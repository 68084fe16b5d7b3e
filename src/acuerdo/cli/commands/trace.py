"""``acuerdo trace``: one figure, and the published values and files that it was computed from."""

from __future__ import annotations

from typing import Annotated

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.entries.traced import inputs_table, trail_entry
from acuerdo.cli.output import Entry, Table
from acuerdo.cli.words import AsOf, place_codes
from acuerdo.core.period import Period
from acuerdo.core.text import Text

Traced = Annotated[
    str, Word(about=Text("Id of an indicator.", "Id de un indicador."), label=Text("INDICATOR", "INDICADOR"))
]
When = Annotated[
    str,
    Word(
        about=Text("Code of the period: 2020, 2020-06, FY2021.", "Clave del periodo: 2020, 2020-06, FY2021."),
        label=Text("PERIOD", "PERIODO"),
    ),
]
Where = Annotated[
    str | None,
    Word(
        about=Text(
            "Code or name: MX-08, Chihuahua; the country of the indicator, if not given.",
            "Clave o nombre: MX-08, Chihuahua; el país del indicador, si se omite.",
        ),
        label=Text("PLACE", "LUGAR"),
    ),
]
Values = Annotated[
    bool,
    Word(
        about=Text(
            "Print every published value that the figure rests on, one per row.",
            "Muestra cada valor publicado en que se apoya la cifra, uno por fila.",
        )
    ),
]


def trace(
    call: Call,
    indicator: Traced,
    period: When,
    /,
    *,
    place: Where = None,
    as_of: AsOf = None,
    values: Values = False,
) -> Entry | Table:
    """The figure, its definition, what it was computed from, and the file of each value."""
    workspace = call.workspace
    (where,) = place_codes([place or workspace.indicator(indicator).country])
    found = workspace.trace(indicator, place=where, period=Period.parse(period), as_of=as_of)
    return inputs_table(found) if values else trail_entry(found, as_of)


COMMAND = Command(
    call=trace,
    section="changed",
    about=Text(
        "Follow one figure back to the published values, files and dates that it rests on.",
        "Sigue una cifra hasta los valores publicados, los archivos y las fechas en que se apoya.",
    ),
    examples=(
        Example(
            call="acuerdo trace mx_homicide_deaths 2022",
            about=Text("A figure that was copied from print.", "Una cifra que se copió de un impreso."),
        ),
        Example(
            call="acuerdo trace mx_homicide_victims 2020 --place Chihuahua --values --csv",
            about=Text("Every month that was added up, as CSV.", "Cada mes que se sumó, en CSV."),
        ),
    ),
)
