"""``acuerdo list``: what there is."""

from __future__ import annotations

from typing import Annotated, Literal

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.output import Column, Table
from acuerdo.core.text import Text, same
from acuerdo.workspace import Workspace

Kind = Literal["frameworks", "indicators", "sources"]
KINDS: dict[Kind, Text] = {
    "frameworks": Text("framework", "marco"),
    "indicators": Text("indicator", "indicador"),
    "sources": Text("source", "fuente"),
}


def list_(
    call: Call,
    kind: Annotated[
        Kind | None,
        Word(
            about=Text("One kind; all, if not given.", "Un tipo; todos, si se omite."),
            label=Text("KIND", "TIPO"),
        ),
    ] = None,
    /,
) -> Table:
    """Everything there is of one kind or of all, in order of id."""
    del call
    titles = {
        "frameworks": lambda: {id_: one.name for id_, one in Workspace.frameworks().items()},
        "indicators": lambda: {id_: one.title for id_, one in Workspace.indicators().items()},
        "sources": lambda: {id_: one.about.title for id_, one in Workspace.sources().items()},
    }
    wanted = (kind,) if kind else tuple(KINDS)
    return Table(
        title=Text("What there is", "Lo que hay"),
        columns=(
            Column("kind", Text("Kind", "Tipo")),
            Column("id", same("Id")),
            Column("title", Text("Title", "Título")),
        ),
        rows=tuple(
            (KINDS[one], id_, title) for one in wanted for id_, title in sorted(titles[one]().items())
        ),
        note=Text("acuerdo show ID tells all about one.", "acuerdo show ID lo dice todo sobre uno."),
    )


COMMAND = Command(
    call=list_,
    section="start",
    about=Text(
        "List the frameworks, indicators and sources.", "Enumera los marcos, los indicadores y las fuentes."
    ),
    examples=(
        Example(call="acuerdo list", about=Text("Everything.", "Todo.")),
        Example(
            call="acuerdo list indicators --lang es",
            about=Text("The indicators, in Spanish.", "Los indicadores, en español."),
        ),
    ),
)
