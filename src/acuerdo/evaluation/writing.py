"""Numbers and findings as the values of a kept result: rounded, so that two machines write the same bytes."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from acuerdo.core.estimate import Estimate
from acuerdo.evaluation.certainty import Certainty
from acuerdo.evaluation.decision import Effect
from acuerdo.evaluation.method import Finding, Path

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_DIGITS: Final = 6
_DRAWN_DIGITS: Final = 4


def rounded(value: float | None, digits: int = _DIGITS) -> float | None:
    """A number to so many significant digits; None for what is missing or not finite.

    >>> rounded(1234.5678, 4)
    1235.0
    """
    if value is None or not math.isfinite(value):
        return None
    return float(f"{value:.{digits}g}")


def effect(one: Effect) -> dict[str, float | None]:
    """An effect on the scale of the decision."""
    return {
        "value": rounded(one.value),
        "low": rounded(one.low),
        "high": rounded(one.high),
        "p_value": rounded(one.p_value),
    }


def estimate(one: Estimate) -> dict[str, Any]:
    """An estimate in its own unit."""
    return {
        "value": rounded(one.value),
        "low": rounded(one.low),
        "high": rounded(one.high),
        "level": one.level,
        "unit": one.unit.id,
        "unit_label": one.unit.label.both(),
        "method": one.method,
        "outcome": one.outcome.both(),
    }


def finding(one: Finding) -> dict[str, Any]:
    """Everything that a method found."""
    return {
        "code": str(one.code),
        "estimate": estimate(one.estimate),
        "p_value": rounded(one.p_value),
        "counterfactual": rounded(one.counterfactual),
        "path": None if one.path is None else path(one.path),
        "placebo_gaps": {name: drawn(gaps) for name, gaps in sorted(one.placebo_gaps.items())},
        "parts": {name: estimate(part) for name, part in one.parts.items()},
        "weights": {name: rounded(weight) for name, weight in sorted(one.weights.items())},
        "diagnostics": {
            name: rounded(value) if isinstance(value, float) else value
            for name, value in sorted(one.diagnostics.items())
        },
        "warnings": [warning.both() for warning in one.warnings],
    }


def path(one: Path) -> dict[str, Any]:
    """What happened and what would have."""
    return {
        "periods": [period.code for period in one.periods],
        "event_time": list(one.event_time),
        "actual": drawn(one.actual),
        "counterfactual": drawn(one.counterfactual),
        "low": None if one.low is None else drawn(one.low),
        "high": None if one.high is None else drawn(one.high),
        "start": one.start,
        "label": one.label,
    }


def certainty(one: Certainty) -> dict[str, Any]:
    """The certainty with its steps."""
    return {
        "grade": one.grade,
        "maryland": one.maryland,
        "steps": [{"by": step.by, "rule": step.rule, "why": step.why.both()} for step in one.steps],
    }


def drawn(values: NDArray[np.float64] | Iterable[float]) -> list[float | None]:
    """A line of a picture."""
    return [rounded(float(value), _DRAWN_DIGITS) for value in values]
