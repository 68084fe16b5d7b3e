"""What can be asked of a record, and how a side enters something in it; the door for the workspace."""

from __future__ import annotations

import base64
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, final

from pydantic import ValidationError

from acuerdo.core.errors import KeyRefused, Problem, RecordRefused, not_found
from acuerdo.core.text import Text
from acuerdo.record.agreement import CELLS, Agreement, Cell, Judged, agreement, judged
from acuerdo.record.desk import Desk, require_rules
from acuerdo.record.explain import explain
from acuerdo.record.extract import MOST_BYTES as MOST_PROOF
from acuerdo.record.keyfile import COST, public_of, read_key, write_key
from acuerdo.record.keyring import Held
from acuerdo.record.kind import KINDS, THINGS, WHY
from acuerdo.record.marking import PUBLIC, Marking, audience, marking_of, read_marking
from acuerdo.record.node import Node
from acuerdo.record.party import Party, PublicKey, Role
from acuerdo.record.placed import Placed, together
from acuerdo.record.signer import AbstractSigner, KeySigner
from acuerdo.record.state import State, state
from acuerdo.record.telling import sentence
from acuerdo.record.valid import field_problems
from acuerdo.record.verify import Verified, verify_node
from acuerdo.spec.library import framework

if TYPE_CHECKING:
    from acuerdo.record.between.answers import Between
    from acuerdo.record.suppression.files import Cell as PublishedCell

PASSPHRASE_VARIABLE = "ACUERDO_PASSPHRASE"
Ask = Callable[[str], str]
"""Asks for the passphrase of a key, by its holder and name."""


@final
class Record:
    """The record of one side.

    Attributes:
        folder: The folder of its node; there may be none yet.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def node(self) -> Node:
        """The node.

        Raises:
            NotFound: If there is none here.
        """
        return Node.open(self.folder)

    @property
    def exists(self) -> bool:
        """Whether there is a node here."""
        return (self.folder / "party.json").is_file()

    @cached_property
    def state(self) -> State:
        """What the logs come to, as they are here and now."""
        return self.node.state()

    @staticmethod
    def kinds() -> Mapping[str, tuple[str, ...]]:
        """The kinds of entry and the things to propose; reads folder entries only."""
        return {"kinds": tuple(KINDS.files()), "things": tuple(THINGS.files())}

    @property
    def sides(self) -> Mapping[str, Text]:
        """The names of the sides by id; none where there is no node."""
        return {side: one.name for side, one in self.node.parties.items()} if self.exists else {}

    def agreement(self, framework_id: str | None = None, *, at: date | None = None) -> Agreement:
        """How much is agreed; of a framework, every commitment and decision counts, entered or not.

        Where there is no node, nothing is entered.

        Raises:
            NotFound: If there is no such framework.
        """
        known = self.state if self.exists else state(())
        if framework_id is None:
            return agreement(known, at=at)
        about = f":{framework_id}:"
        rest = (one for one in known.subjects if about in one)
        return agreement(known, subjects={*plan_of(framework_id), *rest}, at=at)

    def judged(self, framework_id: str, *, public: bool = False) -> Mapping[str, Judged]:
        """How far each promise of a framework got, by each side and by both; nothing where there is no node.

        Args:
            framework_id: The framework.
            public: Only by what everybody may have at this moment, for what is published.
        """
        if not self.exists:
            return {}
        found = judged(self.known(public=public), framework_id)
        if not public:
            return found
        # What was said in public and changed since in an entry that is not is neither told nor kept up.
        now = judged(self.state, framework_id)
        return {key: one for key, one in found.items() if key in now and one.agrees_with(now[key])}

    def known(self, *, public: bool = False) -> State:
        """What the logs come to; for what is published, only by what everybody may have at this moment."""
        return state(self._public()) if public else self.state

    def _public(self) -> Iterator[Placed]:
        later, at = self.state.tables.get("markings", {}), datetime.now(UTC)
        for one in self.node.entries():
            marking = read_marking(later[one.entry.id]) if one.entry.id in later else None
            if PUBLIC in audience(one.entry, at, marking=marking):
                yield one

    @staticmethod
    def standings() -> Mapping[Cell, Text]:
        """How a subject can stand, in words."""
        return CELLS

    def log(self) -> Iterator[tuple[Placed, Text, Text | None]]:
        """Every entry that is here, in the one order: what it says, and why it has no effect if it has none."""
        if not self.exists:
            return
        fault = self.state.without_effect
        for one in together(self.node.entries()):
            why = fault.get(one.entry.id)
            yield one, sentence(one.entry), WHY[why] if why else None

    def begin(
        self,
        side: str,
        *,
        record: str,
        name: Text,
        holders: Sequence[str],
        rules: Mapping[str, int],
        ask: Ask | None,
    ) -> Party:
        """Makes a node here: a key for each holder at the desk, one for the node, one for recovery.

        Args:
            side: Our side.
            record: Id of the record.
            name: Our name.
            holders: Who signs entries: offices, persons.
            rules: How many distinct keys must sign an entry of a kind, where one is not enough.
            ask: How a passphrase is asked for.

        Raises:
            RecordRefused: If there is a node here already, or what is given describes no side.
            NotFound: If a rule is for no kind of entry.
            KeyRefused: If there is no passphrase.
        """
        if self.exists:
            raise RecordRefused(Problem(what=_THERE, where=str(self.folder)))
        made = [self.new_key(holder, "desk") for holder in holders]
        made += [self.new_key(f"Node {side}", "node"), self.new_key(f"Recovery {side}", "recovery")]
        keys = [about.model_dump() for _, about in made]
        words = {"en": name.en, "es": name.es}
        given = {
            "record": record,
            "side": side,
            "name": words,
            "keys": keys,
            "thresholds": dict(rules),
        }
        try:
            party = Party.model_validate(given)
        except ValidationError as error:
            raise RecordRefused(field_problems(error, "party")) from error
        require_rules(rules, keys=len(holders))
        (self.folder / "keys").mkdir(parents=True, exist_ok=True, mode=0o700)
        for signer, about in made:
            self.keep_key(signer, about, passphrase=self.passphrase(about, ask=ask))
        Node.create(self.folder, party)
        return party

    def meet(self, path: Path) -> Party:
        """Takes another side's file, after its fingerprint was compared.

        Raises:
            RecordRefused: If it is not another side of this record.
        """
        party = Party.read(path)
        self.node.with_peer(party)
        return party

    def verify(self) -> tuple[Verified, ...]:
        """Every log verified from zero."""
        return verify_node(self.node)

    def prove(self, named: str, signer: AbstractSigner, *, to: str) -> bytes:
        """The file that proves one entry to a party, with a receipt of the handing over; it proves nothing else.

        Raises:
            NotFound: If there is no such entry, or no signed checkpoint over it yet.
            RecordRefused: If it is another side's, and may not be handed on to that party.
        """
        return self.between.prove(self.desk("").find(named), signer, to=to)

    @staticmethod
    def explain(path: Path, *, known: Sequence[Path] = ()) -> Text:
        """What a file that somebody gave proves, in plain words: one entry, or a bundle.

        Args:
            path: The file.
            known: The sides' own files, where the reader has them; the file must name the same.
        """
        from acuerdo.record.between.answers import is_bundle, opened, proven_in

        if is_bundle(path):
            return proven_in(path, known=known)
        parties = [Party.read(one) for one in known]
        with opened(path) as file:
            return explain(file.read(MOST_PROOF + 1), known=parties)

    @staticmethod
    def suppressed(
        own: Path, others: Sequence[Path], *, threshold: int
    ) -> tuple[tuple[str, ...], tuple[PublishedCell, ...]]:
        """Our table as it may be published; see :func:`acuerdo.record.suppression.files.published`."""
        from acuerdo.record.suppression.files import published

        return published(own, others, threshold=threshold)

    @property
    def between(self) -> Between:
        """What goes on between this node and those of the other sides."""
        from acuerdo.record.between.answers import Between

        return Between(self.node)

    # ------------------------------------------------------------------------------------------------- entering

    def desk(self, author: str, marking: Marking | None = None) -> Desk:
        """The desk at which entries are made."""
        return Desk(self.node, author, marking=marking) if marking else Desk(self.node, author)

    @staticmethod
    def marking(words: Sequence[str]) -> Marking:
        """The marking that words name; see :func:`acuerdo.record.marking.marking_of`."""
        return marking_of(words)

    def key_file(self, named: str | None = None, *, role: Role = "desk", recovering: bool = False) -> Path:
        """The file of our key in force for a role: the only one, or the one whose name or holder is given.

        Args:
            named: The beginning of its name, or its holder.
            role: What it must be able to sign.
            recovering: Whether a recovery key will do too: where it is named, or where no other is here.

        Raises:
            NotFound: If there is none, or several and none is named.
        """
        keyring = self.node.keyring(self.node.party.side)
        files = {path: public_of(path) for path in sorted((self.folder / "keys").glob("*.key"))}
        fit = {path: key for path, key in files.items() if key.id in keyring.in_force(role)}
        if recovering and (named is not None or not fit):
            fit |= {path: key for path, key in files.items() if key.id in keyring.in_force("recovery")}
        chosen = [
            path
            for path, key in fit.items()
            if named is None or key.id.startswith(named.lower()) or key.holder == named
        ]
        if len(chosen) != 1:
            known = [f"{key.id[:12]} {key.holder}" for key in fit.values()]
            raise not_found(
                Text("one key of ours in force", "una sola llave nuestra vigente"), named or "–", known=known
            )
        return chosen[0]

    @staticmethod
    def holder(path: Path) -> str:
        """Whose key a file holds."""
        return public_of(path).holder

    @staticmethod
    def passphrase(about: PublicKey, *, ask: Ask | None = None) -> str:
        """The passphrase of a key: that of ``ACUERDO_PASSPHRASE``, or one that is asked for.

        Raises:
            KeyRefused: If there is none.
        """
        given = os.environ.get(PASSPHRASE_VARIABLE)
        if given is None and ask is not None:
            given = ask(f"{about.holder} ({about.id[:12]})")
        if not given:
            raise KeyRefused(Problem(what=_NO_PASSPHRASE, where=about.holder, fix=_GIVE))
        return given

    def signer(self, path: Path, *, ask: Ask | None = None) -> AbstractSigner:
        """The key in a file, opened with its passphrase.

        Raises:
            KeyRefused: If there is no passphrase, or it is not the key's.
        """
        return read_key(path, self.passphrase(public_of(path), ask=ask))

    def party(self, side: str | None = None) -> Party:
        """A side as the others know it; our own, if none is named.

        Raises:
            NotFound: If there is no such side.
        """
        named = side or self.node.party.side
        if named not in self.node.parties:
            raise not_found(Text("a side", "una parte"), named, known=self.node.parties)
        return self.node.parties[named]

    def held_keys(self) -> Iterator[tuple[str, Held]]:
        """Every key there ever was of every side, with its side."""
        for side in self.node.parties if self.exists else ():
            yield from ((side, held) for held in self.node.keyring(side).held.values())

    def rules(self) -> Iterator[tuple[str, str, int]]:
        """How many keys of each side must sign an entry of a kind, where one is not enough."""
        for side in self.node.parties if self.exists else ():
            rules = self.node.keyring(side).rules
            yield from ((side, kind, count) for kind, count in sorted(rules.items()) if count > 1)

    @staticmethod
    def new_key(holder: str, *roles: Role) -> tuple[KeySigner, PublicKey]:
        """A new key and its public half."""
        signer = KeySigner.generate()
        public = base64.b64encode(signer.public).decode()
        return signer, PublicKey(public=public, holder=holder, roles=roles)

    def keep_key(self, signer: KeySigner, about: PublicKey, *, passphrase: str, cost: int = COST) -> Path:
        """Keeps a private key of ours, encrypted; it is on the disk when this returns."""
        path = self.folder / "keys" / f"{about.id[:16]}.key"
        write_key(path, signer, about=about, passphrase=passphrase, cost=cost)
        return path


def plan_of(framework_id: str) -> tuple[str, ...]:
    """The subjects of a framework that each side is to judge: its commitments and the decisions of its meetings.

    Raises:
        NotFound: If there is no such framework.
    """
    one = framework(framework_id)
    decisions = (key for meeting in one.meetings.values() for key in meeting.decisions)
    return tuple(f"coding:{one.id}:{key}" for key in (*one.commitments, *decisions))


_THERE = Text("There is a node here already.", "Aquí ya hay un nodo.")
_NO_PASSPHRASE = Text(
    "Nothing is signed: there is no passphrase for the key.",
    "Nada se firma: falta la frase de acceso de la llave.",
)
_GIVE = Text(
    f"Give it when asked, or in {PASSPHRASE_VARIABLE}.",
    f"Déla cuando se le pida, o en {PASSPHRASE_VARIABLE}.",
)
