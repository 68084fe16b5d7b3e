"""A scenario: what is done with the levers, and when; and the series that come from outside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import final

import numpy as np

from acuerdo.core.errors import Problem, UsageError
from acuerdo.core.text import Text, same
from acuerdo.foresight.clock import time_of
from acuerdo.foresight.faults import out_of_range, unknown_word
from acuerdo.foresight.model import Floats, Lever, Model

_LEVER = Text("a lever", "una palanca")
_INPUT = Text("an input", "una entrada")


@final
@dataclass(frozen=True, slots=True)
class Schedule:
    """The course of one lever: its value from each date on.

    Attributes:
        points: Dates in order, each with the value from then on; before the first, the lever's default.
        ramp: Whether the value moves evenly from each date's value to the next one's, instead of in steps.
    """

    points: tuple[tuple[date, float], ...]
    ramp: bool = False


@final
@dataclass(frozen=True, slots=True)
class Series:
    """The course of one input: values at times, straight lines between, level outside.

    Attributes:
        times: Times since the model's start, in its unit, ascending, shape (points,).
        values: Shape (points,), or (points, draws) where each draw has its own.
    """

    times: Floats
    values: Floats


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """What is done, and when.

    Attributes:
        id: Its key in results.
        title: Its name for a reader.
        levers: The schedule of each lever that is moved.
        inputs: The series of each input that is given.
    """

    id: str
    title: Text = field(default=same("-"))
    levers: Mapping[str, Schedule] = field(default_factory=dict)
    inputs: Mapping[str, Series] = field(default_factory=dict)

    def check(self, model: Model) -> None:
        """Checks that the model has these levers and inputs, and that each stays in its range.

        Raises:
            UsageError: If not; lists every fault.
        """
        known = {one.name: one for one in model.levers}
        problems = [
            unknown_word(_LEVER, name, known=known, where=self.id)
            for name in self.levers
            if name not in known
        ]
        inputs = [one.name for one in model.inputs]
        problems += [
            unknown_word(_INPUT, name, known=inputs, where=self.id)
            for name in self.inputs
            if name not in inputs
        ]
        for name, schedule in self.levers.items():
            if name in known:
                problems += _faults(known[name], schedule, where=self.id)
        if problems:
            raise UsageError(problems)

    def part(self, first: int, last: int) -> Scenario:
        """The same scenario for the draws from ``first`` up to ``last`` only."""
        if all(one.values.ndim == 1 for one in self.inputs.values()):
            return self
        inputs = {
            name: one if one.values.ndim == 1 else Series(one.times, one.values[:, first:last])
            for name, one in self.inputs.items()
        }
        return Scenario(id=self.id, title=self.title, levers=self.levers, inputs=inputs)

    def identity(self) -> list[object]:
        """Equal for scenarios that do the same; for fingerprints."""
        levers = {
            name: [[day.isoformat(), value] for day, value in course.points] + [course.ramp]
            for name, course in self.levers.items()
        }
        inputs = {name: [one.times.tolist(), one.values.tolist()] for name, one in self.inputs.items()}
        return [self.id, levers, inputs]

    def changes(self, model: Model) -> Iterator[float]:
        """The times at which a lever changes its course."""
        for schedule in self.levers.values():
            yield from (time_of(model, day) for day, _ in schedule.points)

    def lever_values(self, model: Model, points: Floats) -> Floats:
        """Every lever at the beginning, middle and end of each step, shape (steps, 3, levers).

        A step's end is seen from the left: a change on that date belongs to the next step.
        """
        steps = points.shape[0]
        out = np.empty((steps, 3, len(model.levers)))
        for place, lever in enumerate(model.levers):
            schedule = self.levers.get(lever.name)
            if schedule is None or lever.impulse:
                out[:, :, place] = lever.default
            else:
                out[:, :, place] = _course(model, lever, schedule=schedule, points=points)
        return out

    def impulse_values(self, model: Model, begins: Floats) -> Floats:
        """Every impulse lever at the beginning of each step, shape (steps, levers); the default between dates."""
        out = np.tile([one.default for one in model.levers], (begins.size, 1)).astype(np.float64)
        for place, lever in enumerate(model.levers):
            if lever.impulse and lever.name in self.levers:
                for day, value in self.levers[lever.name].points:
                    out[np.abs(begins - time_of(model, day)) < 1e-9, place] = value
        return out

    def input_values(self, model: Model, points: Floats) -> Floats:
        """Every input at the points of each step: (steps, 3, inputs), or with draws (steps, 3, inputs, draws)."""
        given = [self.inputs.get(one.name) for one in model.inputs]
        draws = [one.values.shape[1] for one in given if one is not None and one.values.ndim == 2]
        shape = (*points.shape, len(given), *draws[:1])
        out = np.empty(shape)
        for place, (declared, series) in enumerate(zip(model.inputs, given, strict=True)):
            out[:, :, place] = declared.value if series is None else _along(series, points, drawn=bool(draws))
        return out


BASELINE = Scenario(id="baseline", title=Text("No change", "Sin cambios"))


def _course(model: Model, lever: Lever, *, schedule: Schedule, points: Floats) -> Floats:
    times = np.array([time_of(model, day) for day, _ in schedule.points])
    values = np.array([value for _, value in schedule.points])
    # All three points of a step lie in one segment, so its middle says which course holds throughout
    index = np.searchsorted(times, points[:, 1], side="right")
    if schedule.ramp:
        return np.where(index[:, None] == 0, lever.default, np.interp(points, times, values))
    return np.concatenate([[lever.default], values])[index][:, None]


def _along(series: Series, points: Floats, *, drawn: bool) -> Floats:
    if series.values.ndim == 1:
        level = np.interp(points, series.times, series.values)
        return level[..., None] if drawn else level
    right = np.clip(np.searchsorted(series.times, points), 1, series.times.size - 1)
    width = series.times[right] - series.times[right - 1]
    share = np.clip((points - series.times[right - 1]) / width, 0.0, 1.0)[..., None]
    return (1.0 - share) * series.values[right - 1] + share * series.values[right]


def _faults(lever: Lever, schedule: Schedule, *, where: str) -> list[Problem]:
    problems = [
        out_of_range(lever.name, value, low=lever.low, high=lever.high, where=where)
        for _, value in schedule.points
        if not lever.low <= value <= lever.high
    ]
    days = [day for day, _ in schedule.points]
    if days != sorted(set(days)):
        problems.append(
            Problem(
                what=Text(
                    f"The dates of '{lever.name}' are not in order.",
                    f"Las fechas de '{lever.name}' no están en orden.",
                ),
                where=where,
                fix=Text(
                    "Give each date once, earliest first.",
                    "Dé cada fecha una vez, de la primera a la última.",
                ),
            )
        )
    return problems
