from __future__ import annotations

from collections.abc import Mapping

from acuerdo.claims.checking import Checked
from acuerdo.core.period import Period, PeriodKind


def test_a_date_is_told_only_as_exactly_as_it_is_known(checked: Mapping[str, Checked]) -> None:
    year, undated = checked["victims_that_are_cases"], checked["firearms_2475000"]
    assert year.dated == Period.year(2026)
    assert year.said == year.text.date.end, "the day on which it was read bounds it"
    assert undated.dated is None
    assert "undated" in undated.occasion.en
    assert "sin fecha" in undated.occasion.es
    months = [one for one in checked.values() if one.dated and one.dated.kind is PeriodKind.MONTH]
    assert months
    assert all(one.dated and one.said == one.dated.end for one in months)
    assert all("latest" in one.occasion.en for one in months)
