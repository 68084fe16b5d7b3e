"""The packaged evidence: the headline values come out of it, and it holds nothing that it must not."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

import acuerdo
from acuerdo.core.period import Period
from acuerdo.core.place import PlaceLevel, place
from acuerdo.data.recognise import sources
from acuerdo.data.store import Store, session
from acuerdo.indicators.build import build, history
from acuerdo.indicators.load import catalog, indicator
from acuerdo.indicators.recipe import Recipe

EVIDENCE = Path(acuerdo.__file__).parent / "evidence"
GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "headline.yaml"
MOST_BYTES = 8_000_000


@pytest.fixture(scope="module")
def evidence() -> Store:
    return Store(EVIDENCE)


def headlines() -> list[dict[str, Any]]:
    return yaml.load(GOLDEN.read_text("utf-8"), Loader=yaml.CSafeLoader)


def named(line: dict[str, Any]) -> str:
    return f"{line['indicator']} {line['period']} {line.get('as_of', '')}".strip()


@pytest.mark.parametrize("line", headlines(), ids=named)
def test_headline(evidence: Store, line: dict[str, Any]) -> None:
    series = build(evidence, indicator(line["indicator"]), as_of=line.get("as_of"))
    value = series.at(line["place"], Period.parse(str(line["period"])))
    assert value is not None
    assert value.value is not None
    assert round(value.value, line.get("decimals", 0)) == line["value"]
    assert value.known_from <= line.get("as_of", date.max)


def test_every_indicator_has_its_baselines_where_it_has_data(evidence: Store) -> None:
    lacking = []
    for one in catalog().values():
        series = build(evidence, one)
        periods = {one.baseline.period, *(other.period for other in one.other_baselines)}
        found = {period: series.at(one.country, period) for period in periods}
        if series.values:
            lacking += [
                f"{one.id} {period}"
                for period, value in found.items()
                if value is None or value.value is None
            ]
    assert lacking == []


def test_indicators_without_packaged_data_are_few_and_known(evidence: Store) -> None:
    """The leaked database that this one rests on has no terms of use, so that it is not packed."""
    assert [one.id for one in catalog().values() if not build(evidence, one).values] == ["mx_confrontations"]


def test_states_add_up_to_the_country(evidence: Store) -> None:
    for name in ("mx_homicide_victims", "mx_homicide_deaths_by_occurrence", "us_fentanyl_reports"):
        series = build(evidence, indicator(name))
        country = indicator(name).country
        for whole in series.of(country):
            parts = [
                one.value
                for one in series.values
                if one.period == whole.period and one.place.parent == country
            ]
            assert whole.value == sum(part or 0 for part in parts), (name, whole.period.code)


def test_in_2010_one_city_had_a_seventh_of_all_homicides(evidence: Store) -> None:
    series = build(evidence, indicator("mx_homicide_deaths_by_occurrence"), levels=[PlaceLevel.MUNICIPALITY])
    in_2010 = [one for one in series.values if one.period.code == "2010" and one.value is not None]
    top = max(in_2010, key=lambda one: one.value or 0)
    assert top.place == place("MX-08037")


def test_a_preliminary_count_rose_in_every_year_that_has_both(evidence: Store) -> None:
    told = history(evidence, indicator("mx_homicide_deaths"))
    for year, first, final in (("2019", 36476, 36661), ("2022", 32223, 33287), ("2023", 31062, 32252)):
        values = [one.at("MX", Period.parse(year)) for one in told]
        stated = [one.value for one in values if one is not None]
        assert (stated[0], stated[-1]) == (first, final)


def test_june_2023_grew_from_vintage_to_vintage(evidence: Store) -> None:
    """The count of one month, two years of files later."""
    victims = {"series": "sesnsp_victims.victims", "where": {"crime": "Homicidio doloso"}}
    monthly = indicator("mx_homicide_victims").model_copy(
        update={"recipe": Recipe.model_validate({"sum": {"of": victims, "places": "state"}})}
    )
    values = [one.at("MX", Period.parse("2023-06")) for one in history(evidence, monthly)]
    stated = [one.value for one in values if one is not None and one.value is not None]
    assert stated == sorted(stated)
    assert (stated[0], stated[-1]) == (2538, 2546)


def test_every_release_says_whose_it_is_and_under_which_terms(evidence: Store) -> None:
    for release in evidence.releases():
        about = sources()[release.source].about
        assert about.licence.open, release.id
        assert release.licence == about.licence.id
        assert release.publisher.en
        assert re.fullmatch("[0-9a-f]{64}", release.sha256)
        assert release.extract
        assert release.bytes > 0


def test_it_is_small_and_whole(evidence: Store) -> None:
    files = [path for path in EVIDENCE.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= MOST_BYTES
    assert evidence.verify() == sum(path.suffix == ".parquet" for path in files)


def test_it_names_no_person(evidence: Store) -> None:
    """The sanctions list is packed as counts by programme; a name in it would have a comma."""
    paths = [str(one.path) for one in evidence.releases("ofac_sdn")]
    with session() as connection:
        labels = connection.execute("SELECT DISTINCT breakdown FROM read_parquet(?)", [paths]).fetchall()
    assert labels
    assert [
        label for (label,) in labels if label and not re.fullmatch(r"program=[A-Z0-9 ()\-]+", label)
    ] == []
