"""Synthetic difference-in-differences, and its two limits, on units that are all treated from one period on.

The weights come from the library ``diff-diff``, which follows the authors' own program step by step.

Reference:
    Arkhangelsky, D., Athey, S., Hirshberg, D. A., Imbens, G. W. and Wager, S. (2021). American Economic Review 111,
    4088-4118; the placebo variance is their algorithm 4.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, final

import numpy as np

from acuerdo.evaluation.optional import library, quietly

if TYPE_CHECKING:
    from numpy.typing import NDArray

Weighted = Literal["units_and_periods", "units", "neither"]
# The authors' constants: of the ridge on period weights, and of the descent's end
_SLIGHT = 1e-6
_STOP = 1e-5


class Block(NamedTuple):
    """An effect and the weights that give it.

    Attributes:
        effect: Mean effect on the treated.
        units: J weights of the controls.
        periods: ``start`` weights of the periods before the treatment.
        level: What the weighted controls lie below the treated in the weighted periods.
    """

    effect: float
    units: NDArray[np.float64]
    periods: NDArray[np.float64]
    level: float


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class BlockDesign:
    """The estimator of one design.

    Attributes:
        start: Index of the first treated period.
        weighted: Units and periods (synthetic difference-in-differences), units alone (synthetic control), or
            neither (difference-in-differences).
        ridge: Of the unit weights; made from the noise of the controls, the same for placebos.
        noise: Standard deviation of the controls' changes from period to period.
    """

    start: int
    weighted: Weighted
    ridge: float
    noise: float

    def estimate(self, treated: NDArray[np.float64], controls: NDArray[np.float64]) -> Block:
        """The effect on the mean of the treated.

        Args:
            treated: T values.
            controls: J x T.
        """
        before, after = np.ascontiguousarray(controls[:, : self.start].T), controls[:, self.start :]
        own = np.ascontiguousarray(treated[: self.start])
        units, periods = self._weights(own, before, after)
        synthetic = units @ controls
        level = float(periods @ (own - synthetic[: self.start]))
        return Block(float((treated - synthetic)[self.start :].mean() - level), units, periods, level)

    def _weights(
        self, own: NDArray[np.float64], before: NDArray[np.float64], after: NDArray[np.float64], /
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        solver = library("diff_diff.utils")
        periods, count = before.shape
        stop = max(_STOP * self.noise, 1e-300)
        match self.weighted:
            case "neither":
                return np.full(count, 1 / count), np.full(periods, 1 / periods)
            case "units":
                with quietly():
                    units = solver.compute_sdid_unit_weights(
                        before, own, _SLIGHT * self.noise, intercept=False, min_decrease=stop
                    )
                return units, np.zeros(periods)
            case "units_and_periods":
                later = np.ascontiguousarray(after.T)
                with quietly():
                    units = solver.compute_sdid_unit_weights(before, own, self.ridge, min_decrease=stop)
                    times = solver.compute_time_weights(
                        before, later, _SLIGHT * self.noise, min_decrease=stop
                    )
                return units, times


def design_of(controls: NDArray[np.float64], *, start: int, treated: int, weighted: Weighted) -> BlockDesign:
    """The design for so many treated units, with the authors' regularisation.

    Args:
        controls: J x T.
        treated: Number of treated units.
    """
    changes = np.diff(controls[:, :start], axis=1)
    noise = float(changes.std(ddof=1)) if changes.size > 1 else 0.0
    after = controls.shape[1] - start
    return BlockDesign(start=start, weighted=weighted, ridge=(treated * after) ** 0.25 * noise, noise=noise)


def placebo_effects(
    design: BlockDesign,
    controls: NDArray[np.float64],
    *,
    treated: int,
    draws: int,
    random: np.random.Generator,
) -> NDArray[np.float64]:
    """Effects on sets of controls, each set as many as are treated, compared with the controls left.

    With one treated unit every control is taken once, which is what random draws come to; else the sets are drawn.
    """
    if treated == 1:
        orders = [np.roll(np.arange(len(controls)), -first) for first in range(len(controls))]
    else:
        orders = [random.permutation(len(controls)) for _ in range(draws)]
    return np.array(
        [
            design.estimate(controls[order[:treated]].mean(axis=0), controls[order[treated:]]).effect
            for order in orders
        ]
    )
