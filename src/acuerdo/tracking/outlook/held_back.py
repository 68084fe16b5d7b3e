"""The back-test of the nowcasts: each count corrected blind to what came later, held against what it settled at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, final

from acuerdo.data.store import Store
from acuerdo.tracking.outlook.delay import delays
from acuerdo.tracking.outlook.misses import Miss, Scale, expectations, learn, misses, scale
from acuerdo.tracking.outlook.nowcast import LEVELS
from acuerdo.tracking.outlook.triangle import Triangle, read_triangle

NOMINAL: Final = 0.05
# Fewer errors than this make no scale, and the count is not judged
_FEWEST = 20


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One count of the back-test.

    Attributes:
        miss: What was expected, and what it settled at.
        inside: By level, in the order of :data:`LEVELS`, whether it settled inside its interval; None where there
            were too few errors of the past to give one.
    """

    miss: Miss
    inside: tuple[bool | None, ...]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What a back-test came to.

    Attributes:
        delay: Id of the delay.
        national: Whether the counts are of a whole country; None for all together.
        counts: How many counts were judged.
        coverage: By level, the share that settled inside its interval; None where none had one.
        error: Mean absolute error of the corrected counts.
        uncorrected: That of the counts as they were told.
    """

    delay: str
    national: bool | None
    counts: int
    coverage: tuple[float | None, ...]
    error: float
    uncorrected: float

    @property
    def ratio(self) -> float:
        """The error against that of the counts as told; below one the correction helps."""
        return self.error / self.uncorrected if self.uncorrected else 1.0

    @property
    def farthest(self) -> float:
        """How far any coverage lies from its nominal level."""
        pairs = zip(self.coverage, LEVELS, strict=True)
        return max((abs(share - level) for share, level in pairs if share is not None), default=1.0)


def scores(store: Store) -> tuple[Score, ...]:
    """Every delay's back-test on what is stored, for whole countries and for their parts."""
    found: list[Score] = []
    for delay in delays().values():
        trials = back_test(read_triangle(store, delay))
        for national in (True, False):
            alike = [one for one in trials if one.miss.cell.national == national]
            if alike:
                found.append(score(alike, delay=delay.id, national=national))
    return tuple(found)


def back_test(triangle: Triangle) -> tuple[Trial, ...]:
    """Every trial: as of each vintage on the errors known by then; or each place on the errors of the others."""
    if triangle.delay.held_back == "places":
        return tuple(_places(triangle))
    return tuple(_vintages(triangle))


def score(trials: Sequence[Trial], *, delay: str, national: bool | None = None) -> Score:
    """The trials in one line."""
    coverage: list[float | None] = []
    for number in range(len(LEVELS)):
        judged = [one.inside[number] for one in trials if one.inside[number] is not None]
        coverage.append(sum(map(bool, judged)) / len(judged) if judged else None)
    return Score(
        delay=delay,
        national=national,
        counts=len(trials),
        coverage=tuple(coverage),
        error=_mean([abs(one.miss.settled - one.miss.expected) for one in trials]),
        uncorrected=_mean([abs(one.miss.settled - one.miss.told.value) for one in trials]),
    )


def _places(triangle: Triangle) -> Iterator[Trial]:
    found = misses(triangle)
    for place in sorted({one.cell.place for one in found}):
        others = scale([one for one in found if one.cell.place != place])
        yield from (_trial(one, others) for one in found if one.cell.place == place)


def _vintages(triangle: Triangle) -> Iterator[Trial]:
    after = triangle.delay.settled
    in_the_end = {(one.breakdown, one.place, one.period): one.settled(after) for one in triangle.cells}
    for day in triangle.days[:-1]:
        then = triangle.known(day)
        past = misses(then)
        if len(past) < _FEWEST:
            continue
        known, fresh = scale(past), [one for one in then.cells if one.told[-1].on == day]
        for cell, told, expected in expectations(learn(then), fresh, settled=after):
            settled = in_the_end[cell.breakdown, cell.place, cell.period]
            if settled is not None:
                yield _trial(Miss(cell=cell, told=told, expected=expected, settled=settled), known)


def _trial(one: Miss, past: Scale) -> Trial:
    intervals = [past.interval(one.cell, one.told, expected=one.expected, level=level) for level in LEVELS]
    inside = tuple(None if each is None else each[0] <= one.settled <= each[1] for each in intervals)
    return Trial(miss=one, inside=inside)


def _mean(sizes: Sequence[float]) -> float:
    return sum(sizes) / len(sizes) if sizes else 0.0
