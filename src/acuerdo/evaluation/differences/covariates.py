"""Group-time effects where trends may differ with covariates: the doubly robust estimator of diff-diff."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, final

from acuerdo.core.errors import not_found
from acuerdo.core.text import Text
from acuerdo.evaluation.differences.group_time import Comparison
from acuerdo.evaluation.differences.long_table import long_table
from acuerdo.evaluation.inference.interval import Uncertain, from_standard_error
from acuerdo.evaluation.optional import library, quietly
from acuerdo.evaluation.panel import Panel


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Adjusted:
    """Effects adjusted for covariates.

    Attributes:
        overall: The mean over treated cells.
        parts: By cohort and period, and by time since treatment.
    """

    overall: Uncertain
    parts: Mapping[str, Uncertain]


def adjusted(
    panel: Panel, comparison: Comparison, *, covariates: Sequence[str], level: float
) -> Adjusted | None:
    """The effects; None where the library finds none.

    Raises:
        NotFound: If a covariate is not among the panel's predictors.
        MissingExtra: If the library is not installed.
    """
    for name in covariates:
        if name not in panel.predictors:
            raise not_found(
                Text("a predictor of the panel", "un predictor del panel"), name, known=panel.predictors
            )
    estimator = library("diff_diff").CallawaySantAnna(
        control_group=comparison.controls,
        anticipation=comparison.anticipation,
        base_period=comparison.base,
        estimation_method="dr",
        cluster="cluster" if panel.clusters else None,
    )
    with quietly():
        found = estimator.fit(
            long_table(panel),
            outcome="outcome",
            unit="unit",
            time="period",
            first_treat="first",
            covariates=[f"x_{name}" for name in covariates],
        )
        events = found.aggregate("event_study")
    overall = from_standard_error(float(found.overall_att), float(found.overall_se), level=level)
    if math.isnan(overall.value):
        return None
    by_event = zip(events.event_time, events.att, events.se, strict=True)
    parts = {
        f"event {int(at)}": from_standard_error(float(value), float(error), level=level)
        for at, value, error in by_event
        if not math.isnan(value)
    }
    return Adjusted(overall=overall, parts=parts | _cells(panel, found, level=level))


def _cells(panel: Panel, found: Any, *, level: float) -> dict[str, Uncertain]:
    code = {number: one.code for number, one in enumerate(panel.periods, start=1)}
    return {
        f"ATT({code[int(start)]},{code[int(at)]})": from_standard_error(
            float(cell["effect"]), float(cell["se"]), level=level
        )
        for (start, at), cell in found.group_time_effects.items()
        if not math.isnan(cell["effect"])
    }
