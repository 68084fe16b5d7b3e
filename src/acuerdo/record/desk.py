"""What a side enters: a draft, told in plain words, then signed and added to its log.

A draft is made on what is known at that moment. Before the last signature it is looked at again: a consent whose ground
has moved meanwhile is refused, and nothing of it is kept.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, final

from pydantic import ValidationError

from acuerdo.core.errors import Problem, RecordRefused, not_found
from acuerdo.core.text import Text
from acuerdo.record.board import Offered
from acuerdo.record.consent import ACCEPTS
from acuerdo.record.entry import Entry, write_payload
from acuerdo.record.envelope import Envelope
from acuerdo.record.keyring import RULES
from acuerdo.record.kind import require_kind, thing
from acuerdo.record.marking import BOTH, Marking, read_marking
from acuerdo.record.moment import now
from acuerdo.record.naming import entry_named, offer_named
from acuerdo.record.node import Node
from acuerdo.record.party import PublicKey
from acuerdo.record.placed import Placed
from acuerdo.record.seal import Sealed
from acuerdo.record.signer import AbstractSigner
from acuerdo.record.state import State
from acuerdo.record.telling import told
from acuerdo.record.valid import field_problems
from acuerdo.record.whole_file import write_whole

MOST_REVEALED = 96 * 1024
"""The largest content, in bytes, that a revelation carries with it; a larger file is handed over by itself."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An entry before it is signed, or before all have signed it.

    Attributes:
        envelope: What is signed, with the signatures it has.
        entry: The entry.
        told: What whoever signs it says, in plain words.
    """

    envelope: Envelope
    entry: Entry
    told: Text

    @property
    def signed(self) -> int:
        """How many signatures it has."""
        return len(self.envelope.signatures)


@final
class Desk:
    """The desk of one side.

    Attributes:
        node: The side's node.
        author: Who writes, in their own words.
        marking: Who may have what is entered.
    """

    def __init__(self, node: Node, author: str, *, marking: Marking = BOTH) -> None:
        self.node = node
        self.author = author
        self.marking = marking

    # -------------------------------------------------------------------------------------------------- drafts

    def draft(self, kind_id: str, body: Mapping[str, Any], *, marking: Marking | None = None) -> Draft:
        """An entry of any kind.

        Args:
            kind_id: The kind.
            body: What it says.
            marking: Who may have it, if not those for whom the desk writes.

        Raises:
            NotFound: If there is no such kind.
            RecordRefused: If the body does not fit it; lists every field at fault.
        """
        known = require_kind(kind_id)
        try:
            known.body.model_validate(body)
        except ValidationError as error:
            raise RecordRefused(field_problems(error, kind_id)) from error
        party = self.node.party
        payload = write_payload(
            {
                "at": now(),
                "author": self.author,
                "body": dict(body),
                "kind": kind_id,
                "marking": (marking or self.marking).as_written(),
                "record": party.record,
                "seen": self.node.sizes(),
                "side": party.side,
            }
        )
        return self._drafted(Envelope(payload), self.node.state())

    def propose(self, thing_id: str, content: Mapping[str, Any], *, under: str, **more: Any) -> Draft:
        """A proposal on what stands now.

        Args:
            thing_id: What is proposed.
            content: Its content.
            under: The codebook or definition under which it is meant.
            more: ``until`` and ``reason``, where there are.

        Raises:
            RecordRefused: If the content does not fit the thing.
        """
        body = {"thing": thing_id, "content": dict(content), "version": under, **more}
        subject = self._subject_of({**body, "prior": "0" * 64})
        stands = self.node.state().stands(subject)
        return self.draft("propose", {**body, "prior": stands})

    def accept(self, named: str, *, reservation: Mapping[str, str] | None = None) -> Draft:
        """A consent to what another side proposes now.

        Args:
            named: The subject, or the beginning of the proposal's id.
            reservation: What is reserved, in both languages; None without a reservation.

        Raises:
            NotFound: If no such proposal is known.
            RecordRefused: If it can no longer be accepted.
        """
        state = self.node.state()
        offer = self._open(offer_named(named, state, peers=self.node.peers), state)
        body = {"proposal": offer.proposal.at.entry.id, "consent": offer.proposal.consent}
        if reservation is None:
            return self.draft("accept", body)
        return self.draft("accept_with_reservation", {**body, "reservation": dict(reservation)})

    def decline(self, named: str, reason: Mapping[str, str]) -> Draft:
        """A refusal of what another side proposes, and why."""
        offer = offer_named(named, self.node.state(), peers=self.node.peers)
        return self.draft("decline", {"proposal": offer.proposal.at.entry.id, "reason": dict(reason)})

    def withdraw(self, named: str, reason: Mapping[str, str]) -> Draft:
        """The taking back of an own proposal, coding or consent, and why; it goes as far as what it takes back."""
        found = self.find(named)
        body = {"entry": found.entry.id, "reason": dict(reason)}
        return self.draft("withdraw", body, marking=self._marking_of(found))

    def seal(self, content: bytes, title: Mapping[str, str]) -> tuple[Draft, Sealed]:
        """A seal, and the content with its salt, to be kept before the entry is added."""
        sealed = Sealed.of(content)
        return self.draft("seal", {"commitment": sealed.commitment, "title": dict(title)}), sealed

    def reveal(self, named: str, *, with_content: bool = True) -> Draft:
        """The opening of an own seal.

        Raises:
            RecordRefused: If the content is not here as it was sealed, or is too large to go with it.
        """
        found = self.find(named, "seal")
        sealed = Sealed.read(self.node.folder / "sealed", str(found.entry.body.get("commitment")))
        body = {"seal": found.entry.id, "salt": sealed.salt.hex(), "sha256": sealed.sha256}
        if not with_content:
            return self.draft("reveal", body)
        if len(sealed.content) > MOST_REVEALED:
            raise _refused(_TOO_LARGE, found.entry.id[:12])
        return self.draft("reveal", {**body, "content": base64.b64encode(sealed.content).decode()})

    def hand_over(self, key: PublicKey, reason: Mapping[str, str], *, replaces: str | None = None) -> Draft:
        """A new key, perhaps in the place of another; it signs with one that is in force."""
        body = {"key": key.model_dump(mode="json"), "reason": dict(reason)}
        return self.draft("hand_over_key", {**body, "replaces": replaces} if replaces else body)

    def revoke(self, named: str, cause: str, *, reason: Mapping[str, str]) -> Draft:
        """The end of an own key.

        Raises:
            NotFound: If no key of ours in force is meant.
        """
        held = self.node.keyring(self.node.party.side).in_force()
        found = [name for name, key in held.items() if name.startswith(named.lower()) or key.holder == named]
        if len(found) != 1:
            known = [f"{name[:12]} {key.holder}" for name, key in held.items()]
            raise not_found(
                Text("one key of ours in force", "una sola llave nuestra vigente"), named, known=known
            )
        return self.draft("revoke_key", {"key": found[0], "cause": cause, "reason": dict(reason)})

    def correct(self, named: str, text: Mapping[str, str], *, reason: Mapping[str, str]) -> Draft:
        """Other words for an own report or recommendation, and why; they go as far as the first did."""
        found = self.find(named, *require_kind("correct").in_place_of)
        meant = {**found.entry.body, "text": dict(text)}
        body = {"entry": found.entry.id, "body": meant, "reason": dict(reason)}
        return self.draft("correct", body, marking=self._marking_of(found))

    def respond(self, named: str, view: Mapping[str, Any]) -> Draft:
        """What our side holds of a recommendation."""
        return self.draft(
            "respond", {"recommendation": self.find(named, "recommend", ours=False).entry.id, **view}
        )

    def mark(self, named: str, marking: Marking) -> Draft:
        """Who may have an own entry from now on."""
        return self.draft("remark", {"entry": self.find(named).entry.id, "marking": marking.as_written()})

    def change_rules(self, rules: Mapping[str, int], reason: Mapping[str, str]) -> Draft:
        """How many of our keys must sign what, from here on; takes the place of all rules before.

        Raises:
            NotFound: If a rule is for no kind.
            RecordRefused: If a rule asks for more keys than there are.
        """
        require_rules(rules, keys=len(self.node.keyring(self.node.party.side).in_force("desk")))
        return self.draft(RULES, {"rules": dict(rules), "reason": dict(reason)})

    # ------------------------------------------------------------------------------------------------- signing

    def sign(self, draft: Draft, *signers: AbstractSigner, sealed: Sealed | None = None) -> Placed | None:
        """Signs a draft; adds it to the log if it then has all signatures it needs, else keeps it until it has.

        Returns:
            The entry at its place; None where it still lacks signatures.

        Raises:
            KeyRefused: If a key may not sign it.
            RecordRefused: If what it rests on has changed meanwhile, or a key has signed it before.
        """
        signed = draft.envelope.signed_by(*signers)
        if len(signed.signatures) < draft.signed + len(signers):
            raise _refused(_SIGNED, draft.entry.id[:12])
        pending = self.node.folder / "pending" / draft.entry.id
        try:
            self._still_stands(draft.entry)
        except RecordRefused:
            pending.unlink(missing_ok=True)  # what has moved on does not move back
            raise
        keyring = self.node.keyring(self.node.party.side)
        if sealed is not None:
            sealed.write(self.node.folder / "sealed")
        if keyring.waits(draft.entry, [one.key_id for one in signed.signatures]):
            write_whole(pending, signed.to_bytes())
            return None
        placed = self.node.append(signed)
        pending.unlink(missing_ok=True)
        return placed

    def pending(self, named: str = "") -> tuple[Draft, ...]:
        """The drafts that still lack signatures, those whose id begins so if a beginning is given."""
        state = self.node.state()
        files = sorted((self.node.folder / "pending").glob(f"{named}*"))
        return tuple(
            self._drafted(Envelope.from_bytes(path.read_bytes()), state)
            for path in files
            if not path.name.startswith(".")
        )

    # ------------------------------------------------------------------------------------------------- finding

    def find(self, named: str, *kinds: str, ours: bool = True) -> Placed:
        """The one entry that a name means: the beginning of its id, the subject of our own latest word, or ``last``.

        Args:
            named: The name.
            kinds: The kinds that it may be of; any, if none is given.
            ours: Whether ``last`` is the last of ours, or of anybody.

        Raises:
            NotFound: If none is meant, or several are.
        """
        side = self.node.party.side
        return entry_named(named, self.node.state(), kinds=kinds, side=side, ours=ours)

    def _open(self, offer: Offered, state: State) -> Offered:
        """The proposal, if it can be accepted now."""
        entry, subject = offer.proposal.at.entry, offer.proposal.subject
        if entry.side == self.node.party.side:
            raise _refused(_OWN, entry.id[:12])
        if offer.fate not in {"open", "declined"}:
            raise _refused(_CLOSED[offer.fate], entry.id[:12])
        if state.open_offer(subject, entry.side) is not offer:
            raise _refused(_STALE, entry.id[:12])
        return offer

    def _still_stands(self, entry: Entry) -> None:
        """What an entry rests on may have changed while it was drawn up or waited for a signature."""
        state = self.node.state()
        if entry.kind in ACCEPTS:
            self._open(offer_named(str(entry.body["proposal"]), state, peers=self.node.peers), state)
        if entry.kind == "propose" and state.stands(self._subject_of(entry.body)) != entry.body["prior"]:
            raise _refused(_STALE, entry.id[:12])

    def _marking_of(self, placed: Placed) -> Marking | None:
        """Who may have an entry, as it stands now."""
        later = self.node.state().tables.get("markings", {}).get(placed.entry.id)
        return read_marking(later or placed.entry.marking)

    def _subject_of(self, body: Mapping[str, Any]) -> str:
        known = require_kind("propose")
        try:
            read: Any = known.body.model_validate(body)
        except ValidationError as error:
            raise RecordRefused(field_problems(error, "propose")) from error
        named = thing(read.thing)
        return f"{read.thing}:{named.key(read.content)}" if named is not None else ""

    def _drafted(self, envelope: Envelope, state: State) -> Draft:
        entry = Entry.from_payload(envelope.payload)
        keyring = self.node.keyring(self.node.party.side)
        signed = [one.key_id for one in envelope.signatures]
        words = told(entry, keyring=keyring, state=state, signed=signed)
        return Draft(envelope=envelope, entry=entry, told=words)


def require_rules(rules: Mapping[str, int], *, keys: int) -> None:
    """Does nothing where rules of signature can be kept: a slip in a name would otherwise ask for nothing.

    Raises:
        NotFound: If a rule is for no kind; names the nearest.
        RecordRefused: If a rule asks for more keys than there are at the desk.
    """
    for kind_id, count in rules.items():
        require_kind(kind_id)
        if count > keys:
            raise _refused(_TOO_MANY, f"{kind_id}={count} > {keys}")


_OWN = Text("It is your own proposal.", "Es su propia propuesta.")
_STALE = Text(
    "What was agreed has changed since it was proposed; it must be proposed anew.",
    "Lo acordado cambió desde que se propuso; debe proponerse de nuevo.",
)
_CLOSED = {
    "accepted": Text("It was accepted before.", "Ya fue aceptada."),
    "withdrawn": Text("Its author has withdrawn it.", "Su autor la retiró."),
    "replaced": Text(
        "Its author has replaced it by another; look at that one.", "Su autor la reemplazó por otra; vea esa."
    ),
}
_SIGNED = Text(
    "This key has signed it before, and counts once; another must sign.",
    "Esta llave ya lo firmó y cuenta una vez; debe firmar otra.",
)
_TOO_MANY = Text(
    "The rule asks for more keys than there are at the desk, so that nobody could sign.",
    "La regla pide más llaves de las que hay en la mesa, de modo que nadie podría firmar.",
)
_TOO_LARGE = Text(
    "The content is too large to go with the entry; reveal it without, and hand the file over.",
    "El contenido es muy grande para ir con el asiento; revélelo sin él y entregue el archivo.",
)


def _refused(why: Text, named: str) -> RecordRefused:
    return RecordRefused(
        Problem(
            what=Text(f"This cannot be entered: {named}", f"Esto no puede asentarse: {named}"),
            why=why,
        )
    )
