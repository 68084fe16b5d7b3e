"""The imputation estimator, by diff-diff."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import final

import numpy as np

from acuerdo.evaluation.differences.admission import clusters_of
from acuerdo.evaluation.differences.long_table import long_table
from acuerdo.evaluation.differences.settings import AbstractDifferencesSettings
from acuerdo.evaluation.inference.interval import Uncertain, from_standard_error
from acuerdo.evaluation.optional import library, quietly
from acuerdo.evaluation.panel import Panel


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Imputed:
    """The effects.

    Attributes:
        overall: The mean over treated cells.
        parts: By time since treatment.
    """

    overall: Uncertain
    parts: Mapping[str, Uncertain]


def imputed(panel: Panel, *, settings: AbstractDifferencesSettings) -> Imputed | None:
    """The effects; None where a treated cell cannot be imputed.

    Raises:
        MissingExtra: If the library is not installed.
    """
    table = long_table(panel, horizon=settings.horizon)
    estimator = library("diff_diff").ImputationDiD(
        anticipation=settings.anticipation, cluster="cluster" if panel.clusters else None
    )
    with quietly():
        try:
            found = estimator.fit(table, outcome="outcome", unit="unit", time="period", first_treat="first")
            events = found.aggregate("event_study")
        except (ValueError, np.linalg.LinAlgError):
            return None
    effects = found.treatment_effects["tau_hat"].to_numpy(dtype=np.float64)
    if not np.isfinite(effects).all() or not np.isfinite(found.overall_att):
        return None
    overall = from_standard_error(float(found.overall_att), float(found.overall_se), level=settings.level)
    parts = {
        f"event {int(at)}": from_standard_error(float(value), float(error), level=settings.level)
        for at, value, error in zip(events.event_time, events.att, events.se, strict=True)
        if at >= 0
    }
    return Imputed(overall=overall, parts=parts)


def smallest_cohort(panel: Panel) -> int:
    """The number of treated clusters in the smallest cohort."""
    groups = clusters_of(panel)
    members = {(panel.first_treated[row], groups[row]) for row in panel.treated}
    return min(Counter(start for start, _ in members).values())
