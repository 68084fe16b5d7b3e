"""The tables of the page are those that were kept, and what was kept comes out again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.evaluation.synthetic.canon import mexican_states

from acuerdo.evaluation.sizes import MEASURED, powers, sizes
from acuerdo.evaluation.synthetic.rejections import unit_p_values

EXPLANATION = Path(__file__).resolve().parents[2] / "docs" / "explanation"
KEPT: dict[str, Any] = json.loads(MEASURED.read_text("utf-8"))
COVERED: dict[str, Any] = json.loads((EXPLANATION / "synthetic-coverage.json").read_text("utf-8"))


def rows(page: str) -> list[list[str]]:
    lines = (EXPLANATION / page).read_text("utf-8").splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]


@pytest.mark.parametrize("page", ["what-not-to-sign.md", "what-not-to-sign.es.md"])
def test_the_page_prints_what_was_kept(page: str) -> None:
    printed = [[cell.split(" (")[0].replace(" %", "%") for cell in row[1:]] for row in rows(page)]
    for kept in KEPT.values():
        if "rejected" in kept:
            assert [f"{share:.3f}" for share in kept["rejected"].values()] in printed
        else:
            sizes = [(row[0], row[-1]) for row in printed]
            assert (f"{100 * kept['size']:.1f}%", str(kept["placebos"])) in sizes


def test_every_row_that_was_measured_is_told_with_its_rule_and_none_without() -> None:
    told = {one.label for one in (*sizes(), *powers())}
    rows_told = {one.rejected for one in sizes()} | {one.rejected["0"] for one in powers()}
    assert len(told) == len(sizes()) + len(powers())
    assert {
        kept["rejected"]["0"] if "rejected" in kept else kept["size"] for kept in KEPT.values()
    } == rows_told


def test_the_rank_test_keeps_its_word_and_a_single_series_does_not() -> None:
    found = {one.label.en: one for one in sizes()}
    ranks = found["Synthetic control, rank at most 2 of 32"]
    assert ranks.rejected == pytest.approx(ranks.nominal, abs=0.005)
    assert all(one.rejected > 2 * one.nominal for one in sizes() if "egmented" in one.label.en)
    impact = found["CausalImpact as it comes: tail probability ≤ 0.05"]
    assert impact.reference is not None
    assert impact.rejected == pytest.approx(impact.reference, abs=0.02), (
        "the reference's figure comes out again"
    )


@pytest.mark.parametrize("page", ["synthetic-control.md", "synthetic-control.es.md"])
def test_the_coverage_printed_is_the_coverage_kept(page: str) -> None:
    printed = {(row[0].strip("`"), row[-1]) for row in rows(page)}
    assert len(COVERED) >= 6
    for row in COVERED.values():
        assert (row["method"], f"{100 * row['covered']:.1f} %") in printed


@pytest.mark.real_data
def test_one_row_comes_out_again(real_data: Path) -> None:
    outcome = mexican_states(real_data).outcome
    p_values = unit_p_values(outcome, starts=range(60, 252), horizon=12, shares=(0.0, 0.25, 1.0))
    rejected = (p_values <= 2 / 32 + 1e-12).mean(axis=(1, 2))
    kept = KEPT["one_two_sided_2_of_32"]["rejected"]
    # The same on every machine but for ranks that rounding decides
    assert rejected == pytest.approx(np.array([kept["0"], kept["0.25"], kept["1"]]), abs=1e-3)
