"""Entries at their places, and the one order in which two logs are read together.

Within a log, order is place. Between logs, an entry comes after all that its author had seen. What is left open,
entries made without knowledge of one another, is settled by a count of steps and then by the name of the side, so that
the order is the same wherever it is computed, whatever arrived first. No clock is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import final

from acuerdo.record.entry import Entry


@final
@dataclass(frozen=True, slots=True)
class Placed:
    """An entry at its place in its side's log.

    Attributes:
        entry: The entry.
        place: Its place, from 0.
        signers: The names of the keys that signed it, already checked.
    """

    entry: Entry
    place: int
    signers: tuple[str, ...] = ()

    @property
    def side(self) -> str:
        """The side whose log it is in."""
        return self.entry.side

    def saw(self, other: Placed) -> bool:
        """Whether its author knew another entry."""
        if other.side == self.side:
            return other.place < self.place
        return other.place < self.entry.seen.get(other.side, 0)


def together(logs: Iterable[Placed]) -> Iterator[Placed]:
    """All entries in the one order; each log's own entries may come mixed in any way."""
    by_side: dict[str, list[Placed]] = {}
    for one in logs:
        by_side.setdefault(one.side, []).append(one)
    tracks = {side: _Track(sorted(entries, key=_place)) for side, entries in sorted(by_side.items())}
    while True:
        waiting = {side: track for side, track in tracks.items() if track.next is not None}
        if not waiting:
            return
        ready = {side: track for side, track in waiting.items() if track.ready(tracks)}
        # Two sides that each claim to have seen the other's future: no order is right, so any fixed one will do.
        side = min(ready or waiting, key=lambda side: (tracks[side].step(tracks), side))
        yield tracks[side].take(tracks)


def _place(one: Placed) -> int:
    return one.place


@final
class _Track:
    """One log while it is read together with others."""

    def __init__(self, entries: Sequence[Placed]) -> None:
        self.entries = entries
        self.at = 0
        self.next: Placed | None = entries[0] if entries else None
        self.steps: list[int] = []
        self.places: list[int] = []
        self.reached: dict[str, int] = {}

    def ready(self, tracks: Mapping[str, _Track]) -> bool:
        """Whether all that the next entry's author had seen has been read."""
        for side, seen in self._seen():
            other = tracks.get(side)
            if other is not None and other is not self and other.next is not None and other.next.place < seen:
                return False
        return True

    def step(self, tracks: Mapping[str, _Track]) -> int:
        """The step of the next entry: one more than the latest it comes after."""
        latest = self.steps[-1] if self.steps else 0
        for side, seen in self._seen():
            other = tracks.get(side)
            if other is not None and other is not self:
                latest = max(latest, other.step_before(seen))
        return latest + 1

    def step_before(self, place: int) -> int:
        """The step of the last entry read so far that stands before a place."""
        at = len(self.places)
        while at and self.places[at - 1] >= place:
            at -= 1
        return self.steps[at - 1] if at else 0

    def take(self, tracks: Mapping[str, _Track]) -> Placed:
        """The next entry, read."""
        one = self.entries[self.at]
        self.steps.append(self.step(tracks))
        self.places.append(one.place)
        for side, seen in one.entry.seen.items():
            self.reached[side] = max(seen, self.reached.get(side, 0))
        self.at += 1
        self.next = self.entries[self.at] if self.at < len(self.entries) else None
        return one

    def _seen(self) -> Iterator[tuple[str, int]]:
        """How far the next entry's log has seen each other side's, its earlier entries included."""
        if self.next is None:
            return
        for side, seen in self.next.entry.seen.items():
            yield side, max(seen, self.reached.get(side, 0))
