"""``withdraw``: taking back a proposal, a judgement, or a consent given earlier."""

from __future__ import annotations

from dataclasses import replace
from typing import final

from acuerdo.core.text import Text
from acuerdo.record.board import Board, Position, Subject, Who
from acuerdo.record.kind import EntryId, Kind
from acuerdo.record.placed import Placed
from acuerdo.spec.fields import AbstractSpec, Words


@final
class Body(AbstractSpec):
    """A withdrawal.

    Attributes:
        entry: The side's own proposal, judgement or acceptance that it takes back.
        reason: Why, in both languages.
    """

    entry: EntryId
    reason: Words


def tell(body: Body) -> Text:
    """What is withdrawn, in a sentence."""
    return Text(
        f"withdraws entry {body.entry[:12]}: {body.reason.en}",
        f"retira el asiento {body.entry[:12]}: {body.reason.es}",
    )


def apply(board: Board, placed: Placed, body: Body, /) -> None:
    """Ends an open proposal; from what was agreed, the side leaves, and it lapses."""
    if board.own(placed, body.entry) is None:
        return
    subject = _subject(board, body.entry)
    if subject is None:
        board.refuse(placed, "nothing_to_withdraw")
        return
    agreed = subject.agreed
    if agreed and not subject.lapsed and body.entry in {agreed.requested.entry, agreed.approved.entry}:
        board.put(replace(subject.not_holding(placed.side), lapsed=Who.of(placed)))
        return
    position = subject.positions.get(placed.side)
    held = position is not None and position.who.entry == body.entry
    offer = board.offers.get(body.entry)
    still = offer is not None and offer.fate in {"open", "declined"}
    if not held and not still:
        board.refuse(placed, "nothing_to_withdraw")
        return
    if held:
        subject = replace(_back(subject, placed.side), moved=subject.moved - {placed.side})
    if offer is not None and still:
        board.offers[body.entry] = replace(offer, fate="withdrawn")
        for side in [side for side, one in subject.positions.items() if one.content is None]:
            subject = subject.not_holding(side)  # a refusal of what is no longer proposed
    board.put(subject)


def _back(subject: Subject, side: str) -> Subject:
    """The subject where a side takes back what it said last: it holds what it agreed to before, if that stands."""
    agreed = subject.agreed if subject.lapsed is None else None
    who = (
        next((one for one in (agreed.requested, agreed.approved) if one.side == side), None)
        if agreed
        else None
    )
    if agreed is None or who is None:
        return subject.not_holding(side)
    return subject.holding(side, Position(who=who, content=agreed.content, version=agreed.version))


def _subject(board: Board, entry_id: str) -> Subject | None:
    """The subject on which an entry took a position."""
    proposal = board.foreseen.proposals.get(entry_id)
    if proposal is not None:
        return board.subject(proposal.subject)
    entry = board.entries[entry_id].entry
    answered = board.foreseen.proposals.get(str(entry.body.get("proposal")))
    if answered is not None:
        return board.subject(answered.subject)
    return board.subject(f"coding:{entry.body.get('item')}") if entry.kind == "code" else None


KIND = Kind(title=Text("withdrawal", "retiro"), body=Body, tell=tell, apply=apply)
