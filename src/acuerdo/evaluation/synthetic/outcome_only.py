"""Weights that match the outcome before treatment, and nothing else: exact, all units on one Gram matrix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np

from acuerdo.evaluation.synthetic.comparison import Comparison
from acuerdo.evaluation.synthetic.solver import gram, simplex_weights
from acuerdo.evaluation.synthetic.weighing import AbstractWeighing, Weights, mean_squares


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeOnly(AbstractWeighing):
    """Least squares over the simplex on the outcome before treatment.

    Attributes:
        demeaned: Whether each unit is compared about its own mean before treatment, so that a constant distance
            between a unit and its donors is no misfit (Ferman and Pinto 2021; Doudchenko and Imbens 2016).
        penalty: What distance from the unit costs a donor, as a multiple of its squared distance (Abadie and L'Hour
            2021); zero for the plain problem.
    """

    demeaned: bool = False
    penalty: float = 0.0

    def weights(self, comparison: Comparison) -> Weights:
        """See :meth:`AbstractWeighing.weights`."""
        before = comparison.before
        means = before.mean(axis=1) if self.demeaned else np.zeros(len(before))
        points = before - means[:, None]
        products = gram(points)
        linear = products
        if self.penalty:
            squares = np.diag(products)
            distances = squares[:, None] + squares[None, :] - 2 * products
            linear = products - 0.5 * self.penalty * distances
        matrix, gap = simplex_weights(products, linear, allowed=comparison.allowed)
        found = Weights(matrix=matrix, level=means - matrix @ means, bound=np.zeros(len(before)))
        misses = mean_squares(found.gaps(before), 0) ** 2
        bound = np.maximum(misses - 2 * gap / before.shape[1], 0.0)
        return Weights(matrix=matrix, level=found.level, bound=bound)
