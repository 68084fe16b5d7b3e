"""A draw is the same whoever computes it and however the work is divided."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from tests.foresight.examples import growth, parameter

from acuerdo.core.errors import UsageError
from acuerdo.foresight.draws import Draws, spread, uniforms


@given(first=some.integers(0, 500), length=some.integers(1, 60))
def test_any_stretch_of_a_stream_is_the_streams_own(first: int, length: int) -> None:
    whole = uniforms("some/stream", first=0, last=560)
    assert (
        uniforms("some/stream", first=first, last=first + length).tobytes()
        == whole[first : first + length].tobytes()
    )


def test_a_parameter_keeps_its_draws_when_another_is_added() -> None:
    model = growth()
    wider = replace(model, parameters=(parameter("new", 1.0, low=0.0, high=2.0, unit=""), *model.parameters))
    assert (
        Draws(count=9).block(model, first=0, last=9).tobytes()
        == Draws(count=9).block(wider, first=0, last=9)[1:].tobytes()
    )


@pytest.mark.parametrize(
    ("kind", "quantiles"),
    [("uniform", [1.0, 5.5, 10.0]), ("log_uniform", [1.0, 10**0.5, 10.0]), ("triangular", [1.0, 5.0, 10.0])],
)
def test_spreads_reach_from_low_to_high(kind, quantiles) -> None:
    one = replace(parameter("x", 4.0, low=1.0, high=10.0, unit=""), spread=kind)
    found = spread(one, np.array([0.0, 0.5, 1.0]))
    if kind == "triangular":
        # The median of a triangle from 1 to 10 with its top at 4
        quantiles[1] = 10.0 - np.sqrt(0.5 * 9.0 * 6.0)
    assert found == pytest.approx(quantiles)


def test_given_draws_are_taken_and_the_rest_stays_central() -> None:
    table = Draws.of({"rate": np.array([0.5, 0.25])})
    assert table.block(growth(), first=0, last=2).tolist() == [[100.0, 100.0], [0.5, 0.25]]


def test_faults_are_told_at_once() -> None:
    draws = Draws(count=3, given={"rate": np.zeros(2), "ratte": np.zeros(3)})
    with pytest.raises(UsageError) as caught:
        draws.check(growth())
    assert "'ratte' is not a parameter of this model" in str(caught.value)
    assert "Did you mean rate?" in str(caught.value)
    assert "'rate' has 2 draws where 3 are needed" in str(caught.value)
