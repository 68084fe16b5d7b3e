"""``acuerdo code``: how far a commitment got, by the codebook, in the judgement of our side."""

from __future__ import annotations

from typing import Annotated, Literal

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.signing import BOTH, DryRun, Item, Reach, Signing, WithKey, enter
from acuerdo.core.text import Text

Level = Annotated[
    Literal["not_initiated", "minimal", "intermediate", "complete", "no_evidence"],
    Word(about=Text("Its level by the codebook.", "Su nivel según el manual."), label=Text("LEVEL", "NIVEL")),
]
Statement = Annotated[
    str,
    Word(
        about=Text("Ids of the filed statements it rests on.", "Ids de las declaraciones en que se apoya."),
        label=Text("STATEMENT", "DECLARACIÓN"),
    ),
]


def code(
    call: Call,
    item: Item,
    level: Level,
    /,
    *statements: Statement,
    reach: Reach = BOTH,
    key: WithKey = None,
    dry_run: DryRun = False,
) -> Text:
    """Signs the level under the present codebook; where the other side signs the same, it is agreed."""
    version = f"codebook {call.workspace.tracking.codebook().version}"
    body = {"item": item, "level": level, "version": version, "statements": list(statements)}
    signing = Signing(key=key, reach=reach, dry_run=dry_run)
    return enter(call, lambda desk: desk.draft("code", body), signing=signing)


COMMAND = Command(
    call=code,
    section="entering",
    about=Text(
        "Code how far a commitment got, by the codebook, and sign it.",
        "Codifica hasta dónde llegó un compromiso, según el manual, y lo firma.",
    ),
    examples=(
        Example(
            call="acuerdo code us_mx_bicentennial:action_plan complete --dry-run",
            about=Text("What would be signed; nothing is.", "Lo que se firmaría; nada se firma."),
        ),
    ),
    table=False,
)
