"""Standard errors from scores: what each unit adds to the error of an estimate.

A linear estimator misses its target by a sum over units, one score for each, with all of a unit's periods in it.
How the scores hang together over units (not at all, within clusters, over distance) is what the functions differ in.

References:
    Liang and Zeger (1986), Longitudinal data analysis using generalized linear models, Biometrika 73(1).
    Conley (1999), GMM estimation with cross sectional dependence, Journal of Econometrics 92(1).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
EARTH_RADIUS_KM: Final = 6371.0088
"""Mean radius; the error against the ellipsoid is under 0.6 per cent."""
_BLOCK = 512


def summed(scores: Array, clusters: Sequence[str]) -> Array:
    """The scores of each cluster, in order of its first unit.

    Args:
        scores: Shape (units,) or (units, estimates).
        clusters: The cluster of each unit.
    """
    order: dict[str, int] = {}
    index = [order.setdefault(one, len(order)) for one in clusters]
    if len(order) == len(index):
        return scores
    total = np.zeros((len(order), *scores.shape[1:]))
    np.add.at(total, index, scores)
    return total


def clustered(scores: Array, clusters: Sequence[str]) -> Array:
    """Covariance of estimates whose scores are independent between clusters; shape (estimates, estimates).

    Args:
        scores: Shape (units, estimates).
        clusters: The cluster of each unit.
    """
    by_cluster = summed(scores, clusters)
    return by_cluster.T @ by_cluster


def clustered_variances(scores: Array, clusters: Sequence[str]) -> Array:
    """The diagonal of :func:`clustered`, for many estimates at once; shape (estimates,)."""
    by_cluster = summed(scores, clusters)
    return np.einsum("ij,ij->j", by_cluster, by_cluster)


def spatial_variances(scores: Array, coordinates: Array, *, cutoff_km: float) -> Array:
    """Conley's variances: two units count by one less their distance over the cutoff, beyond it not at all.

    Args:
        scores: Shape (units, estimates).
        coordinates: Shape (units, 2), degrees of latitude and longitude.
        cutoff_km: Where dependence ends.
    """
    variances = np.zeros(scores.shape[1])
    for begin in range(0, len(scores), _BLOCK):
        block = slice(begin, begin + _BLOCK)
        kernel = np.clip(1 - distances_km(coordinates[block], coordinates) / cutoff_km, 0, None)
        variances += np.einsum("ij,ij->j", scores[block], kernel @ scores)
    return np.clip(variances, 0, None)


def distances_km(one: Array, other: Array) -> Array:
    """Great-circle distances; shape (units of one, units of the other).

    >>> round(float(distances_km(np.array([[19.43, -99.13]]), np.array([[38.90, -77.04]]))[0, 0]))
    3031
    """
    lat, lon = np.radians(one[:, None, 0]), np.radians(one[:, None, 1])
    other_lat, other_lon = np.radians(other[None, :, 0]), np.radians(other[None, :, 1])
    chord = (
        np.sin((other_lat - lat) / 2) ** 2
        + np.cos(lat) * np.cos(other_lat) * np.sin((other_lon - lon) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(chord, 0, 1)))
