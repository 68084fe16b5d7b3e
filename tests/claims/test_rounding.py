"""How a number is written decides how far from it the true figure may lie."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuerdo.claims.rounding import Allowed, in_percent, read


def allowed(written: str) -> Allowed:
    found = read(written)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("written", "inside", "outside"),
    [
        ("worst", [1], [2, 4]),
        ("fourth-worst", [4], [1]),
        ("36,773", [36773], [36772, 36774, 35964]),
        ("36,500", [36451, 36549], [36440, 36773]),
        ("some 36,500", [36000, 36773, 37000], [35555, 37100]),
        ("unos 36,500", [36773], [35555]),
        ("some 93,000", [92478, 93526], [91799]),
        ("más del doble", [2.4, 3.78], [2.0, 1.9]),
        ("casi el triple", [2.8, 3.0], [2.4, 3.78]),
        ("menos del 10 por ciento", [8.8], [10.0, 11.2]),
        ("around 75 percent", [72, 78], [60]),
        ("more than $3 billion", [3.1e9, 9e9], [3.0e9, 2.9e9]),
        ("over 230,000", [242089], [229000, 230000]),
        ("Well over 90 percent", [92.1, 99], [90.5, 91.7]),
        ("at least 40", [40, 41], [39]),
        ("less than 10 percent", [9.8], [10.1]),
        ("nearly $3 billion", [2.75e9, 3.0e9, 3.1e9], [2.6e9, 3.5e9]),
        ("as many as 25,000", [23331, 25000], [15418, 31000]),
        ("hasta 25,000", [24000], [30000]),
        ("tens of thousands", [20001, 91799], [9000, 106699]),
        ("decenas de miles", [36773], [8867]),
        ("más de 3,000 millones", [3.1e9], [2.9e9]),
        ("2.5 millones", [2.47e6, 2.53e6], [2.3e6]),
        ("36 mil", [35600, 36400], [34569]),
        ("more than doubled", [2.6, 4.2], [2.0, 1.9]),
        ("doubled", [1.95, 2.05], [2.4]),
        ("se triplicó", [3.0], [2.5]),
        ("fourth-worst", [4], [3]),
        ("85.3%", [85.32], [85.4]),
        ("0.2", [0.2], [0.1]),
        ("one in four", [0.25], [0.2, 0.3]),
        ("tres de cada diez", [0.3], [0.35]),
        ("dos terceras partes", [0.66], [0.75]),
        ("a la mitad", [0.5], [0.6]),
        ("superan los 100,000", [132082], [99729]),
        ("veinte por ciento", [20.4], [21]),
    ],
)
def test_what_a_written_number_allows(written: str, inside: list[float], outside: list[float]) -> None:
    found = allowed(written)
    assert [figure for figure in inside if not found.admits(figure)] == []
    assert [figure for figure in outside if found.admits(figure)] == []


def test_a_limit_is_taken_to_the_letter_and_a_figure_beside_it_is_told() -> None:
    ten = allowed("more than 10 percent")
    assert ten.admits(10.04)
    assert not ten.admits(10.0)
    assert ten.on_edge(10.04)
    assert ten.on_edge(9.96)
    assert not ten.on_edge(9.8)
    assert not allowed("36,500").on_edge(36501)
    assert allowed("more than 3,000").admits(3049)


def test_a_part_in_words_is_a_percentage() -> None:
    third = in_percent(allowed("roughly one third"))
    assert third.admits(33.0)
    assert not third.admits(25.2)
    assert in_percent(allowed("0.5%")).value == 0.5
    assert in_percent(allowed("0.8")).value == 0.8
    assert in_percent(allowed("9 out of 10")).value == 90


@pytest.mark.parametrize("words", ["", "much", "a great deal", "mucho"])
def test_words_without_a_number_are_none(words: str) -> None:
    assert read(words) is None


def test_a_claim_of_more_may_understate() -> None:
    assert allowed("over 230,000").understates(278774)
    assert not allowed("over 230,000").understates(240000)
    assert not allowed("36,500").understates(90000)


@given(st.integers(min_value=1, max_value=10**9))
def test_a_number_always_allows_itself_and_never_more_than_itself(number: int) -> None:
    assert allowed(f"{number:,}").admits(number)
    assert allowed(f"some {number:,}").admits(number)
    assert not allowed(f"more than {number:,}").admits(number)
    assert not allowed(f"less than {number:,}").admits(number)
    assert allowed(f"at least {number:,}").admits(number)


@given(st.integers(min_value=1, max_value=10**7), st.floats(min_value=0.5, max_value=2))
def test_hedged_words_allow_all_that_the_bare_number_allows(number: int, factor: float) -> None:
    figure = number * factor
    if allowed(f"{number:,}").admits(figure):
        assert allowed(f"about {number:,}").admits(figure)
