"""``report``: progress on a commitment, with its evidence."""

from __future__ import annotations

from typing import final

from acuerdo.core.text import Text
from acuerdo.record.board import Board
from acuerdo.record.evidence import Attached, Item
from acuerdo.record.kind import Kind
from acuerdo.record.placed import Placed
from acuerdo.spec.fields import AbstractSpec, When, Words


@final
class Body(AbstractSpec):
    """A report.

    Attributes:
        item: The commitment or decision.
        period: The time that it tells of.
        text: What was done, in both languages.
        evidence: What bears it out.
    """

    item: Item
    period: When
    text: Words
    evidence: Attached = ()


def tell(body: Body) -> Text:
    """What is reported, in a sentence."""
    with_ = ", ".join(f"{one.title} ({one.sha256[:12]})" for one in body.evidence)
    return Text(
        f"reports on {body.item} for {body.period.code}: {body.text.en}"
        + (f" (evidence: {with_})" if with_ else " (no evidence is attached)"),
        f"informa sobre {body.item} de {body.period.code}: {body.text.es}"
        + (f" (evidencia: {with_})" if with_ else " (no se adjunta evidencia)"),
    )


def apply(board: Board, placed: Placed, body: Body, /) -> None:
    """Notes the report."""
    board.table("reports")[placed.entry.id] = {
        "author": placed.entry.author,
        "evidence": [one.sha256 for one in body.evidence],
        "item": body.item,
        "period": body.period.code,
        "side": placed.side,
        "text": body.text.both(),
    }


KIND = Kind(title=Text("report", "informe"), body=Body, tell=tell, apply=apply)
