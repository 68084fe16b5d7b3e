"""An indicator as the review reads it: its values then and at every earlier publication, its baselines, its change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from math import isclose
from typing import Final, final

from acuerdo.core.period import Period, PeriodKind
from acuerdo.core.place import PlaceLevel
from acuerdo.core.status import Status
from acuerdo.core.unit import Unit
from acuerdo.indicators.indicator import Baseline, Indicator, IndicatorKind
from acuerdo.indicators.recipe import Selection
from acuerdo.indicators.value import IndicatorSeries, Value

KINDS_IN_ORDER: Final[tuple[IndicatorKind, ...]] = ("outcome", "output", "activity", "input", "context")
# Units in which the difference says more than the relative change: a share, a place on a scale.
BY_DIFFERENCE: Final = frozenset({"percent", "score", "index", "rank", "tier"})
# Sums of the same numbers differ by less than this share of them when added up in another order.
SUMMING_TOLERANCE: Final = 1e-9
_DERIVED: Final = frozenset({"change", "index", "mean", "count"})
# Drawn hollow and dashed: what its publisher expects to change, or does not vouch for.
_UNSURE: Final = frozenset({Status.PROVISIONAL, Status.FORECAST, Status.LOW_RELIABILITY})


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One indicator on the day of the review.

    Attributes:
        series: As known that day.
        history: As known at each earlier publication and at the last one, oldest first; the country only.
        launched: The first day of the framework.
        national: The whole country, oldest first, in periods like the baseline's; a missing value keeps its place.
    """

    indicator: Indicator
    series: IndicatorSeries
    history: tuple[IndicatorSeries, ...]
    launched: date
    national: tuple[Value, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        country = full(self.series, self.indicator.country)
        object.__setattr__(self, "national", _like(country, self.indicator.baseline.period.kind))

    @property
    def unit(self) -> Unit:
        """Unit of every value."""
        return self.series.unit

    @property
    def known_national(self) -> tuple[Value, ...]:
        """Those of the whole country that are not missing."""
        return tuple(one for one in self.national if one.value is not None)

    @property
    def latest(self) -> Value | None:
        """The newest of these that has a value."""
        known = self.known_national
        return known[-1] if known else None

    @property
    def derived(self) -> bool:
        """Whether it is worked out from a plainer measure: a change, an index, a mean, a count of places."""
        recipe = self.indicator.recipe
        return not isinstance(recipe, Selection) and any(verb in _DERIVED for verb, _ in recipe.steps)

    @property
    def known(self) -> bool:
        """Whether anything at all was public."""
        return any(one.value is not None for one in self.series.values)

    def states(self) -> Mapping[str, tuple[Value, ...]]:
        """Full periods of each state by its code, oldest first."""
        found: dict[str, list[Value]] = {}
        for one in self.series.values:
            if one.place.level is not PlaceLevel.COUNTRY and one.breakdown == "" and one.period.is_full:
                found.setdefault(one.place.code, []).append(one)
        kind = self.indicator.baseline.period.kind
        return {code: _like(tuple(values), kind) for code, values in sorted(found.items())}


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The change from a baseline to the latest comparable value.

    Attributes:
        before: The baseline's value under its own vintage rule; None if it was not known.
        after: The latest value of the same kind of period.
        ratio: Relative change; None where a side is missing, or the baseline is zero.
        difference: The plain difference, in the unit; the one to show for shares, scores and the like.
    """

    baseline: Baseline
    before: Value | None
    after: Value | None
    ratio: float | None
    difference: float | None


def full(series: IndicatorSeries, place: str) -> tuple[Value, ...]:
    """Full periods of a place without breakdown, oldest first."""
    return tuple(one for one in series.of(place) if one.period.is_full)


def _like(values: tuple[Value, ...], kind: PeriodKind) -> tuple[Value, ...]:
    """The values of one kind of period; where there is none, those of the kind that most of them are of."""
    kinds = Counter(one.period.kind for one in values)
    wanted = kind if kinds[kind] or not kinds else kinds.most_common(1)[0][0]
    return tuple(one for one in values if _alike(one.period.kind, wanted))


def _alike(one: PeriodKind, other: PeriodKind) -> bool:
    """Whether values of two kinds of period compare; a stock is dated by a day, or else by a month."""
    return one is other or {one, other} == {PeriodKind.DAY, PeriodKind.MONTH}


def comparisons(reading: Reading) -> tuple[Comparison, ...]:
    """The change against the stated baseline and then against each of the others; none that lies ahead of the day."""
    baselines = (reading.indicator.baseline, *reading.indicator.other_baselines)
    day = reading.series.as_of or date.max
    known = (one for one in baselines if one.period.end <= day and (one.known_from or one.period.end) <= day)
    return tuple(compare(reading, baseline) for baseline in known)


def compare(reading: Reading, baseline: Baseline) -> Comparison:
    """The change against one baseline."""
    before = _value_at(reading, baseline)
    same = [one for one in reading.known_national if _alike(one.period.kind, baseline.period.kind)]
    after = same[-1] if same and same[-1].period >= baseline.period else None
    ratio = difference = None
    if before is not None and after is not None and before.period != after.period:
        then, now = before.value or 0.0, after.value or 0.0
        difference = now - then
        ratio = difference / then if then > 0 else None
    return Comparison(baseline=baseline, before=before, after=after, ratio=ratio, difference=difference)


def _value_at(reading: Reading, baseline: Baseline) -> Value | None:
    country, period = reading.indicator.country, baseline.period
    if baseline.vintage == "latest":
        candidates = [reading.series.at(country, period)]
    elif baseline.vintage == "first_release":
        candidates = [one.at(country, period) for one in reading.history]
    else:
        then = [one for one in reading.history if one.as_of is not None and one.as_of <= reading.launched]
        candidates = [one.at(country, period) for one in reversed(then)]
    return next((one for one in candidates if one is not None and one.value is not None), None)


def middle(period: Period) -> date:
    """The day at which a value is drawn: the middle of its period, or the end of a window that rolls."""
    if period.kind is PeriodKind.TWELVE_MONTHS_ENDING:
        return period.end
    return period.start + timedelta(days=(period.end - period.start).days // 2)


def firm(value: Value) -> bool:
    """Whether a value is one that its publisher stands by."""
    return value.status not in _UNSURE


def stretches(values: tuple[Value, ...]) -> tuple[tuple[Value, ...], ...]:
    """Consecutive values; a missing one, or a period that is not there, ends a stretch.

    Values of a rolling window follow one another when their windows end in consecutive months.
    """
    found: list[list[Value]] = []
    for one in values:
        if one.value is None:
            found.append([])
            continue
        if not found or not found[-1] or found[-1][-1].period.shift(1) != one.period:
            found.append([])
        found[-1].append(one)
    return tuple(tuple(stretch) for stretch in found if stretch)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """How the value of one period moved between its first publication and the day of the review.

    Attributes:
        ratio: Relative change.
        difference: The plain difference, in the unit.
        size: What says more of the two: the difference for shares, scores and the like.
    """

    period: Period
    first: Value
    last: Value
    ratio: float
    difference: float
    size: float
    times: int


def revisions(reading: Reading) -> tuple[Revision, ...]:
    """Every period whose value was published more than once with a difference, newest first."""
    country = reading.indicator.country
    found: list[Revision] = []
    for now in reading.national:
        published = [one.at(country, now.period) for one in reading.history]
        values = [one for one in published if one is not None and one.value is not None]
        distinct = [
            one
            for number, one in enumerate(values)
            if number == 0 or not _alike_in_size(one, values[number - 1])
        ]
        if len(distinct) > 1 and distinct[0].value:
            first, last = distinct[0], distinct[-1]
            difference = (last.value or 0.0) - (first.value or 0.0)
            ratio = difference / abs(first.value or 1.0)
            found.append(
                Revision(
                    period=now.period, first=first, last=last, ratio=ratio, difference=difference,
                    size=difference if reading.unit.id in BY_DIFFERENCE else ratio, times=len(distinct) - 1,
                )
            )  # fmt: skip
    return tuple(reversed(found))


def _alike_in_size(one: Value, other: Value) -> bool:
    """Whether two values differ by no more than the order of adding up can make them."""
    return isclose(one.value or 0.0, other.value or 0.0, rel_tol=SUMMING_TOLERANCE, abs_tol=1e-12)


def gaps(values: Sequence[Value]) -> int:
    """How many values are missing between the first and the last: printed as missing, or not there at all."""
    known = [number for number, one in enumerate(values) if one.value is not None]
    if not known:
        return 0
    inside = values[known[0] : known[-1] + 1]
    absent = sum(_absent(one.period, other.period) for one, other in pairwise(inside))
    return absent + sum(one.value is None for one in inside)


def _absent(one: Period, other: Period) -> int:
    """How many periods of their kind lie between two; days at which a stock is taken have no rhythm to miss."""
    if one.kind is not other.kind or one.kind is PeriodKind.DAY:
        return 0
    steps, following = 0, one.shift(1)
    while following < other:
        steps, following = steps + 1, following.shift(1)
    return steps
