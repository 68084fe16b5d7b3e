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


def apply(board: Board, placed: Placed, body: Body) -> None:
    """Notes the refusal; the proposal stays open, for a side may change its mind."""
    proposal = board.foreseen.proposals.get(body.proposal)
    subject = board.subject(proposal.subject) if proposal else None
    offer = subject.offers.get(body.proposal) if subject else None
    if proposal is None or subject is None or offer is None:
        board.refuse(placed, "unknown")
    elif proposal.at.side == placed.side:
        board.refuse(placed, "own_proposal")
    elif not placed.saw(proposal.at):
        board.refuse(placed, "not_seen")
    elif offer.fate != "open":
        board.refuse(placed, "already_answered")
    else:
        reason = {"en": body.reason.en, "es": body.reason.es}
        declined = subject.offering(replace(offer, fate="declined", reason=reason))
        if placed.side not in subject.positions:
            declined = declined.holding(placed.side, Position.of(placed, None, version=proposal.version))
        board.put(declined)


KIND = Kind(title=Text("refusal", "rechazo"), body=Body, tell=tell, apply=apply)
