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


def test_a_finding_is_a_table_and_shows_itself() -> None:
    pd = pytest.importorskip("pandas")
    whole = Estimate(
        value=2.0, low=1.0, high=3.0, unit=AS_GIVEN, method="any", outcome=Text("estimated", "estimado")
    )
    found = Finding(
        estimate=whole,
        parts={"event 0": estimate(1.5), "event 1": estimate(2.5)},
        errors={"event 1": 0.25},
        diagnostics={"standard_error": 0.5},
    )
    table = pd.DataFrame(found.rows()).set_index("part")
    assert table["value"].to_dict() == {"effect": 2.0, "event 0": 1.5, "event 1": 2.5}
    assert table.loc["effect", ["standard_error", "low", "high", "level"]].tolist() == [0.5, 1.0, 3.0, 0.95]
    assert table.loc["event 1", "standard_error"] == 0.25
    assert table.loc["event 0", ["standard_error", "low", "high"]].isna().all(), "missing is missing"
    assert repr(found) == found.render("en")
