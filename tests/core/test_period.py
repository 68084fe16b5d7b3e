import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuerdo.core.errors import UsageError
from acuerdo.core.period import Period, PeriodKind, day_label

YEARS = st.integers(1950, 2070)
CODES = st.one_of(
    st.builds("{:04}".format, YEARS),
    st.builds("FY{:04}".format, YEARS),
    st.builds("{:04}-H{}".format, YEARS, st.integers(1, 2)),
    st.builds("{:04}-Q{}".format, YEARS, st.integers(1, 4)),
    st.builds("{:04}-{:02}".format, YEARS, st.integers(1, 12)),
    st.builds("12M-{:04}-{:02}".format, YEARS, st.integers(1, 12)),
    st.dates(date(1950, 1, 1), date(2070, 1, 1)).map(date.isoformat),
    st.builds("{0:04}:{0:04}-{1:02}".format, YEARS, st.integers(1, 11)),
    st.builds("FY{0:04}:{0:04}-{1:02}".format, YEARS, st.integers(1, 8)),
)
STEPPING_KINDS = set(PeriodKind) - {PeriodKind.TO_DATE, PeriodKind.FISCAL_TO_DATE}


@pytest.mark.parametrize(
    ("code", "start", "end", "kind"),
    [
        ("2020", date(2020, 1, 1), date(2020, 12, 31), PeriodKind.YEAR),
        ("2020-H2", date(2020, 7, 1), date(2020, 12, 31), PeriodKind.HALF),
        ("2020-Q1", date(2020, 1, 1), date(2020, 3, 31), PeriodKind.QUARTER),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29), PeriodKind.MONTH),
        ("2020-02-29", date(2020, 2, 29), date(2020, 2, 29), PeriodKind.DAY),
        ("FY2021", date(2020, 10, 1), date(2021, 9, 30), PeriodKind.FISCAL_YEAR),
        ("12M-2021-03", date(2020, 4, 1), date(2021, 3, 31), PeriodKind.TWELVE_MONTHS_ENDING),
        ("2026:2026-03", date(2026, 1, 1), date(2026, 3, 31), PeriodKind.TO_DATE),
        ("FY2026:2025-12", date(2025, 10, 1), date(2025, 12, 31), PeriodKind.FISCAL_TO_DATE),
    ],
)
def test_a_code_names_its_days(code: str, start: date, end: date, kind: PeriodKind):
    assert Period.parse(code) == Period(start, end, kind)


@given(CODES)
def test_a_code_is_read_back_as_it_was_written(code: str):
    assert Period.parse(code).code == code


@given(CODES)
def test_a_period_and_the_next_one_leave_no_gap(code: str):
    period = Period.parse(code)
    if period.kind in STEPPING_KINDS - {PeriodKind.TWELVE_MONTHS_ENDING}:
        assert period.shift(1).start == period.end + timedelta(days=1)
        assert period.shift(1).shift(-1) == period


@given(CODES)
def test_the_months_of_a_period_cover_it_exactly(code: str):
    period = Period.parse(code)
    months = period.months()
    if period.kind is not PeriodKind.DAY:
        assert (months[0].start, months[-1].end) == (period.start, period.end)
        assert all(
            later.start == earlier.end + timedelta(days=1) for earlier, later in itertools.pairwise(months)
        )


@given(CODES)
def test_a_label_in_each_language_has_its_placeholders_filled(code: str):
    for lang in ("en", "es"):
        label = Period.parse(code).label(lang)
        assert label
        assert "{" not in label


@pytest.mark.parametrize(
    "code",
    [
        "",
        "20",
        "2020-13",
        "2020-02-30",
        "FY2020-01",
        "2020-H3",
        "2020-Q5",
        "2026:2026-12",
        "2026:2027-01",
        "FY2026:2026-09",
        "12M-2020",
    ],
)
def test_what_is_not_a_period_is_refused_with_the_valid_forms(code: str):
    with pytest.raises(UsageError) as caught:
        Period.parse(code)
    assert "FY2021" in caught.value.render("en")
    assert "no es un periodo" in caught.value.render("es")


def test_a_year_to_date_is_never_a_full_year_and_has_no_neighbour():
    running = Period.parse("FY2026:2025-12")
    assert not running.is_full
    with pytest.raises(UsageError, match="runs to a date"):
        running.shift(1)


def test_labels_read_as_each_language_writes_them():
    assert Period.parse("12M-2020-12").label("en") == "12 months to December 2020"
    assert Period.parse("2020-Q1").label("es") == "1.º trimestre de 2020"
    assert day_label(date(2021, 10, 8), "en") == "October 8, 2021"
    assert day_label(date(2021, 10, 8), "es") == "8 de octubre de 2021"
