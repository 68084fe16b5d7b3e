"""Effects by time since treatment, from one regression with a coefficient for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, final

import numpy as np
from numpy.typing import NDArray

from acuerdo.core.citation import Citation
from acuerdo.evaluation.differences.long_table import NEVER, long_table, weighted_by
from acuerdo.evaluation.differences.regression import Family, Fit, by_event_time, fit
from acuerdo.evaluation.differences.settings import Weights
from acuerdo.evaluation.inference.interval import Uncertain
from acuerdo.evaluation.optional import library
from acuerdo.evaluation.panel import Panel

Array = NDArray[np.float64]
SUN_ABRAHAM_2021: Final = Citation(
    key="sun_abraham_2021",
    title="Estimating dynamic treatment effects in event studies with heterogeneous treatment effects",
    publisher="Journal of Econometrics",
    kind="article",
    author="Sun, Liyang and Abraham, Sarah",
    date="2021",
    url="https://doi.org/10.1016/j.jeconom.2020.09.006",
)
"""What one coefficient for each time mixes, and what to do about it."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Which times since treatment have a coefficient of their own; those beyond share the outermost.

    Attributes:
        leads: Periods before the treatment, at least 2.
        lags: The last period since treatment, 0 for the first treated one.
        reference: The time that all are compared with: the last before the treatment, or before its anticipation.
    """

    leads: int
    lags: int
    reference: int = -1


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EventStudy:
    """Coefficients in order of time since treatment, the reference left out.

    Attributes:
        times: K times.
        fit: The regression, with the coefficients of these times alone, in this order.
        mean_outcome: Mean outcome of the treated cells that each rests on, as they count; shape (K,).
    """

    times: tuple[int, ...]
    fit: Fit
    mean_outcome: Array

    def is_after(self, *, last: int | None = None) -> NDArray[np.bool_]:
        """Which coefficients are of treated periods, up to a last time since treatment."""
        times = np.array(self.times)
        return (times >= 0) if last is None else (times >= 0) & (times <= last)

    def each(self, *, level: float) -> Mapping[int, Uncertain]:
        """Every coefficient with its interval."""
        identity = np.eye(len(self.times))
        return {at: self.fit.combined(identity[place], level=level) for place, at in enumerate(self.times)}

    def before_p_value(self) -> float | None:
        """P-value that all coefficients before the treatment are zero (Wald); None where there is none."""
        before = ~self.is_after()
        if not before.any():
            return None
        covariance, values = self.fit.covariance[np.ix_(before, before)], self.fit.values[before]
        count = int(np.linalg.matrix_rank(covariance))
        statistic = float(values @ np.linalg.pinv(covariance) @ values)
        if count == 0 or self.fit.freedom < 1:
            return None
        return float(library("scipy.stats").f(count, self.fit.freedom).sf(statistic / count))


def event_study(
    panel: Panel, window: Window, *, family: Family = "linear", weights: Weights = "none"
) -> EventStudy | None:
    """The regression; None where it is singular, or a time in the window cannot be told from the others.

    Args:
        panel: The data.
        window: Which times have a coefficient.
        family: Least squares, or Poisson, which divides by the exposure and takes no weights.
        weights: What each cell counts.

    Raises:
        CheckFailed: If cells are to count their exposure, and one has none.
        MissingExtra: If the library is not installed.
    """
    table = long_table(panel)
    since = np.where(table["first"] == NEVER, window.reference, table["period"] - table["first"])
    table["event"] = np.clip(since, -window.leads, window.lags)
    table = table[~np.isnan(table["outcome"])].reset_index(drop=True)
    offset = _with_offset(table, panel) if family == "poisson" else None
    counted = weighted_by(panel, weights)
    found = fit(table, [f"i(event, ref={window.reference})"], family=family, offset=offset, weights=counted)
    wanted = sorted(set(table["event"]) - {window.reference})
    if found is None:
        return None
    places = by_event_time(found)
    if list(places) != wanted:
        return None
    table["count"] = 1.0 if counted is None else table[counted]
    return _ordered(found, table, places=places)


def _with_offset(table: Any, panel: Panel) -> str | None:
    if panel.exposure is None:
        return None
    table["log_exposure"] = np.log(table["exposure"])
    return "log_exposure"


def _ordered(found: Fit, table: Any, *, places: Mapping[int, int]) -> EventStudy:
    order = list(places.values())
    treated = table[table["first"] != NEVER].assign(total=lambda cells: cells["outcome"] * cells["count"])
    sums = treated.groupby("event")[["total", "count"]].sum()
    return EventStudy(
        times=tuple(places),
        fit=replace(
            found,
            names=tuple(found.names[place] for place in order),
            values=found.values[order],
            covariance=found.covariance[np.ix_(order, order)],
        ),
        mean_outcome=(sums["total"] / sums["count"]).loc[[*places]].to_numpy(dtype=np.float64),
    )
