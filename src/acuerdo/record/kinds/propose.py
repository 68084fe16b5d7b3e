"""``propose``: something for both sides to agree on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, final

from pydantic import ValidationInfo, field_validator

from acuerdo.core.text import Text
from acuerdo.record.board import Board, Offered, Position
from acuerdo.record.kind import THINGS, Kind, Named, Sha256, thing
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
    content: Any
    version: Named
    prior: Sha256
    until: Day | None = None
    reason: Words | None = None

    @field_validator("content")
    @classmethod
    def _in_the_form_of_its_thing(cls, value: object, info: ValidationInfo) -> object:
        name = info.data.get("thing", "")
        known = thing(name)
        if known is None:
            raise refusal(
                Text(f"'{name}' is not a thing to propose.", f"«{name}» no es algo que proponer."),
                Text(f"Use one of: {', '.join(THINGS.files())}", f"Use una de: {', '.join(THINGS.files())}"),
            )
        return known.content.model_validate(value)


def tell(body: Body) -> Text:
    """What is proposed, in a sentence."""
    known = thing(body.thing)
    if known is None:
        return Text("proposes something", "propone algo")
    what = known.tell(body.content)
    ends = Text(f", until {body.until}", f", hasta el {body.until}") if body.until else None
    why = body.reason
    return Text(
        f"proposes the {known.title.en}: {what.en}{ends.en if ends else ''}"
        + (f", because: {why.en}" if why else ""),
        f"propone {known.title.es}: {what.es}{ends.es if ends else ''}"
        + (f", porque: {why.es}" if why else ""),
    )


def apply(board: Board, placed: Placed, _body: Body, /) -> None:
    """Opens the proposal, and replaces an earlier one of the same side on the same subject."""
    proposal = board.foreseen.proposals[placed.entry.id]
    subject = board.subject(proposal.subject)
    earlier = board.offers.get(subject.latest.get(placed.side, ""))
    if earlier is not None and earlier.fate in {"open", "declined"}:
        board.offers[earlier.proposal.at.entry.id] = replace(earlier, fate="replaced")
    board.offers[placed.entry.id] = Offered(proposal=proposal)
    position = Position.of(placed, proposal.content, version=proposal.version)
    latest = {**subject.latest, placed.side: placed.entry.id}
    board.put(replace(subject.holding(placed.side, position), latest=latest))


KIND = Kind(title=Text("proposal", "propuesta"), body=Body, tell=tell, apply=apply)
