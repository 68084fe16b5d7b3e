"""Concentration against closed forms, published values and properties that every such measure has."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from acuerdo.indicators.concentration import (
    Counts,
    effective_number,
    gini,
    herfindahl_hirschman,
    shares,
    theil,
    top_share,
)

# Sums of up to fifty doubles in another order differ in the last digits.
ROUNDING = 1e-9
counts = arrays(np.float64, st.integers(1, 50), elements=st.integers(0, 100_000).map(float))
MEASURES = [herfindahl_hirschman, effective_number, gini, theil]


def close(value: float) -> object:
    return pytest.approx(value, rel=ROUNDING, abs=ROUNDING)


@given(counts)
def test_order_and_scale_of_the_places_do_not_matter(found: Counts) -> None:
    assume(found.sum() > 0)
    for measure in MEASURES:
        assert measure(found[::-1].copy()) == close(measure(found))
        assert measure(found * 7) == close(measure(found))


@given(counts)
def test_each_stays_within_its_bounds(found: Counts) -> None:
    assume(found.sum() > 0)
    places = found.size
    assert 1 / places - ROUNDING <= herfindahl_hirschman(found) <= 1 + ROUNDING
    assert 1 - ROUNDING <= effective_number(found) <= places + ROUNDING
    assert -ROUNDING <= gini(found) <= (places - 1) / places + ROUNDING
    assert -ROUNDING <= theil(found) <= math.log(places) + ROUNDING
    assert shares(found).sum() == close(1)


@given(st.integers(1, 200), st.integers(1, 1000))
def test_equal_places(places: int, count: int) -> None:
    found = np.full(places, float(count))
    assert herfindahl_hirschman(found) == close(1 / places)
    assert effective_number(found) == close(places)
    assert gini(found) == close(0)
    assert theil(found) == close(0)
    assert top_share(found, top=1) == close(100 / places)


@given(st.integers(1, 200), st.integers(1, 1000))
def test_all_in_one_place(places: int, count: int) -> None:
    found = np.zeros(places)
    found[places // 2] = count
    assert herfindahl_hirschman(found) == close(1)
    assert effective_number(found) == close(1)
    assert gini(found) == close((places - 1) / places)
    assert theil(found) == close(math.log(places))
    assert top_share(found, top=1) == close(100)


@given(counts, st.data())
def test_moving_a_count_from_a_low_place_to_a_high_one_concentrates(
    found: Counts, data: st.DataObject
) -> None:
    """The principle of transfers (Pigou and Dalton)."""
    low, high = int(found.argmin()), int(found.argmax())
    assume(low != high and found[low] >= 1)
    moved = found.copy()
    part = data.draw(st.floats(0.01, float(found[low])))
    moved[low] -= part
    moved[high] += part
    assert herfindahl_hirschman(moved) > herfindahl_hirschman(found) - ROUNDING
    assert gini(moved) > gini(found) - ROUNDING
    assert theil(moved) > theil(found) - ROUNDING


@given(counts, st.integers(2, 5))
def test_copies_of_every_place_leave_gini_and_theil_and_divide_herfindahl(found: Counts, copies: int) -> None:
    """The principle of population, and its lack in an index of concentration."""
    assume(found.sum() > 0)
    repeated = np.tile(found, copies)
    assert gini(repeated) == close(gini(found))
    assert theil(repeated) == close(theil(found))
    assert herfindahl_hirschman(repeated) == close(herfindahl_hirschman(found) / copies)


@given(counts)
def test_gini_is_half_the_relative_mean_difference(found: Counts) -> None:
    assume(found.sum() > 0)
    differences = np.abs(found[:, None] - found[None, :]).mean()
    assert gini(found) == close(differences / (2 * found.mean()))


@given(counts, st.integers(1, 60))
def test_more_of_the_top_is_never_less(found: Counts, top: int) -> None:
    assume(found.sum() > 0)
    assert top_share(found, top=top) <= top_share(found, top=top + 1) + ROUNDING
    assert top_share(found, top=found.size) == close(100)


def test_by_hand() -> None:
    """Two places, 1 and 3: shares of a quarter and three quarters."""
    found = np.array([1.0, 3.0])
    assert herfindahl_hirschman(found) == 0.0625 + 0.5625
    assert gini(found) == 0.25
    assert theil(found) == close((0.5 * math.log(0.5) + 1.5 * math.log(1.5)) / 2)


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("found", [np.array([]), np.zeros(3)], ids=["no places", "nothing anywhere"])
def test_nothing_to_share_out_is_not_a_number(measure, found) -> None:
    assert math.isnan(measure(found))
    assert math.isnan(top_share(found, top=1))
