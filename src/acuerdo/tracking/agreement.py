"""How far two codings agree beyond chance: Krippendorff's alpha and Cohen's weighted kappa, with intervals.

References:
    Krippendorff, K. (2011), "Computing Krippendorff's Alpha-Reliability".
    Cohen, J. (1968), "Weighted kappa", Psychological Bulletin 70(4), 213–220.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from acuerdo.core.estimate import Estimate
from acuerdo.core.text import Text
from acuerdo.core.unit import unit

Metric = Literal["nominal", "ordinal", "interval", "ratio"]
Weights = Literal["linear", "quadratic"]
Ratings = Sequence[Sequence[float | None]]
"""One row per unit, one column per coder; None where a coder gave no value."""
Matrix = NDArray[np.float64]
DRAWS: Final = 2000
_STATED: Final = Text(
    "Agreement beyond chance; the interval is from resampling the units.",
    "Acuerdo más allá del azar; el intervalo proviene de remuestrear las unidades.",
)
_NONE: Final = Text(
    "Agreement cannot be computed: fewer than two different values were given by both.",
    "El acuerdo no puede calcularse: ambos dieron menos de dos valores distintos.",
)


def alpha(ratings: Ratings, metric: Metric = "ordinal") -> float | None:
    """Krippendorff's alpha; 1 is perfect agreement, 0 what chance would give.

    Args:
        ratings: Units by coders; units with fewer than two values do not count.
        metric: How far apart two values are.

    Returns:
        None where no two different values can be paired, so that chance agreement is complete.
    """
    units = [values for row in ratings if len(values := [one for one in row if one is not None]) > 1]
    scale = np.array(sorted({one for row in units for one in row}), dtype=np.float64)
    if scale.size < 2:
        return None
    counts = np.array([[row.count(value) for value in scale] for row in units], dtype=np.float64)
    sizes = counts.sum(axis=1, keepdims=True)
    pairs = counts.T @ (counts / (sizes - 1)) - np.diag((counts / (sizes - 1)).sum(axis=0))
    totals = pairs.sum(axis=1)
    apart = _distances(scale, totals, metric=metric)
    observed = float((pairs * apart).sum())
    expected = float((np.outer(totals, totals) * apart).sum()) / float(totals.sum() - 1)
    return 1 - observed / expected if expected else None


def _distances(scale: Matrix, totals: Matrix, *, metric: Metric) -> Matrix:
    """Squared distances between values."""
    low, high = np.meshgrid(scale, scale, indexing="ij")
    if metric == "nominal":
        return (low != high).astype(np.float64)
    if metric == "interval":
        return (low - high) ** 2
    if metric == "ratio":
        both = low + high
        return np.divide(low - high, both, out=np.zeros_like(both), where=both != 0) ** 2
    # Half of each value's own cases lies on either side of it.
    middle = np.cumsum(totals) - totals / 2
    return (middle[:, None] - middle[None, :]) ** 2


def weighted_kappa(ratings: Ratings, weights: Weights = "quadratic") -> float | None:
    """Cohen's kappa of two coders, disagreements weighted by how far apart the values are.

    Args:
        ratings: Units by two coders; units that one of them left out do not count.
        weights: Whether the distance counts as such or squared.

    Returns:
        None where both gave one and the same value throughout.
    """
    given = np.array([row for row in ratings if None not in row], dtype=np.float64)
    if given.size == 0:
        return None
    scale = np.unique(given)
    seen = np.array([[((given == (a, b)).all(axis=1)).sum() for b in scale] for a in scale], dtype=np.float64)
    apart = np.abs(scale[:, None] - scale[None, :]) ** (1 if weights == "linear" else 2)
    chance = np.outer(seen.sum(axis=1), seen.sum(axis=0)) / seen.sum()
    expected = float((chance * apart).sum())
    return 1 - float((seen * apart).sum()) / expected if expected else None


def agreement(ratings: Ratings, *, stream: str) -> Mapping[str, Estimate]:
    """Ordinal alpha and weighted kappa with 95 per cent intervals.

    Args:
        ratings: Units by coders.
        stream: Name of the random stream; the same name gives the same interval.

    Returns:
        ``alpha`` always, ``kappa`` where there are two coders.
    """
    measures: dict[str, Callable[[Ratings], float | None]] = {"alpha": alpha}
    if ratings and len(ratings[0]) == 2:
        measures["kappa"] = weighted_kappa
    return {name: _estimate(measure, ratings, name=name, stream=stream) for name, measure in measures.items()}


def _estimate(
    measure: Callable[[Ratings], float | None], ratings: Ratings, *, name: str, stream: str
) -> Estimate:
    method = {"alpha": "krippendorff_alpha_ordinal", "kappa": "cohen_kappa_quadratic"}[name]
    value = measure(ratings)
    if value is None:
        return Estimate(value=None, unit=unit("ratio"), method=method, outcome=_NONE)
    drawn = _resampled(measure, ratings, stream=f"agreement:{name}:{stream}")
    low, high = np.quantile(drawn, (0.025, 0.975)) if drawn else (value, value)
    # With few units the quantiles can miss the value itself; an interval holds its point.
    return Estimate(
        value=value,
        low=min(float(low), value),
        high=max(float(high), value),
        unit=unit("ratio"),
        method=method,
        outcome=_STATED,
    )


def _resampled(measure: Callable[[Ratings], float | None], ratings: Ratings, *, stream: str) -> list[float]:
    """The measure on units drawn with replacement; draws on which it is not defined do not count."""
    seed = int.from_bytes(hashlib.sha256(stream.encode()).digest()[:8])
    generator = np.random.default_rng(seed)
    usable = [row for row in ratings if sum(one is not None for one in row) > 1]
    picks = generator.integers(0, len(usable), size=(DRAWS, len(usable)))
    found = (measure([usable[number] for number in pick]) for pick in picks)
    return [one for one in found if one is not None]
