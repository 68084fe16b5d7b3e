"""The state of a record: a pure function of its logs.

The same entries give the same state, byte for byte, on whatever machine and in whatever order they arrived.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final, Literal, final

from acuerdo.core.text import Text
from acuerdo.record.board import Agreed, Board, Offered, Subject, Who
from acuerdo.record.canonical import canonical
from acuerdo.record.consent import NOTHING, foresee
from acuerdo.record.kind import Why, kind, read_body
from acuerdo.record.placed import Placed, together

Standing = Literal["agreed", "reserved", "differs", "one_sided", "lapsed", "withdrawn"]
STANDINGS: Final[dict[Standing, Text]] = {
    "agreed": Text("agreed", "acordado"),
    "reserved": Text("agreed with a reservation", "acordado con reserva"),
    "differs": Text("the sides differ", "las partes difieren"),
    "one_sided": Text("said by one side only", "dicho solo por una parte"),
    "lapsed": Text("lapsed", "vencido"),
    "withdrawn": Text("withdrawn", "retirado"),
}


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What two logs, read together, come to.

    Attributes:
        subjects: What stands, by subject.
        offers: Every proposal and what became of it, by the id of its entry.
        tables: What the kinds note down: reports, recommendations, seals, markings, corrections, keys.
        without_effect: The entries that changed nothing, and why.
        not_interpreted: The entries of a kind or form that this software does not know: kept, not interpreted.
        entries: Every entry by its id.
    """

    subjects: Mapping[str, Subject]
    offers: Mapping[str, Offered]
    tables: Mapping[str, Mapping[str, Any]]
    without_effect: Mapping[str, Why]
    not_interpreted: Mapping[str, str]
    entries: Mapping[str, Placed]

    def canonical(self) -> bytes:
        """The state as bytes, to be compared between nodes."""
        return b"\n".join(
            canonical(part)
            for part in (
                *(_subject(one) for _, one in sorted(self.subjects.items())),
                *(
                    {name: {key: row}}
                    for name, rows in sorted(self.tables.items())
                    for key, row in sorted(rows.items())
                ),
                *({"without_effect": pair} for pair in sorted(self.without_effect.items())),
                *({"not_interpreted": pair} for pair in sorted(self.not_interpreted.items())),
            )
        )

    def open_offer(self, subject_id: str, side: str) -> Offered | None:
        """The proposal of a side on a subject that can be accepted now; None if there is none."""
        subject = self.subjects.get(subject_id)
        offer = self.offers.get(subject.latest.get(side, "")) if subject is not None else None
        if subject is None or offer is None or offer.fate not in {"open", "declined"}:
            return None
        return offer if offer.proposal.prior == subject.standing else None

    def stands(self, subject_id: str) -> str:
        """The hash of what stands on a subject, which a proposal names as its prior state."""
        subject = self.subjects.get(subject_id)
        return subject.standing if subject is not None else NOTHING

    def standing(self, subject_id: str, *, at: date | None = None) -> Standing | None:
        """How a subject stands, on a day if its term matters; None if nobody said anything on it."""
        subject = self.subjects.get(subject_id)
        return standing(subject, at=at) if subject is not None else None


def state(entries: Iterable[Placed]) -> State:
    """The state that entries come to; they may come in any order, and more than once."""
    with _uncollected():
        placed = {(one.side, one.place): one for one in entries}
        ordered = tuple(together(placed.values()))
        board = Board(foresee(ordered))
        for one in ordered:
            _take(board, one)
    return State(
        subjects=board.subjects,
        offers=board.offers,
        tables=board.tables,
        without_effect=board.without_effect,
        not_interpreted=board.not_interpreted,
        entries=board.entries,
    )


def standing(subject: Subject, *, at: date | None = None) -> Standing:
    """How a subject stands; with a day, a term that is over has lapsed."""
    agreed = subject.agreed
    if subject.lapsed is not None:
        return "lapsed"
    if agreed is not None and not _moved_apart(subject):
        if at is not None and agreed.until is not None and at.isoformat() > agreed.until:
            return "lapsed"
        return "reserved" if agreed.reservation else "agreed"
    held = list(subject.positions.values())
    if not held:
        return "withdrawn"
    if len(held) == 1:
        return "one_sided"
    return "agreed" if all(one.is_with(held[0]) for one in held) else "differs"


@contextmanager
def _uncollected() -> Iterator[None]:
    """Nothing made here goes in circles; the collector would only look at all of it again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _moved_apart(subject: Subject) -> bool:
    """Whether a side has since judged otherwise than it agreed."""
    held = [subject.positions[side] for side in subject.moved if side in subject.positions]
    agreed = subject.agreed
    return agreed is not None and any(
        one.content != agreed.content or one.version != agreed.version for one in held
    )


def _take(board: Board, one: Placed) -> None:
    entry = one.entry
    if entry.id in board.entries:
        # The entry itself keeps its effect; that it stands there twice is told apart.
        board.table("replays")[f"{one.side}:{one.place}"] = entry.id
        return
    board.entries[entry.id] = one
    known = kind(entry.kind)
    foreseen = board.foreseen.proposals.get(entry.id)
    body = foreseen.body if foreseen is not None else read_body(entry.kind, entry.body)
    if known is None or body is None:
        board.not_interpreted[entry.id] = entry.kind
        return
    known.apply(board, one, body)


def _subject(one: Subject) -> dict[str, Any]:
    return {
        "agreed": _agreed(one.agreed) if one.agreed else None,
        "lapsed": _who(one.lapsed) if one.lapsed else None,
        "moved": sorted(one.moved),
        "latest": dict(one.latest),
        "positions": {
            side: {"content": held.content, "version": held.version, "who": _who(held.who)}
            for side, held in one.positions.items()
        },
        "standing": one.standing,
        "status": standing(one),
        "subject": one.id,
    }


def _offer(one: Offered) -> dict[str, Any]:
    entry = one.proposal.at.entry
    return {"consent": one.proposal.consent, "entry": entry.id, "fate": one.fate, "reason": one.reason}


def _agreed(one: Agreed) -> dict[str, Any]:
    plain = {name: getattr(one, name) for name in ("consent", "content", "reservation", "until", "version")}
    return {**plain, "approved": _who(one.approved), "requested": _who(one.requested)}


def _who(one: Who) -> dict[str, Any]:
    return {**asdict(one), "keys": sorted(one.keys)}
