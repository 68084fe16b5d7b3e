"""``acuerdo keys``: the keys of the sides, and our file for the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.output import Column, Table
from acuerdo.core.text import Text

if TYPE_CHECKING:
    from acuerdo.record.keyring import Held

Export = Annotated[
    bool,
    Word(
        about=Text(
            "Print our file for the other sides: name, first keys, rules of signature.",
            "Muestra nuestro archivo para las demás partes: nombre, primeras llaves, reglas de firma.",
        )
    ),
]
_COLUMNS = (
    Column("side", Text("Side", "Parte")),
    Column("id", Text("Key", "Llave")),
    Column("holder", Text("Holder", "Titular")),
    Column("roles", Text("Roles", "Funciones")),
    Column("since", Text("Since entry", "Desde el asiento")),
    Column("until", Text("Until entry", "Hasta el asiento")),
)


def keys(call: Call, /, *, export: Export = False) -> Table | str:
    """Tells every key there ever was of every side, and the fingerprints that are compared aloud."""
    record = call.workspace.record
    if export:
        return record.party().to_bytes().decode()
    held = tuple(record.held_keys())
    prints = [f"{side}: {record.party(side).fingerprint}" for side in record.sides]
    told = "; ".join(prints)
    return Table(
        title=Text("Keys", "Llaves"),
        columns=_COLUMNS,
        rows=tuple(_row(side, one) for side, one in held),
        note=Text(f"Fingerprints: {told}", f"Huellas: {told}") if prints else record.absence,
    )


def _row(side: str, held: Held) -> tuple[str | int | None, ...]:
    since = None if held.since < 0 else held.since
    return side, held.key.id[:12], held.key.holder, ", ".join(held.key.roles), since, held.until


COMMAND = Command(
    call=keys,
    section="node",
    about=Text(
        "List the keys of the sides with their fingerprints, or print our file for the others.",
        "Enumera las llaves de las partes con sus huellas, o muestra nuestro archivo para las demás.",
    ),
    examples=(
        Example(call="acuerdo keys", about=Text("The keys of all sides.", "Las llaves de todas las partes.")),
    ),
)
