"""How long money takes from Congress to payment, read off two running totals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import final

from acuerdo.core.period import Period
from acuerdo.indicators.value import Value


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class LagYear:
    """One fiscal year of both running totals.

    Attributes:
        period: The fiscal year.
        appropriated: All that was appropriated from the first year to this one, in the values' unit.
        disbursed: All that was paid from the first year to this one.
        years: How many years after the end of this one as much had been paid as was appropriated by then; None
            where that had not happened by the last value, or where payments had run ahead.
        ahead: Whether as much had been paid before the year ended.
    """

    period: Period
    appropriated: float
    disbursed: float
    years: float | None
    ahead: bool


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Lag:
    """The lag from appropriation to payment, year by year.

    Payments of earlier money, and of accounts that the appropriations do not list, count among the payments and
    cannot be told apart. They make the second total run faster, so that every lag here is the least that it was.

    Attributes:
        years: From the first fiscal year counted to the last that has both figures.
    """

    years: tuple[LagYear, ...]

    @property
    def longest(self) -> LagYear | None:
        """The year whose money took longest; None where no lag could be read off."""
        known = [one for one in self.years if one.years is not None]
        return max(known, key=lambda one: one.years or 0.0) if known else None


def lag(appropriated: Sequence[Value], disbursed: Sequence[Value], *, since: Period) -> Lag:
    """The lag of payments behind appropriations.

    Args:
        appropriated: Amounts by fiscal year, in one unit.
        disbursed: The same of payments.
        since: The fiscal year from which both are added up.

    Returns:
        One entry per fiscal year from ``since`` until one of the two has no figure; none where the first lacks one.
    """
    given, paid = _by_period(appropriated), _by_period(disbursed)
    periods = [since]
    while periods[-1] in given and periods[-1] in paid:
        periods.append(periods[-1].shift(1))
    shared = periods[:-1]
    later = [*shared]
    while later and later[-1].shift(1) in paid:
        later.append(later[-1].shift(1))
    running = list(accumulate(paid[one] for one in later))
    sums = accumulate(given[one] for one in shared)
    return Lag(
        years=tuple(
            _year(period, total, running=running, at=number)
            for number, (period, total) in enumerate(zip(shared, sums, strict=True))
        )
    )


def _by_period(values: Sequence[Value]) -> Mapping[Period, float]:
    return {one.period: one.value for one in values if one.value is not None}


def _year(period: Period, total: float, *, running: Sequence[float], at: int) -> LagYear:
    ahead = running[at] >= total
    return LagYear(
        period=period,
        appropriated=total,
        disbursed=running[at],
        years=None if ahead else _reached(total, running[at:]),
        ahead=ahead,
    )


def _reached(total: float, running: Sequence[float]) -> float | None:
    """After how many years a running total reaches an amount, evenly within a year; None if it never does.

    >>> _reached(150.0, [100.0, 120.0, 180.0])
    1.5
    """
    for passed, (before, after) in enumerate(pairwise(running)):
        if before < total <= after:
            return passed + (total - before) / (after - before)
    return None
