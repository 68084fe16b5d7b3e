"""The identified set: every parameter value that fits as well as the best, within a stated tolerance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import final

import numpy as np

from acuerdo.foresight.identified.fitting import solutions, spread_points, streams
from acuerdo.foresight.identified.predicting import Prediction
from acuerdo.foresight.model import Floats, Model
from acuerdo.foresight.progress import Advance
from acuerdo.foresight.study import Fit

# About each solution the data leave some room; so many points are tried in it
_AROUND = 3


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """Parameter values that fit, under one structure.

    Attributes:
        table: The fitted parameters, each with shape (members,).
        errors: The root mean squared error of each member, shape (members,).
        best: The least error of any.
        tried: How many values were tried.
    """

    table: Mapping[str, Floats]
    errors: Floats
    best: float
    tried: int

    @property
    def count(self) -> int:
        """How many there are."""
        return self.errors.size

    def within(self, tolerance: float) -> Members:
        """Those whose error is at most a share larger than the least."""
        kept = self.errors <= self.best * (1.0 + tolerance)
        return Members(
            table={name: values[kept] for name, values in self.table.items()},
            errors=self.errors[kept], best=self.best, tried=self.tried,
        )  # fmt: skip


def members(
    model: Model,
    fit: Fit,
    *,
    structure: Mapping[str, str],
    count: int,
    advance: Advance | None = None,
    keep: Path | None = None,
) -> Members:
    """Values spread over the swept parameters, each solved for the others, and points about each that still fit.

    Args:
        count: How many values of the swept parameters are tried.
        advance: Called after some of them.
        keep: A folder in which what is found is kept, and found again.

    Returns:
        All that were tried, whatever their fit; narrow them with :meth:`Members.within`.

    Raises:
        MissingExtra: If SciPy is not installed.
    """
    prediction = Prediction(model, fit, structure=structure, keep=keep)
    points = solutions(prediction, spread_points(prediction, count), advance=advance)
    errors = prediction.error(points)
    most = float(errors.min()) * (1.0 + fit.tolerance)
    near = [_around(prediction, point, error=error, most=most, name=f"{model.id}/{row}")
            for row, (point, error) in enumerate(zip(points, errors, strict=True)) if error < most]  # fmt: skip
    every = np.concatenate([points, *near])
    found = prediction.error(every)
    return Members(table=prediction.table(every), errors=found, best=float(found.min()), tried=len(every))


def _around(prediction: Prediction, point: Floats, *, error: float, most: float, name: str) -> Floats:
    """Points about a solution at which the error, to second order, stays within ``most``."""
    columns = [prediction.names.index(one) for one in prediction.fit.solved]
    low, high = prediction.bounds()
    nudges = np.zeros((len(columns) + 1, point.size))
    for row, column in enumerate(columns):
        nudges[row + 1, column] = 1e-5 * (high - low)[column]
    course = prediction.course(point + nudges)
    slopes = (course[:, 1:] - course[:, :1]) / nudges[1:, columns].sum(axis=1)
    room = course.shape[0] * (most**2 - error**2)
    root = np.linalg.cholesky(slopes.T @ slopes)
    uniform = streams(f"around/{name}", rows=len(columns) + 1, count=_AROUND)
    direction = uniform[:-1] - 0.5
    direction /= np.linalg.norm(direction, axis=0)
    # Evenly over the ellipse: its rim as well as its inside
    radius = np.sqrt(room) * uniform[-1] ** (1.0 / len(columns))
    out = np.tile(point, (_AROUND, 1))
    out[:, columns] += np.linalg.solve(root.T, radius * direction).T
    return np.clip(out, low, high)
