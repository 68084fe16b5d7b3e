"""The shape in which every method receives its data."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from acuerdo.core.errors import AcuerdoError, CheckFailed, NotFound
from acuerdo.core.period import Period
from acuerdo.evaluation.panel import Panel

YEARS = tuple(Period.year(year) for year in range(2000, 2005))


def panel(**changes: Any) -> Panel:
    given: dict[str, Any] = {
        "outcome": np.arange(15.0).reshape(3, 5),
        "units": ("a", "b", "c"),
        "periods": YEARS,
        "first_treated": (3, None, None),
    }
    return Panel(**(given | changes))


def test_says_who_is_treated_when() -> None:
    one = panel(first_treated=(3, 2, None), last_treated=(None, 2, None))
    assert one.treated == (0, 1)
    assert one.never_treated == (2,)
    assert one.under_treatment().astype(int).tolist() == [[0, 0, 0, 1, 1], [0, 0, 1, 0, 0], [0, 0, 0, 0, 0]]


def test_what_was_given_cannot_be_changed() -> None:
    source = np.zeros((3, 5))
    one = panel(outcome=source)
    source[0, 0] = 7
    assert one.outcome[0, 0] == 0
    with pytest.raises(ValueError, match="read-only"):
        one.outcome[0, 0] = 1


def test_a_window_and_some_units() -> None:
    one = panel(first_treated=(3, 4, None)).window(YEARS[1], YEARS[3]).select(("b", "a"))
    assert one.units == ("b", "a")
    assert one.first_treated == (None, 2)
    assert one.outcome.tolist() == [[6, 7, 8], [1, 2, 3]]


def test_a_treatment_before_the_window_is_refused() -> None:
    with pytest.raises(CheckFailed, match="Treated in or before the first period"):
        panel().window(YEARS[3], YEARS[4])


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"first_treated": (0, None, None)}, "Treated in or before the first period, 2000: a"),
        ({"first_treated": (5, None, None)}, "Treated after the last period, 2004: a"),
        ({"last_treated": (2, None, None)}, "The treatment of a ends before it begins"),
        ({"last_treated": (None, 2, None)}, "The treatment of b ends before it begins"),
        ({"units": ("a", "b", "b")}, "Units stand more than once: b"),
        ({"outcome": np.zeros((3, 4))}, r"'outcome' has the shape \(3, 4\)"),
        ({"outcome": np.vstack([np.zeros((2, 5)), np.full((1, 5), np.nan)])}, "without a single value: c"),
        ({"outcome": np.full((3, 5), np.inf)}, "An outcome is infinite"),
        ({"exposure": np.zeros((3, 5))}, "The exposure is zero or negative: a, b, c"),
        ({"periods": (*YEARS[:4], Period.year(2010))}, "After 2003 comes 2010"),
        ({"periods": (*YEARS[:4], Period.month(2004, 1))}, "several kinds"),
        ({"units": (), "outcome": np.zeros((0, 5)), "first_treated": ()}, "The panel is empty"),
    ],
)
def test_a_wrong_panel_is_refused_by_name(changes: dict[str, Any], told: str) -> None:
    with pytest.raises(CheckFailed, match=told) as caught:
        panel(**changes)
    assert all(problem.what.es != problem.what.en for problem in caught.value.problems)


def test_all_faults_at_once() -> None:
    with pytest.raises(CheckFailed) as caught:
        panel(first_treated=(0, None, None), units=("a", "b", "b"), outcome=np.full((3, 5), np.inf))
    assert len(caught.value.problems) == 3


def frames(rows: dict[str, list[Any]]) -> list[Any]:
    import pandas as pd

    found: list[Any] = [pd.DataFrame(rows)]
    try:
        import polars as pl
    except ImportError:
        return found
    return [*found, pl.DataFrame(rows)]


def test_from_a_table_of_any_library() -> None:
    rows = {
        "u": ["a", "a", "b", "b"],
        "t": [2000, 2001, 2000, 2001],
        "y": [1.0, None, 3.0, 4.0],
        "d": [0, 1, 0, 0],
    }
    for frame in frames(rows):
        one = Panel.from_frame(frame, unit="u", period="t", outcome="y", treated="d")
        assert one.units == ("a", "b")
        assert one.first_treated == (1, None)
        assert one.last_treated is None
        assert np.isnan(one.outcome[0, 1])


def test_a_row_that_is_not_there_is_missing() -> None:
    rows = {
        "u": ["a", "a", "b"],
        "t": [date(2020, 1, 1), date(2020, 3, 1), date(2020, 2, 15)],
        "y": [1.0, 2.0, 3.0],
    }
    for frame in frames(rows):
        one = Panel.from_frame(frame, unit="u", period="t", outcome="y", treated={"b": Period.month(2020, 3)})
        assert [period.code for period in one.periods] == ["2020-01", "2020-02", "2020-03"]
        assert np.isnan(one.outcome).tolist() == [[False, True, False], [True, False, True]]
        assert one.first_treated == (None, 2)


@pytest.mark.parametrize(
    ("rows", "treated", "told"),
    [
        (
            {"u": ["a", "a"], "t": [2000, 2000], "y": [1.0, 2.0]},
            None,
            "Cells that stand more than once: a 2000",
        ),
        ({"u": ["a", "a"], "t": [2000, 2001], "y": [1.0, 2.0]}, {"z": YEARS[1]}, "'z' is not a unit"),
        ({"u": ["a", "a"], "t": [2000, 2001], "y": [1.0, 2.0]}, {"a": YEARS[4]}, "treated from '2004' on"),
        ({"u": ["a", "a"], "t": [2000, 2001], "y": [1.0, 2.0]}, "dose", "'dose' is not a column"),
        (
            {"u": ["a", "a"], "t": [2000, 2001], "y": [1.0, 2.0], "d": [0, 2]},
            "d",
            "other values than 0 and 1",
        ),
        (
            {"u": ["a"] * 4, "t": [1, 2, 3, 4], "y": [1.0] * 4, "d": [0, 1, 0, 1]},
            "d",
            "stops and begins again",
        ),
    ],
)
def test_a_wrong_table_is_refused(rows: dict[str, list[Any]], treated: Any, told: str) -> None:
    rows = rows | {"t": [2000 + one if one < 1000 else one for one in rows["t"]]}
    for frame in frames(rows):
        with pytest.raises((CheckFailed, NotFound), match=told):
            Panel.from_frame(frame, unit="u", period="t", outcome="y", treated=treated)


def test_a_period_that_is_none() -> None:
    for frame in frames({"u": ["a"], "t": ["yesterday"], "y": [1.0]}):
        with pytest.raises(AcuerdoError, match="These texts are not periods: 'yesterday'"):
            Panel.from_frame(frame, unit="u", period="t", outcome="y")


@pytest.mark.parametrize(
    "months",
    [
        ["201901", "201902"],
        ["2019-01", "2019-02"],
        ["2019m1", "2019m2"],
        ["2019M01", "2019M02"],
        ["2019-01-01", "2019-02-01"],
    ],
)
def test_months_are_read_as_programs_write_them(months: list[str]) -> None:
    for frame in frames({"u": ["a", "a"], "t": months, "y": [1.0, 2.0]}):
        found = Panel.from_frame(frame, unit="u", period="t", outcome="y")
        assert [one.code for one in found.periods] == ["2019-01", "2019-02"]
