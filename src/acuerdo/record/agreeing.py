"""How a consent that holds changes what stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from acuerdo.record.board import Agreed, Board, Position, Who
from acuerdo.record.consent import judge
from acuerdo.record.placed import Placed


def agree(board: Board, accept: Placed, *, proposal_id: str, reservation: Mapping[str, str] | None) -> None:
    """Agrees a proposal, or notes why the consent agrees nothing."""
    proposal = board.foreseen.proposals.get(proposal_id)
    if proposal is None:
        board.refuse(accept, "unknown")
        return
    subject = board.subject(proposal.subject)
    why = judge(accept, proposal, stands=subject.standing, foreseen=board.foreseen)
    if why is None and proposal_id not in board.offers:
        why = "unknown"
    if why is not None:
        board.refuse(accept, why)
        return
    agreed = Agreed(
        consent=proposal.consent,
        content=proposal.content,
        version=proposal.version,
        until=proposal.body.until.isoformat() if proposal.body.until else None,
        requested=Who.of(proposal.at),
        approved=Who.of(accept),
        reservation=reservation,
    )
    position = Position.of(accept, proposal.content, version=proposal.version)
    board.offers[proposal_id] = replace(board.offers[proposal_id], fate="accepted")
    taken = subject.holding(accept.side, position)
    board.put(replace(taken, agreed=agreed, lapsed=None, moved=frozenset()))
