"""One interval from an estimate's scores, in the way that the settings name."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from acuerdo.core.errors import CheckFailed, Problem
from acuerdo.core.text import Text
from acuerdo.evaluation.inference.interval import Uncertain, from_standard_error
from acuerdo.evaluation.inference.scores import clustered_variances, spatial_variances
from acuerdo.evaluation.panel import Panel


def uncertain(
    values: NDArray[np.float64],
    scores: NDArray[np.float64],
    *,
    panel: Panel,
    level: float,
    cutoff_km: float | None = None,
) -> tuple[Uncertain, ...]:
    """Estimates with their intervals: clustered, or spatial where a cutoff is given.

    Args:
        values: Shape (estimates,).
        scores: Shape (units, estimates).
        panel: Whose clusters, or coordinates, are used.
        level: Coverage of the intervals.
        cutoff_km: Distance at which dependence ends; None for clusters.

    Raises:
        CheckFailed: If distances are asked for and the panel has no coordinates.
    """
    if cutoff_km is None:
        variances = clustered_variances(scores, panel.clusters or panel.units)
    else:
        variances = spatial_variances(scores, coordinates_of(panel), cutoff_km=cutoff_km)
    return tuple(
        from_standard_error(float(value), float(error), level=level)
        for value, error in zip(values, np.sqrt(variances), strict=True)
    )


def coordinates_of(panel: Panel) -> NDArray[np.float64]:
    """The coordinates of the units.

    Raises:
        CheckFailed: If the panel has none, or not for every unit.
    """
    if panel.coordinates is None or np.isnan(panel.coordinates).any():
        raise CheckFailed(
            Problem(
                what=Text(
                    "Distances are asked for and the panel lacks the coordinates of some units.",
                    "Se piden distancias y al panel le faltan las coordenadas de algunas unidades.",
                ),
                fix=Text(
                    "Give latitude and longitude of every unit, or choose clustered errors.",
                    "Indique latitud y longitud de cada unidad, o elija errores por conglomerado.",
                ),
            )
        )
    return panel.coordinates


def in_words(cutoff_km: float | None) -> Text:
    """How the interval was reached."""
    if cutoff_km is None:
        return Text("the interval allows for dependence within clusters",
                    "el intervalo admite dependencia dentro de los conglomerados")  # fmt: skip
    return Text(
        f"the interval allows for dependence up to {cutoff_km:g} km",
        f"el intervalo admite dependencia hasta {cutoff_km:g} km",
    )
