"""What a file proves, told in plain words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime

from acuerdo.core.text import Text, same
from acuerdo.record.extract import Proven, proven
from acuerdo.record.keyring import other_keys
from acuerdo.record.party import Party
from acuerdo.record.telling import in_lines, sentence


def explain(raw: bytes, *, known: Sequence[Party] = ()) -> Text:
    """What a file that somebody gave proves, and what it does not.

    Args:
        raw: The file's bytes.
        known: The sides' own files, where the reader has them; the file must name the same.

    Raises:
        RecordRefused: If it proves nothing.
        KeyRefused: If a signature in it does not hold, or it names other keys than those known.
    """
    found = proven(raw)
    for one in known:
        if found.fingerprints.get(one.side) != one.fingerprint:
            raise other_keys(one)
    return in_lines(_lines(found, given={one.side for one in known}))


def _lines(found: Proven, *, given: Collection[str]) -> list[Text]:
    entry, name = found.placed.entry, found.party.name
    says = sentence(entry)
    keys = ", ".join(one[:12] for one in found.placed.signers)
    return [
        Text("This file proves:", "Este archivo prueba:"),
        Text(
            f"- {entry.author}, for {name.en}, {says.en}.",
            f"- {entry.author}, por {name.es}, {says.es}.",
        ),
        Text(
            f"- It was signed with {keys} and stands as entry {found.placed.place} of the log of {name.en}, "
            f"which had {found.size} entries when the checkpoint was signed. Not one character was changed since.",
            f"- Se firmó con {keys} y está como asiento {found.placed.place} de la bitácora de {name.es}, "
            f"que tenía {found.size} asientos cuando se firmó el punto de control. No ha cambiado ni un carácter.",
        ),
        *_witnesses(found),
        Text("It does not prove:", "No prueba:"),
        Text(
            f"- that it was written at {entry.at}: that is what its author's clock said;",
            f"- que se escribiera en {entry.at}: eso decía el reloj de su autor;",
        ),
        Text(
            "- what else stands in the log, or that no key was revoked by an entry that is not in this file;",
            "- qué más hay en la bitácora, ni que ninguna llave fuera revocada en un asiento que no está aquí;",
        ),
        *whose_keys(found.fingerprints, given),
    ]


def _witnesses(found: Proven) -> list[Text]:
    if not found.cosigned:
        return [
            Text(
                "- No other side has cosigned this checkpoint with one of its first keys, the only ones of theirs that "
                "this file tells of: only its own side vouches for it.",
                "- Ninguna otra parte cofirmó este punto de control con una de sus primeras llaves, las únicas suyas "
                "de las que habla este archivo: solo responde por él su propia parte.",
            )
        ]
    lines: list[Text] = []
    for side, at in found.cosigned.items():
        day = datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
        lines.append(
            Text(
                f"- The side '{side}' saw this log at {day} by its own clock, and cosigned that it only grew.",
                f"- La parte «{side}» vio esta bitácora el {day} según su reloj, y cofirmó que solo creció.",
            )
        )
    return lines


def whose_keys(prints: Mapping[str, str], given: Collection[str]) -> list[Text]:
    """What a file cannot say of its keys, with their fingerprints.

    Args:
        prints: The fingerprint of each side's own file, as the file tells it.
        given: The sides whose own file the reader has, and which was found to be the same.
    """
    lines: list[Text] = []
    for told, sides in (
        (_NOT_COMPARED, [side for side in prints if side not in given]),
        (_COMPARED, [side for side in prints if side in given]),
    ):
        if sides:
            lines += [told, *(same(f"  {side}: {prints[side]}") for side in sides)]
    return lines


_NOT_COMPARED = Text(
    "- that these keys are the sides' own; no file of theirs was given to compare (--party). Compare the fingerprints "
    "with what each has published:",
    "- que estas llaves sean de las partes; no se dio archivo suyo con que comparar (--party). Compare las huellas con "
    "las que cada una haya publicado:",
)
_COMPARED = Text(
    "- that the files of the sides that you gave are theirs: compare their fingerprints with what each has published:",
    "- que los archivos que usted dio sean de las partes: compare sus huellas con las que cada una haya publicado:",
)
