"""Every verb says which units it takes, in words, before any data are read."""

from __future__ import annotations

from typing import Any

import pytest

from acuerdo.core.errors import UnitMismatch
from acuerdo.core.unit import UNITS
from acuerdo.indicators.load import catalog
from acuerdo.indicators.recipe import Recipe
from acuerdo.indicators.setting import input_series, series_units
from acuerdo.indicators.workings import unit_of

SERIES = {"a.deaths": "deaths", "b.victims": "victims", "c.people": "inhabitants", "d.score": "score"}
SERIES |= {
    "e.pounds": "pounds",
    "f.events": "events",
    "g.percent": "percent",
    "h.rate": "per_100_000_inhabitants",
}
KNOWN = {series: UNITS[unit] for series, unit in SERIES.items()}


def of(series: str) -> dict[str, str]:
    return {"series": series}


GOOD: list[tuple[dict[str, Any], str]] = [
    ({"sum": {"of": of("a.deaths"), "periods": "year"}}, "deaths"),
    ({"sum": {"of": (of("a.deaths"), of("a.deaths"))}}, "deaths"),
    ({"share": {"of": of("a.deaths"), "within": of("a.deaths")}}, "percent"),
    ({"rate": {"of": of("a.deaths"), "per": of("c.people")}}, "per_100_000_inhabitants"),
    ({"ratio": {"of": of("e.pounds"), "per": of("f.events")}}, "pounds_per_event"),
    ({"ratio": {"of": of("a.deaths"), "per": of("a.deaths")}}, "ratio"),
    ({"index": {"of": of("a.deaths"), "formula": "base_100", "base": "2007"}}, "index_base_100"),
    ({"index": {"of": of("a.deaths"), "formula": "gini", "across": "state"}}, "index"),
    ({"index": {"of": of("a.deaths"), "formula": "effective_number", "across": "state"}}, "effective_places"),
    ({"index": {"of": of("a.deaths"), "formula": "top_share", "across": "state", "top": 1}}, "percent"),
    ({"mean": {"of": of("d.score"), "window": 3}}, "score"),
    ({"mean": {"of": of("b.victims"), "periods": "month", "each": "day"}}, "victims_per_day"),
    ({"count": {"of": of("a.deaths"), "across": "state", "at_least": 1}}, "places"),
    ({"change": {"of": of("a.deaths"), "form": "percent"}}, "percent"),
    ({"change": {"of": of("h.rate"), "form": "percent"}}, "percent"),
    ({"change": {"of": of("d.score"), "form": "difference"}}, "score"),
]
BAD: list[tuple[dict[str, Any], str, str]] = [
    (
        {"sum": {"of": (of("a.deaths"), of("b.victims"))}},
        "deaths and victims measure different things",
        "defunciones",
    ),
    ({"sum": {"of": of("d.score"), "periods": "year"}}, "Values in score cannot be added", "no se suman"),
    (
        {"share": {"of": of("a.deaths"), "within": of("b.victims")}},
        "measure different things",
        "cosas distintas",
    ),
    ({"rate": {"of": of("a.deaths"), "per": of("b.victims")}}, "has no meaning", "no tiene sentido"),
    ({"rate": {"of": of("d.score"), "per": of("c.people")}}, "has no meaning", "no tiene sentido"),
    ({"ratio": {"of": of("e.pounds"), "per": of("a.deaths")}}, "measure different things", "cosas distintas"),
    (
        {"mean": {"of": of("d.score"), "periods": "month", "each": "day"}},
        "score and days measure different things",
        "cosas distintas",
    ),
    (
        {"change": {"of": of("g.percent"), "form": "percent"}},
        "percentage change of values in per cent",
        "porcentual",
    ),
]


@pytest.mark.parametrize(
    ("recipe", "unit"), GOOD, ids=lambda one: one if isinstance(one, str) else next(iter(one))
)
def test_unit_of_each_verb(recipe: dict[str, Any], unit: str) -> None:
    assert unit_of(Recipe.model_validate(recipe), KNOWN).id == unit


@pytest.mark.parametrize(
    ("recipe", "en", "es"), BAD, ids=[next(iter(one[0])) + f"-{n}" for n, one in enumerate(BAD)]
)
def test_units_that_do_not_go_together(recipe: dict[str, Any], en: str, es: str) -> None:
    with pytest.raises(UnitMismatch) as caught:
        unit_of(Recipe.model_validate(recipe), KNOWN)
    assert en in caught.value.render("en")
    assert es in caught.value.render("es")
    assert "What to do" in caught.value.render("en")


def test_the_catalog_states_the_units_that_its_recipes_give() -> None:
    known = series_units()
    for one in catalog().values():
        assert set(input_series(one)) <= known.keys(), one.id
        assert unit_of(one.recipe, known).dimension == UNITS[one.unit].dimension, one.id
