"""How good the probabilities would have been: made on past days from what was public then, judged by what is now.

Reference:
    Brier, G. W. (1950), "Verification of forecasts expressed in terms of probability", Monthly Weather Review 78(1).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final, final

from acuerdo.core.period import Period
from acuerdo.spec.commitment import Recurring
from acuerdo.tracking.coding import Code, codes
from acuerdo.tracking.deadlines import Duty, duties
from acuerdo.tracking.prospects.enough import told
from acuerdo.tracking.prospects.hazard import Chance, Hazard, hazard
from acuerdo.tracking.prospects.history import (
    COMPLETE,
    QUARTER_DAYS,
    History,
    histories,
    of_promise,
    of_round,
)
from acuerdo.tracking.prospects.score import Bin, Forecast, Score, bins, score
from acuerdo.tracking.prospects.trials import trials

QUARTERS: Final = 4


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRow:
    """The forecasts of one day."""

    as_of: date
    score: Score


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineForecast:
    """What would have been said of one deadline on the first day it ran, and what came of it.

    Attributes:
        duty: The deadline, and how it was met as far as is known now.
        forecast: The forecast of its being met in time.
    """

    duty: Duty
    forecast: Forecast


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class ProspectScore:
    """The back-test.

    Attributes:
        quarters: How far ahead every open commitment was foretold.
        rows: One for each past day.
        every: All forecasts of all days.
        shown: Those of them that the rule would have let be told; None if there is none.
        reliability: How often came true what was given a probability, in steps of probability.
        deadlines: Every deadline that was to come on the day after it was set.
    """

    quarters: int
    rows: tuple[ScoreRow, ...]
    every: Score | None
    shown: Score | None
    reliability: tuple[Bin, ...]
    deadlines: tuple[DeadlineForecast, ...]


def prospect_score(
    *, quarters: int = QUARTERS, days: Sequence[date] | None = None, as_of: date | None = None
) -> ProspectScore:
    """Judges past forecasts by what became of each promise.

    Args:
        quarters: How far ahead to foretell.
        days: Days of the forecasts; if none are given, the end of the first promise's year and every ``quarters``
            after. Those whose horizon is not yet over are left out.
        as_of: The day of the judgement, today if none is given; later statements do not count.
    """
    today = as_of or datetime.now(tz=UTC).date()
    judged = codes(None, as_of=today)
    outcome = {one.item: one for one in histories(judged)}
    ahead = timedelta(days=round(quarters * QUARTER_DAYS))
    asked = [day for day in days or _days(judged, quarters=quarters, today=today) if day + ahead <= today]
    found = {day: list(_forecasts(day, day + ahead, outcome=outcome)) for day in asked}
    every = [one for each in found.values() for one in each]
    return ProspectScore(
        quarters=quarters,
        rows=tuple(
            ScoreRow(as_of=day, score=each) for day in asked if (each := score(found[day])) is not None
        ),
        every=score(every),
        shown=score([one for one in every if one.told]),
        reliability=bins(every),
        deadlines=tuple(_deadlines(duties(judged))),
    )


def _days(every: Sequence[Code], *, quarters: int, today: date) -> Iterator[date]:
    """Days as far apart as the horizon, from the end of the first promise's year on: no stretch is foretold twice."""
    first = min((one.item.made_on.start for one in every if one.item.made_on is not None), default=today)
    quarter = Period.parse(f"{first.year}-Q4")
    while quarter.end < today:
        yield quarter.end
        quarter = quarter.shift(quarters)


def _forecasts(day: date, by: date, *, outcome: Mapping[tuple[str, str], History]) -> Iterator[Forecast]:
    """The forecast of every commitment that was open on a day and is to be kept once."""
    known = codes(None, as_of=day)
    learnt = histories(known)
    model = hazard(learnt)
    base = _base_rate(learnt, model, ahead=(by - day).days / QUARTER_DAYS)
    for code in known:
        promised = code.item.commitment
        if promised is None or isinstance(promised.deadline, Recurring) or code.level == COMPLETE:
            continue
        one = of_promise(code)
        done = outcome[one.item].completed()
        yield _forecast(
            one,
            model.completion(one, since=day, by=by),
            model=model,
            base=base,
            came_true=done is not None and done <= by,
        )


def _forecast(one: History, chance: Chance, *, model: Hazard, base: float, came_true: bool) -> Forecast:
    return Forecast(
        item=one.item, chance=chance, told=told(model, chance), base_rate=base, came_true=came_true
    )


def _base_rate(learnt: Sequence[History], model: Hazard, *, ahead: float) -> float:
    """The rival: completions of commitments per quarter open, whatever the commitment, as known on the day."""
    promised = trials([one for one in learnt if not one.decision])
    rate = model.trials.completions / promised.periods if promised.periods else 0.0
    return 1 - (1 - rate) ** ahead


def _deadlines(every: Sequence[Duty]) -> Iterator[DeadlineForecast]:
    for duty in every:
        if duty.timeliness != "not_due" and duty.item.made_on is not None:
            begun = duty.due.start if duty.recurring else duty.item.made_on.end
            yield from _on_first_day(duty, max(begun, duty.item.made_on.end) + timedelta(days=1))


def _on_first_day(duty: Duty, day: date) -> Iterator[DeadlineForecast]:
    """Nothing if it was known to be met, or over, by then."""
    known = codes(None, as_of=day)
    code = next(
        one for one in known if (one.item.framework, one.item.id) == (duty.item.framework, duty.item.id)
    )
    each = next((one for one in code.rounds if one.due == duty.due and one.outcome == "not_yet_due"), None)
    if each is None:
        return
    learnt = histories(known)
    model = hazard(learnt)
    one = of_round(code, each, due=duty.due) if duty.recurring else of_promise(code)
    yield DeadlineForecast(
        duty=duty,
        forecast=_forecast(
            one,
            model.completion(one, since=day, by=duty.due.end),
            model=model,
            base=_base_rate(learnt, model, ahead=(duty.due.end - day).days / QUARTER_DAYS),
            came_true=duty.timeliness == "on_time",
        ),
    )
