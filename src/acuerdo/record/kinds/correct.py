"""``correct``: a side corrects a slip in an entry of its own; what it said first stays in the log."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final, final

from acuerdo.core.text import Text
from acuerdo.record.board import Board
from acuerdo.record.kind import EntryId, Kind, kind, read_body
from acuerdo.record.placed import Placed
from acuerdo.spec.fields import AbstractSpec, Words

CORRECTED: Final = frozenset({"report", "recommend"})
"""The kinds that can be corrected; a proposal is edited by a new proposal, a coding by a new coding."""


@final
class Body(AbstractSpec):
    """A correction.

    Attributes:
        entry: The side's own report or recommendation.
        body: What it should have said, whole.
        reason: Why, in both languages.
    """

    entry: EntryId
    body: dict[str, Any]
    reason: Words


def tell(body: Body) -> Text:
    """The correction in a sentence."""
    meant = body.body.get("text")
    now = meant if isinstance(meant, dict) else {}
    return Text(
        f"corrects entry {body.entry[:12]} to say: {now.get('en', '–')} (why: {body.reason.en})",
        f"corrige el asiento {body.entry[:12]} para que diga: {now.get('es', '–')} (por qué: {body.reason.es})",
    )


def apply(board: Board, placed: Placed, body: Body, /) -> None:
    """Puts what should have been said in the place of what was."""
    earlier = board.own(placed, body.entry)
    if earlier is None:
        return
    known = kind(earlier.entry.kind) if earlier.entry.kind in CORRECTED else None
    read = read_body(earlier.entry.kind, body.body) if known else None
    if known is None or read is None:
        board.refuse(placed, "unknown")
        return
    known.apply(board, replace(earlier, entry=replace(earlier.entry, body=body.body)), read)
    board.table("corrections").setdefault(body.entry, []).append(placed.entry.id)


KIND = Kind(
    title=Text("correction", "corrección"),
    body=Body,
    tell=tell,
    apply=apply,
    in_place_of=tuple(sorted(CORRECTED)),
)
