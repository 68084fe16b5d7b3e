"""A model's time and the calendar."""

from __future__ import annotations

from datetime import date, timedelta

from acuerdo.foresight.model import Model

DAYS = {"week": 7.0, "month": 365.25 / 12, "quarter": 365.25 / 4, "year": 365.25}


def time_of(model: Model, day: date) -> float:
    """A date as time since the model's start, in its time unit."""
    return (day - model.starts).days / DAYS[model.time_unit]


def date_of(model: Model, time: float) -> date:
    """The day on which a time falls."""
    return model.starts + timedelta(days=round(time * DAYS[model.time_unit]))
