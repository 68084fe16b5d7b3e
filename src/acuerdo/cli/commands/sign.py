"""``acuerdo sign``: a further signature on an entry that needs several."""

from __future__ import annotations

from typing import Annotated

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.output import Column, Table
from acuerdo.cli.plain import with_meanings
from acuerdo.cli.signing import DryRun, WithKey, asking, outcome, show, unsigned
from acuerdo.core.errors import not_found
from acuerdo.core.text import Text, same

Waiting = Annotated[
    str | None,
    Word(
        about=Text(
            "The beginning of the entry's id; without it, all that wait are listed.",
            "El inicio del id del asiento; sin él, se enumeran los que esperan.",
        ),
        label=Text("ENTRY", "ASIENTO"),
    ),
]
_COLUMNS = (
    Column("id", same("Id")),
    Column("kind", Text("Kind", "Tipo")),
    Column("author", Text("Written by", "Escrito por")),
    Column("signatures", Text("Signatures", "Firmas")),
)


def sign(
    call: Call, entry: Waiting = None, /, *, key: WithKey = None, dry_run: DryRun = False
) -> Table | Text:
    """Signs with another key what one key alone may not enter."""
    record = call.workspace.record
    waiting = record.desk("").pending(entry or "") if record.exists else ()
    if entry is None:
        rows = tuple((one.entry.id[:12], one.entry.kind, one.entry.author, one.signed) for one in waiting)
        return Table(
            title=Text("Entries that wait for a signature", "Asientos que esperan una firma"),
            columns=_COLUMNS,
            rows=rows,
            note=record.absence,
        )
    if len(waiting) != 1:
        known = [one.entry.id[:12] for one in record.desk("").pending()]
        raise not_found(
            Text("an entry that waits for a signature", "un asiento que espere una firma"), entry, known=known
        )
    draft = waiting[0]
    told = with_meanings(draft.told, draft.entry, state=record.state, workspace=call.workspace)
    if dry_run:
        return unsigned(told)
    show(told, call.lang)
    signer = record.key(key, recovering=True).open(asking(call.lang))
    return outcome(draft.entry, record.desk(draft.entry.author).sign(draft, signer))


COMMAND = Command(
    call=sign,
    section="entering",
    about=Text(
        "Add a signature to an entry that needs several, or list those that wait for one.",
        "Añade una firma a un asiento que requiere varias, o enumera los que la esperan.",
    ),
    examples=(
        Example(call="acuerdo sign", about=Text("What waits for a signature.", "Lo que espera una firma.")),
    ),
)
