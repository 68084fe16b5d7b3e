"""``decline``: no to what the other side proposed, and why."""

from __future__ import annotations

from dataclasses import replace
from typing import final

from acuerdo.core.text import Text
from acuerdo.record.board import Board, Position
from acuerdo.record.kind import EntryId, Kind
from acuerdo.record.placed import Placed
from acuerdo.spec.fields import AbstractSpec, Words


@final
class Body(AbstractSpec):
    """A refusal.

    Attributes:
        proposal: The entry that proposed.
        reason: Why, in both languages.
    """

    proposal: EntryId
    reason: Words


def tell(body: Body) -> Text:
    """What is declined, in a sentence."""
    return Text(
        f"declines proposal {body.proposal[:12]}: {body.reason.en}",
        f"rechaza la propuesta {body.proposal[:12]}: {body.reason.es}",
    )


def apply(board: Board, placed: Placed, body: Body, /) -> None:
    """Notes the refusal; the proposal stays open, for a side may change its mind."""
    offer = board.offers.get(body.proposal)
    if offer is None:
        board.refuse(placed, "unknown")
    elif offer.proposal.at.side == placed.side:
        board.refuse(placed, "own_proposal")
    elif not placed.saw(offer.proposal.at):
        board.refuse(placed, "not_seen")
    elif offer.fate != "open":
        board.refuse(placed, "already_answered")
    else:
        reason = body.reason.both()
        board.offers[body.proposal] = replace(offer, fate="declined", reason=reason)
        subject = board.subject(offer.proposal.subject)
        if placed.side not in subject.positions:
            position = Position.of(placed, None, version=offer.proposal.version)
            board.put(subject.holding(placed.side, position))


KIND = Kind(title=Text("refusal", "rechazo"), body=Body, tell=tell, apply=apply)
