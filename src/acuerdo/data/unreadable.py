"""What can be wrong with a delimited text, each fault said once, with its row and column."""

from __future__ import annotations

import csv
import mmap
import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from acuerdo.core.errors import Problem, nearest
from acuerdo.core.place import fold
from acuerdo.core.text import Text
from acuerdo.data.source import Raw

_CHUNK = 1 << 20
_REPLACEMENT = "�".encode()
# Bytes of UTF-8 read as latin-1 or cp1252 and saved as UTF-8 again: "Ã±" for "ñ"
_SAVED_TWICE = re.compile(
    rb"\xc3[\x82\x83](?:\xc2[\x80-\xbf]|\xe2\x80|\xc5[\x92\x93\xa0\xa1\xb8\xbd\xbe]|\xc6\x92|\xcb)"
)
# UTF-8 where latin-1 was promised
_UTF8 = re.compile(rb"[\xc3][\x80-\xbf]")
_GET_AGAIN = Text(
    "Get the file again from its publisher, and do not open and save it with a spreadsheet on the way.",
    "Obtenga el archivo de nuevo de la fuente, sin abrirlo y guardarlo antes en una hoja de cálculo.",
)


def drifted(name: str, *, expected: Sequence[str], found: Sequence[str], row: int) -> list[Problem]:
    """Columns that must be there and are not.

    Args:
        name: The file.
        expected: Columns that the source reads.
        found: The file's header.
        row: The line on which the header stands.
    """
    missing = [column for column in expected if column not in found]
    if not missing:
        return []
    extra = [column for column in found if column not in expected]
    near = {column: _near(column, extra) for column in missing}
    listed = ", ".join(f"'{column}'" for column in missing)
    instead = ", ".join(f"'{column}'" for column in extra[:12]) or "–"
    column = _position(missing[0], near[missing[0]], expected=expected, found=found)
    return [
        Problem(
            what=Text(
                f"The table has changed: it lacks {listed}; new in it: {instead}.",
                f"La tabla cambió: le falta {listed}; es nuevo: {instead}.",
            ),
            where=f"{name}, row {row}, column {column}",
            nearest=tuple(close for one in near.values() for close in one),
            fix=Text(
                "If the publisher changed the table, teach the source the new columns; if not, get the file again.",
                "Si la fuente cambió la tabla, enséñele las nuevas columnas; si no, obtenga el archivo de nuevo.",
            ),
        )
    ]


def garbled(raw: Raw, *, encoding: str, delimiter: str) -> list[Problem]:
    """Accents lost on the way: ``Ã±`` for ``ñ``, or the replacement mark."""
    if raw.path.stat().st_size == 0 or _without_accents(raw.path):
        return []
    with raw.path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        pattern = _UTF8 if encoding == "latin-1" else _SAVED_TWICE
        hit = pattern.search(content)
        lost = content.find(_REPLACEMENT) if encoding != "latin-1" else -1
        places = [at for at in (hit.start() if hit else -1, lost) if at >= 0]
        if not places:
            return []
        at = min(places)
        start = content.rfind(b"\n", 0, at) + 1
        row = _lines_before(content, at) + 1
        line = content[start : max(content.find(b"\n", at), at + 2)]
        before = content[start:at].decode("utf-8", errors="replace")
    column = len(next(csv.reader([before], delimiter=delimiter), [""])) or 1
    shown = _cell(line.decode(encoding, errors="replace"), delimiter=delimiter, column=column)
    return [
        Problem(
            what=Text(f"Letters are garbled: '{shown}'.", f"Hay letras dañadas: '{shown}'."),
            where=f"{raw.name}, row {row}, column {column}",
            why=Text(
                f"The text was read in another encoding than it was written in; this publisher writes {encoding}.",
                f"El texto se leyó con una codificación distinta de la original; esta fuente escribe en {encoding}.",
            ),
            fix=_GET_AGAIN,
        )
    ]


def rejected(raw: Raw, *, table: str) -> list[Problem]:
    """Rows that the reader could not take into ``table``: one problem per sort of fault, at its first row."""
    rows = raw.connection.execute(
        f"SELECT error_type, count(*), min(line), arg_min(column_idx, line), arg_min(error_message, line) "
        f"FROM {table}_errors GROUP BY error_type ORDER BY 3, 1"
    ).fetchall()
    return [
        _rejected(kind, count, where=f"{raw.name}, row {line}, column {column or 1}", detail=detail)
        for kind, count, line, column, detail in rows
    ]


_CELLS_COUNTED = re.compile(r"Expected Number of Columns: (\d+) Found: (\d+)")
_REJECTED = {
    "MISSING COLUMNS": Text(
        "The row is too short; the file may have been cut off.",
        "La fila está incompleta; quizá el archivo quedó cortado.",
    ),
    "TOO MANY COLUMNS": Text(
        "The row has more cells than the header.", "La fila tiene más celdas que el encabezado."
    ),
    "UNQUOTED VALUE": Text(
        "A quotation mark is not closed; the file may have been cut off.",
        "Hay comillas sin cerrar; quizá el archivo quedó cortado.",
    ),
    "INVALID ENCODING": Text(
        "The bytes are not UTF-8, as this publisher writes.",
        "Los bytes no son UTF-8, como escribe esta fuente.",
    ),
}


def _rejected(kind: str, count: int, *, where: str, detail: str) -> Problem:
    what = _REJECTED.get(kind, Text("The row cannot be read.", "No se puede leer la fila."))
    more = Text(f" ({count:,} rows in all)", f" ({count:,} filas en total)") if count > 1 else None
    return Problem(
        what=Text(what.en + more.en, what.es + more.es) if more else what,
        where=where,
        why=_reason(detail),
        fix=_GET_AGAIN,
    )


def _reason(detail: str) -> Text:
    """What DuckDB says of a row, in both languages where it counts cells."""
    counted = _CELLS_COUNTED.search(detail)
    if counted is None:
        return Text(f"The reader says: {detail}", f"El lector dice: {detail}")
    expected, found = counted.groups()
    return Text(
        f"{expected} cells were expected; it has {found}.", f"Debía tener {expected} celdas; tiene {found}."
    )


def _near(column: str, extra: Sequence[str]) -> tuple[str, ...]:
    by_fold = {fold(other): other for other in extra}
    same = by_fold.get(fold(column))
    return (same,) if same else nearest(column, extra, limit=1)


def _position(column: str, close: tuple[str, ...], *, expected: Sequence[str], found: Sequence[str]) -> int:
    """Where a missing column would stand: at its look-alike, else at its place in the expected order."""
    return found.index(close[0]) + 1 if close else expected.index(column) + 1


def _without_accents(path: Path) -> bool:
    """Whether there is no letter in it that could be garbled."""
    with path.open("rb") as file:
        return all(chunk.isascii() for chunk in iter(partial(file.read, _CHUNK), b""))


def _lines_before(content: mmap.mmap, at: int) -> int:
    return content[:at].count(b"\n")


def _cell(line: str, *, delimiter: str, column: int) -> str:
    cells = next(csv.reader([line], delimiter=delimiter), [""])
    return cells[min(column, len(cells)) - 1].strip()[:60]
