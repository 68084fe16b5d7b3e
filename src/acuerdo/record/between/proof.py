"""One entry with its proof, handed to a third person: only as far as it may be, and with a receipt."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from acuerdo.core.errors import Problem, RecordRefused
from acuerdo.core.text import Text
from acuerdo.record.between.receipts import Receipt, Receipts
from acuerdo.record.between.release import Release
from acuerdo.record.extract import extract
from acuerdo.record.moment import write_moment
from acuerdo.record.node import Node
from acuerdo.record.placed import Placed
from acuerdo.record.signer import AbstractSigner


def prove(node: Node, placed: Placed, *, to: str, signer: AbstractSigner) -> bytes:
    """The file that proves one entry to a party.

    Of an entry of our own we dispose ourselves, and giving it away so is that decision; another side's is handed on
    only to whom its marking allows at this moment.

    Raises:
        RecordRefused: If it may not be handed on to that party.
        NotFound: If no signed checkpoint over it is here.
    """
    at, side = datetime.now(UTC), placed.side
    if side != node.party.side:
        release, row = Release(node.log(side), side, owner=False), node.log(side).row(placed.place)
        release.refresh()
        if row is None or row.envelope is None or not release.allows(row.envelope, to, at=at):
            raise _not_onward(placed, to)
    raw = extract(node, placed)
    receipts = Receipts(node.folder / "receipts.sqlite")
    try:
        receipts.add(
            Receipt(
                at=write_moment(at),
                receiver=to,
                log=side,
                begin=placed.place,
                end=placed.place + 1,
                withheld=(),
                late=(),
                sha256=hashlib.sha256(raw).hexdigest(),
                way="file",
            ),
            signer,
        )
    finally:
        receipts.close()
    return raw


def _not_onward(placed: Placed, to: str) -> RecordRefused:
    return RecordRefused(
        Problem(
            what=Text(
                f"Entry {placed.entry.id[:12]} of '{placed.side}' may not be handed on to '{to}'.",
                f"El asiento {placed.entry.id[:12]} de «{placed.side}» no puede transmitirse a «{to}».",
            ),
            why=Text(
                "Its marking does not allow it, and it is not ours.",
                "Su marca no lo permite, y no es nuestro.",
            ),
            fix=Text("Ask that side to hand it over itself.", "Pida a esa parte que lo entregue ella misma."),
        )
    )
