"""``acuerdo recommend``: what our side recommends to itself, another, or both."""

from __future__ import annotations

from typing import Annotated

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.signing import BOTH, TEXT, Both, DryRun, Reach, Signing, WithKey, enter, in_both
from acuerdo.core.text import Text

To = Annotated[
    str,
    Word(
        about=Text("The sides that it is addressed to.", "Las partes a las que se dirige."),
        label=Text("SIDE", "PARTE"),
    ),
]
What = Annotated[
    Both,
    Word(
        about=Text(
            "What is recommended, in English and in Spanish.", "Lo que se recomienda, en inglés y en español."
        ),
        label=TEXT,
    ),
]


def recommend(
    call: Call, /, *to: To, text: What, reach: Reach = BOTH, key: WithKey = None, dry_run: DryRun = False
) -> Text:
    """Signs it; the sides addressed say whether they concur, and each side when it is closed in its view."""
    body = {"to": list(to), "text": in_both(text)}
    signing = Signing(key=key, reach=reach, dry_run=dry_run)
    return enter(call, lambda desk: desk.draft("recommend", body), signing=signing)


COMMAND = Command(
    call=recommend,
    section="entering",
    about=Text(
        "Recommend something to a side, or to both, and sign it.",
        "Recomienda algo a una parte, o a ambas, y lo firma.",
    ),
    examples=(
        Example(
            call='acuerdo recommend mx us --text "Publish the baseline." "Publicar la línea base." --dry-run',
            about=Text("What would be signed; nothing is.", "Lo que se firmaría; nada se firma."),
        ),
    ),
    table=False,
)
