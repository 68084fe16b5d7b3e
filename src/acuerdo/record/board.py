"""Where the state is put together: what stands on each subject, and what each kind of entry notes down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal, final

from acuerdo.record.consent import NOTHING, Foreseen, Proposal, standing_digest
from acuerdo.record.kind import Why
from acuerdo.record.placed import Placed

Fate = Literal["open", "accepted", "declined", "withdrawn", "replaced"]


@final
@dataclass(frozen=True, slots=True)
class Who:
    """Who entered something, by which entry, with which keys."""

    side: str
    author: str
    entry: str
    keys: tuple[str, ...]

    @classmethod
    def of(cls, placed: Placed) -> Who:
        """Who made an entry."""
        return cls(placed.side, placed.entry.author, placed.entry.id, placed.signers)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where one side stands on a subject.

    Attributes:
        who: Who said so.
        content: What it holds; None where it declined what the other proposed.
        version: The codebook or definition under which it is meant.
    """

    who: Who
    content: Mapping[str, Any] | None
    version: str

    @classmethod
    def of(cls, placed: Placed, content: Mapping[str, Any] | None, *, version: str) -> Position:
        """The position that an entry takes."""
        return cls(who=Who.of(placed), content=content, version=version)

    def is_with(self, other: Position | Agreed) -> bool:
        """Whether it holds the same, under the same definition."""
        return (self.content, self.version) == (other.content, other.version)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """What both sides consented to.

    Attributes:
        consent: The hash that both signed.
        content: What was agreed.
        version: The codebook or definition under which it is meant.
        until: The last day of its term, if it has one.
        requested: Who proposed it.
        approved: Who accepted it.
        reservation: The reservation under which it was accepted, in both languages; None without one.
    """

    consent: str
    content: Mapping[str, Any]
    version: str
    until: str | None
    requested: Who
    approved: Who
    reservation: Mapping[str, str] | None = None


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A proposal and what became of it."""

    proposal: Proposal
    fate: Fate = "open"
    reason: Mapping[str, str] | None = None


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What stands on one subject.

    Attributes:
        id: ``<thing>:<key>``.
        positions: Where each side stands, of those that have said.
        agreed: What was last agreed; None if nothing ever was.
        lapsed: Who ended it, if somebody did.
        moved: The sides that have taken another position since it was agreed, by a judgement of their own.
        latest: The latest proposal of each side that made one, by the id of its entry.
    """

    id: str
    positions: Mapping[str, Position] = field(default_factory=dict)
    agreed: Agreed | None = None
    lapsed: Who | None = None
    moved: frozenset[str] = frozenset()
    latest: Mapping[str, str] = field(default_factory=dict)

    @property
    def standing(self) -> str:
        """The hash of what stands, which the next proposal names as its prior state."""
        if self.agreed is None:
            return NOTHING
        return standing_digest(self.agreed.consent, self.lapsed.entry if self.lapsed else None)

    def holding(self, side: str, position: Position) -> Subject:
        """The subject with one side's position taken."""
        return replace(self, positions={**self.positions, side: position})

    def not_holding(self, side: str) -> Subject:
        """The subject with one side's position given up."""
        return replace(self, positions={key: one for key, one in self.positions.items() if key != side})


@final
class Board:
    """What is known after some of the entries, in the one order.

    Attributes:
        foreseen: What must be known of all entries beforehand.
        entries: Every entry so far by its id.
        subjects: What stands, by subject.
        offers: Every proposal and what became of it, by the id of its entry.
        tables: What kinds note down: a table by name, its rows by key.
        without_effect: The entries that changed nothing, and why.
        not_interpreted: The entries of a kind or form that this software does not know.
    """

    def __init__(self, foreseen: Foreseen) -> None:
        self.foreseen: Final = foreseen
        self.entries: Final[dict[str, Placed]] = {}
        self.subjects: Final[dict[str, Subject]] = {}
        self.offers: Final[dict[str, Offered]] = {}
        self.tables: Final[dict[str, dict[str, Any]]] = {}
        self.without_effect: Final[dict[str, Why]] = {}
        self.not_interpreted: Final[dict[str, str]] = {}

    def subject(self, subject_id: str) -> Subject:
        """What stands on a subject."""
        return self.subjects.get(subject_id) or Subject(id=subject_id)

    def put(self, subject: Subject) -> None:
        """Notes what stands on a subject."""
        self.subjects[subject.id] = subject

    def table(self, name: str) -> dict[str, Any]:
        """The rows that a kind notes down, by key; they must be what JSON can hold."""
        return self.tables.setdefault(name, {})

    def refuse(self, placed: Placed, why: Why) -> None:
        """Notes that an entry has no effect."""
        self.without_effect[placed.entry.id] = why

    def own(self, placed: Placed, entry_id: str) -> Placed | None:
        """The earlier entry of the same side that an entry is about; notes why there is none."""
        found = self.entries.get(entry_id)
        if found is None or not placed.saw(found):
            self.refuse(placed, "unknown")
            return None
        if found.side != placed.side:
            self.refuse(placed, "not_yours")
            return None
        return found
