"""The back-test of the nowcasts: each count corrected blind to what came later, held against what it settled at.

Two promises are made of every group of counts: its intervals hold what they say, within five points, and its
corrected counts are off by less than the published ones. A group for which either is not borne out is not corrected,
and the reason is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, final

from acuerdo.core.text import Text
from acuerdo.tracking.outlook.misses import Miss, Scale, expectations, gauge, learn, misses, scale
from acuerdo.tracking.outlook.nowcast import LEVELS
from acuerdo.tracking.outlook.restated import Restated
from acuerdo.tracking.outlook.triangle import Cell, Group, Triangle

# The levels that are published; that of 50 per cent is computed and held to nothing
HELD_TO: Final = (0.8, 0.95)
TOLERATED: Final = 0.05
# Fewer errors of the past than this make no scale; of fewer judged counts nothing is said
FEWEST: Final = 20


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
        group: The counts judged; None for all together.
        counts: How many.
        coverage: By level, the share that settled inside its interval; None where none had one.
        error: Mean absolute error of the corrected counts.
        uncorrected: That of the counts as they were told.
        still: How many settled at what was told.
        farthest_moved: How far the one went that moved most; zero without any.
    """

    delay: str
    group: Group | None
    counts: int
    coverage: tuple[float | None, ...]
    error: float
    uncorrected: float
    still: int
    farthest_moved: float

    @property
    def ratio(self) -> float:
        """The error against that of the counts as told; below one the correction helps."""
        return self.error / self.uncorrected if self.uncorrected else 1.0

    @property
    def off(self) -> float:
        """How far the coverage of a published level lies from it at most; one where a level has none."""
        shares = (self.coverage[LEVELS.index(level)] for level in HELD_TO)
        return max(
            1.0 if share is None else abs(share - level) for share, level in zip(shares, HELD_TO, strict=True)
        )

    @property
    def refusal(self) -> Text | None:
        """Why counts of this group are not corrected; None where both promises were kept."""
        if self.counts < FEWEST:
            return _few(self.counts)
        # Shares of so many counts are written in decimals that do not meet the limit exactly
        if self.off <= TOLERATED + 1e-9 and self.ratio < 1:
            return None
        return _broken(self)

    @property
    def words(self) -> Text:
        """How the correction fared, or why there is none."""
        return self.refusal or _kept(self)


def _kept(one: Score) -> Text:
    inside, wider = _shares(one)
    # Where growth goes by what is pending, parts of the country teach what is to be expected of the whole
    parts = (" of parts of the country", " de partes del país") if one.group is None else ("", "")
    return Text(
        f"The correction, tried on {one.counts} earlier counts{parts[0]} that were held back: its interval of 80 per "
        f"cent held {inside} in 100 of what they settled at and that of 95 per cent {wider} in 100; its error was "
        f"{one.ratio:.2f} times that of the published counts.",
        f"La corrección, aplicada a {one.counts} conteos anteriores{parts[1]} que se reservaron: su intervalo de 80 "
        f"por ciento contuvo {inside} de cada 100 valores ya asentados y el de 95 por ciento {wider} de cada 100; su "
        f"error fue {one.ratio:.2f} veces el de los conteos publicados.",
    )


def _shares(one: Score) -> tuple[str, ...]:
    found = (one.coverage[LEVELS.index(level)] for level in HELD_TO)
    return tuple("–" if share is None else f"{100 * share:.0f}" for share in found)


def _few(counts: int) -> Text:
    tried = str(counts) if counts else ""
    return Text(
        f"The newest counts are not corrected: the stored publications let {tried or 'none'} of the earlier ones be "
        f"tried, and at least {FEWEST} are needed.",
        f"Los últimos conteos no se corrigen: las publicaciones guardadas permiten probar {tried or 'ninguno'} de los "
        f"anteriores, y se requieren al menos {FEWEST}.",
    )


def _broken(one: Score) -> Text:
    inside, wider = _shares(one)
    return Text(
        f"The newest counts are not corrected, because the correction has not proved itself. Tried on {one.counts} "
        f"earlier counts, its interval of 80 per cent held {inside} in 100 of what they settled at and that of 95 per "
        f"cent {wider} in 100; its error was {one.ratio:.2f} times that of the published counts. Both intervals must "
        f"hold what they say, within five points, and the error must be smaller. Of these counts {one.still} never "
        f"moved; the one that moved most did so by {one.farthest_moved:,.0f}.",
        f"Los últimos conteos no se corrigen, porque la corrección no ha probado su valor. Aplicada a {one.counts} "
        f"conteos anteriores, su intervalo de 80 por ciento contuvo {inside} de cada 100 valores ya asentados y el de "
        f"95 por ciento {wider} de cada 100; su error fue {one.ratio:.2f} veces el de los conteos publicados. Ambos "
        f"intervalos deben contener lo que dicen, con cinco puntos de margen, y el error debe ser menor. De esos "
        f"conteos {one.still} nunca se movieron; el que más lo hizo se movió {one.farthest_moved:,.0f}.",
    )


# Every group of a triangle is asked for in turn
@lru_cache(maxsize=8)
def proofs(known: Triangle) -> Mapping[Group | None, Score]:
    """The back-test of each group of a triangle; of all together, under None, where growth goes by what is pending.

    There the slope and the errors are those of all groups, and whole countries are corrected by what their parts
    teach.
    """
    trials = back_test(known)
    if known.delay.learned_by == "pending":
        return {None: score(trials, delay=known.delay.id)}
    groups = sorted({one.miss.cell.group for one in trials})
    return {
        group: score(
            [one for one in trials if one.miss.cell.group == group], delay=known.delay.id, group=group
        )
        for group in groups
    }


def proof(known: Triangle, group: Group) -> Score:
    """The back-test by which the newest counts of a group are corrected or not; of none where none can be tried."""
    found = proofs(known)
    return found.get(None) or found.get(group) or score([], delay=known.delay.id, group=group)


def back_test(triangle: Triangle) -> tuple[Trial, ...]:
    """Every trial: as of each vintage on the errors known by then; or each place on the errors of the others."""
    if triangle.delay.held_back == "places":
        return tuple(_places(triangle))
    return tuple(one for one in _vintages(triangle) if any(each is not None for each in one.inside))


def score(trials: Sequence[Trial], *, delay: str, group: Group | None = None) -> Score:
    """The trials in one line."""
    coverage: list[float | None] = []
    for number in range(len(LEVELS)):
        judged = [one.inside[number] for one in trials if one.inside[number] is not None]
        coverage.append(sum(map(bool, judged)) / len(judged) if judged else None)
    moved = [abs(one.miss.settled - one.miss.told.value) for one in trials]
    return Score(
        delay=delay,
        group=group,
        counts=len(trials),
        coverage=tuple(coverage),
        error=_mean([abs(one.miss.settled - one.miss.expected) for one in trials]),
        uncorrected=_mean(moved),
        still=sum(size == 0 for size in moved),
        farthest_moved=max(moved, default=0.0),
    )


def _places(triangle: Triangle) -> Iterator[Trial]:
    found = misses(triangle)
    for place in sorted({one.cell.place for one in found}):
        others = scale([one for one in found if one.cell.place != place])
        yield from (_trial(one, others) for one in found if one.cell.place == place)


def _vintages(triangle: Triangle) -> Iterator[Trial]:
    after = triangle.delay.settled
    in_the_end = {_key(one): one.settled(after) for one in triangle.cells}
    for day in triangle.days[:-1]:
        then = triangle.known(day)
        growth = learn(then)
        past = gauge(then, growth)
        fresh = [one for one in then.cells if one.told[-1].on == day]
        for cell, told, expected in expectations(growth, fresh, settled=after):
            settled = in_the_end[_key(cell)]
            if settled is not None:
                yield _trial(Miss(cell=cell, told=told, expected=expected, settled=settled), past)


def _key(one: Cell) -> tuple[object, ...]:
    return one.breakdown, one.place, one.period


def _trial(one: Miss, past: Scale | Restated) -> Trial:
    intervals = [past.interval(one.cell, one.told, expected=one.expected, level=level) for level in LEVELS]
    inside = tuple(None if each is None else each[0] <= one.settled <= each[1] for each in intervals)
    return Trial(miss=one, inside=inside)


def _mean(sizes: Sequence[float]) -> float:
    return sum(sizes) / len(sizes) if sizes else 0.0
