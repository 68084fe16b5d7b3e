"""``acuerdo show``: one framework, part of a framework, indicator or source, told in full."""

from __future__ import annotations

from typing import Annotated

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.entries.framework import framework_entry, parts
from acuerdo.cli.entries.indicator import indicator_entry
from acuerdo.cli.entries.part import part_entry
from acuerdo.cli.entries.source import source_entry
from acuerdo.cli.output import Entry
from acuerdo.core.errors import not_found
from acuerdo.core.text import Text, same
from acuerdo.spec.sides import obliged_sides
from acuerdo.workspace import Workspace

_ANYTHING = Text("a framework, an indicator or a source", "un marco, un indicador o una fuente")
_PART = Text("a part of that framework", "una parte de ese marco")


def show(
    call: Call,
    id: Annotated[  # noqa: A002 - the word that readers know it by
        str,
        Word(
            about=Text(
                "Id of a framework, an indicator or a source; of a part: FRAMEWORK:PART.",
                "Id de un marco, un indicador o una fuente; de una parte: MARCO:PARTE.",
            ),
            label=same("ID"),
        ),
    ],
    /,
) -> Entry:
    """Everything that is written down about one thing."""
    whole, _, part = id.partition(":")
    if part:
        return _part(call, whole, part_id=part)
    names = Workspace.ids()
    kind = next((kind for kind, ids in names.items() if whole in ids), None)
    match kind:
        case "frameworks":
            return framework_entry(Workspace.framework(whole))
        case "indicators":
            return indicator_entry(whole)
        case "sources":
            return source_entry(whole)
        case _:
            raise not_found(_ANYTHING, whole, known={one for ids in names.values() for one in ids})


def _part(call: Call, framework_id: str, *, part_id: str) -> Entry:
    framework = Workspace.framework(framework_id)
    found = parts(framework)
    if part_id not in found:
        raise not_found(_PART, part_id, known=found)
    sources = {key: one.citation().text(call.lang) for key, one in framework.references.items()}
    sides = obliged_sides(framework)
    return part_entry(f"{framework_id}:{part_id}", found[part_id], sources=sources, sides=sides)


COMMAND = Command(
    call=show,
    section="start",
    about=Text(
        "Tell all about a framework, a part of one, an indicator or a source.",
        "Muestra todo sobre un marco, una parte de él, un indicador o una fuente.",
    ),
    examples=(
        Example(call="acuerdo show mx_homicide_rate", about=Text("An indicator.", "Un indicador.")),
        Example(
            call="acuerdo show us_mx_bicentennial --lang es",
            about=Text("A framework, in Spanish.", "Un marco, en español."),
        ),
    ),
)
