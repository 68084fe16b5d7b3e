"""``respond``: whether a side concurs with a recommendation, and whether it is closed in that side's view."""

from __future__ import annotations

from typing import Literal, final

from acuerdo.core.text import Text
from acuerdo.record.board import Board
from acuerdo.record.evidence import Attached
from acuerdo.record.kind import EntryId, Kind
from acuerdo.record.placed import Placed
from acuerdo.spec.fields import AbstractSpec, Words

Concurs = Literal["yes", "partly", "no"]
Status = Literal["open", "closed_implemented", "closed_not_implemented"]
CONCURS: dict[Concurs, Text] = {
    "yes": Text("concurs", "concuerda"),
    "partly": Text("partly concurs", "concuerda en parte"),
    "no": Text("does not concur", "no concuerda"),
}
STATUS: dict[Status, Text] = {
    "open": Text("open", "abierta"),
    "closed_implemented": Text("closed, implemented", "cerrada, atendida"),
    "closed_not_implemented": Text("closed, not implemented", "cerrada, no atendida"),
}


@final
class Body(AbstractSpec):
    """A response.

    Attributes:
        recommendation: The entry that recommended.
        concurs: Whether the side concurs; only a side that it is addressed to says so.
        status: Whether it is closed, in the view of the side that responds.
        text: What there is to say, in both languages.
        evidence: What bears it out.
    """

    recommendation: EntryId
    concurs: Concurs | None = None
    status: Status = "open"
    text: Words | None = None
    evidence: Attached = ()


def tell(body: Body) -> Text:
    """The response in a sentence."""
    view = CONCURS[body.concurs] if body.concurs else Text("responds", "responde")
    said = body.text
    return Text(
        f"{view.en} on recommendation {body.recommendation[:12]}: {STATUS[body.status].en}"
        + (f"; {said.en}" if said else ""),
        f"{view.es} sobre la recomendación {body.recommendation[:12]}: {STATUS[body.status].es}"
        + (f"; {said.es}" if said else ""),
    )


def apply(board: Board, placed: Placed, body: Body, /) -> None:
    """Notes each side's view; it is closed for both only where both say so."""
    known = board.entries.get(body.recommendation)
    row = board.table("recommendations").get(body.recommendation)
    if known is None or row is None or not placed.saw(known):
        board.refuse(placed, "unknown")
        return
    if body.concurs is not None and placed.side in row["to"]:
        row["concurs"][placed.side] = body.concurs
    row["status"][placed.side] = body.status


KIND = Kind(title=Text("response", "respuesta"), body=Body, tell=tell, apply=apply)
