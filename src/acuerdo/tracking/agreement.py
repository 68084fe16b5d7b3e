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
_UNANIMOUS: Final = Text(
    "Both agree throughout, so that resampling shows no spread: no interval can be given.",
    "Ambos coinciden en todo, así que remuestrear no muestra dispersión: no puede darse un intervalo.",
)
_NONE: Final = Text(
    "Agreement cannot be computed: fewer than two different values were given by both.",
    "El acuerdo no puede calcularse: ambos dieron menos de dos valores distintos.",
)
_Measure = Callable[[Matrix], Matrix]
"""From how often each unit counts, shape ``(draws, units)``, the measure of each draw; not a number where undefined."""


def alpha(ratings: Ratings, metric: Metric = "ordinal") -> float | None:
    """Krippendorff's alpha; 1 is perfect agreement, 0 what chance would give.

    Args:
        ratings: Units by coders; units with fewer than two values do not count.
        metric: How far apart two values are.

    Returns:
        None where no two different values can be paired, so that chance agreement is complete.
    """
    return _once(_alpha_of(_told_twice(ratings), metric), len(_told_twice(ratings)))


def weighted_kappa(ratings: Ratings, weights: Weights = "quadratic") -> float | None:
    """Cohen's kappa of two coders, disagreements weighted by how far apart the values are.

    Args:
        ratings: Units by two coders; units that one of them left out do not count.
        weights: Whether the distance counts as such or squared.

    Returns:
        None where both gave one and the same value throughout.
    """
    return _once(_kappa_of(_told_twice(ratings), weights), len(_told_twice(ratings)))


def agreement(ratings: Ratings, *, stream: str) -> Mapping[str, Estimate]:
    """Ordinal alpha and weighted kappa with 95 per cent intervals.

    Args:
        ratings: Units by coders.
        stream: Name of the random stream; the same name gives the same interval.

    Returns:
        ``alpha`` always, ``kappa`` where there are two coders.
    """
    units = _told_twice(ratings)
    measures = {"alpha": _alpha_of(units, "ordinal")}
    if ratings and len(ratings[0]) == 2:
        measures["kappa"] = _kappa_of(units, "quadratic")
    return {name: _estimate(one, len(units), name=name, stream=stream) for name, one in measures.items()}


def _told_twice(ratings: Ratings) -> list[list[float]]:
    """The values of each unit that at least two gave."""
    return [values for row in ratings if len(values := [one for one in row if one is not None]) > 1]


def _once(measure: _Measure, units: int) -> float | None:
    """The measure with each unit counted once."""
    if not units:
        return None
    found = float(measure(np.ones((1, units)))[0])
    return found if np.isfinite(found) else None


def _alpha_of(units: Sequence[Sequence[float]], metric: Metric) -> _Measure:
    scale = np.array(sorted({one for row in units for one in row}), dtype=np.float64)
    counts = np.array([[row.count(value) for value in scale] for row in units], dtype=np.float64)

    def measure(often: Matrix) -> Matrix:
        sizes = counts.sum(axis=1)[:, None, None]
        paired = counts[:, :, None] * counts[:, None, :] - counts[:, :, None] * np.eye(len(scale))
        pairs = np.tensordot(often, paired / (sizes - 1), axes=1)
        totals = pairs.sum(axis=2)
        apart = _distances(scale, totals, metric=metric)
        observed = (pairs * apart).sum(axis=(1, 2))
        expected = (totals[:, :, None] * totals[:, None, :] * apart).sum(axis=(1, 2))
        return _beyond_chance(observed * (totals.sum(axis=1) - 1), expected)

    return measure


def _distances(scale: Matrix, totals: Matrix, *, metric: Metric) -> Matrix:
    """Squared distances between values, one table per draw."""
    low, high = np.meshgrid(scale, scale, indexing="ij")
    if metric == "nominal":
        return (low != high).astype(np.float64)[None]
    if metric == "interval":
        return ((low - high) ** 2)[None]
    if metric == "ratio":
        both = low + high
        return (np.divide(low - high, both, out=np.zeros_like(both), where=both != 0) ** 2)[None]
    # Half of each value's own cases lies on either side of it.
    middle = np.cumsum(totals, axis=1) - totals / 2
    return (middle[:, :, None] - middle[:, None, :]) ** 2


def _kappa_of(units: Sequence[Sequence[float]], weights: Weights) -> _Measure:
    given = np.array(units, dtype=np.float64).reshape(-1, 2)
    scale = np.unique(given)
    left, right = ((given[:, side, None] == scale).astype(np.float64) for side in (0, 1))
    apart = np.abs(scale[:, None] - scale[None, :]) ** (1 if weights == "linear" else 2)

    def measure(often: Matrix) -> Matrix:
        observed = often @ (left @ apart * right).sum(axis=1)
        expected = ((often @ left) @ apart * (often @ right)).sum(axis=1)
        return _beyond_chance(observed * often.sum(axis=1), expected)

    return measure


def _beyond_chance(observed: Matrix, expected: Matrix) -> Matrix:
    ratio = np.divide(observed, expected, out=np.full_like(expected, np.nan), where=expected > 0)
    return 1 - ratio


def _estimate(measure: _Measure, units: int, *, name: str, stream: str) -> Estimate:
    method = {"alpha": "krippendorff_alpha_ordinal", "kappa": "cohen_kappa_quadratic"}[name]
    value = _once(measure, units)
    if value is None:
        return Estimate(value=None, unit=unit("ratio"), method=method, outcome=_NONE)
    drawn = measure(_draws(units, stream=f"agreement:{name}:{stream}"))
    drawn = drawn[np.isfinite(drawn)]
    if not drawn.size or float(np.ptp(drawn)) == 0:
        return Estimate(value=value, unit=unit("ratio"), method=method, outcome=_UNANIMOUS)
    low, high = np.quantile(drawn, (0.025, 0.975))
    # With few units the quantiles can miss the value itself; an interval holds its point.
    return Estimate(
        value=value,
        low=min(float(low), value),
        high=max(float(high), value),
        unit=unit("ratio"),
        method=method,
        outcome=_STATED,
    )


def _draws(units: int, *, stream: str) -> Matrix:
    """How often each unit is drawn, with replacement; shape ``(draws, units)``."""
    seed = int.from_bytes(hashlib.sha256(stream.encode()).digest()[:8])
    picks = np.random.default_rng(seed).integers(0, units, size=(DRAWS, units))
    return np.stack([np.bincount(one, minlength=units) for one in picks]).astype(np.float64)
