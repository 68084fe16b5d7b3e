"""The same differences in differences by the libraries that a Python econometrician would take."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd


def table(panel: Any) -> pd.DataFrame:
    """The long table, made beforehand: its making is not timed."""
    units, periods = panel.outcome.shape
    first = [0 if one is None else one + 1 for one in panel.first_treated]
    return pd.DataFrame(
        {
            "unit": np.repeat(np.arange(units), periods),
            "period": np.tile(np.arange(1, periods + 1), units),
            "outcome": panel.outcome.ravel(),
            "first": np.repeat(first, periods),
            "treated": panel.under_treatment().ravel().astype(int),
        }
    )


def diff_diff(rows: pd.DataFrame) -> Any:
    from diff_diff import CallawaySantAnna

    found = CallawaySantAnna().fit(rows, outcome="outcome", unit="unit", time="period", first_treat="first")
    return found, found.aggregate("event_study")


def pyfixest(rows: pd.DataFrame) -> Any:
    from pyfixest import feols

    return feols("outcome ~ treated | unit + period", rows, vcov={"CRV1": "unit"})
