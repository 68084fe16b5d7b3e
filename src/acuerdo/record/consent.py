"""What a consent is worth: it binds exact content, the definition it was made under, and what was agreed before.

An entry that accepts signs the hash of these three. Any edit is a new proposal with another hash, so an earlier
consent cannot carry over to it. A consent that crossed with a withdrawal, or with the other side's own consent to
something else, agrees nothing: neither side gets what it did not mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, final

from acuerdo.record.canonical import digest
from acuerdo.record.kind import Why, read_body, thing
from acuerdo.record.placed import Placed

ACCEPTS: Final = frozenset({"accept", "accept_with_reservation"})


@lru_cache(maxsize=4096)
def standing_digest(agreed: str | None, lapsed: str | None) -> str:
    """The hash of what stands on a subject: the consent in force, if any, and the entry that ended it, if any."""
    return digest({"agreed": agreed, "lapsed": lapsed})


NOTHING: Final = standing_digest(None, None)
"""What stands where nothing was ever agreed."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A proposal as it was entered.

    Attributes:
        at: Its entry.
        thing: What kind of thing is proposed.
        subject: What it is about.
        content: What is proposed.
        body: The body of the entry in its form.
        version: The codebook or definition under which it is meant.
        prior: The hash of what stood on the subject when it was made.
        consent: The hash that whoever accepts it signs.
    """

    at: Placed
    thing: str
    subject: str
    content: Mapping[str, Any]
    body: Any
    version: str
    prior: str
    consent: str


def consent_digest(subject: str, body: Mapping[str, Any]) -> str:
    """The hash that a consent signs: the content, the version and term it is meant under, and what stood before."""
    bound = {name: body.get(name) for name in ("content", "prior", "until", "version")}
    return digest({**bound, "subject": subject})


def read_proposal(placed: Placed) -> Proposal | None:
    """The proposal that an entry makes; None if it makes none that this software understands."""
    body = read_body("propose", placed.entry.body)
    known = thing(body.thing) if body is not None else None
    if body is None or known is None:
        return None
    content = placed.entry.body["content"]
    subject = f"{body.thing}:{known.key(body.content)}"
    return Proposal(
        at=placed,
        thing=body.thing,
        subject=subject,
        content=content,
        body=body,
        version=body.version,
        prior=body.prior,
        consent=consent_digest(subject, placed.entry.body),
    )


Ground = tuple[str, str, str]
"""A subject, the hash of what stood on it, and a side."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """What must be known of all entries before any consent is judged, for it may come later in the order.

    Attributes:
        proposals: Every proposal by the id of its entry.
        ends: The entries by which the author of a proposal ended it, by its id.
        consents: The entries that accept a proposal, by its subject, its prior state and the side that accepts.
        known: How many entries of each other log a side knew where it entered one of these, by side and place: as many
            as it has said to have seen in any entry so far, whatever this one says.
    """

    proposals: Mapping[str, Proposal]
    ends: Mapping[str, Sequence[Placed]]
    consents: Mapping[Ground, Sequence[tuple[Placed, Proposal]]]
    known: Mapping[tuple[str, int], Mapping[str, int]]

    def knew(self, one: Placed, other: Placed) -> bool:
        """Whether a side knew of an entry of another where it entered its own.

        What it has said once to have seen it cannot unsay, to make of an agreement that it regrets one that crossed.
        """
        return other.place < self.known[one.side, one.place].get(other.side, 0)


def foresee(entries: Sequence[Placed]) -> Foreseen:
    """What must be known beforehand of entries in the one order."""
    held = tuple(one for one in entries if one.entry.kind in _LOOKED_AT)
    proposals: dict[str, Proposal] = {}
    ends: dict[str, list[Placed]] = {}
    latest: dict[tuple[str, str], str] = {}
    for one in held:
        if one.entry.kind == "propose" and one.entry.id not in proposals:
            read = read_proposal(one)
            if read is None:
                continue
            proposals[one.entry.id] = read
            before = latest.get((one.side, read.subject))
            if before is not None:
                ends.setdefault(before, []).append(one)
            latest[one.side, read.subject] = one.entry.id
        elif one.entry.kind == "withdraw":
            ends.setdefault(str(one.entry.body.get("entry")), []).append(one)
    consents: dict[Ground, list[tuple[Placed, Proposal]]] = {}
    for one in held:
        proposal = proposals.get(str(one.entry.body.get("proposal")))
        if one.entry.kind in ACCEPTS and proposal is not None:
            ground = (proposal.subject, proposal.prior, one.side)
            consents.setdefault(ground, []).append((one, proposal))
    return Foreseen(proposals=proposals, ends=ends, consents=consents, known=_known(entries))


def _known(entries: Iterable[Placed]) -> dict[tuple[str, int], Mapping[str, int]]:
    """How much of the others' logs each side has said to have seen, in this entry or before, where it matters."""
    reached: dict[str, dict[str, int]] = {}
    known: dict[tuple[str, int], Mapping[str, int]] = {}
    for one in entries:
        before, own = reached.get(one.side, {}), one.side
        more = {at: count for at, count in one.entry.seen.items() if at != own and count > before.get(at, 0)}
        if more:
            reached[own] = {**before, **more}
        if one.entry.kind in _LOOKED_AT:
            known[own, one.place] = reached.get(own, before)
    return known


_LOOKED_AT: Final = ACCEPTS | {"propose", "withdraw"}


def judge(accept: Placed, proposal: Proposal, *, stands: str, foreseen: Foreseen) -> Why | None:
    """Why a consent agrees nothing; None if it agrees.

    Args:
        accept: The entry that accepts.
        proposal: What it accepts.
        stands: The hash of what stands on the subject at this place of the one order.
        foreseen: What must be known beforehand.
    """
    fault = _alone(accept, proposal, foreseen=foreseen)
    if fault is not None:
        return fault
    if proposal.prior != stands:
        return "stale"
    # An acceptance of our acceptor's own proposal can only come from the side that made this one.
    for other, answered in foreseen.consents.get((proposal.subject, stands, proposal.at.side), ()):
        apart = not foreseen.knew(other, accept) and not foreseen.knew(accept, other)
        if apart and _alone(other, answered, foreseen=foreseen) is None:
            return "crossed"
    return None


def _alone(accept: Placed, proposal: Proposal, *, foreseen: Foreseen) -> Why | None:
    """What is wrong with a consent whatever stands."""
    if proposal.at.side == accept.side:
        return "own_proposal"
    if not accept.saw(proposal.at):
        return "not_seen"
    if accept.entry.body.get("consent") != proposal.consent:
        return "other_content"
    ends = foreseen.ends.get(proposal.at.entry.id, ())
    if any(end.side == proposal.at.side and not foreseen.knew(end, accept) for end in ends):
        return "ended"
    return None
