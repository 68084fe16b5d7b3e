"""What each vintage of a series said of each period: the triangle from which a reporting delay is learned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, final

from acuerdo.core.period import Period
from acuerdo.data import asof
from acuerdo.data.query import rows
from acuerdo.data.release import Release
from acuerdo.data.store import Store
from acuerdo.tracking.outlook.delay import Delay

_COUNTRY, _STATE = 2, 5
Group = tuple[str, bool]
"""A breakdown, and whether it is a whole country: what shares a size of error."""
_Key = tuple[str, str, str]
_Told = dict[_Key, dict[date, float]]


@final
@dataclass(frozen=True, slots=True)
class Told:
    """What one vintage said.

    Attributes:
        on: The day it became public.
        lag: Whole steps from the end of the period to that day.
        value: The count.
        excess: Per cent of its records that were pending, above what was usual in the place by then; never below
            zero. None where the delay does not go by it, or it was not told.
    """

    on: date
    lag: int
    value: float
    excess: float | None = None


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One count that several vintages told.

    Attributes:
        place: Code of the place.
        breakdown: As the publisher's, ``""`` for the total.
        period: What was counted.
        told: What was said of it, oldest first; a vintage that did not hold it is not there.
    """

    place: str
    breakdown: str
    period: Period
    told: tuple[Told, ...]

    @property
    def national(self) -> bool:
        """Whether it is the count of a whole country."""
        return len(self.place) == _COUNTRY

    @property
    def group(self) -> Group:
        """What shares a size of error with others: the breakdown, and whether it is a whole country."""
        return self.breakdown, self.national

    def known(self, day: date) -> Cell:
        """The same, as far as it was public on a day."""
        return replace(self, told=tuple(one for one in self.told if one.on <= day))

    def settled(self, after: int) -> float | None:
        """What the first vintage says that came so many steps after the period or later; None before."""
        return next((one.value for one in self.told if one.lag >= after), None)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Triangle:
    """All cells of one series.

    Attributes:
        delay: What is declared of its delay.
        cells: In order of breakdown, place and period; each was told at least once.
        releases: Ids of the files behind it, in order.
    """

    delay: Delay
    cells: tuple[Cell, ...]
    releases: tuple[str, ...]

    @property
    def days(self) -> tuple[date, ...]:
        """The days on which anything of it became public."""
        return tuple(sorted({told.on for cell in self.cells for told in cell.told}))

    def known(self, day: date) -> Triangle:
        """The triangle as it stood on a day."""
        return replace(
            self, cells=tuple(cell for cell in (one.known(day) for one in self.cells) if cell.told)
        )

    def without(self, place: str) -> Triangle:
        """The triangle without one place, and without the countries that it is a part of."""
        cells = tuple(one for one in self.cells if one.place != place and not one.national)
        return replace(self, cells=cells)

    def learned(self) -> tuple[Cell, ...]:
        """The cells that teach the development."""
        return tuple(one for one in self.cells if one.national == (self.delay.learned_at == "country"))


def read_triangle(store: Store, delay: Delay) -> Triangle:
    """Every vintage of the series that teaches a delay.

    Args:
        store: Where the releases lie.
        delay: Which series, and which of its counts.
    """
    source = delay.learned_from.partition(".")[0]
    releases = tuple(one for one in store.releases(source) if delay.learned_from in one.series)
    return _read(releases, delay)  # pyright: ignore[reportArgumentType] - frozen models have a hash at run time


# Several indicators are corrected by one delay
@lru_cache(maxsize=8)
def _read(releases: tuple[Release, ...], delay: Delay) -> Triangle:
    told = _told(releases, delay.learned_from, delay=delay)
    whole = {**_countries(told), **told}
    if delay.corrects == "country" and delay.learned_at == "country":
        whole = {key: by_day for key, by_day in whole.items() if len(key[1]) == _COUNTRY}
    if delay.stands_if_absent:
        whole = _carried(whole)
    cells = [_cell(key, whole[key], delay=delay) for key in sorted(whole)]
    if delay.pending:
        pending = _told(releases, delay.pending, delay=delay, breakdowns=("",))
        cells = [with_excess(one, pending, delay=delay) for one in cells]
    return Triangle(delay=delay, cells=tuple(cells), releases=tuple(one.id for one in releases))


def _told(
    releases: Sequence[Release], series: str, *, delay: Delay, breakdowns: tuple[str, ...] | None = None
) -> _Told:
    shown = delay.breakdowns if breakdowns is None else breakdowns
    told: _Told = defaultdict(dict)
    sql = f"SELECT * FROM ({asof.history(releases, series=[series])}) WHERE period_start >= DATE '{delay.since}'"
    for row in rows(sql):
        if _wanted(row, delay) and (not shown or row["breakdown"] in shown):
            told[row["breakdown"], row["place"], row["period"]][row["known_from"]] = row["value"]
    return told


def _carried(told: _Told) -> _Told:
    """Every vintage since the first one of a count, each with what stood then."""
    days = sorted({day for by_day in told.values() for day in by_day})
    carried: _Told = {}
    for key, by_day in told.items():
        found: dict[date, float] = {}
        for day in days:
            if day in by_day:
                found[day] = by_day[day]
            elif found:
                found[day] = next(reversed(found.values()))
        carried[key] = found
    return carried


def with_excess(cell: Cell, pending: Mapping[_Key, Mapping[date, float]], *, delay: Delay) -> Cell:
    """The cell with what of it was pending above the share of the same vintage's count of the settled age."""
    told: list[Told] = []
    for one in cell.told:
        now = pending.get(("", cell.place, cell.period.code), {}).get(one.on)
        settled = cell.period.shift(one.lag - delay.settled).code
        usual = pending.get(("", cell.place, settled), {}).get(one.on)
        excess = None if now is None or usual is None else max(now - usual, 0.0)
        told.append(replace(one, excess=excess))
    return replace(cell, told=tuple(told))


def lag_of(period: Period, day: date, *, months: int) -> int:
    """Whole steps of so many months from the end of a period to a day."""
    return ((day.year - period.end.year) * 12 + day.month - period.end.month) // months


def _wanted(row: Mapping[str, Any], delay: Delay) -> bool:
    return row["value"] is not None and len(row["place"]) <= _STATE and row["place"] not in delay.leave_out


def _countries(told: _Told) -> _Told:
    """The country's counts from those of its states, where the vintage holds every state."""
    places = {place for _, place, _ in told}
    parts: dict[_Key, dict[date, list[float]]] = defaultdict(lambda: defaultdict(list))
    for (breakdown, place, period), by_day in told.items():
        for day, value in by_day.items():
            if len(place) == _STATE:
                parts[breakdown, place[:_COUNTRY], period][day].append(value)
    whole = sum(len(place) == _STATE for place in places)
    summed = {
        key: {day: sum(values) for day, values in by_day.items() if len(values) == whole}
        for key, by_day in parts.items()
    }
    return {key: by_day for key, by_day in summed.items() if by_day and not _stated(key, places)}


def _stated(key: _Key, places: set[str]) -> bool:
    return key[1] in places


def _cell(key: _Key, by_day: Mapping[date, float], *, delay: Delay) -> Cell:
    breakdown, place, code = key
    period = Period.parse(code)
    told = (
        Told(day, lag_of(period, day, months=delay.months), value) for day, value in sorted(by_day.items())
    )
    return Cell(place=place, breakdown=breakdown, period=period, told=tuple(told))
