"""Weights that match predictors, each as important as makes the outcome before treatment come out best."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, final

import numpy as np

from acuerdo.core.errors import CheckFailed, Problem
from acuerdo.core.text import Text
from acuerdo.evaluation.synthetic.comparison import Comparison
from acuerdo.evaluation.synthetic.outcome_only import OutcomeOnly
from acuerdo.evaluation.synthetic.solver import nested_kernel, simplex_weights
from acuerdo.evaluation.synthetic.weighing import AbstractWeighing, Weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

Search = Literal["scattered", "local"]

_STARTS = 16
_HOPS = 8
_QUIET_ROUNDS = 3
_STEPS = 25
_LOCAL_STEPS = 500
_SAME = 1e-4
_BETTER = 1e-7
_MATCHED = 1e-12
_CORRECTIONS = 12


class _Search(NamedTuple):
    """One end of a search: mean squared miss, donors' weights, importance of the predictors as angles."""

    miss: float
    weights: NDArray[np.float64]
    angles: NDArray[np.float64]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class PredictorsNested(AbstractWeighing):
    """The nested search of Abadie and Gardeazabal (2003) for predictor weights.

    Which predictor weights are best is not a convex question, so it is asked by independent searches: each descends
    from scattered starts, then hops about the best it has found until that stays the best. More are sent until
    ``agreeing`` of them end at the same best, or ``most`` were sent; how many agreed is part of the answer, for a
    placebo as for the treated unit, because a placebo fitted badly makes its p-value too small.

    A unit inside the donors' hull is matched in every predictor whatever their weights are: the donors are then the
    ones, among all that match, that miss the outcome least. That problem is convex.

    Attributes:
        search: ``scattered``, as above; or ``local``, one descent from equal predictor weights. Many published
            results are such local ends: they can be reproduced, but a better fit may exist elsewhere.
        seed: Of the scattered starts.
        agreeing: How many searches must end at the same best.
        most: How many are sent at most.
        smallest_importance: The least a predictor may weigh, relative to the greatest.
    """

    search: Search = "scattered"
    seed: int = 0
    agreeing: int = 5
    most: int = 20
    smallest_importance: float = 1e-9

    def weights(self, comparison: Comparison) -> Weights:
        """See :meth:`AbstractWeighing.weights`.

        Raises:
            CheckFailed: If a predictor is missing for a unit, or is the same for all.
        """
        scaled = _scaled(comparison)
        count, width = scaled.shape
        easier = OutcomeOnly().weights(comparison)
        matrix = np.full((count, count), np.nan)
        agreement, spread = np.zeros(count, np.int64), np.full(count, np.nan)
        importance = np.full((count, width), np.nan)
        for unit in comparison.fitted:
            donors = np.flatnonzero(comparison.allowed[unit])
            points = scaled[donors] - scaled[unit]
            misses = comparison.before[donors] - comparison.before[unit]
            matrix[unit] = 0.0
            inside = _matching(points, misses)
            if inside is not None:
                matrix[unit, donors], agreement[unit], spread[unit] = inside, self.agreeing, 0.0
                continue
            ends = self._searches(points.T.copy(), misses, unit=int(unit))
            best = min(ends, key=lambda end: end.miss)
            matrix[unit, donors] = best.weights
            agreement[unit] = sum(end.miss <= best.miss * (1 + _SAME) ** 2 for end in ends)
            spread[unit] = np.sqrt(max(end.miss for end in ends) / max(best.miss, 1e-300)) - 1
            importance[unit] = self._importance(best.angles)
        return Weights(
            matrix=matrix,
            level=np.zeros(count),
            bound=easier.bound,
            agreement=agreement,
            spread=spread,
            importance=importance,
        )

    @property
    def _span(self) -> float:
        return float(-np.log(self.smallest_importance))

    def _importance(self, angles: NDArray[np.float64]) -> NDArray[np.float64]:
        raw = np.exp(-0.5 * self._span * (1 + np.sin(angles)))
        return raw / raw.sum()

    def _searches(
        self, points: NDArray[np.float64], misses: NDArray[np.float64], *, unit: int
    ) -> list[_Search]:
        if self.search == "local":
            equal = _angles(np.zeros((1, len(points))))
            return [_best(nested_kernel().search(equal, points, misses, self._span, _LOCAL_STEPS))]
        draw = np.random.default_rng([self.seed, unit])
        ends: list[_Search] = []
        for _ in range(self.most):
            ends.append(self._one_search(points, misses, draw=draw))
            best = min(end.miss for end in ends)
            if sum(end.miss <= best * (1 + _SAME) ** 2 for end in ends) >= self.agreeing:
                break
        return ends

    def _one_search(
        self, points: NDArray[np.float64], misses: NDArray[np.float64], *, draw: np.random.Generator
    ) -> _Search:
        """Scattered starts, then hops about the best until it stays the best for some rounds."""
        search, width = nested_kernel().search, len(points)
        starts = _angles(draw.random((_STARTS, width)))
        best, quiet = _best(search(starts, points, misses, self._span, _STEPS)), 0
        while quiet < _QUIET_ROUNDS:
            end = _best(search(_hops(best.angles, draw), points, misses, self._span, _STEPS))
            quiet = 0 if end.miss < best.miss * (1 - _SAME) else quiet + 1
            best = end if end.miss < best.miss * (1 - _BETTER) else best
        return best


def _best(found: tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]) -> _Search:
    ends, weights, angles = found
    return _Search(float(ends.min()), weights, angles)


def _angles(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Angles whose predictor weights are spread evenly on the logarithmic scale."""
    return np.arcsin(np.clip(2 * shares - 1, -0.999, 0.999))


def _hops(angles: NDArray[np.float64], draw: np.random.Generator) -> NDArray[np.float64]:
    """Half of them near the best, half of them with one predictor's weight drawn anew."""
    hops, half = np.tile(angles, (_HOPS, 1)), _HOPS // 2
    hops[:half] += draw.normal(0, 0.3, (half, len(angles))) * draw.random((half, 1)) ** 2
    rows = np.arange(half, _HOPS)
    hops[rows, draw.integers(len(angles), size=half)] = _angles(draw.random(half))
    return hops


def _matching(points: NDArray[np.float64], misses: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """The donors that miss the outcome least among all mixtures that match every predictor; None if none does.

    Solved by multipliers: the target is moved by what the last mixture missed of the predictors.
    """
    everyone = np.ones((1, len(points)), dtype=bool)
    products = points @ points.T
    weights, _ = simplex_weights(products, np.zeros((1, len(points))), allowed=everyone)
    if weights[0] @ products @ weights[0] > _MATCHED * np.diag(products).max():
        return None
    heavy = 1e4 * np.trace(misses @ misses.T) / np.trace(products)
    quadratic = misses @ misses.T + heavy * products
    target = np.zeros(points.shape[1])
    for _ in range(_CORRECTIONS):
        weights, _ = simplex_weights(quadratic, heavy * (points @ target)[None, :], allowed=everyone)
        missed = weights[0] @ points
        if np.abs(missed).max() < 1e-8:
            break
        target -= missed
    return weights[0]


def _scaled(comparison: Comparison) -> NDArray[np.float64]:
    """Predictors in their standard deviations over all units."""
    predictors = comparison.predictors
    if predictors is None or not predictors.shape[1]:
        raise CheckFailed(_problem(Text("There is no predictor.", "No hay ningún predictor.")))
    deviations = predictors.std(axis=0, ddof=1)
    if not np.isfinite(predictors).all() or not (deviations > 0).all():
        raise CheckFailed(
            _problem(
                Text(
                    "A predictor is missing for a unit, or is the same for all of them.",
                    "Un predictor falta en una unidad, o es igual en todas.",
                )
            )
        )
    return predictors / deviations


def _problem(what: Text) -> Problem:
    return Problem(
        what=what,
        fix=Text("Leave the predictor out, or the unit.", "Quite el predictor o la unidad."),
    )
