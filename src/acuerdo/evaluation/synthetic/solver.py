"""The door to the compiled solver; it is imported when the first problem comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from acuerdo.core.errors import missing_extra
from acuerdo.core.text import Text

if TYPE_CHECKING:
    from types import ModuleType

    from numpy.typing import NDArray

_WHAT = Text("Synthetic control", "El control sintético")


def simplex_kernel() -> ModuleType:
    """The compiled active-set solver.

    Raises:
        MissingExtra: If the compiler is not installed.
    """
    try:
        from acuerdo.evaluation.synthetic import simplex_kernel as kernel
    except ImportError as absent:
        raise missing_extra("evaluation", _WHAT) from absent
    return kernel


def nested_kernel() -> ModuleType:
    """The compiled search for predictor weights.

    Raises:
        MissingExtra: If the compiler is not installed.
    """
    simplex_kernel()
    from acuerdo.evaluation.synthetic import nested_kernel as kernel

    return kernel


def prediction_kernel() -> ModuleType:
    """The compiled search for the weights that noise leaves possible.

    Raises:
        MissingExtra: If the compiler is not installed.
    """
    simplex_kernel()
    from acuerdo.evaluation.synthetic import prediction_kernel as kernel

    return kernel


def simplex_weights(
    quadratic: NDArray[np.float64], linear: NDArray[np.float64], *, allowed: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Minimises w'Qw - 2 b'w over the simplex, for every row b of ``linear``.

    Args:
        quadratic: Q, donors x donors.
        linear: Problems x donors.
        allowed: Problems x donors.

    Returns:
        Weights, problems x donors, NaN where a problem has no donor; and the duality gap of each.
    """
    return simplex_kernel().nearest_each(
        np.ascontiguousarray(quadratic), np.ascontiguousarray(linear), np.ascontiguousarray(allowed)
    )


def gram(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Inner products of the rows about their mean; mixtures do not notice the shift, and rounding is less."""
    centred = points - points.mean(axis=0)
    return centred @ centred.T
