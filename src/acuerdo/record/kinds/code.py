"""``code``: how far a commitment got, by the codebook, in the judgement of one side."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal, final

from pydantic import Field

from acuerdo.core.text import Text
from acuerdo.record.board import Board, Position
from acuerdo.record.evidence import Attached, Item
from acuerdo.record.kind import Kind, Named
from acuerdo.record.placed import Placed
from acuerdo.spec.fields import AbstractSpec, Words

Level = Literal["not_initiated", "minimal", "intermediate", "complete", "no_evidence"]


@final
class Body(AbstractSpec):
    """A judgement.

    Attributes:
        item: The commitment or decision.
        level: The level by the codebook.
        version: The codebook under which it is given: ``codebook 2``.
        statements: Ids of the filed statements that it rests on.
        note: What must be known to understand it, in both languages.
        evidence: What else bears it out.
    """

    item: Item
    level: Level
    version: Named
    statements: Annotated[tuple[Named, ...], Field(strict=False, max_length=200)] = ()
    note: Words | None = None
    evidence: Attached = ()


def tell(body: Body) -> Text:
    """The judgement in a sentence."""
    rests = ", ".join((*body.statements, *(f"{one.title} ({one.sha256[:12]})" for one in body.evidence)))
    note = body.note
    on = Text(f"on {rests}", f"con base en {rests}") if rests else _ON_NOTHING
    return Text(
        f"codes {body.item} as '{body.level}' under {body.version}, {on.en}"
        + (f"; {note.en}" if note else ""),
        f"codifica {body.item} como «{body.level}» según {body.version}, {on.es}"
        + (f"; {note.es}" if note else ""),
    )


def apply(board: Board, placed: Placed, body: Body, /) -> None:
    """Notes where the side stands; what both sides judge alike is agreed."""
    subject = board.subject(f"coding:{body.item}")
    position = Position.of(placed, {"item": body.item, "level": body.level}, version=body.version)
    board.put(replace(subject.holding(placed.side, position), moved=subject.moved | {placed.side}))


_ON_NOTHING = Text("naming nothing that it rests on", "sin nombrar en qué se basa")
KIND = Kind(title=Text("coding", "codificación"), body=Body, tell=tell, apply=apply)
