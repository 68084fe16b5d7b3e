"""The panel as the long table that the estimation libraries take."""

from __future__ import annotations

from typing import Any

import numpy as np

from acuerdo.evaluation.differences.admission import cell_weights, clusters_of
from acuerdo.evaluation.differences.settings import Weights
from acuerdo.evaluation.optional import library
from acuerdo.evaluation.panel import Panel

NEVER = 0
"""What stands for "never treated" in the column ``first``; the first period is numbered 1."""


def weighted_by(panel: Panel, weights: Weights) -> str | None:
    """The column of the long table that each row counts; None where all rows count alike.

    Raises:
        CheckFailed: See :func:`~acuerdo.evaluation.differences.admission.require_exposure`.
    """
    return None if cell_weights(panel, weights) is None else "exposure"


def long_table(panel: Panel, *, horizon: int | None = None) -> Any:
    """A pandas data frame, one row per unit and period.

    Columns: ``unit``, ``period`` (1 to T), ``outcome``, ``first`` (number of the first treated period, 0 for never),
    ``treated`` (0 or 1), ``cluster``, ``exposure`` where there is one, and each predictor under its own name with
    ``x_`` before it.

    Args:
        panel: The data.
        horizon: How many periods of each treated unit count from its start; later ones have no row.
    """
    count, width = panel.outcome.shape
    first = np.array([NEVER if one is None else one + 1 for one in panel.first_treated])
    numbered = {name: at for at, name in enumerate(dict.fromkeys(clusters_of(panel)))}
    groups = np.array([numbered[one] for one in clusters_of(panel)])
    columns: dict[str, Any] = {
        "unit": np.repeat(np.arange(count), width),
        "period": np.tile(np.arange(1, width + 1), count),
        "outcome": panel.outcome.ravel(),
        "first": np.repeat(first, width),
        "treated": panel.under_treatment().ravel().astype(np.int64),
        "cluster": np.repeat(groups, width),
    }
    if panel.exposure is not None:
        columns["exposure"] = panel.exposure.ravel()
    columns |= {f"x_{name}": np.repeat(values, width) for name, values in panel.predictors.items()}
    table = library("pandas").DataFrame(columns)
    if horizon is None:
        return table
    inside = (table["first"] == NEVER) | (table["period"] - table["first"] < horizon)
    return table[inside].reset_index(drop=True)
