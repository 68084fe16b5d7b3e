"""Moran's I and local clusters, by esda.

References:
    Moran (1950), Notes on continuous stochastic phenomena, Biometrika 37(1/2).
    Anselin (1995), Local indicators of spatial association - LISA, Geographical Analysis 27(2).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final, final

import numpy as np
from numpy.typing import NDArray

from acuerdo.core.errors import not_found
from acuerdo.core.text import Text
from acuerdo.evaluation.inference.scores import EARTH_RADIUS_KM
from acuerdo.evaluation.optional import library, quietly

Array = NDArray[np.float64]
_A_UNIT: Final = Text("a unit of the panel", "una unidad del panel")
QUADRANTS: Final = {1: "high among high", 2: "low among high", 3: "low among low", 4: "high among low"}


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Moran:
    """Moran's I.

    Attributes:
        value: The index.
        expected: What it is on average without any pattern: -1 / (units - 1).
        p_value: Two-sided share of permutations as far from the mean.
    """

    value: float
    expected: float
    p_value: float


def neighbours(coordinates: Array, *, count: int) -> Any:
    """Weights, adding up to one for each unit, of its nearest units by great-circle distance.

    Args:
        coordinates: Shape (units, 2), degrees of latitude and longitude.
        count: How many nearest units.
    """
    lat, lon = np.radians(coordinates.T)
    # On the sphere's points straight-line distance orders neighbours as great circles do.
    points = EARTH_RADIUS_KM * np.column_stack(
        [np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)]
    )
    with quietly():
        weights = library("libpysal.weights").KNN(points, k=count)
        weights.transform = "r"
    return weights


def bordering(units: Sequence[str], borders: Mapping[str, Sequence[str]]) -> Any:
    """Weights, adding up to one for each unit, of the units that it borders on.

    Args:
        units: Names of the units, in the order of the values.
        borders: The neighbours of each unit; one that is left out has none.

    Raises:
        NotFound: If a name is not among the units.
    """
    place = {name: row for row, name in enumerate(units)}
    unknown = [name for name in (*borders, *chain.from_iterable(borders.values())) if name not in place]
    if unknown:
        raise not_found(_A_UNIT, unknown[0], known=units)
    sides = {row: [place[other] for other in borders.get(name, ())] for name, row in place.items()}
    with quietly():
        weights = library("libpysal.weights").W(sides, silence_warnings=True)
        weights.transform = "r"
    return weights


def moran(values: Array, weights: Any, *, draws: int, seed: int) -> Moran:
    """Moran's I with its permutation test."""
    with quietly(), _seeded(seed):
        found = library("esda.moran").Moran(values, weights, permutations=draws)
    far = np.abs(found.sim - found.sim.mean()) >= abs(found.I - found.sim.mean())
    return Moran(value=float(found.I), expected=float(found.EI), p_value=float((1 + far.sum()) / (1 + draws)))


def local_clusters(values: Array, weights: Any, *, draws: int, seed: int, size: float) -> dict[int, str]:
    """The units whose neighbourhood stands out, with its kind; false discoveries are held to ``size``.

    The share of false discoveries is controlled as Benjamini and Hochberg do; the thousands of tests of a map would
    otherwise find a twentieth of the units by chance.
    """
    with quietly():
        found = library("esda.moran").Moran_Local(
            values, weights, permutations=draws, seed=seed, n_jobs=1, keep_simulations=False
        )
    p_values = np.minimum(1.0, 2 * np.asarray(found.p_sim))
    order = np.argsort(p_values, kind="stable")
    passed = p_values[order] <= size * np.arange(1, order.size + 1) / order.size
    count = int(np.flatnonzero(passed).max()) + 1 if passed.any() else 0
    return {int(unit): QUADRANTS[int(found.q[unit])] for unit in sorted(order[:count])}


@contextmanager
def _seeded(seed: int) -> Iterator[None]:
    """The library draws its permutations from the global generator, which is put back as it was."""
    before = np.random.get_state()  # noqa: NPY002
    np.random.seed(seed % 2**32)  # noqa: NPY002
    try:
        yield
    finally:
        np.random.set_state(before)  # noqa: NPY002
