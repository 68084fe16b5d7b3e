"""How far the correction was off in the past, each time blind to what came later, and the scale that this makes.

Reference:
    Lei, G'Sell, Rinaldo, Tibshirani and Wasserman (2018), Distribution-free predictive inference for regression,
    Journal of the American Statistical Association 113(523).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import final

from acuerdo.tracking.outlook.growth_by_age import GrowthByAge, learn_by_age
from acuerdo.tracking.outlook.growth_by_pending import GrowthByPending, learn_by_pending
from acuerdo.tracking.outlook.restated import FEWEST_OWN, Restated, restated
from acuerdo.tracking.outlook.triangle import Cell, Group, Told, Triangle

# With fewer vintages than this the growth of a group has no variance to speak of
_FEWEST_VINTAGES = 3
# A group with fewer errors of its own takes the size usual at that age
_FEWEST_ERRORS = 5
Interval = tuple[float, float] | None
Growth = GrowthByAge | GrowthByPending
_Kind = tuple[Group, int]
# Share of a count, in per cent of records pending, by which it is off even where nothing seems pending
_LEAST_EXCESS = 0.02


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """What was expected of a count, and what it settled at.

    Attributes:
        cell: The count.
        told: What had been told of it.
        expected: What it was expected to settle at.
        settled: What it settled at.
    """

    cell: Cell
    told: Told
    expected: float
    settled: float

    @property
    def kind(self) -> _Kind:
        """What its size is compared with: the group of the count, and its age where growth goes by age."""
        return kind_of(self.cell, self.told)

    @property
    def scaled(self) -> float:
        """Its size in the unit in which errors of such counts are alike."""
        return abs(self.settled - self.expected) / unit_of(self.told, self.expected)


@final
@dataclass(frozen=True, slots=True)
class Scale:
    """The misses of the past as a scale for new counts.

    Attributes:
        own: By group, how many misses of its own.
        usual: Usual size by group and age.
        by_age: Usual size by age, for a group with too few of its own.
        ranked: By age, the misses in units of what is usual in their group at that age, smallest first.
    """

    own: Mapping[Group, int]
    usual: Mapping[_Kind, float]
    by_age: Mapping[int, float]
    ranked: Mapping[int, tuple[float, ...]]

    def interval(self, cell: Cell, told: Told, *, expected: float, level: float) -> Interval:
        """Where a count will settle; None where the past has too few misses for that level, or of that group.

        Where growth goes by what is pending, the misses of all groups are one.
        """
        if told.excess is None and self.own.get(cell.group, 0) < FEWEST_OWN:
            return None
        kind = kind_of(cell, told)
        size = self.usual.get(kind, self.by_age.get(kind[1]))
        reached = quantile(self.ranked.get(kind[1], ()), level)
        if size is None or reached is None:
            return None
        reach = reached * size * unit_of(told, expected)
        return max(expected - reach, 0.0), expected + reach


def quantile(ranked: Sequence[float], level: float) -> float | None:
    """The size that a new miss stays within at a level, by conformal prediction; None where there are too few."""
    rank = math.ceil((len(ranked) + 1) * level)
    return ranked[rank - 1] if rank <= len(ranked) else None


def kind_of(cell: Cell, told: Told) -> _Kind:
    """What the error of a count is compared with; where growth goes by what is pending, counts of any age."""
    return cell.group, told.lag if told.excess is None else 0


def unit_of(told: Told, expected: float) -> float:
    """The unit in which the errors of counts are alike.

    Where growth goes by age, the square root of the count, as in the chain ladder; where it goes by what is pending,
    the part of the count that is.
    """
    if told.excess is None:
        return math.sqrt(max(expected, 1.0))
    return max(expected, 1.0) * (told.excess + _LEAST_EXCESS)


def learn(known: Triangle) -> Growth:
    """How the counts of a triangle grow, by what its delay goes by."""
    return learn_by_pending(known) if known.delay.learned_by == "pending" else learn_by_age(known)


def gauge(known: Triangle, growth: Growth) -> Scale | Restated:
    """What the past of a triangle says of the size of errors, in the way that its delay declares."""
    if known.delay.intervals == "restated" and isinstance(growth, GrowthByAge):
        return restated(known, growth)
    return scale(misses(known))


def misses(known: Triangle) -> tuple[Miss, ...]:
    """Every expectation of the past that can be held against a count that has settled since."""
    return tuple(_place_by_place(known) if known.delay.held_back == "places" else _as_it_went(known))


def scale(found: Sequence[Miss]) -> Scale:
    """The scale that misses make."""
    own: dict[_Kind, list[float]] = defaultdict(list)
    by_age: dict[int, list[float]] = defaultdict(list)
    for one in found:
        own[one.kind].append(one.scaled)
        by_age[one.kind[1]].append(one.scaled)
    at_age = {age: _root_mean_square(sizes) for age, sizes in by_age.items()}
    usual = {
        kind: _root_mean_square(sizes) if len(sizes) >= _FEWEST_ERRORS else at_age[kind[1]]
        for kind, sizes in own.items()
    }
    sized: dict[int, list[float]] = defaultdict(list)
    for one in found:
        sized[one.kind[1]].append(one.scaled / usual[one.kind] if usual[one.kind] else 0.0)
    own_misses = Counter(one.cell.group for one in found)
    return Scale(own_misses, usual, at_age, {age: tuple(sorted(sizes)) for age, sizes in sized.items()})


def expectations(
    growth: Growth, cells: Iterable[Cell], *, settled: int
) -> Iterator[tuple[Cell, Told, float]]:
    """The newest count of each cell that has not settled, and what it is expected to settle at."""
    for cell in cells:
        newest = cell.told[-1]
        if newest.lag < settled:
            expected = growth.settles_at(cell.breakdown, newest)
            if expected is not None:
                yield cell, newest, expected


def _as_it_went(known: Triangle) -> Iterator[Miss]:
    """At each vintage, what could be expected then, held against what is known in the end."""
    after = known.delay.settled
    in_the_end = {(one.breakdown, one.place, one.period): one.settled(after) for one in known.cells}
    for day in known.days[_FEWEST_VINTAGES - 1 : -1]:
        then = known.known(day)
        fresh = [one for one in then.cells if one.told[-1].on == day]
        for cell, told, expected in expectations(learn(then), fresh, settled=after):
            settled = in_the_end[cell.breakdown, cell.place, cell.period]
            if settled is not None:
                yield Miss(cell=cell, told=told, expected=expected, settled=settled)


def _place_by_place(known: Triangle) -> Iterator[Miss]:
    """For each place, what the others make one expect of its first counts, held against what it told later."""
    after = known.delay.settled
    for place in sorted({one.place for one in known.cells if not one.national}):
        own = {(one.breakdown, one.period): one.settled(after) for one in known.cells if one.place == place}
        first = [_first(one) for one in known.cells if one.place == place]
        for cell, told, expected in expectations(learn(known.without(place)), first, settled=after):
            settled = own[cell.breakdown, cell.period]
            if settled is not None:
                yield Miss(cell=cell, told=told, expected=expected, settled=settled)


def _first(cell: Cell) -> Cell:
    return cell.known(cell.told[0].on)


def _root_mean_square(sizes: Sequence[float]) -> float:
    return math.sqrt(sum(size**2 for size in sizes) / len(sizes))
