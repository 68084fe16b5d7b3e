"""The purity given to the model of overdose: that of the deposited files, relative to 2022."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest

from acuerdo.foresight import kept
from acuerdo.foresight.purity import KINDS, PURITY, potency, purity


@pytest.mark.real_data
@pytest.mark.parametrize("kind", KINDS)
def test_the_packaged_purity_is_the_deposited_one(real_data: Path, kind: str) -> None:
    path = real_data / "us_nflis" / f"DEA_USA_fentanyl_{kind}_average_purity_time_series.csv"
    assert hashlib.sha256(path.read_bytes()).hexdigest() in PURITY.read_text("utf-8")
    values = sorted(float(line.split(",")[1]) for line in path.read_text("utf-8-sig").split())
    assert sorted(purity()[kind].tolist()) == values


def test_months_follow_one_another() -> None:
    months = [line.split("\t")[0] for line in PURITY.read_text("utf-8").splitlines() if line[0] != "#"]
    wanted = [f"{year}-{month:02d}" for year in range(2019, 2025) for month in range(1, 13)][:70]
    assert months == wanted


@pytest.mark.parametrize("kind", KINDS)
def test_potency_is_one_before_2022_and_on_average_in_it(kind: str) -> None:
    series = potency(kind)
    assert series.values[0] == 1.0
    assert series.values[1:13].mean() == pytest.approx(1.0)
    assert (np.diff(series.times) > 0.0).all()
    assert series.times[1] == pytest.approx(7.0 + 0.5 / 12)


def test_what_was_kept_says_that_purity_alone_does_not_explain_the_fall() -> None:
    found = kept.read("overdose", "forecasts")
    assert found is not None
    told = found.answer["purity"]
    counted = told["counted"]
    assert counted[1] / counted[0] - 1.0 == pytest.approx(-0.343, abs=0.001)
    for kind, (first, last) in told["given"].items():
        fall = last[1] / first[1] - 1.0
        outside = not (first[0] <= counted[0] <= first[2] and last[0] <= counted[1] <= last[2])
        assert outside, kind
        assert fall > counted[1] / counted[0] - 1.0
