"""How long a step may be: doubled steps are compared with halved ones, and the difference is told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from acuerdo.foresight.backends import Compute
from acuerdo.foresight.model import Floats
from acuerdo.foresight.scenario import Scenario
from acuerdo.foresight.timeline import Cut, timeline
from acuerdo.foresight.tracing import System

# A method of the fourth order leaves a sixteenth of its error when the step is halved, so the difference is 15/16 of it
_SEEN = 15.0 / 16.0
_HALVINGS = 12
_CUTS: tuple[Cut, Cut] = ("longest", "halved")
# Values this much smaller than an outcome's largest are judged against that instead
_NEGLIGIBLE = 1e-6


class Step(NamedTuple):
    """A step and what it costs.

    Attributes:
        length: The longest step, in the model's unit.
        error: The estimated largest relative error of any outcome at any reported time.
    """

    length: float
    error: float


def find_step(
    system: System,
    scenarios: Sequence[Scenario],
    *,
    params: Floats,
    grid: tuple[float, float],
    tolerance: float,
    compute: Compute,
) -> Step:
    """The longest step, of the model's longest and its halves, whose error stays within a tolerance.

    Args:
        system: The traced model.
        scenarios: The error must stay within the tolerance under each of them.
        params: A few draws, shape (parameters, draws).
        grid: How long trajectories are, and the spacing of reported times.
        tolerance: Relative error allowed.
        compute: The back end.
    """
    length = system.model.longest_step
    step = Step(length, np.inf)
    for _ in range(_HALVINGS):
        errors = [
            step_error(system, one, params=params, grid=grid, length=length, compute=compute)
            for one in scenarios
        ]
        step = Step(length, max(errors))
        if step.error <= tolerance:
            break
        length /= 2.0
    return step


def step_error(
    system: System,
    scenario: Scenario,
    *,
    params: Floats,
    grid: tuple[float, float],
    length: float,
    compute: Compute,
) -> float:
    """The estimated relative error of a step length: its outcomes against those of half the step."""
    span, every = grid
    whole, half = (
        compute(
            system,
            params,
            timeline(system.model, scenario, span=span, every=every, step=length, cut=cut),
        )
        for cut in _CUTS
    )
    fine = np.isfinite(whole).all(axis=(0, 1)) & np.isfinite(half).all(axis=(0, 1))
    if not fine.any():
        return np.inf
    whole, half = np.abs(whole[:, :, fine] - half[:, :, fine]), np.abs(half[:, :, fine])
    scale = np.maximum(half, _NEGLIGIBLE * half.max(axis=1, keepdims=True))
    return float(np.max(np.divide(whole, scale, out=np.zeros_like(whole), where=scale > 0.0))) / _SEEN
