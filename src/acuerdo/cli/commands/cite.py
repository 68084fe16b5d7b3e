"""``acuerdo cite``: what a figure, a framework or a data set rests on, as BibTeX."""

from __future__ import annotations

from typing import Annotated

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.core.errors import Problem, UsageError
from acuerdo.core.text import Text, same


def cite(
    call: Call,
    *ids: Annotated[
        str,
        Word(
            about=Text(
                "Ids of frameworks, their parts, indicators or sources.",
                "Ids de marcos, sus partes, indicadores o fuentes.",
            ),
            label=same("ID"),
        ),
    ],
    text: Annotated[
        bool, Word(about=Text("For a reader, instead of BibTeX.", "Para leerse, en lugar de BibTeX."))
    ] = False,
) -> str:
    """The sources of each thing, each once, in order of key."""
    if not ids:
        raise UsageError(Problem(what=Text("Nothing is named.", "No se indicó nada."), fix=_FIX))
    workspace = call.workspace
    found = {one.key: one for given in ids for one in workspace.cite(given)}
    cited = [found[key] for key in sorted(found)]
    return (
        "\n".join(one.text(call.lang) for one in cited)
        if text
        else "\n\n".join(one.bibtex() for one in cited)
    )


_FIX = Text(
    "Name a framework, an indicator or a source; acuerdo list shows them.",
    "Indique un marco, un indicador o una fuente; acuerdo list los muestra.",
)

COMMAND = Command(
    call=cite,
    section="changed",
    about=Text(
        "Print the sources of a framework, an indicator or a data set, as BibTeX.",
        "Imprime las fuentes de un marco, un indicador o un conjunto de datos, en BibTeX.",
    ),
    examples=(
        Example(
            call="acuerdo cite mx_homicide_rate",
            about=Text("What an indicator rests on.", "En qué se basa un indicador."),
        ),
        Example(call="acuerdo cite us_mx_bicentennial --text", about=Text("For a reader.", "Para leerse.")),
    ),
    table=False,
)
