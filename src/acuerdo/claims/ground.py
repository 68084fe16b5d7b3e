"""The figures that checks stand on, as they were known on one day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, final

from acuerdo.claims.measure import AbstractMeasured, Countable, measures_of
from acuerdo.claims.reading import Cause, Role
from acuerdo.core.period import Period, PeriodKind
from acuerdo.core.status import Status
from acuerdo.core.text import Text
from acuerdo.core.unit import UNITS, Unit, convert
from acuerdo.indicators.value import IndicatorSeries, Value

if TYPE_CHECKING:
    from acuerdo.spec.model import Framework

_UNCERTAIN = {Status.PROVISIONAL, Status.FORECAST, Status.ESTIMATED}


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """One measurement of one place, over time.

    Attributes:
        id: Id of the measure.
        title: Whose count it is.
        unit: Unit of every value.
        role: As the words say, a rival, or only shown.
        cause: What differs from the measure that the words name.
        values: The values that there are, oldest first.
        baselines: The periods that the measure's changes are counted from.
    """

    id: str
    title: Text
    unit: Unit
    role: Role
    cause: Cause | None
    values: tuple[Value, ...]
    baselines: tuple[Period, ...] = ()

    def at(self, period: Period) -> Value | None:
        """The value of a period; twelve months to December stand for the calendar year, and the reverse."""
        same_days = [
            one for one in self.values if (one.period.start, one.period.end) == (period.start, period.end)
        ]
        return next((one for one in same_days if one.period.kind is period.kind), next(iter(same_days), None))

    def within(self, start: Period, end: Period) -> tuple[Value, ...]:
        """The values of the periods of one kind from ``start`` to ``end``."""
        return tuple(
            one for one in self.values if one.period.kind is start.kind and start <= one.period <= end
        )


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Everything that a check may look at.

    Attributes:
        day: The day on which it was known; None for now.
        said: The day on which the claim was made.
        today: The day that "now" is: the last on which anything stored became public.
        found: The series that were built for it, by measure.
        frameworks: What was agreed.
    """

    day: date | None
    said: date
    today: date
    found: Mapping[str, IndicatorSeries]
    frameworks: Mapping[str, Framework]

    def tracks(self, check: AbstractMeasured, *, place: str | None = None) -> tuple[Track, ...]:
        """The measure that the words name, then its rivals."""
        stated, *rivals = measures_of(check)
        others: Role = "shown" if check.names_its_source else "measure"
        first = self.track(stated, place=place or check.place, unit=check.unit)
        if check.called is not None:
            first = replace(first, title=check.called)
        found = [
            self.track(one, place=place or check.place, unit=check.unit, role=others, beside=first)
            for one in rivals
        ]
        if check.rivals_differ_by is not None:
            found = [replace(one, cause=check.rivals_differ_by) for one in found]
        return (first, *found)

    def track(
        self,
        measure: Countable,
        *,
        place: str | None = None,
        unit: str | None = None,
        role: Role = "stated",
        beside: Track | None = None,
    ) -> Track:
        """One measure at one place, in the unit asked for where it can be converted."""
        code = place or measure.country
        series = self.found[measure.id]
        own = UNITS[measure.unit]
        target = UNITS[unit] if unit and UNITS[unit].dimension == own.dimension else own
        values = tuple(_converted(one, target) for one in series.of(code) if one.value is not None)
        cause = _cause(values, own, beside=beside) if beside else None
        return Track(
            id=measure.id,
            title=measure.title,
            unit=target,
            role=role,
            cause=cause,
            values=values,
            baselines=measure.baselines,
        )

    def beside(self, track: Track, code: str) -> Track:
        """The same measurement at another place."""
        values = (_converted(one, track.unit) for one in self.found[track.id].of(code))
        return replace(track, values=tuple(one for one in values if one.value is not None))


def _converted(value: Value, target: Unit) -> Value:
    if value.unit is target or value.value is None:
        return value
    return replace(value, value=convert(value.value, value.unit, target=target), unit=target)


def _cause(values: tuple[Value, ...], own: Unit, *, beside: Track) -> Cause:
    """Another unit, another kind of period or a figure that is not final is another definition; else another source."""
    if own.dimension != beside.unit.dimension:
        return "definition"
    rolling = any(one.period.kind is PeriodKind.TWELVE_MONTHS_ENDING for one in values[-1:])
    uncertain = any(one.status in _UNCERTAIN for one in values[-1:])
    return "definition" if rolling or uncertain else "source"
