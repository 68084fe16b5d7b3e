"""``acuerdo claims``: every public claim and its verdict."""

from __future__ import annotations

from typing import Annotated, Literal

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.entries.checked_claim import dated, kind_of, verdict_of
from acuerdo.cli.output import Column, Table
from acuerdo.cli.words import AsOf
from acuerdo.core.errors import not_found
from acuerdo.core.text import Text, same

VerdictId = Literal["holds", "held_then", "holds_now", "depends", "does_not_hold", "cannot_be_checked"]
_TEXT = Text("a text with claims", "un texto con afirmaciones")
_COLUMNS = (
    Column("id", same("Id")),
    Column("said", Text("Said", "Se dijo")),
    Column("quote", Text("Quote", "Cita")),
    Column("kind", Text("Check", "Comprobación")),
    Column("verdict", Text("Verdict", "Veredicto")),
    Column("sentence", Text("In a sentence", "En una frase")),
)
_NOTE = Text("acuerdo claim ID tells all about one.", "acuerdo claim ID lo dice todo sobre una afirmación.")


def claims(
    call: Call,
    /,
    *,
    source: Annotated[
        str | None,
        Word(
            about=Text("Only the claims of one text.", "Solo las afirmaciones de un texto."),
            label=same("ID"),
        ),
    ] = None,
    verdict: Annotated[
        VerdictId | None,
        Word(
            about=Text("Only those with this verdict.", "Solo las que tengan este veredicto."),
            label=Text("VERDICT", "VEREDICTO"),
        ),
    ] = None,
    as_of: AsOf = None,
) -> Table:
    """One row per claim, in the order of the texts."""
    workspace = call.workspace
    known = workspace.claims.all()
    texts = {text.id for text, _ in known.values()}
    if source is not None and source not in texts:
        raise not_found(_TEXT, source, known=texts)
    ids = [key for key, (text, _) in known.items() if source in {None, text.id}]
    checked = workspace.claims.check(*ids, as_of=as_of)
    rows = [one for one in checked if verdict in {None, one.outcome.verdict}]
    return Table(
        title=Text("What was said, and whether it holds", "Lo que se dijo y si se sostiene"),
        columns=_COLUMNS,
        rows=tuple(
            (one.id, dated(one), one.claim.headline, kind_of(one), verdict_of(one), one.sentence)
            for one in rows
        ),
        note=_NOTE,
        hidden=("kind", "sentence"),
    )


COMMAND = Command(
    call=claims,
    section="said",
    about=Text(
        "List public claims with their verdicts, on the data of the day and of now.",
        "Enumera afirmaciones públicas con su veredicto, con los datos del día y los de hoy.",
    ),
    examples=(
        Example(
            call="acuerdo claims --source wayne_2021",
            about=Text("The claims of one text.", "Las afirmaciones de un texto."),
        ),
        Example(
            call="acuerdo claims --verdict does_not_hold --lang es",
            about=Text("What does not hold, in Spanish.", "Lo que no se sostiene, en español."),
        ),
    ),
)
