"""The interaction-weighted event study, by diff-diff."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import final

import numpy as np

from acuerdo.evaluation.differences.long_table import long_table
from acuerdo.evaluation.differences.settings import AbstractDifferencesSettings
from acuerdo.evaluation.inference.interval import Uncertain, from_standard_error
from acuerdo.evaluation.optional import library, quietly
from acuerdo.evaluation.panel import Panel


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Interacted:
    """The effects.

    Attributes:
        overall: The mean over treated cells.
        parts: By time since treatment.
    """

    overall: Uncertain
    parts: Mapping[str, Uncertain]


def design_bytes(panel: Panel) -> int:
    """The size of the dense design: one column of float64 for each cohort and time since treatment."""
    cohorts = len({one for one in panel.first_treated if one is not None})
    return panel.outcome.size * cohorts * max(len(panel.periods) - 1, 1) * 8


def interacted(panel: Panel, *, settings: AbstractDifferencesSettings) -> Interacted | None:
    """The effects; None where the design is singular.

    Raises:
        MissingExtra: If the library is not installed.
    """
    table = long_table(panel, horizon=settings.horizon)
    estimator = library("diff_diff").SunAbraham(
        anticipation=settings.anticipation, cluster="cluster" if panel.clusters else None
    )
    with quietly():
        try:
            found = estimator.fit(table, outcome="outcome", unit="unit", time="period", first_treat="first")
        except (ValueError, np.linalg.LinAlgError):
            return None
    overall = from_standard_error(float(found.overall_att), float(found.overall_se), level=settings.level)
    parts = {
        f"event {int(at)}": from_standard_error(float(one["effect"]), float(one["se"]), level=settings.level)
        for at, one in found.event_study_effects.items()
    }
    return Interacted(overall=overall, parts=parts)
