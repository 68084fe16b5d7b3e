"""What a revision, a gap and a comparable pair of measurements are."""

from __future__ import annotations

from datetime import date

import pytest
from tests.review.conftest import FIRST, SECOND, reading, series, value

from acuerdo.core.period import Period
from acuerdo.core.place import place
from acuerdo.review.reading import Reading, comparisons, gaps, revisions

DAY = date(2024, 6, 1)


def noisy(share: float) -> Reading:
    """The made figures with a second publication that differs from the first by so large a share."""
    read = reading(DAY)
    first = series(FIRST)
    moved = tuple(
        one if one.value is None else value(one.place, one.period.start.year, one.value * (1 + share), SECOND)
        for one in first.values
    )
    from dataclasses import replace

    later = replace(first, as_of=SECOND, values=moved)
    return replace(read, series=later, history=(first, later))


def test_the_order_of_adding_up_is_no_revision() -> None:
    assert revisions(noisy(1e-16)) == ()
    assert revisions(noisy(1e-12)) == ()
    assert len(revisions(noisy(1e-6))) == 2


def test_a_year_that_is_not_there_counts_as_missing() -> None:
    country = place("MX")
    values = [
        value(country, year, figure, FIRST)
        for year, figure in ((2010, None), (2012, 1.0), (2013, None), (2014, 2.0), (2018, 3.0), (2019, None))
    ]
    assert gaps(values) == 1 + 3  # 2013 is printed as missing; 2015 to 2017 are not there at all
    assert gaps(values[:1]) == 0


def test_days_at_which_a_stock_is_taken_have_no_gaps() -> None:
    from dataclasses import replace

    days = ("2021-04-21", "2023-08-22")
    values = [replace(value(place("MX"), 2021, 1.0, FIRST), period=Period.parse(day)) for day in days]
    assert gaps(values) == 0


@pytest.mark.parametrize(("day", "allowed"), [(date(2018, 12, 30), False), (DAY, True)])
def test_a_baseline_that_lies_ahead_is_not_shown(day: date, allowed: bool) -> None:
    from dataclasses import replace

    read = replace(reading(DAY), series=replace(series(DAY), as_of=day))
    periods = {one.baseline.period for one in comparisons(read)}
    assert all(period.end <= day for period in periods)
    assert (read.indicator.baseline.period in periods) is allowed
