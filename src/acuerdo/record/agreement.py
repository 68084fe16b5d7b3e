"""Consensus, measured: how much of a plan both sides agree on, how much they differ on, how much one alone has said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal, final

from acuerdo.core.text import Text, same
from acuerdo.core.unit import UNITS, unit
from acuerdo.record.board import Position, Subject
from acuerdo.record.state import STANDINGS, Standing, State, standing

Cell = Standing | Literal["not_entered"]
CELLS: Final[dict[Cell, Text]] = {
    **STANDINGS,
    "not_entered": Text("entered by neither side", "no asentado por ninguna parte"),
}


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One subject with its three values.

    Attributes:
        subject: What it is about.
        standing: How it stands.
        sides: What each side holds, in a few words; a side that said nothing is absent.
        agreed: What is agreed, in a few words; None where nothing is.
        reservation: The reservation under which it is agreed, if there is one.
    """

    subject: str
    standing: Cell
    sides: Mapping[str, Text]
    agreed: Text | None = None
    reservation: Text | None = None


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How much of a plan is agreed.

    Attributes:
        rows: Every subject, in order.
        counts: How many subjects stand in each way.
    """

    rows: tuple[Row, ...]
    counts: Mapping[Cell, int]

    @property
    def total(self) -> int:
        """All subjects but those withdrawn, of which nothing is left to agree on."""
        return sum(count for cell, count in self.counts.items() if cell != "withdrawn")

    def share(self, *cells: Cell) -> float | None:
        """The share of subjects that stand in some ways; None where there is no subject."""
        return sum(self.counts.get(cell, 0) for cell in cells) / self.total if self.total else None


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """How far a promise got, by each side and by both.

    Attributes:
        standing: How the judgements stand to one another.
        sides: The level that each side gives it; a side that gave none is absent.
        agreed: The level that both give it; None where they do not.
    """

    standing: Standing
    sides: Mapping[str, str]
    agreed: str | None

    def agrees_with(self, whole: Judged) -> bool:
        """Whether all that it says is still so where everything is known."""
        return self.sides.items() <= whole.sides.items() and self.agreed in {None, whole.agreed}


def judged(state: State, framework_id: str) -> dict[str, Judged]:
    """The promises of a framework on which somebody gave a judgement, by id."""
    about = f"coding:{framework_id}:"
    return {
        key.removeprefix(about): _judged(one) for key, one in state.subjects.items() if key.startswith(about)
    }


def _judged(subject: Subject) -> Judged:
    stands = standing(subject)
    given = {side: one.content["level"] for side, one in sorted(subject.positions.items()) if one.content}
    both = subject.agreed.content["level"] if subject.agreed else next(iter(given.values()), None)
    return Judged(standing=stands, sides=given, agreed=both if stands in {"agreed", "reserved"} else None)


def agreement(state: State, *, subjects: Iterable[str] | None = None, at: date | None = None) -> Agreement:
    """How much is agreed.

    Args:
        state: What the logs come to.
        subjects: The subjects to look at, whether or not anybody has said anything on them; without them, all on which
            somebody has.
        at: The day on which terms are looked at; without one, none is over.
    """
    ids = state.subjects if subjects is None else subjects
    rows = tuple(_row(state, one, at=at) for one in sorted(ids))
    return Agreement(rows=rows, counts=Counter(row.standing for row in rows))


def _row(state: State, subject_id: str, *, at: date | None) -> Row:
    subject = state.subjects.get(subject_id) or Subject(id=subject_id)
    stands: Cell = state.standing(subject_id, at=at) or "not_entered"
    agreed = subject.agreed
    alike = stands == "agreed" and agreed is None
    held = next(iter(subject.positions.values()), None)
    in_force = agreed is not None and stands in {"agreed", "reserved", "differs"}
    # The same words under two definitions are two things, so that each is then named.
    apart = len({one.version for one in subject.positions.values()}) > 1
    told = {side: _held(one, subject_id, apart=apart) for side, one in sorted(subject.positions.items())}
    words = words_of(agreed.content, subject_id) if agreed and in_force else None
    if alike and held:
        words = _held(held, subject_id, apart=False)
    reservation = agreed.reservation if agreed and stands == "reserved" else None
    return Row(
        subject=subject_id,
        standing=stands,
        sides=told,
        agreed=words,
        reservation=Text(reservation["en"], reservation["es"]) if reservation else None,
    )


def _held(position: Position, subject_id: str, *, apart: bool) -> Text:
    if position.content is None:
        return same("✗")
    told, under = words_of(position.content, subject_id), position.version
    return Text(f"{told.en} ({under})", f"{told.es} ({under})") if apart else told


def words_of(content: Mapping[str, Any], subject_id: str) -> Text:
    """What a content holds, in a few words: its values but for those that its subject names already."""
    named = {*subject_id.split(":"), subject_id.partition(":")[2], content.get("unit")}
    told = [
        _value(key, value, content=content)
        for key, value in content.items()
        if isinstance(value, dict) or value not in named
    ]
    found = [one for one in told if one is not None] or [same("✓")]
    return Text(", ".join(one.en for one in found), ", ".join(one.es for one in found))


def _value(key: str, value: Any, *, content: Mapping[str, Any]) -> Text | None:
    match value:
        case {"en": str(en), "es": str(es)}:
            return Text(en, es)
        case str() if key == "amount" and content.get("unit") in UNITS:
            of = unit(content["unit"]).label
            return Text(f"{value} {of.en}", f"{value} {of.es}")
        case str() if key in {"amount", "level"}:
            return same(value)
        case str():
            return same(f"{key} {value}")
        case _:
            return None
