"""The best fit, from several starts; and the best fit at each given value of a parameter: its profile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np

from acuerdo.core.errors import CheckFailed, Problem, missing_extra
from acuerdo.core.text import Text
from acuerdo.foresight.draws import uniforms
from acuerdo.foresight.identified.predicting import FITTING, Prediction
from acuerdo.foresight.keeping import Arrays
from acuerdo.foresight.model import Floats
from acuerdo.foresight.progress import Advance, Watch
from acuerdo.foresight.sizes import STARTS

# Far smaller than any difference between two fits that matters, far larger than rounding
_NUDGE = 1e-5
_REACHED = 1e-3
# Solutions in one file: a hand that stops the work loses a moment of it, and the files stay few
_KEPT_TOGETHER = 8


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Best:
    """The best fit found.

    Attributes:
        point: The parameters on the search scale, shape (sought,).
        error: Its root mean squared error.
        starts: The error reached from each start, best first; close together if they found the same optimum.
    """

    point: Floats
    error: float
    starts: tuple[float, ...]

    @property
    def reached(self) -> int:
        """How many starts came as low as the best, to one in a thousand."""
        return sum(one <= self.error * (1.0 + _REACHED) for one in self.starts)

    def checked(self) -> Best:
        """The same.

        Raises:
            CheckFailed: If no second start found it, of those that were made: then a lower one may lie elsewhere.
        """
        if len(self.starts) > 1 and self.reached < 2:
            raise CheckFailed(_alone(self))
        return self


def _alone(best: Best) -> Problem:
    reached = ", ".join(f"{one:.4g}" for one in best.starts)
    return Problem(
        what=Text(
            f"Only one of {len(best.starts)} starts reached the best fit; errors: {reached}.",
            f"Solo uno de {len(best.starts)} arranques llegó al mejor ajuste; errores: {reached}.",
        ),
        fix=Text("Ask for more starts.", "Pida más arranques."),
    )


def spread_points(prediction: Prediction, count: int) -> Floats:
    """Points spread evenly over the ranges that are sought, shape (count, sought); the same at every call.

    Raises:
        MissingExtra: If SciPy is not installed.
    """
    try:
        from scipy.stats import qmc
    except ImportError as error:
        raise missing_extra("foresight", FITTING) from error
    low, high = prediction.bounds()
    unit = qmc.Halton(d=low.size, scramble=False).random(count + 1)[1:]
    return low + (high - low) * unit


def solved(prediction: Prediction, start: Floats, *, free: tuple[str, ...]) -> tuple[Floats, float]:
    """The best fit near a start over the parameters named, the others held.

    Args:
        start: On the search scale, shape (sought,).
        free: The parameters that move.

    Returns:
        The point, and its root mean squared error.

    Raises:
        MissingExtra: If SciPy is not installed.
    """
    try:
        from scipy.optimize import least_squares
    except ImportError as error:
        raise missing_extra("foresight", FITTING) from error
    columns = [prediction.names.index(name) for name in free]
    low, high = prediction.bounds()
    width = (high - low)[columns]

    def points_at(unit: Floats) -> Floats:
        point = start.copy()
        point[columns] = low[columns] + width * unit
        return point

    def residual(unit: Floats) -> Floats:
        with np.errstate(all="ignore"):
            apart = prediction.course(points_at(unit)[None])[:, 0] - prediction.observed.values
        return np.where(np.isfinite(apart), np.clip(apart, -_FAR, _FAR), _FAR)

    def slopes(unit: Floats) -> Floats:
        # Every nudged point in one call, which costs hardly more than one of them
        signs = np.where(unit > 0.5, -_NUDGE, _NUDGE)
        tried = np.stack([points_at(unit + row) for row in np.vstack([np.zeros(unit.size), np.diag(signs)])])
        with np.errstate(all="ignore"):
            course = np.nan_to_num(prediction.course(tried), nan=_FAR, posinf=_FAR, neginf=-_FAR)
        return (course[:, 1:] - course[:, :1]) / signs

    begin = np.clip((start[columns] - low[columns]) / width, 1e-6, 1.0 - 1e-6)
    found = least_squares(
        residual,
        begin,
        jac=slopes,  # pyright: ignore[reportArgumentType]
        bounds=(0.0, 1.0),
        x_scale=0.1,
        xtol=1e-9,
        ftol=1e-9,
    )
    return points_at(found.x), float(np.sqrt(np.mean(found.fun**2)))


_FAR = 1e6


def best_fit(prediction: Prediction, *, starts: int = STARTS, advance: Advance | None = None) -> Best:
    """The best fit over every parameter sought, from several starts.

    Each start is first brought to fit over the parameters that the data decide, from the best of a coarse sweep of
    them, so that none begins where the course explodes.
    """
    watch = Watch(starts, advance, of=Text("Starts of the fit", "Arranques del ajuste"))
    found: list[tuple[Floats, float]] = []
    for point in spread_points(prediction, starts):
        (begun, errors), kept = _kept(prediction, point[None], free=prediction.names)
        found.append((begun[0], float(errors[0])))
        watch.tick(found=kept)
    found.sort(key=lambda one: one[1])
    return Best(point=found[0][0], error=found[0][1], starts=tuple(error for _, error in found))


def solutions(prediction: Prediction, points: Floats, *, advance: Advance | None = None) -> Floats:
    """Each point with the parameters that the data decide solved for, the others as given; shape as given."""
    watch = Watch(len(points), advance, of=Text("Values fitted", "Valores ajustados"))
    out = np.empty_like(points)
    for first in range(0, len(points), _KEPT_TOGETHER):
        rows = slice(first, first + _KEPT_TOGETHER)
        (out[rows], _), kept = _kept(prediction, points[rows], free=prediction.fit.solved)
        watch.tick(len(points[rows]), found=kept)
    return out


def _kept(
    prediction: Prediction, starts: Floats, *, free: tuple[str, ...], swept: bool = True
) -> tuple[tuple[Floats, Floats], bool]:
    """The best fits near some starts and their errors, as they were kept or else found now; and whether they were.

    Args:
        starts: On the search scale, shape (starts, sought).
        free: The parameters that move.
        swept: Whether a coarse sweep of what the data decide comes first.
    """

    def compute() -> Arrays:
        begun = [_begun(prediction, one) if swept else one for one in starts]
        found = [solved(prediction, one, free=free) for one in begun]
        return {"points": np.stack([one for one, _ in found]), "errors": np.array([one for _, one in found])}

    arrays, kept = prediction.shelf.arrays(["solved", starts.tolist(), list(free), swept], compute)
    return (arrays["points"], arrays["errors"]), kept


def _begun(prediction: Prediction, point: Floats) -> Floats:
    """A point with the parameters that the data decide at the best of a coarse sweep of them."""
    columns = [prediction.names.index(name) for name in prediction.fit.solved]
    tried = np.tile(point, (_SWEPT, 1))
    tried[:, columns] = spread_points(prediction, _SWEPT)[:, columns]
    return tried[int(np.argmin(prediction.error(tried)))]


_SWEPT = 256


def profile(
    prediction: Prediction,
    name: str,
    *,
    count: int = 12,
    best: Best | None = None,
    advance: Advance | None = None,
) -> Floats:
    """The profile of a parameter: shape (count, 2), its value and the least error reached with it.

    Each value starts from the solution of the one before, outwards from the best fit in both directions.
    """
    found = best or best_fit(prediction)
    column = prediction.names.index(name)
    low, high = prediction.bounds()
    grid = np.linspace(low[column], high[column], count)
    others = tuple(one for one in prediction.names if one != name)
    errors = np.empty(count)
    watch = Watch(count, advance, of=Text(f"Profile of {name}", f"Perfil de {name}"))
    middle = int(np.argmin(np.abs(grid - found.point[column])))
    for side in (range(middle, count), range(middle - 1, -1, -1)):
        point = found.point
        for place in side:
            start = point.copy()
            start[column] = grid[place]
            (points, found_errors), kept = _kept(prediction, start[None], free=others, swept=False)
            point, errors[place] = points[0], found_errors[0]
            watch.tick(found=kept)
    values = np.exp(grid) if prediction.fit.sought[name].log else grid
    return np.stack([values, errors], axis=1)


def streams(name: str, *, rows: int, count: int) -> Floats:
    """Numbers in [0, 1) of shape (rows, count), one named stream per row."""
    return np.stack([uniforms(f"{name}/{row}", first=0, last=count) for row in range(rows)])
