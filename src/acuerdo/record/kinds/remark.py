"""``remark``: a side changes who may have an entry of its own."""

from __future__ import annotations

from typing import final

from acuerdo.core.text import Text
from acuerdo.record.board import Board
from acuerdo.record.kind import EntryId, Kind, kind
from acuerdo.record.marking import Marking, in_words
from acuerdo.record.placed import Placed
from acuerdo.spec.fields import AbstractSpec


@final
class Body(AbstractSpec):
    """A new marking.

    Attributes:
        entry: The side's own entry.
        marking: Who may have it from now on.
    """

    entry: EntryId
    marking: Marking


def tell(body: Body) -> Text:
    """The new marking in a sentence."""
    who = in_words(body.marking)
    return Text(
        f"changes who may have entry {body.entry[:12]}: {who.en}",
        f"cambia quién puede tener el asiento {body.entry[:12]}: {who.es}",
    )


def apply(board: Board, placed: Placed, body: Body, /) -> None:
    """Notes the marking that stands; that of an entry about keys is not narrowed, for a hidden key is none."""
    earlier = board.own(placed, body.entry)
    if earlier is None:
        return
    known = kind(earlier.entry.kind)
    if known is not None and known.governs and body.marking.reach not in {"both", "public"}:
        board.refuse(placed, "not_yours")
        return
    board.table("markings")[body.entry] = body.marking.as_written()


KIND = Kind(title=Text("new marking", "nueva marca"), body=Body, tell=tell, apply=apply)
