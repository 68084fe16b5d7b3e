"""Single runs at chosen values: what published tables and behaviours are measured with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import final

import numpy as np

from acuerdo.core.errors import NotFound
from acuerdo.core.text import Text
from acuerdo.foresight.arrays import last_states
from acuerdo.foresight.backends import Backend, compute_with
from acuerdo.foresight.draws import Draws
from acuerdo.foresight.faults import unknown_word
from acuerdo.foresight.model import Floats, Model
from acuerdo.foresight.scenario import Scenario, Schedule, Series
from acuerdo.foresight.stepping import find_step
from acuerdo.foresight.timeline import Timeline, timeline
from acuerdo.foresight.tracing import System, trace

_TOLERANCE = 1e-9
_OUTCOME = Text("an outcome", "un resultado")


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is set for one run; everything else stays at its default.

    Attributes:
        parameters: Values of parameters.
        levers: A value from the start on, or a schedule.
        inputs: Series from outside.
        structure: Alternatives of mechanisms.
        span: How long, in the model's unit.
        every: The spacing of reported times.
    """

    parameters: Mapping[str, float] = field(default_factory=dict)
    levers: Mapping[str, float | Schedule] = field(default_factory=dict)
    inputs: Mapping[str, Series] = field(default_factory=dict)
    structure: Mapping[str, str] = field(default_factory=dict)
    span: float | None = None
    every: float | None = None


@final
@dataclass(frozen=True, slots=True)
class Trajectory:
    """One run.

    Attributes:
        times: The reported times, shape (dates,).
        values: Each outcome, shape (dates,).
    """

    times: Floats
    values: Mapping[str, Floats]

    def at(self, outcome: str, time: float) -> float:
        """An outcome at a time, on a straight line between reported times.

        Raises:
            NotFound: If there is no such outcome.
        """
        if outcome not in self.values:
            raise NotFound(unknown_word(_OUTCOME, outcome, known=self.values))
        return float(np.interp(time, self.times, self.values[outcome]))

    def end(self, outcome: str) -> float:
        """An outcome at the last time."""
        return self.at(outcome, float(self.times[-1]))


@final
@dataclass(frozen=True, slots=True)
class Trial:
    """A model to be tried.

    Attributes:
        model: The model.
        backend: What computes; the plain reference needs nothing compiled.
    """

    model: Model
    backend: Backend = "numpy"

    def run(self, setting: Setting | None = None) -> Trajectory:
        """One run, with steps short enough for a relative error of 1e-9.

        Raises:
            UsageError: If the setting does not fit the model.
        """
        system, params, course = self._laid(setting or Setting())
        out = compute_with(self.backend)(system, params, course)[:, :, 0]
        return Trajectory(course.times, {name: out[row] for row, name in enumerate(system.outcomes)})

    def states(self, setting: Setting | None = None) -> dict[str, Floats]:
        """The states at the end of a run: scalars with shape (1,), vectors (n,).

        Raises:
            UsageError: If the setting does not fit the model.
        """
        system, params, course = self._laid(setting or Setting())
        return {
            name: value[..., 0] if value.ndim == 2 else value
            for name, value in last_states(system, params, course=course).items()
        }

    def _laid(self, setting: Setting) -> tuple[System, Floats, Timeline]:
        """The system, parameters and steps of a setting."""
        model = self.model
        given = {name: np.array([value]) for name, value in setting.parameters.items()}
        draws = Draws.of(given) if given else Draws.central()
        draws.check(model)
        levers = {
            name: one if isinstance(one, Schedule) else Schedule(((model.starts, one),))
            for name, one in setting.levers.items()
        }
        scenario = Scenario(id="trial", levers=levers, inputs=setting.inputs)
        scenario.check(model)
        system, params = trace(model, setting.structure), draws.block(model, first=0, last=1)
        span, every = setting.span or model.span, setting.every or model.report_every
        step = find_step(
            system,
            [scenario],
            params=params,
            grid=(span, every),
            tolerance=_TOLERANCE,
            compute=compute_with(self.backend),
        )
        return system, params, timeline(model, scenario, span=span, every=every, step=step.length)
