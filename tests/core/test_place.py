from collections import Counter

import pytest

from acuerdo.core.errors import NotFound
from acuerdo.core.place import PlaceLevel, children, find, fold, place, places


def test_every_state_and_municipality_of_mexico_is_known():
    states = [one for one in children("MX", PlaceLevel.STATE) if one.code != "MX-99"]
    assert len(states) == 32
    municipalities = Counter(one.parent for one in places().values() if one.level is PlaceLevel.MUNICIPALITY)
    # INEGI's own well-known counts: 570 municipalities in Oaxaca, 16 boroughs in Mexico City; one "not specified" each
    assert municipalities["MX-20"] == 570 + 1
    assert municipalities["MX-09"] == 16 + 1


def test_every_state_and_county_of_the_united_states_is_known():
    states = {one.alias for one in children("US", PlaceLevel.STATE)}
    assert {"US-CA", "US-TX", "US-DC", "US-PR"} <= states
    assert len(children("US-48", PlaceLevel.COUNTY)) == 254


def test_every_parent_exists_and_is_one_level_up():
    for one in places().values():
        if one.parent:
            assert one.parent in places(), one
            assert one.code.startswith(one.parent.split("-")[0])


def test_names_differ_by_language_where_they_should():
    assert (place("MX-09").name.en, place("MX-09").name.es) == ("Mexico City", "Ciudad de México")
    assert place("US-35").name.es == "Nuevo México"
    assert place("DE").name.es == "Alemania"


@pytest.mark.parametrize(
    ("name", "within", "code"),
    [
        ("MICHOACAN DE OCAMPO", "MX", "MX-16"),
        ("Veracruz de Ignacio de la Llave", "MX", "MX-30"),
        ("México", "MX", "MX-15"),
        ("Distrito Federal", "MX", "MX-09"),
        ("queretaro  de arteaga", "MX", "MX-22"),
        ("JUÁREZ", "MX-08", "MX-08037"),
        ("New York", "US", "US-36"),
        ("New York City", "US", "US-NYC"),
    ],
)
def test_a_name_is_found_however_it_is_written(name: str, within: str, code: str):
    found = find(name, within=within)
    assert found is not None
    assert found.code == code


def test_an_unknown_name_is_not_guessed():
    assert find("Macondo", within="MX") is None


def test_an_iso_alias_is_read_as_the_place():
    assert place("MX-CHH") == place("MX-08")


def test_an_unknown_code_names_the_nearest():
    with pytest.raises(NotFound) as caught:
        place("MX-8037")
    assert "MX-08037" in caught.value.problems[0].nearest


def test_folding_is_idempotent():
    for one in list(places().values())[::50]:
        assert fold(fold(one.name.es)) == fold(one.name.es)
