"""Entries at their places, and the one order in which two logs are read together.

Within a log, order is place. Between logs, an entry comes after all that its author had seen. What is left open,
entries made without knowledge of one another, is settled by a count of steps and then by the name of the side, so that
the order is the same wherever it is computed, whatever arrived first. No clock is asked.
"""

from __future__ import annotations

from bisect import bisect_left
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
    tracks = {side: _Track(side, sorted(by_side[side], key=_place)) for side in sorted(by_side)}
    for track in tracks.values():
        track.look_at(tracks)
    left = list(tracks.values())
    while left := [track for track in left if track.at < len(track.entries)]:
        # Two sides that each claim to have seen the other's future: no order is right, so any fixed one will do.
        ready = [track for track in left if track.ready()] or left
        yield (ready[0] if len(ready) == 1 else min(ready, key=_Track.step)).take()


def _place(one: Placed) -> int:
    return one.place


@final
class _Track:
    """One log while it is read together with others."""

    def __init__(self, side: str, entries: Sequence[Placed]) -> None:
        self.side = side
        self.entries = entries
        self.places = [one.place for one in entries]
        self.steps: list[int] = []
        self.after: list[list[tuple[_Track, int]]] = []

    @property
    def at(self) -> int:
        """How many of its entries have been read."""
        return len(self.steps)

    def look_at(self, tracks: Mapping[str, _Track]) -> None:
        """Works out after how many entries of each other log each of its own comes, earlier ones considered."""
        reached: dict[str, int] = {}
        for one in self.entries:
            for side, seen in one.entry.seen.items():
                other = tracks.get(side)
                if other is not None and other is not self:
                    count = bisect_left(other.places, seen)
                    reached[side] = max(count, reached.get(side, 0))
            self.after.append([(tracks[side], count) for side, count in reached.items()])

    def ready(self) -> bool:
        """Whether all that the next entry's author had seen has been read."""
        return all(len(other.steps) >= count for other, count in self.after[len(self.steps)])

    def step(self) -> tuple[int, str]:
        """The step of the next entry, one more than the latest it comes after; and the side, where steps are equal."""
        latest = self.steps[-1] if self.steps else 0
        for other, count in self.after[len(self.steps)]:
            read = min(count, len(other.steps))
            latest = max(latest, other.steps[read - 1] if read else 0)
        return latest + 1, self.side

    def take(self) -> Placed:
        """The next entry, read."""
        one = self.entries[len(self.steps)]
        self.steps.append(self.step()[0])
        return one
