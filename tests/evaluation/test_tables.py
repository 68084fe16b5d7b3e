"""Tables as people have them: other types, other orders, other ways to write a time; and wrong ones, told in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

import acuerdo
from acuerdo.core.errors import AcuerdoError
from acuerdo.evaluation.method import Finding, OutcomeCode
from acuerdo.evaluation.panel import Panel

pd = pytest.importorskip("pandas")

UNITS, YEARS, START = 12, range(1990, 2010), 2004
NAMES: dict[str, Any] = {"unit": "estado", "period": "año", "outcome": "y"}


def table(units: int = UNITS) -> Any:
    """Twelve units over twenty years that share one movement; 'México' is treated from 2004 on."""
    rng = np.random.default_rng(1)
    common = rng.normal(size=len(YEARS)).cumsum()
    names = ["México", "Nuevo León", *(f"unidad {number}" for number in range(units - 2))][:units]
    return pd.DataFrame(
        [
            {
                "estado": name,
                "año": year,
                "y": 50 + common[at] * (1 + number / 10) + rng.normal(),
                "people": 1000.0 + number,
                "d": int(name == "México" and year >= START),
                "lat": 20.0 + number / 10,
                "lon": -100.0,
            }
            for number, name in enumerate(names)
            for at, year in enumerate(YEARS)
        ]
    )


def found(frame: Any, method: str = "synthetic_control", /, **changes: Any) -> Finding:
    given: dict[str, Any] = NAMES | {"treated": {"México": START}} | changes
    settings = {"interval": "none"} if method == "synthetic_control" else None
    return acuerdo.estimate(
        frame, method, settings=settings, **{key: one for key, one in given.items() if one is not ...}
    )


def changed(column: str, make: Callable[[Any], Any]) -> Any:
    frame = table()
    frame[column] = make(frame)
    return frame


def with_value(column: str, row: int, value: Any, *, kind: Any = None) -> Any:
    frame = table()
    frame[column] = frame[column].astype(kind or object)
    frame.loc[row, column] = value
    return frame


def without(keep: Callable[[Any], Any]) -> Any:
    frame = table()
    return frame[keep(frame)]


def categories() -> Any:
    frame = table()
    return frame.astype({"estado": "category", "año": "category", "y": "Float64", "d": "Int64"})


STAMPS = {"México": datetime(START, 1, 1)}  # noqa: DTZ001 - as pandas gives them
SAME: dict[str, tuple[Callable[[], Any], dict[str, Any]]] = {
    "rows in any order": (lambda: table().sample(frac=1, random_state=1), {}),
    "categories and nullable types": (categories, {}),
    "decimals": (lambda: changed("y", lambda frame: [Decimal(repr(one)) for one in frame.y]), {}),
    "accents written in two signs": (table, {"treated": {"Me\N{COMBINING ACUTE ACCENT}xico": START}}),
    "a column of 0 and 1": (table, {"treated": "d"}),
    "a column of true and false": (lambda: changed("d", lambda frame: frame.d.astype(bool)), {"treated": "d"}),
    "a column of first periods": (
        lambda: changed("g", lambda frame: np.where(frame["estado"] == "México", START, 0)),
        {"treated": ..., "first_treated": "g"},
    ),
    "first periods, never as null": (
        lambda: changed("g", lambda frame: np.where(frame["estado"] == "México", START, np.nan)),
        {"treated": ..., "first_treated": "g"},
    ),
    "years as dates": (
        lambda: changed("año", lambda frame: pd.to_datetime(frame["año"].astype(str))), {"treated": STAMPS},
    ),
    "years as dates, the start as a year": (
        lambda: changed("año", lambda frame: [date(year, 12, 31) for year in frame["año"]]), {},
    ),
    "years with a clock": (
        lambda: changed("año", lambda frame: [datetime(year, 1, 1, tzinfo=UTC) for year in frame["año"]]), {},
    ),
    "pandas periods": (
        lambda: changed("año", lambda frame: pd.PeriodIndex(frame["año"].astype(str), freq="Y")), {},
    ),
    "quarters as text": (
        lambda: changed("año", lambda frame: [f"{1990 + at // 4}Q{at % 4 + 1}" for at in frame["año"] - 1990]),
        {"treated": {"México": "1993Q3"}},
    ),
    "quarters as parts of years": (
        lambda: changed("año", lambda frame: 1990 + (frame["año"] - 1990) / 4), {"treated": {"México": 1993.5}},
    ),
    "months as parts of years": (
        lambda: changed("año", lambda frame: (1990 + (frame["año"] - 1990) / 12).round(3)),
        {"treated": {"México": "1991-03"}},
    ),
    "months as whole numbers": (
        lambda: changed("año", lambda frame: [199001 + at // 12 * 100 + at % 12 for at in frame["año"] - 1990]),
        {"treated": {"México": 199103}},
    ),
    "days": (
        lambda: changed("año", lambda frame: [date(2000, 1, 1) + timedelta(at - 1990) for at in frame["año"]]),
        {"treated": {"México": date(2000, 1, 15)}},
    ),
    "rounds counted from 1": (
        lambda: changed("año", lambda frame: frame["año"] - 1989), {"treated": {"México": 15}},
    ),
    "whole numbers stored as decimals": (lambda: changed("año", lambda frame: frame["año"].astype(float)), {}),
}  # fmt: skip


@pytest.mark.parametrize("case", SAME)
def test_the_same_table_written_otherwise_gives_the_same_answer(case: str) -> None:
    make, changes = SAME[case]
    whole, other = found(table()), found(make(), **changes)
    assert other.estimate.value == pytest.approx(whole.estimate.value, abs=1e-9)
    assert dict(other.weights) == pytest.approx(dict(whole.weights), abs=1e-9)


def test_polars_gives_the_same() -> None:
    pl = pytest.importorskip("polars")
    assert found(pl.from_pandas(table())).estimate == found(table()).estimate


REFUSED: dict[str, tuple[Callable[[], Any], dict[str, Any], str]] = {
    "numbers as text": (lambda: changed("y", lambda frame: frame.y.astype(str)), {}, "other than numbers"),
    "one text among numbers": (lambda: with_value("y", 3, "n/a"), {}, r"from 1: 4 \('n/a'\)"),
    "complex numbers": (lambda: changed("y", lambda frame: frame.y.astype(complex)), {}, "other than numbers"),
    "a date as the outcome": (lambda: with_value("y", 3, date(2000, 1, 1)), {}, "other than numbers"),
    "what a missing whole number becomes": (
        lambda: with_value("y", 5, -(2**63), kind="float64"), {}, "other than numbers",
    ),
    "a number beyond all numbers": (lambda: with_value("y", 5, 10**400), {}, "infinite"),
    "infinite": (lambda: with_value("y", 5, np.inf, kind="float64"), {}, "infinite"),
    "too great": (lambda: changed("y", lambda frame: frame.y * 1e200), {}, "too great or too small"),
    "too small": (lambda: changed("y", lambda frame: frame.y * 1e-200), {}, "too great or too small"),
    "cells twice": (lambda: pd.concat([table(), table().head(2)]), {}, "México 1990, México 1991"),
    "all missing": (lambda: changed("y", lambda _: np.nan), {}, "Units without a single value"),
    "no rows": (lambda: table().head(0), {}, "has no rows"),
    "no unit in a row": (lambda: with_value("estado", 7, None), {}, "missing in rows 8"),
    "no period in a row": (lambda: with_value("año", 7, None), {}, "missing in rows 8"),
    "lists for units": (
        lambda: changed("estado", lambda frame: [[one] for one in frame["estado"]]), {}, "lists or tables",
    ),
    "every other year": (
        lambda: changed("año", lambda frame: 1990 + (frame["año"] - 1990) * 2),
        {"treated": {"México": 2018}}, "No row has one of these periods: 1991, 1993",
    ),
    "a year that is not there": (
        lambda: without(lambda frame: frame["año"] != 1997), {}, "No row has one of these periods: 1997",
    ),
    "weeks": (
        lambda: changed("año", lambda frame: [date(2000, 1, 3) + timedelta(7 * (at - 1990)) for at in frame["año"]]),
        {}, "7 days apart",
    ),
    "rounds counted from 0": (lambda: changed("año", lambda frame: frame["año"] - 1990), {}, "neither years nor"),
    "tenths of years": (lambda: changed("año", lambda frame: frame["año"] / 10), {}, "neither years nor"),
    "dates among years": (lambda: with_value("año", 0, date(1990, 1, 1)), {}, "Dates and other values"),
    "words for times": (lambda: changed("año", lambda frame: "ayer"), {}, "These texts are not periods: 'ayer'\\."),
    "before the first period": (table, {"treated": {"México": 1980}}, "period of the table, 1990 to 2009: México"),
    "after the last period": (table, {"treated": {"México": 2030}}, "period of the table, 1990 to 2009: México"),
    "at the first period": (table, {"treated": {"México": 1990}}, "in or before the first period, 1990: México"),
    "a name without its accent": (table, {"treated": {"Mexico": START}}, r"Did you mean México\?"),
    "a unit for a column": (table, {"treated": "México"}, "is a unit, not a column"),
    "a column that is not there": (table, {"treated": "dd"}, r"(?s)'dd' is not a column.*: año, d, "),
    "several columns that are not there": (table, {"unit": "state", "outcome": "x"}, r"(?s)'state'.*'x'"),
    "no outcome named": (table, {"outcome": ...}, "not named: outcome"),
    "a part that panels do not have": (table, {"outcom": "y"}, "'outcom' is not a part"),
    "weights as a part": (table, {"weights": "people"}, r'(?s)\'weights\' is not a part.*exposure="…"'),
    "treatment told twice": (table, {"first_treated": "d", "treated": "d"}, "they may differ"),
    "treatment not known": (lambda: with_value("d", 3, None), {"treated": "d"}, "is missing in some rows"),
    "a dose": (lambda: changed("d", lambda frame: frame.d * 2), {"treated": "d"}, "other values than 0 and 1"),
    "on, off and on": (
        lambda: changed("d", lambda frame: ((frame["estado"] == "México") & frame["año"].isin([2000, 2005])) * 1),
        {"treated": "d"}, "stops and begins again in México",
    ),
    "a first period that changes": (
        lambda: changed("g", lambda frame: frame["año"]), {"treated": ..., "first_treated": "g"}, "changes within",
    ),
    "first periods long after the last": (
        lambda: changed("g", lambda frame: np.where(frame["estado"] == "México", START, 2099)),
        {"treated": ..., "first_treated": "g"}, r"'2099' on.*, 1990 to 2009: .*\(",
    ),
    "a number for never": (
        lambda: changed("g", lambda frame: np.where(frame["estado"] == "México", START, 10_000)),
        {"treated": ..., "first_treated": "g"}, "(?s)g: These numbers are neither.*infinity say that a unit is never",
    ),
    "a cluster that changes": (table, {"cluster": "año"}, "changes within"),
    "nobody lives there": (
        lambda: changed("people", lambda frame: np.where(frame["estado"] == "Nuevo León", 0.0, 5.0)),
        {"exposure": "people"}, "zero or negative: Nuevo León",
    ),
    "longitude first": (table, {"coordinates": ("lon", "lat")}, "nowhere on Earth"),
    "a predictor of words": (table, {"predictors": ["estado"]}, "other than numbers"),
    "an index instead of columns": (lambda: table().set_index(["estado", "año"]), {}, "reset_index"),
    "two columns of one name": (
        lambda: table().set_axis(["estado", "año", "y", "y", "d", "lat", "lon"], axis=1), {}, "no data frame",
    ),
    "an array": (lambda: np.zeros((3, 3)), {}, "no data frame"),
    "nothing": (lambda: None, {}, "no data frame"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_wrong_table_is_refused_in_both_languages(case: str) -> None:
    make, changes, told = REFUSED[case]
    with pytest.raises(AcuerdoError, match=told) as caught:
        found(make(), **changes)
    assert all(problem.what.es != problem.what.en for problem in caught.value.problems)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"treated": ["México"]}, "'treated' is not told"),
        ({"predictors": "people"}, "'predictors' is not told"),
        ({"coordinates": "lat"}, "'coordinates' is not told"),
        ({"coordinates": ("lat",)}, "'coordinates' is not told"),
        ({"settings": ["level"]}, "no mapping"),
        ({"seed": -1}, "whole number"),
        ({"seed": "one"}, "whole number"),
    ],
)
def test_what_is_said_in_the_wrong_shape_is_refused(said: dict[str, Any], told: str) -> None:
    given: dict[str, Any] = NAMES | {"treated": "d"} | said
    with pytest.raises(AcuerdoError, match=told) as caught:
        acuerdo.estimate(table(), "synthetic_control", **given)
    assert all(problem.what.es != problem.what.en for problem in caught.value.problems)


def test_a_panel_is_not_told_its_columns_again() -> None:
    panel = Panel.from_frame(table(), **NAMES, treated="d")
    with pytest.raises(AcuerdoError, match="told again: unit"):
        acuerdo.estimate(panel, "synthetic_control", unit="estado")


def test_a_lazy_table_is_refused() -> None:
    pl = pytest.importorskip("polars")
    with pytest.raises(AcuerdoError, match="LazyFrame"):
        found(pl.from_pandas(table()).lazy())


NO_NUMBER: dict[str, tuple[Callable[[], Any], OutcomeCode]] = {
    "one donor": (lambda: table(2), OutcomeCode.NO_DONORS),
    "no donor": (lambda: table(1), OutcomeCode.NO_DONORS),
    "one period before": (lambda: without(lambda frame: frame["año"] >= START - 1), OutcomeCode.TOO_FEW_PERIODS),
    "always the same": (lambda: changed("y", lambda _: 5.0), OutcomeCode.SINGULAR),
    "a hole in the treated": (lambda: with_value("y", 3, np.nan, kind="float64"), OutcomeCode.MISSING_OUTCOME),
    "donors that vanish": (
        lambda: changed("y", lambda f: f.y.where((f["año"] < 2008) | (f["estado"] == "México"))),
        OutcomeCode.UNITS_VANISH,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", NO_NUMBER)
def test_what_has_no_answer_gets_no_number(case: str) -> None:
    make, code = NO_NUMBER[case]
    told = found(make())
    assert (told.code, told.estimate.value, told.p_value) == (code, None, None)
    assert told.render("es") != told.render("en")


@pytest.mark.parametrize(
    "method",
    ["callaway_santanna", "event_study", "synthetic_difference_in_differences", "two_way_fixed_effects"],
)
def test_an_outcome_that_never_varies_is_no_zero(method: str) -> None:
    assert found(changed("y", lambda _: 5.0), method).code is OutcomeCode.SINGULAR


def test_wrong_settings_are_told_at_once() -> None:
    with pytest.raises(AcuerdoError) as caught:
        acuerdo.estimate(
            table(), "callaway_santanna", settings={"controls": "never", "levl": 0.9, "horizon": -1}, **NAMES
        )
    assert len(caught.value.problems) == 3
    assert "¿Quiso decir level?" in caught.value.render("es")
    assert "'never' is not allowed for 'controls'" in caught.value.render("en")


def test_an_unknown_method_names_the_nearest() -> None:
    with pytest.raises(AcuerdoError, match=r"Did you mean synthetic_control,"):
        acuerdo.estimate(table(), "synthetic_controll", **NAMES)


def test_predictors_are_means_of_what_is_stated_before_the_treatment() -> None:
    frame = with_value("y", 0, np.nan, kind="float64")
    panel = Panel.from_frame(
        frame, **NAMES, treated={"México": START}, predictors=["y", ("y", 1990, 1992), ("y", 1995), "lat"]
    )
    assert list(panel.predictors) == ["y", "y 1990–1992", "y 1995", "lat"]
    own = panel.outcome[0]
    assert panel.predictors["y"][0] == pytest.approx(np.nanmean(own[: START - 1990]))
    assert panel.predictors["y 1990–1992"][0] == pytest.approx(own[1:3].mean())
    assert panel.predictors["y 1995"][1] == panel.outcome[1, 5]


def test_clusters_and_places_are_read() -> None:
    frame = changed("region", lambda frame: frame.lat.round())
    panel = Panel.from_frame(frame, **NAMES, cluster="region", coordinates=("lat", "lon"))
    assert panel.clusters is not None
    assert set(panel.clusters) == {"20", "21"}
    assert panel.coordinates is not None
    assert panel.coordinates[1].tolist() == [20.1, -100.0]


def test_a_row_that_is_not_there_does_not_interrupt_a_treatment() -> None:
    frame = without(lambda frame: (frame["estado"] != "México") | (frame["año"] != 2006))
    panel = Panel.from_frame(frame, **NAMES, treated="d")
    assert panel.first_treated[0] == START - 1990
    assert panel.last_treated is None
