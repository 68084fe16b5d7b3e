"""Where an indicator stands, where it is heading, and whether what was aimed at will be met."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import final

from acuerdo.core.period import Period
from acuerdo.core.text import Text
from acuerdo.tracking.outlook.aim import Aim
from acuerdo.tracking.outlook.on_track import NO_TARGET, STATUSES, Status

Interval = tuple[float, float] | None


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """A number that is not known for certain: a count still coming in, or one of a coming period.

    Attributes:
        period: When.
        told: What was published of it; None for a coming period.
        value: What it is expected to be.
        intervals: By level, where it will lie; None where the past has too few errors for that level.
    """

    period: Period
    told: float | None = None
    value: float
    intervals: Mapping[float, Interval]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """How past forecasts of the same indicator fared.

    Attributes:
        judged: How many had intervals and could be held against what came.
        coverage: By level, the share of them inside; None without any.
        against: By rival, the mean absolute error in logarithms over the rival's; below one ours is the better.
        origins: Dates in the past from which was forecast.
        vintages: How many of them saw what was published then.
    """

    judged: int
    coverage: Mapping[float, float | None]
    against: Mapping[str, float | None]
    origins: int
    vintages: int


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Revised:
    """How far first published values moved afterwards, in the stored vintages.

    Attributes:
        values: How many values have more than one vintage.
        spread: Standard deviation of the logarithm of the newest over the first; None with fewer than two.
        mean: Its mean.
    """

    values: int
    spread: float | None
    mean: float | None


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """Whether an aim will be met.

    Attributes:
        aim: What was aimed at.
        period: When it is due for this indicator.
        probability: That it is met; None where it is settled already, or its status cannot be told.
        status: By the published rule.
        distance: The newest value of a like period less the aim, in the indicator's unit; None without one.
        why_not: Why the status cannot be told, where it cannot.
    """

    aim: Aim
    period: Period
    probability: float | None
    status: Status
    distance: float | None
    why_not: Text | None = None

    @property
    def status_label(self) -> Text:
        """The status in words."""
        return STATUSES[self.status]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Distance:
    """How far an indicator has come from its baseline, both values as last revised.

    Attributes:
        baseline: The period counted from.
        before: Its value.
        newest: The newest full period of the same kind.
        after: Its value.
    """

    baseline: Period
    before: float
    newest: Period
    after: float

    @property
    def ratio(self) -> float | None:
        """The relative change; None from a baseline of zero."""
        return self.after / self.before - 1 if self.before else None


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """All of it for one indicator and one day.

    Attributes:
        indicator: Its id.
        day: The newest publication that it rests on; None where nothing is stored.
        from_baseline: How far it has come; None where the baseline's value is not known.
        recent: The newest values of the course as published, by period, oldest first.
        nowcasts: The latest counts corrected for what is still to come in, oldest first.
        correction: How that correction fared on what was held back, or why the latest counts, though they have not
            settled, are not corrected; None where all have.
        ahead: The coming periods, nearest first.
        record: How past forecasts fared; None where none can be made.
        revised: How far published values moved.
        chances: One per aim that was public on the day.
        why_no_forecast: Why there is none; None where there is one.
    """

    indicator: str
    day: date | None
    from_baseline: Distance | None
    recent: Mapping[Period, float]
    nowcasts: tuple[Expected, ...]
    correction: Text | None
    ahead: tuple[Expected, ...]
    record: Record | None
    revised: Revised
    chances: tuple[Chance, ...]
    why_no_forecast: Text | None = None

    @property
    def target(self) -> Text | None:
        """The words that no target was published, where the framework set none."""
        return None if any(one.aim.standing == "target" for one in self.chances) else NO_TARGET
