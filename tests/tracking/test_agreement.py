"""Agreement coefficients against published worked examples and against a plain second computation."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuerdo.tracking.agreement import Metric, agreement, alpha, weighted_kappa

# Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability": example D, four observers, twelve units.
N = None
OBSERVERS = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, 3),
    (N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, N),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N),
)
UNITS = list(zip(*OBSERVERS, strict=True))
LEVEL = st.none() | st.integers(0, 3)


@pytest.mark.parametrize(
    ("metric", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_four_observers_with_missing_values(metric: Metric, published: float) -> None:
    assert alpha(UNITS, metric) == pytest.approx(published, abs=5e-4)


def test_two_observers_binary() -> None:
    # Example A of the same text.
    meg, owen = (0, 1, 0, 0, 0, 0, 0, 0, 1, 0), (1, 1, 1, 0, 0, 1, 0, 0, 0, 0)
    assert alpha(list(zip(meg, owen, strict=True)), "nominal") == pytest.approx(0.095, abs=5e-4)


def test_two_observers_nominal() -> None:
    # Example B of the same text.
    ben, gerry = "aabbdcccedda", "babbbcccedda"[:11] + "d"
    pairs = [(float(ord(one)), float(ord(other))) for one, other in zip(ben, gerry, strict=True)]
    assert alpha(pairs, "nominal") == pytest.approx(0.692, abs=5e-4)


def test_kappa_of_a_two_by_two_table() -> None:
    # 20 both yes, 5 and 10 mixed, 15 both no: observed 0.7, by chance 0.5, kappa 0.4.
    table = [(1, 1)] * 20 + [(1, 0)] * 5 + [(0, 1)] * 10 + [(0, 0)] * 15
    assert weighted_kappa(table, "linear") == pytest.approx(0.4)
    assert weighted_kappa(table, "quadratic") == pytest.approx(0.4)


def plain_kappa(pairs: list[tuple[int, int]], power: int) -> float | None:
    """The same by its definition: mean distance of the pairs over that of every pairing of both margins."""
    seen = sum(abs(one - other) ** power for one, other in pairs) / len(pairs)
    chance = sum(abs(one - other) ** power for one, _ in pairs for _, other in pairs) / len(pairs) ** 2
    return 1 - seen / chance if chance else None


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=20))
def test_kappa_is_what_its_definition_gives(pairs: list[tuple[int, int]]) -> None:
    for power, weights in ((1, "linear"), (2, "quadratic")):
        assert weighted_kappa(pairs, weights) == pytest.approx(plain_kappa(pairs, power))  # type: ignore[arg-type]


def plain_interval_alpha(rows: list[tuple[int | None, ...]]) -> float | None:
    """Interval alpha by its definition: pairs within units, against pairs of all values that can be paired."""
    units = [values for row in rows if len(values := [one for one in row if one is not None]) > 1]
    every = [one for row in units for one in row]
    if len(set(every)) < 2:
        return None
    within = sum(
        2 * sum((one - other) ** 2 for one, other in combinations(row, 2)) / (len(row) - 1) for row in units
    )
    across = 2 * sum((one - other) ** 2 for one, other in combinations(every, 2)) / (len(every) - 1)
    return 1 - within / across


@given(st.lists(st.tuples(LEVEL, LEVEL, LEVEL), max_size=12))
def test_interval_alpha_is_what_its_definition_gives(rows: list[tuple[int | None, ...]]) -> None:
    assert alpha(rows, "interval") == pytest.approx(plain_interval_alpha(rows))


@given(st.lists(st.tuples(LEVEL, LEVEL), max_size=12))
def test_agreement_does_not_depend_on_who_is_named_first(rows: list[tuple[int | None, int | None]]) -> None:
    turned = [(other, one) for one, other in rows]
    assert alpha(turned) == pytest.approx(alpha(rows))
    assert weighted_kappa(turned) == pytest.approx(weighted_kappa(rows))


def test_the_interval_holds_its_point_and_depends_on_nothing_but_the_name() -> None:
    pairs = [row[:2] for row in UNITS]
    first, again = agreement(pairs, stream="one"), agreement(pairs, stream="one")
    other = agreement(pairs, stream="other")
    assert first == again
    assert (first["alpha"].low, first["kappa"].low) != (other["alpha"].low, other["kappa"].low)
    for one in first.values():
        assert one.low is not None
        assert one.value is not None
        assert one.high is not None
        assert one.low < one.value <= one.high <= 1


def test_where_nothing_varies_there_is_no_agreement_to_state() -> None:
    found = agreement([(3, 3), (3, 3), (None, 1)], stream="same")
    assert (found["alpha"].value, found["kappa"].value) == (None, None)
    assert not found["alpha"].has_interval
