"""``acuerdo node``: makes our node, takes another side's file, answers the other sides' nodes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.signing import TEXT, Both, asking, counts
from acuerdo.core.errors import Problem, UsageError
from acuerdo.core.text import Text

Action = Annotated[
    Literal["init", "add", "serve"],
    Word(
        about=Text(
            "init makes our node, add takes another side's file, serve answers the other sides' nodes.",
            "init crea nuestro nodo, add toma el archivo de otra parte, serve responde a los nodos de las demás.",
        ),
        label=Text("ACTION", "ACCIÓN"),
    ),
]
What = Annotated[
    str | None,
    Word(
        about=Text(
            "init: the record and our side, such as bicentennial:mx. add: the file.",
            "init: el registro y nuestra parte, como bicentennial:mx. add: el archivo.",
        ),
        label=Text("RECORD:SIDE|FILE", "REGISTRO:PARTE|ARCHIVO"),
    ),
]
Rule = Annotated[
    str,
    Word(
        about=Text(
            "init: how many holders must sign a kind of entry, where one is not enough: accept=2.",
            "init: cuántos titulares deben firmar un tipo de asiento, donde no basta uno: accept=2.",
        ),
        label=Text("KIND=KEYS", "TIPO=LLAVES"),
    ),
]
Name = Annotated[
    Both | None,
    Word(
        about=Text(
            "init: our name, in English and in Spanish.", "init: nuestro nombre, en inglés y en español."
        ),
        label=TEXT,
    ),
]
Desk = Annotated[
    tuple[str, ...],
    Word(
        about=Text(
            "init: who signs entries, each with a key; if a token keeps it, "
            "'HOLDER=pkcs11:token=LABEL;object=LABEL'.",
            "init: quién firma asientos, cada cual con una llave; si la guarda un token, "
            "'TITULAR=pkcs11:token=ETIQUETA;object=ETIQUETA'.",
        ),
        label=Text("HOLDER[=PLACE]", "TITULAR[=LUGAR]"),
        many=True,
    ),
]
At = Annotated[
    str,
    Word(
        about=Text("serve: the address and port.", "serve: la dirección y el puerto."),
        label=Text("ADDRESS:PORT", "DIRECCIÓN:PUERTO"),
    ),
]


def node(
    call: Call,
    action: Action,
    what: What = None,
    /,
    *rules: Rule,
    name: Name = None,
    desk: Desk = (),
    at: At = "127.0.0.1:7443",
) -> Text:
    """Tells the fingerprint that the sides compare aloud; serves an address until it is interrupted."""
    match action, what:
        case "init", str(given) if name and desk:
            return _begin(call, given, rules=rules, name=name, holders=desk)
        case "add", str(file):
            party = call.workspace.record.meet(Path(file))
            return _fingerprint(party.side, party.fingerprint)
        case "serve", None:
            return _serve(call, at)
        case _:
            raise UsageError(Problem(what=_WORDS, fix=_FORMS))


def _begin(call: Call, given: str, *, rules: Sequence[str], name: Both, holders: Sequence[str]) -> Text:
    record, _, side = given.partition(":")
    if not side or not all(name) or len(set(holders)) < len(holders):
        raise UsageError(Problem(what=_WORDS, where=given, fix=_FORMS))
    party = call.workspace.record.begin(
        side,
        record=record,
        name=Text(*name),
        holders={holder: place for holder, _, place in (one.partition("=") for one in holders)},
        rules=counts(rules),
        ask=asking(call.lang),
    )
    told = _fingerprint(party.side, party.fingerprint)
    safe = call.workspace.record.key(role="recovery").path
    return Text(
        f"{told.en}\nacuerdo keys --export prints our file for the other sides.\n"
        f"The recovery key is {safe}: move that file to a safe, away from this machine.",
        f"{told.es}\nacuerdo keys --export muestra nuestro archivo para las demás.\n"
        f"La llave de recuperación es {safe}: pase ese archivo a una caja fuerte, lejos de esta máquina.",
    )


def _fingerprint(side: str, fingerprint: str) -> Text:
    return Text(f"{_COMPARE.en}\n{side}: {fingerprint}", f"{_COMPARE.es}\n{side}: {fingerprint}")


def _serve(call: Call, at: str) -> Text:
    host, _, port = at.rpartition(":")
    if not host or not port.isdecimal() or not 0 <= int(port) < 65536:
        raise UsageError(Problem(what=_WORDS, where=at, fix=_FORMS))
    record = call.workspace.record
    signer = record.key(role="node").open(asking(call.lang))

    def ready(url: str) -> None:
        told = Text(f"Answering at {url}; end with Ctrl-C.", f"Responde en {url}; termine con Ctrl-C.")
        print(told.in_(call.lang), file=sys.stderr, flush=True)

    record.between.serve(signer, host.strip("[]"), port=int(port), ready=ready)
    return Text("Ended.", "Terminó.")


_COMPARE = Text(
    "Compare this fingerprint with the other side aloud, not over the network:",
    "Compare esta huella con la otra parte de viva voz, no por la red:",
)
_WORDS = Text("These words do not fit together.", "Estas palabras no encajan.")
_FORMS = Text(
    "acuerdo node init RECORD:SIDE --name ENGLISH SPANISH --desk HOLDER; acuerdo node add FILE; "
    "acuerdo node serve --at ADDRESS:PORT",
    "acuerdo node init REGISTRO:PARTE --name INGLÉS ESPAÑOL --desk TITULAR; acuerdo node add ARCHIVO; "
    "acuerdo node serve --at DIRECCIÓN:PUERTO",
)
COMMAND = Command(
    call=node,
    section="node",
    about=Text(
        "Make our node of a record, take another side's file, or answer the other sides' nodes.",
        "Crea nuestro nodo de un registro, toma el archivo de otra parte o responde a los demás nodos.",
    ),
    examples=(
        Example(
            call='acuerdo node init bicentennial:mx --name Mexico México --desk "Secretaría de Relaciones Exteriores"',
            about=Text(
                "Keys are made, and kept encrypted with the passphrase asked for.",
                "Se crean llaves, guardadas cifradas con la frase de acceso que se pide.",
            ),
        ),
    ),
    table=False,
)
