"""From the logarithm of a ratio to the events that the treatment added.

Of a mean outcome with the treatment, the part that a log ratio b added is mean x (1 - exp(-b)); the outcome itself is
taken as it was counted, so that the interval is that of the ratio.
"""

from __future__ import annotations

import numpy as np

from acuerdo.core.errors import CheckFailed, Problem
from acuerdo.core.text import Text
from acuerdo.evaluation.differences.admission import unexposed
from acuerdo.evaluation.inference.interval import Uncertain
from acuerdo.evaluation.panel import Panel


def added(ratio: Uncertain, *, mean: float) -> Uncertain:
    """The events added per cell by an effect that is a log ratio.

    Args:
        ratio: The logarithm of the ratio.
        mean: Mean outcome of the treated cells, with the treatment.
    """

    def part(log: float) -> float:
        return mean * -float(np.expm1(-log))

    error = (
        None if ratio.standard_error is None else mean * float(np.exp(-ratio.value)) * ratio.standard_error
    )
    return Uncertain(
        value=part(ratio.value),
        standard_error=error,
        low=None if ratio.low is None else part(ratio.low),
        high=None if ratio.high is None else part(ratio.high),
        p_value=ratio.p_value,
    )


def require_counts(panel: Panel) -> None:
    """Refuses an outcome that cannot be a count, and an exposure that is not known where the outcome is.

    Raises:
        CheckFailed: If an outcome is negative, or the exposure is missing for a cell with an outcome.
    """
    problems = []
    if (panel.outcome < 0).any():
        problems.append(
            Problem(
                what=Text("A count is negative.", "Un conteo es negativo."),
                fix=Text(
                    "Give counts, not changes or logarithms.", "Indique conteos, no cambios ni logaritmos."
                ),
            )
        )
    missing = unexposed(panel)
    if missing is not None:
        problems.append(missing)
    if problems:
        raise CheckFailed(problems)
