"""One coefficient with unit and period effects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from acuerdo.core.text import Text
from acuerdo.evaluation.differences.long_table import NEVER, long_table
from acuerdo.evaluation.differences.regression import Fit, without_effects
from acuerdo.evaluation.differences.settings import Inference
from acuerdo.evaluation.inference.choice import uncertain
from acuerdo.evaluation.inference.interval import Uncertain
from acuerdo.evaluation.inference.wild import wild
from acuerdo.evaluation.panel import Panel

WORDS: Final[Mapping[Inference, Text]] = {
    "clustered": Text("errors are clustered", "los errores se agrupan por conglomerado"),
    "spatial": Text("errors are dependent over distance (Conley)",
                    "los errores dependen de la distancia (Conley)"),
    "wild": Text("the interval is from the wild cluster bootstrap",
                 "el intervalo proviene del «wild bootstrap» por conglomerado"),
}  # fmt: skip


def cells_in(panel: Panel, *, horizon: int | None, anticipation: int) -> Any:
    """The long table of the cells that enter: without missing ones, those past the horizon, those of anticipation."""
    table = long_table(panel, horizon=horizon)
    since = table["period"] - table["first"]
    keep = ~np.isnan(table["outcome"])
    if anticipation:
        treated = table["first"] != NEVER
        keep &= ~(treated & (since < 0) & (since >= -anticipation))
    return table[keep].reset_index(drop=True)


def slope(
    found: Fit, table: Any, *, panel: Panel, inference: Inference, level: float, more: Mapping[str, Any]
) -> Uncertain:
    """The coefficient of the treatment with its interval.

    Args:
        found: The regression.
        table: Its rows.
        panel: The data, for the coordinates.
        inference: How the interval is reached.
        level: Coverage of the interval.
        more: ``cutoff_km``, ``draws`` and ``seed``.

    Raises:
        CheckFailed: If distances are asked for and the panel has no coordinates.
    """
    if inference == "clustered" or found.residuals is None:
        return found.combined(np.ones(1), level=level)
    value = float(found.values[0])
    treatment = without_effects(table, "treated", weights=found.weighted_by)
    weights = np.ones(len(table)) if found.weighted_by is None else table[found.weighted_by].to_numpy()
    if inference == "wild":
        # Least squares with weights is least squares of rows that are multiplied by their roots
        roots = np.sqrt(weights)
        outcome = value * treatment + found.residuals
        clusters = table["cluster"].to_numpy()
        return wild(
            roots * outcome, roots * treatment,
            clusters=clusters, level=level, draws=more["draws"], seed=more["seed"],
        )  # fmt: skip
    pull = weights * treatment
    scores = np.zeros(len(panel.units))
    np.add.at(scores, table["unit"].to_numpy(), pull * found.residuals / (pull @ treatment))
    return uncertain(
        np.array([value]), scores[:, None], panel=panel, level=level, cutoff_km=more["cutoff_km"]
    )[0]
