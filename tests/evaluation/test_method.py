"""What a method gives back."""

from __future__ import annotations

import pytest

from acuerdo.core.errors import CheckFailed
from acuerdo.core.estimate import Estimate
from acuerdo.core.text import Text
from acuerdo.evaluation.method import Finding, OutcomeCode
from acuerdo.evaluation.panel import AS_GIVEN


def estimate(value: float | None) -> Estimate:
    return Estimate(value=value, unit=AS_GIVEN, method="any", outcome=Text("estimated", "estimado"))


def test_a_number_only_where_there_is_one() -> None:
    assert Finding(estimate=estimate(1.0)).code is OutcomeCode.ESTIMATED
    with pytest.raises(CheckFailed, match="poor_fit"):
        Finding(estimate=estimate(1.0), code=OutcomeCode.POOR_FIT)
    with pytest.raises(CheckFailed, match="estimated"):
        Finding(estimate=estimate(None))


def test_a_probability_is_one() -> None:
    with pytest.raises(CheckFailed, match="no probability"):
        Finding(estimate=estimate(1.0), p_value=1.2)
