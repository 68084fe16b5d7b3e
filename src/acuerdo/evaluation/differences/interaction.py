"""The interaction-weighted event study: one coefficient for each cohort and time since treatment, and their means.

References:
    Sun and Abraham (2021), Estimating dynamic treatment effects in event studies with heterogeneous treatment effects,
    Journal of Econometrics 225(2), section 4.
"""

from __future__ import annotations

import numpy as np

from acuerdo.evaluation.differences.effects import Effects
from acuerdo.evaluation.differences.long_table import NEVER, long_table, weighted_by
from acuerdo.evaluation.differences.regression import Fit, by_event_time, fit
from acuerdo.evaluation.differences.settings import AbstractWeightedSettings
from acuerdo.evaluation.inference.interval import Uncertain
from acuerdo.evaluation.panel import Panel

_REFERENCE = 0
"""The number of all cells without a coefficient; the others are numbered by cohort and time since treatment."""


def design_bytes(panel: Panel) -> int:
    """The size of the dense design: one column of float64 for each cohort and time since treatment."""
    cohorts = len({one for one in panel.first_treated if one is not None})
    return panel.outcome.size * cohorts * max(len(panel.periods) - 1, 1) * 8


def interacted(panel: Panel, *, settings: AbstractWeightedSettings) -> Effects | None:
    """The effects; None where the design is singular.

    A mean takes each cohort with its share in the treated cells, as they count.

    Raises:
        CheckFailed: If cells are to count their exposure, and one has none.
        MissingExtra: If the library is not installed.
    """
    table = long_table(panel, horizon=settings.horizon)
    span = 2 * len(panel.periods)
    since = table["period"] - table["first"]
    at_reference = (table["first"] == NEVER) | (since == -1 - settings.anticipation)
    table["event"] = np.where(at_reference, _REFERENCE, table["first"] * span + since + span // 2)
    counted = weighted_by(panel, settings.weights)
    found = fit(table, [f"i(event, ref={_REFERENCE})"], family="linear", weights=counted)
    table["count"] = 1.0 if counted is None else table[counted]
    counts = table.groupby("event")["count"].sum().drop(_REFERENCE)
    places = {} if found is None else by_event_time(found)
    if found is None or list(places) != list(counts.index):
        return None
    order = np.argsort(list(places.values()))
    shares, times = counts.to_numpy()[order], (counts.index.to_numpy() % span - span // 2)[order]
    return Effects(
        overall=_mean(found, shares * (times >= 0), level=settings.level),
        parts={
            f"event {at}": _mean(found, shares * (times == at), level=settings.level)
            for at in sorted({*times})
        },
    )


def _mean(found: Fit, shares: np.ndarray, *, level: float) -> Uncertain:
    return found.combined(shares / shares.sum(), level=level)
