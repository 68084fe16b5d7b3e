"""``acuerdo respond``: whether our side concurs with a recommendation, and whether it is closed in our view."""

from __future__ import annotations

from typing import Annotated, Literal

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.signing import TEXT, Both, DryRun, Signing, WithKey, enter, in_both
from acuerdo.core.errors import Problem, UsageError
from acuerdo.core.text import Text

Recommendation = Annotated[
    str,
    Word(
        about=Text(
            "The beginning of the recommendation's id, or last.",
            "El inicio del id de la recomendación, o last.",
        ),
        label=Text("ENTRY", "ASIENTO"),
    ),
]
Answer = Literal["yes", "partly", "no", "open", "closed_implemented", "closed_not_implemented"]
View = Annotated[
    Answer,
    Word(
        about=Text(
            "Whether we concur, if it is addressed to us, and whether we hold it closed: yes closed_implemented.",
            "Si concordamos, cuando se dirige a nosotros, y si está cerrada a nuestro juicio: yes closed_implemented.",
        ),
        label=Text("ANSWER", "RESPUESTA"),
    ),
]
Said = Annotated[
    Both | None,
    Word(
        about=Text(
            "What there is to say, in English and in Spanish.",
            "Lo que haya que decir, en inglés y en español.",
        ),
        label=TEXT,
    ),
]


def respond(
    call: Call,
    recommendation: Recommendation,
    /,
    *view: View,
    text: Said = None,
    key: WithKey = None,
    dry_run: DryRun = False,
) -> Text:
    """Signs our view; a recommendation is closed for both only where both say so."""
    body = {name: one for one in view for name in ("concurs" if one in CONCURRENCE else "status",)}
    if len(body) < len(view):
        raise UsageError(Problem(what=_TWICE))
    more = {"text": in_both(text)} if text else {}
    signing = Signing(key=key, dry_run=dry_run)
    return enter(call, lambda desk: desk.respond(recommendation, {**body, **more}), signing=signing)


CONCURRENCE = ("yes", "partly", "no")
_TWICE = Text("It is answered in two ways at once.", "Se responde de dos maneras a la vez.")
COMMAND = Command(
    call=respond,
    section="entering",
    about=Text(
        "Say whether you concur with a recommendation, and whether it is closed in your view.",
        "Dice si concuerda con una recomendación y si está cerrada a su juicio.",
    ),
    examples=(
        Example(
            call="acuerdo respond last yes open --dry-run",
            about=Text("What would be signed; nothing is.", "Lo que se firmaría; nada se firma."),
        ),
    ),
    table=False,
)
