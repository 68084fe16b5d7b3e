"""What can be asked of a record, and how a side enters something in it; the door for the workspace."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, final

from acuerdo.core.errors import Problem, UsageError, not_found
from acuerdo.core.text import Text
from acuerdo.record.agreement import CELLS, Agreement, Cell, Judged, agreement, judged
from acuerdo.record.asking import Ask
from acuerdo.record.beginning import Beginning, begin
from acuerdo.record.desk import Desk
from acuerdo.record.explain import explain
from acuerdo.record.extract import MOST_BYTES as MOST_PROOF
from acuerdo.record.keyfile import public_of
from acuerdo.record.keyring import Held
from acuerdo.record.kind import KINDS, THINGS, WHY
from acuerdo.record.marking import PUBLIC, REACH, Marking, audience, marking_of, read_marking
from acuerdo.record.node import Node, no_node
from acuerdo.record.own_key import NewKey, OwnKey
from acuerdo.record.party import Party, Role
from acuerdo.record.placed import Placed, together
from acuerdo.record.signer import AbstractSigner
from acuerdo.record.state import State, state
from acuerdo.record.telling import sentence
from acuerdo.record.verify import Verified, verify_node
from acuerdo.spec.library import framework

if TYPE_CHECKING:
    from acuerdo.record.between.answers import Between
    from acuerdo.record.suppression.files import Cell as PublishedCell


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

    @property
    def absence(self) -> Text | None:
        """What must be said where there is no node, so that nobody takes it for a record that is empty."""
        if self.exists:
            return None
        (problem,) = no_node(self.folder).problems
        return Text(problem.render("en"), problem.render("es"))

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
        holders: Mapping[str, str],
        rules: Mapping[str, int],
        ask: Ask | None,
    ) -> Party:
        """Makes a node here; see :class:`acuerdo.record.beginning.Beginning` for what is given."""
        beginning = Beginning(record=record, side=side, name=name, holders=holders, rules=rules)
        return begin(self.folder, beginning, ask=ask)

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

    def marking(self, words: Sequence[str]) -> Marking:
        """The marking that words name; see :func:`acuerdo.record.marking.marking_of`.

        Raises:
            NotFound: If a recipient is no agency and no side: a slip in ``public`` would otherwise name one.
            RecordRefused: If the words name no marking.
        """
        found = marking_of(words)
        for one in found.agencies:
            if ":" not in one and one not in self.sides:
                named = Text("an audience, a side, or an agency such as us:dea",
                             "una audiencia, una parte o una dependencia como us:dea")  # fmt: skip
                raise not_found(named, one, known=[*REACH.keys() - {"agencies"}, *self.sides])
        return found

    def key(self, named: str | None = None, *, role: Role = "desk", recovering: bool = False) -> OwnKey:
        """Our key in force for a role: the only one, or the one whose name or holder is given.

        Args:
            named: The beginning of its name, or its holder.
            role: What it must be able to sign.
            recovering: Whether a recovery key will do too: where it is named, or where no other is here.

        Raises:
            NotFound: If there is none of that name.
            UsageError: If there are several, and none is named.
        """
        keyring = self.node.keyring(self.node.party.side)
        here = [
            OwnKey(about=public_of(path), path=path) for path in sorted((self.folder / "keys").glob("*.key"))
        ]
        fit = [key for key in here if key.about.id in keyring.in_force(role)]
        if recovering and (named is not None or not fit):
            fit += [key for key in here if key.about.id in keyring.in_force("recovery")]
        chosen = [
            key
            for key in fit
            if named is None or key.about.id.startswith(named.lower()) or key.about.holder == named
        ]
        if role == "node" and named is None and not recovering:
            # Of two node keys the others know the one that has been here longer: it brings them the other.
            held = list(keyring.in_force(role))
            chosen = sorted(chosen, key=lambda key: held.index(key.about.id))[:1]
        if len(chosen) != 1:
            known = [f"{key.about.id[:12]} {key.about.holder}" for key in fit]
            if named is None and fit:
                raise UsageError(Problem(what=_WHICH_KEY, fix=_NAME_KEY, nearest=tuple(known)))
            raise not_found(
                Text("one key of ours in force", "una sola llave nuestra vigente"), named or "–", known=known
            )
        return chosen[0]

    @staticmethod
    def new_key(holder: str, role: Role, *, place: str = "") -> NewKey:
        """A key that is to become ours; see :meth:`acuerdo.record.own_key.NewKey.of`."""
        return NewKey.of(holder, role, place=place)

    def keep(self, key: NewKey, *, ask: Ask | None) -> AbstractSigner:
        """Writes the file of a key that is to become ours, and gives what signs with it."""
        return key.keep(self.folder / "keys", ask=ask)

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


def plan_of(framework_id: str) -> tuple[str, ...]:
    """The subjects of a framework that each side is to judge: its commitments and the decisions of its meetings.

    Raises:
        NotFound: If there is no such framework.
    """
    one = framework(framework_id)
    decisions = (key for meeting in one.meetings.values() for key in meeting.decisions)
    return tuple(f"coding:{one.id}:{key}" for key in (*one.commitments, *decisions))


_WHICH_KEY = Text("Several keys of ours can sign this.", "Varias llaves nuestras pueden firmar esto.")
_NAME_KEY = Text(
    "Say with --key which: its holder, or the beginning of its name.",
    "Diga con --key cuál: su titular, o el inicio de su nombre.",
)
