"""The conditions of failure are found, against the reference package and where they are known."""

from __future__ import annotations

import numpy as np
import pytest

from acuerdo.core.errors import UsageError
from acuerdo.foresight.discovery import CHANCE, PEEL, boxes, fails_when


def draws(count: int = 4_000, seed: int = 1) -> dict[str, np.ndarray]:
    generator = np.random.Generator(np.random.Philox(key=seed))
    return {name: generator.uniform(size=count) for name in ("size", "rate", "idle")}


def test_a_known_corner_is_found_and_nothing_else_is_told():
    given = draws()
    fails = (given["size"] > 0.7) & (given["rate"] < 0.4)
    box = fails_when(given, fails, density=0.9)
    assert set(box.limits) == {"size", "rate"}
    assert box.limits["size"][0] == pytest.approx(0.7, abs=0.03)
    assert box.limits["rate"][1] == pytest.approx(0.4, abs=0.03)
    assert box.coverage > 0.85
    assert box.density >= 0.9
    assert max(box.chance.values()) < 1e-6


def test_the_trajectory_is_that_of_the_reference_package():
    pytest.importorskip("ema_workbench", reason="the reference package is not installed")
    import warnings

    import pandas as pd

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from ema_workbench.analysis import prim

        given = draws(1_000)
        fails = (given["size"] + 0.5 * given["rate"]) > 1.0
        reference = prim.Prim(
            pd.DataFrame(given),
            fails,
            threshold=0.5,
            peel_alpha=PEEL,
            obj_function=prim.PRIMObjectiveFunctions.ORIGINAL,
        ).find_box()
    assert reference is not None
    theirs = reference.peeling_trajectory
    ours = boxes(given, fails)
    # The package pastes and may stop elsewhere; at equal mass the two must name failures about equally well.
    for box in ours:
        near = (theirs["mass"] - box.mass).abs().idxmin()
        if abs(theirs["mass"][near] - box.mass) < 0.01:
            assert box.density == pytest.approx(theirs["density"][near], abs=0.06)


def test_what_makes_no_difference_is_not_told():
    given = draws()
    generator = np.random.Generator(np.random.Philox(key=9))
    fails = generator.uniform(size=4_000) < 0.3
    box = fails_when(given, fails)
    assert all(chance <= CHANCE for chance in box.chance.values())
    assert box.density < 0.5


def test_the_order_of_draws_does_not_matter():
    given = draws()
    fails = given["size"] ** 2 > 0.5
    order = np.random.Generator(np.random.Philox(key=3)).permutation(4_000)
    mixed = {name: column[order] for name, column in given.items()}
    assert fails_when(given, fails) == fails_when(mixed, fails[order])


def test_nothing_to_tell_apart_is_said():
    given = draws(50)
    for fails in (np.zeros(50, dtype=bool), np.ones(50, dtype=bool)):
        with pytest.raises(UsageError, match="nothing to tell apart"):
            boxes(given, fails)
    with pytest.raises(UsageError, match="49 draws"):
        boxes(given, np.ones(49, dtype=bool))
