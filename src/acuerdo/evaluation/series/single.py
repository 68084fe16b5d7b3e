"""The one series that a panel's treated units make, and why there may be none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from acuerdo.core.text import Text
from acuerdo.evaluation.differences.admission import require_treated
from acuerdo.evaluation.method import OutcomeCode, Refusal
from acuerdo.evaluation.panel import Panel

Array = NDArray[np.float64]


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Single:
    """One series and when it was treated.

    Attributes:
        values: T values, none missing: the treated unit's, or the mean of several.
        start: Column of the first treated period.
        end: Column after the last period that enters the effect.
        total: How many units the mean is of.
        exposure: T values; the mean of several too; None where there is none.
        label: The unit's name; empty for several.
    """

    values: Array
    start: int
    end: int
    total: int
    exposure: Array | None
    label: str


def single_of(panel: Panel, *, horizon: int | None, fewest_before: int) -> Single | Refusal:
    """The series of the treated units, or why it cannot be had.

    Args:
        panel: The data.
        horizon: How many periods from the first treated one enter the effect; all if None.
        fewest_before: Periods that must lie before the treatment.

    Raises:
        CheckFailed: If no unit is treated.
    """
    require_treated(panel)
    rows = list(panel.treated)
    starts = {panel.first_treated[row] or 0 for row in rows}
    ends = {None if panel.last_treated is None else panel.last_treated[row] for row in rows}
    if len(starts) > 1 or len(ends) > 1:
        return Refusal(code=OutcomeCode.NOT_IDENTIFIED, words=_SEVERAL_STARTS)
    start, last = starts.pop(), ends.pop()
    values = panel.outcome[rows].mean(axis=0)
    if np.isnan(values).any():
        return Refusal(code=OutcomeCode.MISSING_OUTCOME, words=_MISSING)
    if start < fewest_before:
        return Refusal(code=OutcomeCode.TOO_FEW_PERIODS, words=_too_few(start, fewest_before))
    end = len(panel.periods) if last is None else last + 1
    return Single(
        values=values,
        start=start,
        end=end if horizon is None else min(end, start + horizon),
        total=len(rows),
        exposure=None if panel.exposure is None else panel.exposure[rows].mean(axis=0),
        label=panel.units[rows[0]] if len(rows) == 1 else "",
    )


_SEVERAL_STARTS = Text(
    "The treated units start at different times; a single series has one start. Compare them cohort by cohort.",
    "Las unidades tratadas empiezan en distintos momentos; una sola serie tiene un inicio. Compárelas por cohorte.",
)
_MISSING = Text(
    "The series has missing periods; missing is not zero, and is not filled in.",
    "A la serie le faltan periodos; lo que falta no es cero, y no se rellena.",
)


def _too_few(start: int, fewest: int) -> Text:
    return Text(
        f"{start} periods before the treatment, fewer than the {fewest} that the settings ask for.",
        f"{start} periodos antes del tratamiento, menos que los {fewest} que piden los ajustes.",
    )
