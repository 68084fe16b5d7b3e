"""How every command of the record enters something: what will be signed is told first, then signed, then added."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from getpass import getpass
from typing import TYPE_CHECKING, Annotated, Any, final

from acuerdo.cli.command import Call, Word
from acuerdo.cli.plain import with_meanings
from acuerdo.core.errors import Problem, UsageError
from acuerdo.core.text import Lang, Text, visible

if TYPE_CHECKING:
    from acuerdo.record.desk import Desk, Draft
    from acuerdo.record.entry import Entry
    from acuerdo.record.own_key import NewKey
    from acuerdo.record.placed import Placed
    from acuerdo.record.seal import Sealed

DryRun = Annotated[
    bool,
    Word(about=Text("Tell what would be signed; sign nothing.", "Dice qué se firmaría; no firma nada.")),
]
WithKey = Annotated[
    str | None,
    Word(
        about=Text(
            "The key that signs, by its holder or the beginning of its name; not needed if there is one.",
            "La llave que firma, por su titular o el inicio de su nombre; no hace falta si hay una sola.",
        ),
        label=Text("KEY", "LLAVE"),
    ),
]
Reach = Annotated[
    tuple[str, ...],
    Word(
        about=Text(
            "Who may have it: public, both, own, or the agencies named: us:dea,mx:sspc; then, in the words of SDMX, "
            "embargo=2027-01-31T06:00:00Z, conf_status=C, conf_redist=ca.",
            "Quién puede tenerlo: public, both, own, o las dependencias nombradas: us:dea,mx:sspc; después, con las "
            "palabras de SDMX, embargo=2027-01-31T06:00:00Z, conf_status=C, conf_redist=ca.",
        ),
        label=Text("AUDIENCE", "AUDIENCIA"),
        many=True,
    ),
]
BOTH = ("both",)
Both = tuple[str, str]
"""A text in English and then in Spanish."""
TEXT = Text("ENGLISH SPANISH", "INGLÉS ESPAÑOL")
Reason = Annotated[
    Both, Word(about=Text("Why, in English and in Spanish.", "Por qué, en inglés y en español."), label=TEXT)
]
Item = Annotated[
    str,
    Word(
        about=Text(
            "The commitment or decision: us_mx_bicentennial:action_plan.",
            "El compromiso o la decisión: us_mx_bicentennial:action_plan.",
        ),
        label=Text("ITEM", "ELEMENTO"),
    ),
]
Named = Annotated[
    str,
    Word(
        about=Text(
            "A subject such as target:mx_homicide_rate:2027, or the beginning of an entry's id.",
            "Un asunto como target:mx_homicide_rate:2027, o el inicio del id de un asiento.",
        ),
        label=Text("SUBJECT", "ASUNTO"),
    ),
]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """With which key, for whom, and whether only to tell."""

    key: str | None = None
    reach: tuple[str, ...] = BOTH
    dry_run: bool = False
    recovering: bool = False


Draw = Callable[["Desk"], "Draft | tuple[Draft, Sealed]"]


def enter(call: Call, draw: Draw, *, signing: Signing) -> Text:
    """Draws up an entry, tells it, signs it and adds it."""
    record = call.workspace.record
    key = record.key(signing.key, recovering=signing.recovering)
    desk = record.desk(key.about.holder, record.marking(signing.reach))
    drawn = draw(desk)
    draft, sealed = drawn if isinstance(drawn, tuple) else (drawn, None)
    told = with_meanings(draft.told, draft.entry, state=record.state, workspace=call.workspace)
    if signing.dry_run:
        return unsigned(told)
    show(told, call.lang)
    return outcome(draft.entry, desk.sign(draft, key.open(asking(call.lang)), sealed=sealed))


def show(told: Text, lang: Lang) -> None:
    """Tells what will be signed before the passphrase is asked for; giving it is the consent of whoever signs."""
    print(visible(told.in_(lang)), file=sys.stderr)


def hand_over(call: Call, new: NewKey, *, reason: Both, signing: Signing) -> Text:
    """Hands a key over by an entry that it signs together with a key in force, and keeps it."""
    record = call.workspace.record
    key = record.key(signing.key, recovering=True)
    desk = record.desk(key.about.holder)
    draft = desk.hand_over(new.about, in_both(reason))
    if signing.dry_run:
        return unsigned(draft.told)
    show(draft.told, call.lang)
    ask = asking(call.lang)
    signer = key.open(ask)
    return outcome(draft.entry, desk.sign(draft, signer, record.keep(new, ask=ask)))


def unsigned(told: Text) -> Text:
    """What would be signed, and that nothing was."""
    return Text(f"{told.en}\nNothing was signed.", f"{told.es}\nNada se firmó.")


def outcome(entry: Entry, placed: Placed | None) -> Text:
    """What became of a signature: the entry is in the log, or waits for another."""
    if placed is None:
        return Text(
            f"Signed; another key must sign before it is entered: acuerdo sign {entry.id[:12]}",
            f"Firmado; otra llave debe firmar antes de asentarlo: acuerdo sign {entry.id[:12]}",
        )
    return Text(
        f"Entered at place {placed.place}: {entry.id}", f"Asentado en el lugar {placed.place}: {entry.id}"
    )


def asking(lang: Lang) -> Callable[[Text], str] | None:
    """How a passphrase or PIN is asked for; None where nobody sits at the keyboard."""
    if not sys.stdin.isatty():
        return None
    return lambda prompt: getpass(prompt.in_(lang))


def fields(given: Iterable[str]) -> dict[str, Any]:
    """The content that words such as ``by=2027`` and ``text.en=...`` describe.

    Raises:
        UsageError: If a word is not of that form.
    """
    found: dict[str, Any] = {}
    for word in given:
        name, sign, value = word.partition("=")
        outer, _, inner = name.partition(".")
        if not sign or not outer:
            raise UsageError(
                Problem(
                    what=Text(f"'{word}' is not NAME=VALUE.", f"«{word}» no es NOMBRE=VALOR."),
                    fix=Text(
                        "Write by=2027, or text.en='...' for one language.",
                        "Escriba by=2027, o text.en='...' para un idioma.",
                    ),
                )
            )
        if inner:
            found.setdefault(outer, {})[inner] = value
        else:
            found[outer] = value
    return found


def counts(rules: Iterable[str]) -> dict[str, int]:
    """The numbers of keys that words such as ``accept=2`` name.

    Raises:
        UsageError: If a word is not of that form; names each.
    """
    parts = [(word, *word.partition("=")) for word in rules]
    wrong = [word for word, kind, _, count in parts if not kind or not count.isdecimal()]
    if wrong:
        raise UsageError(
            Problem(
                what=Text("This is not KIND=KEYS.", "Esto no es TIPO=LLAVES."),
                where=" ".join(wrong),
                fix=Text("Write accept=2.", "Escriba accept=2."),
            )
        )
    return {kind: int(count) for _, kind, _, count in parts}


def in_both(text: Both) -> Mapping[str, str]:
    """A text in both languages, as an entry holds it."""
    return {"en": text[0], "es": text[1]}
