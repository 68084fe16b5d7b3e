"""Which source a file belongs to, by its content alone."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import final

from acuerdo.core.errors import IngestRefused, Problem
from acuerdo.core.place import fold
from acuerdo.core.plugins import Folder
from acuerdo.core.text import Text
from acuerdo.data.source import AbstractSource, Format, Sample

SOURCES = Folder("data/sources", suffixes=(".py",), kind=Text("a source", "una fuente"))

_PAGE = re.compile(r"\s*<(!doctype\s+html|html|head|body|\?xml)", re.IGNORECASE)
_DELIMITERS = (",", "|", ";", "\t")
_HEADER_LINES = 8
_SHOWN = 8


def source(source_id: str) -> AbstractSource:
    """The source of an id.

    Raises:
        NotFound: If there is none; names the nearest.
    """
    return SOURCES.module(source_id).SOURCE


def sources() -> Mapping[str, AbstractSource]:
    """Every source by id."""
    return {source_id: source(source_id) for source_id in SOURCES.files()}


def recognise(sample: Sample, *, name: str, among: Mapping[str, AbstractSource]) -> str:
    """The id of the one source that a file belongs to.

    Args:
        sample: The beginning of the file.
        name: What the user called it, for messages.
        among: The sources asked.

    Raises:
        IngestRefused: If no source, or more than one, knows the file.
    """
    if sample.format is Format.TEXT and any(_PAGE.match(line) for line in sample.lines[:3]):
        raise IngestRefused(_web_page(name))
    claims = [source_id for source_id, one in among.items() if one.recognises(sample)]
    if not claims:
        raise IngestRefused(_unknown(sample, name, among=among))
    if len(claims) > 1:
        raise IngestRefused(_claimed_twice(name, claims))
    return claims[0]


def _web_page(name: str) -> Problem:
    return Problem(
        what=Text(
            "This is a web page, not data: most likely the publisher's error page, saved under the data's name.",
            "Es una página web, no datos: probablemente la página de error de la fuente, guardada con el nombre "
            "de los datos.",
        ),
        where=f"{name}, row 1, column 1",
        fix=Text(
            "Open the address in a browser, see what it says, and download the file again.",
            "Abra la dirección en un navegador, vea qué dice y descargue el archivo de nuevo.",
        ),
    )


def _claimed_twice(name: str, claims: list[str]) -> Problem:
    named = ", ".join(claims)
    return Problem(
        what=Text(
            f"More than one source claims this file: {named}.",
            f"Más de una fuente reclama este archivo: {named}.",
        ),
        where=name,
        fix=Text(
            "Make 'recognises' of one of them stricter; every file belongs to one source.",
            "Haga más estricto el 'recognises' de una de ellas; cada archivo pertenece a una sola fuente.",
        ),
    )


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class _Likeness:
    source_id: str
    share: float
    row: int
    missing: tuple[str, ...]
    extra: tuple[str, ...]


def _unknown(sample: Sample, name: str, *, among: Mapping[str, AbstractSource]) -> Problem:
    headers = _headers(sample)
    closest = max(
        (
            _likeness(source_id, one.columns, headers=headers)
            for source_id, one in among.items()
            if one.columns
        ),
        key=lambda one: one.share,
        default=None,
    )
    if closest is None or closest.share == 0:
        return Problem(
            what=Text("No source knows this file.", "Ninguna fuente reconoce este archivo."),
            where=f"{name}, row 1",
            why=_found(headers),
            fix=Text(
                "See 'acuerdo sources' for the files that are read; to add one: acuerdo new source ID",
                "Vea 'acuerdo sources' para los archivos que se leen; para agregar una fuente: acuerdo new source ID",
            ),
        )
    return Problem(
        what=Text(
            f"No source knows this file. It is most like {closest.source_id}, but {_difference(closest, 'en')}.",
            f"Ninguna fuente reconoce el archivo. Se parece a {closest.source_id}, pero {_difference(closest, 'es')}.",
        ),
        where=f"{name}, row {closest.row}",
        why=_found(headers),
        fix=Text(
            f"If the publisher changed the table, teach data/sources/{closest.source_id}.py the new header; "
            "if not, get the file again.",
            f"Si la fuente cambió la tabla, enseñe el nuevo encabezado a data/sources/{closest.source_id}.py; "
            "si no, obtenga el archivo de nuevo.",
        ),
    )


def _found(headers: list[tuple[str, ...]]) -> Text | None:
    first = [cell for cell in (headers[0] if headers else ()) if cell][:_SHOWN]
    if not first:
        return None
    cells = ", ".join(f"'{cell[:40]}'" for cell in first)
    return Text(f"It begins with {cells}", f"Empieza con {cells}")


def _difference(closest: _Likeness, lang: str) -> str:
    words = {"en": ("lacks", "has besides", "the order of its columns differs"),
             "es": ("le falta", "tiene además", "difiere el orden de sus columnas")}[lang]  # fmt: skip
    parts = [
        f"{word} {', '.join(repr(column) for column in columns[:_SHOWN])}{' …' if len(columns) > _SHOWN else ''}"
        for word, columns in zip(words, (closest.missing, closest.extra), strict=False)
        if columns
    ]
    return "; ".join(parts) or words[2]


def _likeness(source_id: str, columns: tuple[str, ...], *, headers: list[tuple[str, ...]]) -> _Likeness:
    """How much of a source's header one of the first rows holds, by Jaccard's measure."""
    expected = {fold(column): column for column in columns}
    best = _Likeness(source_id=source_id, share=0.0, row=1, missing=columns, extra=())
    for row, header in enumerate(headers, start=1):
        found = {fold(cell): cell for cell in header if cell.strip()}
        both = expected.keys() & found.keys()
        share = len(both) / max(1, len(expected.keys() | found.keys()))
        if share > best.share:
            best = _Likeness(
                source_id=source_id,
                share=share,
                row=row,
                missing=tuple(expected[key] for key in expected if key not in found),
                extra=tuple(found[key] for key in found if key not in expected),
            )
    return best


def _headers(sample: Sample) -> list[tuple[str, ...]]:
    """The first rows, split into cells: candidates for the header."""
    if sample.columns:
        return [sample.columns]
    if sample.sheets:
        return [row for rows in sample.sheets.values() for row in rows[:_HEADER_LINES]]
    lines = [line for line in sample.lines[:_HEADER_LINES] if line.strip()]
    delimiter = max(_DELIMITERS, key=lambda one: max((line.count(one) for line in lines), default=0))
    return [tuple(cell.strip() for cell in row) for row in csv.reader(lines, delimiter=delimiter)]
