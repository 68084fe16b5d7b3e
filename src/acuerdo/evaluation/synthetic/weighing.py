"""Ways to weigh the donors; each gives one matrix of weights, and what follows is the same for all."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from acuerdo.evaluation.synthetic.comparison import Comparison

if TYPE_CHECKING:
    from numpy.typing import NDArray


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Weights:
    """The donors' weights of every unit, with what is known about how good they are.

    Attributes:
        matrix: N x N; row i sums to one, and is NaN for a unit that was not fitted.
        level: N constants added to the mixtures; zero unless the units are compared in differences.
        bound: N lower bounds of the mean squared miss that the weights could have: of the search's own problem where
            that is solved exactly, else of the easier problem without predictors.
        agreement: N counts of independent searches that ended at the best; None where the problem is convex.
        spread: N relative distances of the worst search's miss from the best one's; None where it is convex.
        importance: N x K weights of the predictors, summing to one; None without predictors.
    """

    matrix: NDArray[np.float64]
    level: NDArray[np.float64]
    bound: NDArray[np.float64]
    agreement: NDArray[np.int64] | None = None
    spread: NDArray[np.float64] | None = None
    importance: NDArray[np.float64] | None = None

    def gaps(self, outcomes: NDArray[np.float64]) -> NDArray[np.float64]:
        """N x T: each unit less its synthetic self."""
        return outcomes - self.level[:, None] - self.matrix @ outcomes


class AbstractWeighing(ABC):
    """One way to weigh the donors."""

    @abstractmethod
    def weights(self, comparison: Comparison) -> Weights:
        """The weights of every unit that has a donor.

        Raises:
            MissingExtra: If the compiled solver is not installed.
        """


def mean_squares(gaps: NDArray[np.float64], start: int, *, end: int | None = None) -> NDArray[np.float64]:
    """Root of the mean squared gap of each unit over the periods from ``start`` to before ``end``."""
    return np.sqrt(np.mean(gaps[:, start:end] ** 2, axis=1))
