"""A logistic regression whose groups share what they know: fixed coefficients, and one Gaussian effect per group.

The spread of the groups is not estimated once and then taken for true: the posterior is a mixture over a grid of
spreads, each weighted by its marginal likelihood (Laplace) and a half-normal prior, and for each spread a Gaussian at
the mode. With few groups this is what keeps the intervals honest.

References:
    Breslow, N. E. and Clayton, D. G. (1993), "Approximate inference in generalized linear mixed models", JASA 88.
    Rue, H., Martino, S. and Chopin, N. (2009), "Approximate Bayesian inference for latent Gaussian models", JRSS B 71.
    Gelman, A. et al. (2008), "A weakly informative default prior distribution for logistic and other regression
    models", Annals of Applied Statistics 2(4): the scale 2.5.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final, final

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
COEFFICIENT_SCALE: Final = 2.5
"""Standard deviation of the prior of a coefficient, on the logit scale."""
SPREAD_SCALE: Final = 1.0
"""Scale of the half-normal prior of the spread between groups: odds seldom differ by more than e² between them."""
SPREADS: Final = (np.arange(12) + 0.5) / 5
"""The grid of spreads: midpoints of twelve steps from 0 to 2.4."""
_STEPS: Final = 50
_CLOSE: Final = 1e-9


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Posterior:
    """What is known of the coefficients and the group effects.

    Attributes:
        weights: Weight of each spread; they sum to 1.
        spreads: The spreads.
        modes: Spreads by parameters: coefficients first, then groups.
        covariances: Spreads by parameters by parameters.
    """

    weights: Matrix
    spreads: Matrix
    modes: Matrix
    covariances: Matrix

    @property
    def mean(self) -> Matrix:
        """The mean of each parameter."""
        return self.weights @ self.modes

    @property
    def deviation(self) -> Matrix:
        """The standard deviation of each parameter, the uncertainty of the spread included."""
        within = np.einsum("s,spp->p", self.weights, self.covariances)
        return np.sqrt(within + self.weights @ (self.modes - self.mean) ** 2)

    def draws(self, number: int, *, stream: str) -> Matrix:
        """Draws by parameters.

        Args:
            number: How many.
            stream: Name of the random stream; the same name gives the same draws.
        """
        seed = int.from_bytes(hashlib.sha256(stream.encode()).digest()[:8])
        generator = np.random.default_rng(seed)
        counts = generator.multinomial(number, self.weights)
        normal = generator.standard_normal((number, self.modes.shape[1]))
        parts: list[Matrix] = []
        for mode, covariance, rows in zip(
            self.modes, self.covariances, np.split(normal, np.cumsum(counts)[:-1]), strict=True
        ):
            if len(rows):
                parts.append(mode + rows @ np.linalg.cholesky(covariance).T)
        return np.concatenate(parts)


def fit(
    design: Matrix,
    outcome: Matrix,
    *,
    shares: Matrix,
    spreads: Matrix = SPREADS,
    scale: float = COEFFICIENT_SCALE,
) -> Posterior:
    """The posterior of a pooled logistic regression.

    Args:
        design: Trials by coefficients.
        outcome: 0 or 1 for each trial.
        shares: Trials by groups; a trial's group effect is the average that a row of shares gives. With no column,
            nothing is pooled.
        spreads: The grid of spreads, evenly spaced.
        scale: Standard deviation of the coefficients' prior; infinite for none.
    """
    both = np.concatenate([design, shares], axis=1)
    coefficients, groups = design.shape[1], shares.shape[1]
    grid = spreads if groups else spreads[:1]
    modes, covariances, evidence = [], [], []
    start = np.zeros(both.shape[1])
    for spread in grid:
        prior = np.repeat([scale**-2, float(spread) ** -2], [coefficients, groups])
        start, curvature, height = _mode(both, outcome, prior=prior, start=start)
        modes.append(start)
        covariances.append(np.linalg.inv(curvature))
        half_normal = -0.5 * (spread / SPREAD_SCALE) ** 2
        evidence.append(height - groups * np.log(spread) - np.linalg.slogdet(curvature)[1] / 2 + half_normal)
    weights = np.exp(np.array(evidence) - max(evidence))
    return Posterior(
        weights=weights / weights.sum(),
        spreads=np.asarray(grid),
        modes=np.array(modes),
        covariances=np.array(covariances),
    )


def _mode(both: Matrix, outcome: Matrix, *, prior: Matrix, start: Matrix) -> tuple[Matrix, Matrix, float]:
    """The mode by Newton's method with halved steps, the curvature there, and the log posterior up to a constant."""
    at, height = start, _height(both, outcome, prior=prior, at=start)
    for _ in range(_STEPS):
        chance = probability(both @ at)
        slope = both.T @ (outcome - chance) - prior * at
        step = np.linalg.solve(_curvature(both, chance, prior=prior), slope)
        higher = _height(both, outcome, prior=prior, at=at + step)
        while higher < height - _CLOSE:
            step = step / 2
            higher = _height(both, outcome, prior=prior, at=at + step)
        at, height = at + step, higher
        if np.abs(step).max(initial=0) < _CLOSE:
            break
    return at, _curvature(both, probability(both @ at), prior=prior), height


def _height(both: Matrix, outcome: Matrix, *, prior: Matrix, at: Matrix) -> float:
    score = both @ at
    return float(outcome @ score - np.logaddexp(0, score).sum() - (prior * at**2).sum() / 2)


def _curvature(both: Matrix, chance: Matrix, *, prior: Matrix) -> Matrix:
    return (both * (chance * (1 - chance))[:, None]).T @ both + np.diag(prior)


def probability(score: Matrix) -> Matrix:
    """The probability of a score on the logit scale."""
    return 0.5 * (1 + np.tanh(score / 2))
