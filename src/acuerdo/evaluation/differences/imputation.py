"""The imputation estimator, by diff-diff."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from acuerdo.evaluation.differences.admission import clusters_of, unit_weights
from acuerdo.evaluation.differences.effects import Effects
from acuerdo.evaluation.differences.long_table import long_table
from acuerdo.evaluation.differences.settings import AbstractWeightedSettings
from acuerdo.evaluation.inference.interval import Uncertain, from_standard_error
from acuerdo.evaluation.optional import library, quietly
from acuerdo.evaluation.panel import Panel


def imputed(panel: Panel, *, settings: AbstractWeightedSettings) -> Effects | None:
    """The effects; None where a treated cell cannot be imputed.

    Raises:
        CheckFailed: If units are to count their exposure, and the panel has none.
        MissingExtra: If the library is not installed.
    """
    weights = unit_weights(panel, settings.weights)
    fitted = _fitted(panel, settings=settings, weights=weights)
    if fitted is None:
        return None
    found, events = fitted
    # Of a weighted sample the library multiplies the variance by n / (n - 1) clusters, of any other it does not
    spread = 1.0 if weights is None else math.sqrt(1 - 1 / len(set(clusters_of(panel))))

    def told(value: float, error: float) -> Uncertain:
        return from_standard_error(float(value), spread * float(error), level=settings.level)

    return Effects(
        overall=told(found.overall_att, found.overall_se),
        parts={
            f"event {int(at)}": told(value, error)
            for at, value, error in zip(events.event_time, events.att, events.se, strict=True)
            if at >= 0
        },
    )


def _fitted(
    panel: Panel, *, settings: AbstractWeightedSettings, weights: NDArray[np.float64] | None
) -> tuple[Any, Any] | None:
    """What the library finds, whole and by time since treatment; None where a treated cell cannot be imputed."""
    package = library("diff_diff")
    table, design = long_table(panel, horizon=settings.horizon), None
    if weights is not None:
        table["weight"] = weights[table["unit"]]
        design = package.SurveyDesign(weights="weight", psu="cluster")
    estimator = package.ImputationDiD(
        anticipation=settings.anticipation, cluster="cluster" if panel.clusters and design is None else None
    )
    columns = {"outcome": "outcome", "unit": "unit", "time": "period", "first_treat": "first"}
    with quietly():
        try:
            found = estimator.fit(table, **columns, survey_design=design)
            events = found.aggregate("event_study")
        except (ValueError, np.linalg.LinAlgError):
            return None
    effects = found.treatment_effects["tau_hat"].to_numpy(dtype=np.float64)
    sound = bool(np.isfinite(effects).all() and np.isfinite(found.overall_att))
    return (found, events) if sound else None


def smallest_cohort(panel: Panel) -> int:
    """The number of treated clusters in the smallest cohort."""
    groups = clusters_of(panel)
    members = {(panel.first_treated[row], groups[row]) for row in panel.treated}
    return min(Counter(start for start, _ in members).values())
