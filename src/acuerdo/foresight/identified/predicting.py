"""The observed outcome under many parameter values at once: traced and laid on its steps a single time."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import final

import numpy as np

import acuerdo
from acuerdo.core.errors import missing_extra
from acuerdo.core.result import fingerprint
from acuerdo.core.text import Text
from acuerdo.foresight.backends import chosen, compute_with
from acuerdo.foresight.draws import Draws
from acuerdo.foresight.keeping import Shelf
from acuerdo.foresight.model import Floats, Model
from acuerdo.foresight.scenario import BASELINE
from acuerdo.foresight.stepping import find_step
from acuerdo.foresight.study import Fit, Observed
from acuerdo.foresight.timeline import timeline
from acuerdo.foresight.tracing import trace

FITTING = Text("Fitting a model to data", "Ajustar un modelo a los datos")
_TOLERANCE = 1e-6


@final
class Prediction:
    """What a model says of an observed course, for any values of the parameters that are sought.

    Attributes:
        model: The model.
        fit: What is sought, and in which ranges.
        observed: The course.
        shelf: Where what is found with it is kept.
    """

    def __init__(
        self, model: Model, fit: Fit, *, structure: Mapping[str, str], keep: Path | None = None
    ) -> None:
        self.model = model
        self.fit = fit
        try:
            self.observed: Observed = fit.observed()
        except ImportError as error:
            # A course that is drawn through yearly figures needs SciPy's splines
            raise missing_extra("foresight", FITTING) from error
        self._system = trace(model, structure).narrowed((self.observed.outcome,))
        self._compute = compute_with("auto")
        span, every = float(self.observed.times[-1]), float(np.diff(self.observed.times).mean())
        step = find_step(
            self._system,
            [BASELINE],
            params=Draws.central().block(model, first=0, last=1),
            grid=(span, every),
            tolerance=_TOLERANCE,
            compute=self._compute,
        )
        self._course = timeline(model, BASELINE, span=span, every=every, step=step.length)
        self.shelf = Shelf() if keep is None else Shelf(keep, self._digest())

    @property
    def names(self) -> tuple[str, ...]:
        """The parameters that are sought, in order."""
        return tuple(self.fit.sought)

    def _digest(self) -> str:
        """Equal where what is found with one can stand for what is found with the other."""
        course, observed = self._course, self.observed
        arrays = (course.steps, course.levers, course.inputs, course.times, observed.times, observed.values)
        return fingerprint(
            [acuerdo.__version__, chosen("auto"), self._system.fingerprint(), observed.published,
             [[one.name, one.value] for one in (*self.model.parameters, *self.model.constants)],
             [[name, one.low, one.high, one.solved, one.log] for name, one in self.fit.sought.items()],
             [one.tolist() for one in arrays]]
        )  # fmt: skip

    def course(self, points: Floats) -> Floats:
        """The predicted course, shape (times, draws), at points of shape (draws, sought), each on its search scale."""
        given = self.table(points)
        params = Draws.of(given).block(self.model, first=0, last=points.shape[0])
        return self._compute(self._system, params, self._course)[0]

    def error(self, points: Floats) -> Floats:
        """The root mean squared error at each point, infinite where the course does not stay finite."""
        with np.errstate(all="ignore"):
            apart = self.course(points) - self.observed.values[:, None]
            found = np.sqrt((apart**2).mean(axis=0))
        return np.where(np.isfinite(found), found, np.inf)

    def table(self, points: Floats) -> dict[str, Floats]:
        """The values of the parameters at points on the search scale."""
        return {
            name: np.exp(points[:, column]) if one.log else points[:, column].copy()
            for column, (name, one) in enumerate(self.fit.sought.items())
        }

    def bounds(self) -> tuple[Floats, Floats]:
        """The lowest and highest value of each parameter on the search scale."""
        ends = [
            (np.log(one.low), np.log(one.high)) if one.log else (one.low, one.high)
            for one in self.fit.sought.values()
        ]
        low, high = np.array(ends).T
        return low, high
