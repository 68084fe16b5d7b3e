"""``recommend``: what one side recommends to itself, the other, or both."""

from __future__ import annotations

from typing import Annotated, final

from pydantic import Field

from acuerdo.core.text import Text
from acuerdo.record.board import Board
from acuerdo.record.kind import Kind, Subject
from acuerdo.record.placed import Placed
from acuerdo.spec.fields import AbstractSpec, Key, Words


@final
class Body(AbstractSpec):
    """A recommendation.

    Attributes:
        to: The sides that it is addressed to.
        text: What is recommended, in both languages.
        about: What it is about, if it is about a subject of the record.
    """

    to: Annotated[tuple[Key, ...], Field(strict=False, min_length=1, max_length=8)]
    text: Words
    about: Subject | None = None


def tell(body: Body) -> Text:
    """The recommendation in a sentence."""
    about = body.about or ""
    return Text(
        f"recommends to {', '.join(body.to)}{about and f' about {about}'}: {body.text.en}",
        f"recomienda a {', '.join(body.to)}{about and f' sobre {about}'}: {body.text.es}",
    )


def apply(board: Board, placed: Placed, body: Body, /) -> None:
    """Opens the recommendation; one that is corrected keeps its answers."""
    before = board.table("recommendations").get(placed.entry.id, {})
    board.table("recommendations")[placed.entry.id] = {
        "about": body.about,
        "by": placed.side,
        "concurs": before.get("concurs", {}),
        "status": before.get("status", {placed.side: "open"}),
        "text": body.text.both(),
        "to": sorted(set(body.to)),
    }


KIND = Kind(title=Text("recommendation", "recomendación"), body=Body, tell=tell, apply=apply)
