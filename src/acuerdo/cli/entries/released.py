"""Published files: what each is, since when it is public, under what terms, and its fingerprint."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from acuerdo.cli.output import Coded, Column, Table
from acuerdo.core.text import Text, same
from acuerdo.workspace import Workspace

if TYPE_CHECKING:
    from acuerdo.workspace import Release

_COLUMNS = (
    Column("release", Text("Stored as", "Se guarda como")),
    Column("source", Text("Source", "Fuente")),
    Column("publisher", Text("Publisher", "Institución que publica")),
    Column("carrier", Text("As republished by", "Republicado por")),
    Column("published", Text("Public from", "Público desde")),
    Column("basis", Text("How the date is known", "Cómo consta la fecha")),
    Column("rows", Text("Values", "Valores")),
    Column("first", Text("From", "Desde")),
    Column("last", Text("To", "Hasta")),
    Column("file", Text("File", "Archivo")),
    Column("licence", Text("Licence", "Licencia")),
    Column("sha256", same("SHA-256")),
    Column("url", Text("Address", "Dirección")),
)


def files_table(title: Text, releases: Sequence[Release], *, in_lines: bool) -> Table:
    """The files in order; a reader is told all of each in lines, or the essentials in a grid."""
    rows = tuple(
        (
            one.id, one.source, one.publisher, _carrier(one) or None, one.published.on,
            Coded(one.published.basis.value, one.published.basis.label), one.rows, one.first, one.last, one.name,
            one.licence, one.sha256, one.url or None,
        )
        for one in releases
    )  # fmt: skip
    told = [line for one in releases for line in _lines(one)]
    return Table(
        title=title,
        columns=_COLUMNS,
        rows=rows,
        hidden=("release", "publisher", "carrier", "basis", "sha256", "url"),
        told=Text("\n".join(line.en for line in told), "\n".join(line.es for line in told))
        if told and in_lines
        else None,
    )


def _carrier(one: Release) -> str:
    return Workspace.source(one.source).about.carrier


def _lines(one: Release) -> tuple[Text, ...]:
    basis, carrier = one.published.basis.label, _carrier(one)
    since = Text(f"public from {one.published.on}", f"público desde {one.published.on}")
    if len(one.vintages) > 1:
        first, last = one.vintages[0], one.vintages[-1]
        since = Text(
            f"its values public from {first} to {last}", f"sus valores, públicos del {first} al {last}"
        )
    told = (
        same(one.name),
        Text(
            f"  {one.publisher.en}; {since.en} ({basis.en})",
            f"  {one.publisher.es}; {since.es} ({basis.es})",
        ),
        *((Text(f"  As republished by {carrier}", f"  Republicado por {carrier}"),) if carrier else ()),
        Text(
            f"  {one.rows:,} values kept, {one.first} to {one.last}; licence: {one.licence}",
            f"  {one.rows:,} valores guardados, del {one.first} al {one.last}; licencia: {one.licence}",
        ),
        Text(
            f"  SHA-256 of the file, unpacked: {one.sha256}",
            f"  SHA-256 del archivo, desempacado: {one.sha256}",
        ),
    )
    return (*told, same(f"  {one.url}")) if one.url else told
