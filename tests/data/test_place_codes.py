"""Codes and names of places as U.S. agencies and international publishers write them."""

from __future__ import annotations

import pytest

from acuerdo.data.place_codes import country_by_alpha_3, country_by_name, state_by_name, state_by_postal_code


@pytest.mark.parametrize(
    ("code", "place"), [("TX", "US-48"), ("YC", "US-NYC"), ("PR", "US-72"), ("US", "US"), ("XX", None)]
)
def test_postal_codes(code: str, place: str | None) -> None:
    assert state_by_postal_code(code) == place


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("District of Columbia", "US-11"),
        ("New York", "US-36"),
        ("United States", "US"),
        ("Springfield", None),
    ],
)
def test_state_names(name: str, place: str | None) -> None:
    assert state_by_name(name) == place


@pytest.mark.parametrize(
    ("code", "place"),
    [("MEX", "MX"), ("CS-KM", "XK"), ("WLD", None), ("YUF", None), ("ANT", None), ("NULL", None)],
)
def test_alpha_3_codes_of_countries_that_are(code: str, place: str | None) -> None:
    assert country_by_alpha_3(code) == place


@pytest.mark.parametrize(
    ("name", "place"),
    [("Mexico", "MX"), ("Korea, North", "KP"), ("Korea, Rep.", "KR"), ("Congo, Dem. Rep.", "CD"), ("Turkey", "TR"),
     ("Trinidad and Tobago", "TT"), ("Niger", "NE"), ("Nigeria", "NG"), ("Region: Gaza", None)],
)  # fmt: skip
def test_country_names(name: str, place: str | None) -> None:
    assert country_by_name(name) == place
