"""``acuerdo propose``: something for both sides to agree on."""

from __future__ import annotations

from typing import Annotated

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.signing import BOTH, DryRun, Reach, Signing, WithKey, enter, fields
from acuerdo.core.text import Text

Thing = Annotated[
    str,
    Word(
        about=Text(
            "What is proposed: target, baseline, deadline, commitment, coding, value, risk ...",
            "Qué se propone: target, baseline, deadline, commitment, coding, value, risk ...",
        ),
        label=Text("THING", "COSA"),
    ),
]
Field = Annotated[
    str,
    Word(
        about=Text(
            "Its content: indicator=mx_homicide_rate by=2027; texts as wording.en=... wording.es=...; "
            "until=2027-12-31 if it has a term.",
            "Su contenido: indicator=mx_homicide_rate by=2027; textos como wording.en=... wording.es=...; "
            "until=2027-12-31 si tiene vigencia.",
        ),
        label=Text("NAME=VALUE", "NOMBRE=VALOR"),
    ),
]
Under = Annotated[
    str,
    Word(
        about=Text(
            "The codebook or definition under which it is meant.",
            "El manual de códigos o la definición según la cual se entiende.",
        ),
        label=Text("VERSION", "VERSIÓN"),
    ),
]


def propose(
    call: Call,
    thing: Thing,
    /,
    *content: Field,
    under: Under,
    reach: Reach = BOTH,
    key: WithKey = None,
    dry_run: DryRun = False,
) -> Text:
    """Proposes on what stands now; the other side consents to exactly this, or not."""
    given = fields(content)
    more = {name: given.pop(name) for name in ("until", "reason") if name in given}
    signing = Signing(key=key, reach=reach, dry_run=dry_run)
    return enter(call, lambda desk: desk.propose(thing, given, under=under, **more), signing=signing)


COMMAND = Command(
    call=propose,
    section="entering",
    about=Text(
        "Propose something for both sides to agree on, and sign it.",
        "Propone algo para que ambas partes lo acuerden, y lo firma.",
    ),
    examples=(
        Example(
            call="acuerdo propose target indicator=mx_homicide_rate by=2027 amount=20.0 "
            'unit=per_100_000_inhabitants --under "definition 1" --dry-run',
            about=Text("What would be signed; nothing is.", "Lo que se firmaría; nada se firma."),
        ),
    ),
    table=False,
)
