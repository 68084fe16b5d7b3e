"""What building an indicator gives: values with their place, period, unit, status and provenance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import final

from acuerdo.core.period import Period
from acuerdo.core.place import Place
from acuerdo.core.status import Status
from acuerdo.core.unit import Unit


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One figure of an indicator.

    Attributes:
        place: Where.
        breakdown: ``""`` for the total, else ``sex=female;weapon=firearm`` with keys in order.
        period: When; a period to date is marked as such and is never a full year.
        value: The figure, or None where it is missing; never zero in its place.
        unit: Its unit.
        status: The least certain status of what it rests on.
        known_from: The day on which the last of its inputs became public.
        releases: Ids of the releases it rests on, in order.
    """

    place: Place
    breakdown: str
    period: Period
    value: float | None
    unit: Unit
    status: Status
    known_from: date
    releases: tuple[str, ...]

    def __repr__(self) -> str:
        what = f" {self.breakdown}" if self.breakdown else ""
        status = f"{self.status.label.en}, known from {self.known_from}"
        return (
            f"Value({self.place.code}{what} {self.period.code}: {self.value} {self.unit.label.en}; {status})"
        )


Key = tuple[str, str, Period]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorSeries:
    """An indicator as it stood on one day: exactly one value per place, breakdown and period.

    Attributes:
        indicator: Id of the indicator.
        as_of: The day; None for everything that is stored.
        unit: Unit of every value.
        values: In order of place, breakdown and period.
        by_key: The same by place code, breakdown and period.
    """

    indicator: str
    as_of: date | None
    unit: Unit
    values: tuple[Value, ...]
    by_key: Mapping[Key, Value] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        keyed = {(one.place.code, one.breakdown, one.period): one for one in self.values}
        object.__setattr__(self, "by_key", MappingProxyType(keyed))

    def __repr__(self) -> str:
        known = "all that is stored" if self.as_of is None else f"as known on {self.as_of}"
        return (
            f"IndicatorSeries({self.indicator}: {len(self.values)} values in {self.unit.label.en}; {known})"
        )

    def at(self, place: str, period: Period | str, *, breakdown: str = "") -> Value | None:
        """The value of one place and period, ``2020`` or ``FY2021``; None where there is no row at all."""
        return self.by_key.get((place, breakdown, Period.of(period)))

    def records(self) -> list[dict[str, str | float | date | None]]:
        """One plain mapping per value, as pandas, polars, Arrow and DuckDB take them: ``pandas.DataFrame(...)``."""
        return [
            {
                "place": one.place.code,
                "name": one.place.name.en,
                "breakdown": one.breakdown,
                "period": one.period.code,
                "start": one.period.start,
                "end": one.period.end,
                "value": one.value,
                "unit": one.unit.id,
                "status": one.status.name.lower(),
                "known_from": one.known_from,
                "releases": " ".join(one.releases),
            }
            for one in self.values
        ]

    def of(self, place: str, *, breakdown: str = "") -> tuple[Value, ...]:
        """All values of one place, oldest first."""
        return tuple(one for one in self.values if one.place.code == place and one.breakdown == breakdown)

    def latest(self, place: str, *, breakdown: str = "") -> Value | None:
        """The newest full period of a place that has a value; a year to date does not count."""
        full = [
            one for one in self.of(place, breakdown=breakdown) if one.value is not None and one.period.is_full
        ]
        return full[-1] if full else None
