"""``propose``: something for both sides to agree on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, final

from pydantic import PrivateAttr, model_validator

from acuerdo.core.text import Text
from acuerdo.record.board import Board, Offered, Position
from acuerdo.record.kind import Kind, Named, Sha256, thing
from acuerdo.record.placed import Placed
from acuerdo.spec.fields import AbstractSpec, Day, Key, Words, refusal


@final
class Body(AbstractSpec):
    """A proposal.

    Attributes:
        thing: What is proposed: a target, a deadline, a coding ...
        content: The thing itself, in the form of its kind; the whole of it is what the other side consents to.
        version: The codebook or definition under which it is meant.
        prior: The hash of what stood on the subject when it was made.
        until: The last day of its term, if it has one.
        reason: Why it is proposed.
    """

    thing: Key
    content: dict[str, Any]
    version: Named
    prior: Sha256
    until: Day | None = None
    reason: Words | None = None
    _read: Any = PrivateAttr(default=None)

    @model_validator(mode="after")
    def _fits_its_thing(self) -> Body:
        known = thing(self.thing)
        if known is None:
            raise refusal(
                Text(
                    f"'{self.thing}' is not a thing to propose.", f"«{self.thing}» no es algo que proponer."
                ),
                Text("Name one that is known.", "Nombre una que se conozca."),
            )
        self._read = known.content.model_validate(self.content)
        return self

    @property
    def read(self) -> Any:
        """The content in the form of its thing."""
        return self._read


def tell(body: Body) -> Text:
    """What is proposed, in a sentence."""
    known = thing(body.thing)
    if known is None:
        return Text("proposes something", "propone algo")
    what = known.tell(body.read)
    ends = Text(f", until {body.until}", f", hasta el {body.until}") if body.until else None
    return Text(
        f"proposes the {known.title.en}: {what.en}{ends.en if ends else ''}",
        f"propone {known.title.es}: {what.es}{ends.es if ends else ''}",
    )


def apply(board: Board, placed: Placed, _body: Body) -> None:
    """Opens the proposal, and replaces an earlier one of the same side on the same subject."""
    proposal = board.foreseen.proposals[placed.entry.id]
    subject = board.subject(proposal.subject)
    for offer in tuple(subject.offers.values()):
        if offer.proposal.at.side == placed.side and offer.fate in {"open", "declined"}:
            subject = subject.offering(replace(offer, fate="replaced"))
    position = Position.of(placed, proposal.content, version=proposal.version)
    board.put(subject.holding(placed.side, position).offering(Offered(proposal=proposal)))


KIND = Kind(title=Text("proposal", "propuesta"), body=Body, tell=tell, apply=apply)
