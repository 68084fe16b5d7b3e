"""``acuerdo sensitivity``: which assumption moves what a scenario changes."""

from __future__ import annotations

from typing import Annotated

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.output import Column, Table, Unfinished
from acuerdo.core.errors import CheckFailed
from acuerdo.core.text import Text

Sample = Annotated[
    int,
    Word(
        about=Text("Size of the base sample, a power of two.", "Tamaño de la muestra base, potencia de dos."),
        label=Text("N", "N"),
    ),
]


def sensitivity(
    call: Call,
    scenario: Annotated[
        str, Word(about=Text("Id of a scenario.", "Id de un escenario."), label=Text("SCENARIO", "ESCENARIO"))
    ],
    /,
    *,
    model: Annotated[
        str, Word(about=Text("Id of a model.", "Id de un modelo."), label=Text("MODEL", "MODELO"))
    ],
    sample: Sample = 512,
) -> Table | Unfinished:
    """One row per assumption, the strongest first; an error beside it if the sample was too small to tell."""
    found = call.workspace.foresight.sensitivity(scenario, model=model, sample=sample)
    titles = {one.name: one.title for one in call.workspace.foresight.model(model).parameters}
    table = Table(
        title=Text("Which assumption moves the answer", "Qué supuesto mueve la respuesta"),
        columns=(
            Column("parameter", Text("Assumption", "Supuesto")),
            Column("title", Text("Title", "Título")),
            Column("first", Text("Share of variance alone", "Parte de la varianza, solo")),
            Column("total", Text("In all", "En total")),
            Column("interval", Text("±", "±")),
            Column("effect", Text("Moves it by, points", "Lo mueve, puntos")),
            Column("bend", Text("Through others", "A través de otros")),
        ),
        rows=[
            (one.parameter, titles[one.parameter], round(one.first, 3), round(one.total, 3),
             round(one.total_interval, 3), round(one.effect, 2), round(one.bend, 2))
            for one in found
        ],
        note=Text(
            "Shares by Sobol's method; effects by Morris's.",
            "Partes por el método de Sobol; efectos por el de Morris.",
        ),
    )  # fmt: skip
    try:
        call.workspace.foresight.settled(found)
    except CheckFailed as error:
        return Unfinished(done=table, error=error)
    return table


COMMAND = Command(
    call=sensitivity,
    section="next",
    about=Text(
        "Show which assumptions move what a scenario changes in a model, by Sobol's and Morris's methods.",
        "Muestra qué supuestos mueven lo que cambia un escenario en un modelo, por los métodos de Sobol y Morris.",
    ),
    examples=(
        Example(
            call="acuerdo sensitivity southbound_inspection --model arms_flow",
            about=Text(
                "What the effect of inspection hangs on.", "De qué depende el efecto de la inspección."
            ),
        ),
    ),
)
