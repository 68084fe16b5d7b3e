"""``acuerdo rules``: how many of our keys must sign what."""

from __future__ import annotations

from typing import Annotated

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.output import Column, Table
from acuerdo.cli.signing import TEXT, Both, DryRun, Signing, WithKey, counts, enter, in_both
from acuerdo.core.errors import Problem, UsageError
from acuerdo.core.text import Text

Rule = Annotated[
    str,
    Word(
        about=Text(
            "All our rules from here on: how many must sign a kind of entry, where one is not enough: accept=2.",
            "Todas nuestras reglas desde aquí: cuántos deben firmar un tipo de asiento, donde no basta uno: accept=2.",
        ),
        label=Text("KIND=KEYS", "TIPO=LLAVES"),
    ),
]
Why = Annotated[
    Both | None,
    Word(
        about=Text(
            "Why they change, in English and in Spanish; without it, the rules of all sides are listed.",
            "Por qué cambian, en inglés y en español; sin ello, se enumeran las reglas de todas las partes.",
        ),
        label=TEXT,
    ),
]


def rules(
    call: Call, /, *changed: Rule, reason: Why = None, key: WithKey = None, dry_run: DryRun = False
) -> Table | Text:
    """A change is an entry, signed by as many as the strictest rule asks; the other side then holds us to it."""
    if reason is None:
        if changed:
            raise UsageError(Problem(what=_NO_REASON, fix=_GIVE))
        return _listed(call)
    wanted = counts(changed)
    signing = Signing(key=key, dry_run=dry_run)
    return enter(call, lambda desk: desk.change_rules(wanted, in_both(reason)), signing=signing)


def _listed(call: Call) -> Table:
    record = call.workspace.record
    return Table(
        title=Text("Rules of signature", "Reglas de firma"),
        columns=(
            Column("side", Text("Side", "Parte")),
            Column("kind", Text("Kind of entry", "Tipo de asiento")),
            Column("keys", Text("Keys that must sign", "Llaves que deben firmar")),
        ),
        rows=tuple((record.sides[side], kind, count) for side, kind, count in record.rules()),
        note=record.absence or Text("Of all else, one key.", "De lo demás, una llave."),
    )


_NO_REASON = Text("It is not said why the rules change.", "No se dice por qué cambian las reglas.")
_GIVE = Text("Give --reason ENGLISH SPANISH.", "Dé --reason INGLÉS ESPAÑOL.")
COMMAND = Command(
    call=rules,
    section="node",
    about=Text(
        "List how many keys of each side must sign what, or change our rules by an entry.",
        "Enumera cuántas llaves de cada parte deben firmar qué, o cambia nuestras reglas con un asiento.",
    ),
    examples=(
        Example(
            call="acuerdo rules", about=Text("The rules of all sides.", "Las reglas de todas las partes.")
        ),
    ),
)
