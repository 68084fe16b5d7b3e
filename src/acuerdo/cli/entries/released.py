"""Published files told in lines: what each is, since when it is public, under what terms, and its fingerprint."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from acuerdo.core.text import Text, same

if TYPE_CHECKING:
    from acuerdo.workspace import Release


def release_lines(releases: Iterable[Release]) -> tuple[Text, ...]:
    """The lines of each file, in order."""
    return tuple(line for one in releases for line in _lines(one))


def lines(told: Sequence[Text]) -> Text | None:
    """Lines as one text; None where there are none."""
    return Text("\n".join(one.en for one in told), "\n".join(one.es for one in told)) if told else None


def _lines(one: Release) -> tuple[Text, ...]:
    basis = one.published.basis.label
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
