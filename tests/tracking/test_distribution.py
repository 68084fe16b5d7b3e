"""Counts, shares that need not sum to 100, and the Kroc score with its bounds."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuerdo.core.errors import CheckFailed
from acuerdo.tracking.distribution import ORDER, Distribution, kroc_score, rounded_shares, sum_note

COUNTS = st.lists(st.integers(0, 50), min_size=5, max_size=5)


def test_the_score_of_a_hand_count() -> None:
    # Levels 3, 2, 1, 0: 6 of 12 steps.
    assert kroc_score([3, 2, 1, 0]) == 50
    assert kroc_score([1, 1, 0]) == Fraction(200, 9)


def test_there_is_no_score_of_nothing() -> None:
    with pytest.raises(CheckFailed):
        kroc_score([])


def test_published_shares_that_sum_to_101_are_said_to() -> None:
    # Kroc Institute, sixth report, November 2021: 30 complete, 19 intermediate, 37 minimum, 15 not initiated.
    note = sum_note((30, 19, 37, 15))
    assert note is not None
    assert "101" in note.en
    assert "101" in note.es
    # Eighth report, November 2023.
    assert sum_note((32, 19, 39, 10)) is None


@given(COUNTS)
def test_shares_are_each_rounded_by_themselves(counts: list[int]) -> None:
    shares = rounded_shares(counts)
    total = sum(counts)
    for count, share in zip(counts, shares, strict=True):
        exact = Fraction(count * 100, total) if total else Fraction(0)
        assert share - Fraction(1, 2) <= exact < share + Fraction(1, 2) or total == 0
    assert (sum_note(shares) is None) == (sum(shares) in (0, 100))


@given(COUNTS)
def test_no_evidence_is_never_counted_as_zero_unseen(counts: list[int]) -> None:
    one = Distribution(counts=dict(zip(ORDER, counts, strict=True)), reversed=0, contested=0)
    assert one.total == sum(counts)
    if one.score is None:
        assert sum(counts[:-1]) == 0
        return
    assert one.score_bounds is not None
    low, high = one.score_bounds
    assert low <= one.score <= high
    assert (low == high) == (counts[-1] == 0)
