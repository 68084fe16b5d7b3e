"""``acuerdo claim``: one public claim, its verdict, and every computation that it rests on."""

from __future__ import annotations

from typing import Annotated

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.entries.checked_claim import claim_entry
from acuerdo.cli.output import Entry
from acuerdo.cli.words import AsOf
from acuerdo.core.text import Text, same


def claim(
    call: Call,
    id: Annotated[  # noqa: A002 - the word that readers know it by
        str,
        Word(
            about=Text(
                "Id of a claim: TEXT:CLAIM, or its last part.",
                "Id de una afirmación: TEXTO:AFIRMACIÓN, o su última parte.",
            ),
            label=same("ID"),
        ),
    ],
    /,
    *,
    as_of: AsOf = None,
) -> Entry:
    """Everything that is known about one claim."""
    (checked,) = call.workspace.claims.check(id, as_of=as_of)
    return claim_entry(checked)


COMMAND = Command(
    call=claim,
    section="said",
    about=Text(
        "Check one public claim, and show what the verdict rests on.",
        "Comprueba una afirmación pública y muestra en qué se apoya el veredicto.",
    ),
    examples=(
        Example(
            call="acuerdo claim wayne_2021:rule_of_law_rank",
            about=Text("A rank out of two editions.", "Un lugar tomado de dos ediciones."),
        ),
        Example(
            call="acuerdo claim homicides_doubled --lang es",
            about=Text("By its last part, in Spanish.", "Por su última parte, en español."),
        ),
    ),
)
