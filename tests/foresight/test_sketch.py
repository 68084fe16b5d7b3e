"""Counts in bins give quantiles within the error that they state, in whatever order they are added."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from acuerdo.foresight.sketch import Bins, Sketch

BINS = Bins(9, -40)


@pytest.mark.parametrize("share", [0.0, 0.05, 0.5, 0.95, 1.0])
def test_quantiles_are_within_the_stated_error(share: float) -> None:
    rng = np.random.default_rng(1)
    values = np.stack([rng.lognormal(3, 2, 20_001), rng.normal(0, 1, 20_001), -rng.lognormal(-9, 1, 20_001)])
    found = Sketch.of(BINS, values).quantile(BINS, share)
    exact = np.quantile(values, share, axis=1, method="lower")
    assert found == pytest.approx(exact, rel=BINS.error * (1 + 1e-9))


@given(
    values=some.lists(some.floats(-1e12, 1e12), min_size=1, max_size=60),
    cuts=some.lists(some.integers(0, 60), max_size=4),
)
def test_parts_add_up_to_the_whole_in_any_order(values: list[float], cuts: list[int]) -> None:
    both = np.array([values, sorted(values)])
    whole = Sketch.of(BINS, both)
    edges = [0, *sorted(min(cut, len(values)) for cut in cuts), len(values)]
    parts = [Sketch.of(BINS, both[:, low:high]) for low, high in pairwise(edges)]
    for order in (parts, parts[::-1]):
        merged = Sketch.merged(order)
        for one, other in (
            (merged.low, whole.low),
            (merged.width, whole.width),
            (merged.counts, whole.counts),
        ):
            assert one.tolist() == other.tolist()


@given(some.floats(1e-12, 1e300))
def test_a_bin_holds_its_value(value: float) -> None:
    code = BINS.codes(np.array([value, -value]))
    assert BINS.middles(code) == pytest.approx([value, -value], rel=BINS.error)


def test_what_is_nearly_nothing_counts_as_zero() -> None:
    assert BINS.codes(np.array([0.0, 1e-13, -1e-13, -0.0])).tolist() == [0, 0, 0, 0]


def test_the_share_below_zero_counts_ties_half() -> None:
    sketch = Sketch.of(BINS, np.array([[-2.0, -1.0, 0.0, 1.0], [1.0, 1.0, 1.0, 1.0]]))
    assert sketch.below_zero().tolist() == [0.625, 0.0]


def test_a_histogram_counts_what_numpy_counts() -> None:
    rng = np.random.default_rng(2)
    values = np.stack([rng.normal(0, 3, 5_000), rng.lognormal(1, 1, 5_000)])
    # Halves of a bin away from every value, so that no value is counted on an edge's other side
    edges = np.array([-4.0, -1.0, 0.5, 2.0, 9.0])
    clear = (np.abs(values[..., None] / edges - 1.0) > 2 * BINS.error).all(axis=(0, 2))
    found = Sketch.of(BINS, values[:, clear]).within(BINS, edges)
    assert found.tolist() == [np.histogram(one, edges)[0].tolist() for one in values[:, clear]]


def test_nothing_counted_has_no_quantile() -> None:
    empty = Sketch.of(BINS, np.zeros((2, 0)))
    assert np.isnan(empty.quantile(BINS, 0.5)).all()
