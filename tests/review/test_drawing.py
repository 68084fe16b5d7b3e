"""Axes, labels, small lines, maps and writing."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as some

from acuerdo.core.period import Period
from acuerdo.core.place import PlaceLevel, children
from acuerdo.core.unit import unit
from acuerdo.review import writing
from acuerdo.review.charts.lines import Line, LineChart, Mark, Point, drawing
from acuerdo.review.charts.places import classes, ladder_step, outlines
from acuerdo.review.charts.press import draw, with_words
from acuerdo.review.charts.scale import spread, time_axis, value_axis
from acuerdo.review.charts.spark import Spark, spark
from acuerdo.review.charts.waffle import Cell, WaffleRow, waffle

FIGURES = some.floats(min_value=-1e9, max_value=1e9, allow_nan=False).filter(
    lambda x: x == 0 or abs(x) > 1e-6
)


@given(some.lists(FIGURES, min_size=1))
def test_a_value_axis_holds_its_values_and_zero(values: list[float]) -> None:
    axis = value_axis(values)
    assert axis.low <= min(*values, 0.0)
    assert axis.high >= max(*values, 0.0)
    assert 0.0 in axis.ticks
    assert 2 <= len(axis.ticks) <= 14


@given(
    some.lists(some.floats(min_value=0, max_value=500), min_size=1, max_size=8),
    some.floats(min_value=1, max_value=30),
)
def test_labels_keep_their_order_and_distance(wanted: list[float], gap: float) -> None:
    placed = spread(wanted, gap)
    order = sorted(range(len(wanted)), key=lambda at: wanted[at])
    assert all(placed[after] - placed[before] >= gap - 1e-6 for before, after in pairwise(order))


@given(
    some.lists(some.dates(date(1985, 1, 1), date(2030, 1, 1)), min_size=1),
    some.floats(min_value=200, max_value=1200),
)
def test_a_time_axis_covers_whole_years(days: list[date], room: float) -> None:
    axis = time_axis(days, room=room)
    assert axis.low <= min(days).toordinal()
    assert axis.high >= max(days).toordinal()
    assert all(date.fromordinal(int(tick)).timetuple().tm_yday == 1 for tick in axis.ticks)


def test_a_line_chart_breaks_at_a_gap_and_dashes_what_is_not_firm() -> None:
    def point(year: int, *, firm: bool = True) -> Point:
        return Point(on=date(year, 7, 1), value=float(year - 2000), text=f"{year}", firm=firm)

    line = Line(
        label="Deaths",
        stretches=((point(2010), point(2011)), (point(2014), point(2015), point(2016, firm=False))),
        colour="#14507f",
        dots=True,
    )
    chart = LineChart(lines=(line,), marks=(Mark(on=date(2012, 1, 1), label="Launch"),))
    picture = drawing(chart, width=760, height=300, number=lambda value: f"{value:g}")
    svg = with_words(draw(picture.order), picture)
    tree = ElementTree.fromstring(svg)
    lines = [node for node in tree.iter() if node.tag.endswith("path") and node.get("stroke-width") == "2"]
    assert len([node for node in lines if node.get("stroke-dasharray")]) == 1
    assert len([node for node in lines if not node.get("stroke-dasharray")]) == 2
    assert "Launch" in svg
    assert "Deaths" in svg
    assert [spot.text for spot in picture.spots] == ["2010", "2011", "2014", "2015", "2016"]
    assert "font-family" not in svg
    assert " id=" not in svg


def test_the_same_picture_serves_both_languages() -> None:
    point = Point(on=date(2020, 7, 1), value=5.0)
    orders = {
        drawing(
            LineChart(
                lines=(Line(label="", stretches=((point,),), colour="#14507f"),),
                marks=(Mark(on=date(2020, 3, 1), label=label),),
            ),
            width=760,
            height=300,
            number=lambda value: f"{value:g}",
        ).order
        for label in ("Launch", "Lanzamiento")
    }
    assert len(orders) == 1


def test_a_small_line_without_values_is_nothing() -> None:
    assert spark(Spark(parts=())) == ""
    assert spark(Spark(parts=(((0.0, 1.0), (1.0, 2.0)), ((3.0, 1.0), (4.0, 2.0))))).count("<path") == 2


@pytest.mark.parametrize(("country", "states"), [("MX", 32), ("US", 51)])
def test_every_state_has_an_outline(country: str, states: int) -> None:
    drawn = outlines(country)
    known = {one.code for one in children(country, PlaceLevel.STATE)}
    assert len(drawn.shapes) == states
    assert set(drawn.shapes) <= known
    assert len(drawn.sha256) == 64


@given(some.lists(some.floats(min_value=0, max_value=1e6), min_size=1, max_size=60))
def test_classes_of_a_map_follow_the_values(values: list[float]) -> None:
    found = classes(values)
    steps = [ladder_step(found, one) for one in sorted(values)]
    assert steps == sorted(steps)
    assert 0 <= min(steps) <= max(steps) <= 4


@pytest.mark.parametrize(
    ("code", "english", "spanish"),
    [
        ("2020-06", "Jun 2020", "jun 2020"),
        ("FY2021", "FY2021", "AF 2021"),
        ("12M-2020-12", "12\u00a0m to Dec 2020", "12\u00a0m a dic 2020"),
        ("2025-H1", "H1 2025", "1.º sem. 2025"),
        ("2021-10-08", "Oct 8, 2021", "8 oct 2021"),
    ],
)
def test_short_periods(code: str, english: str, spanish: str) -> None:
    period = Period.parse(code)
    assert writing.short_period(period, "en") == english
    assert writing.short_period(period, "es") == spanish


def test_numbers() -> None:
    assert writing.measured(34569.0, unit("victims"), lang="es") == "34,569\u00a0víctimas"
    assert writing.measured(25.84, unit("percent"), lang="en") == "25.8%"
    assert writing.measured(109.7, unit("usd_million"), lang="en") == "US$ m\u00a0109.7"
    assert writing.change(-0.5, "en") == "−50.0%"
    assert writing.change(0.0, "en") == "0.0%"
    assert writing.difference(-2.64, unit("percent"), lang="es") == "−2.6\u00a0pp"
    assert writing.axis_number(2_500_000.0, "es") == "2.5\u00a0M"


@pytest.mark.parametrize("width", [360, 1180])
def test_names_of_rows_and_columns_stay_within_the_picture(width: int) -> None:
    columns = [*map(str, range(2007, 2026)), "22 nov 2026"]
    row = WaffleRow(
        label="Aumentar inspecciones, investigaciones y procesos judiciales para detener el flujo de armas",
        cells=(Cell(levels=(3, None), text=""),) * len(columns),
    )
    drawing = waffle([row], columns, width=width)
    texts = re.findall(r'<text x="([0-9.]+)" y="([0-9.]+)"[^>]*>([^<]+)</text>', str(drawing.order))
    assert all(float(x) + 5.5 * len(words) <= width for x, _, words in texts)
    assert " ".join(words for *_, words in texts).endswith(row.label)
    named = [(float(x), words) for x, _, words in texts if words in columns]
    assert named[-1][1] == "22 nov 2026"
    assert all(x + 5.5 * len(words) < then for (x, words), (then, _) in pairwise(named))
