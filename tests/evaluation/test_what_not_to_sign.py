"""The tables of the page are those that were kept, and what was kept comes out again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.evaluation.synthetic.canon import mexican_states

from acuerdo.evaluation.synthetic.rejections import unit_p_values

EXPLANATION = Path(__file__).resolve().parents[2] / "docs" / "explanation"
KEPT: dict[str, Any] = json.loads((EXPLANATION / "what-not-to-sign.json").read_text("utf-8"))
COVERED: dict[str, Any] = json.loads((EXPLANATION / "synthetic-coverage.json").read_text("utf-8"))


def rows(page: str) -> list[list[str]]:
    lines = (EXPLANATION / page).read_text("utf-8").splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]


@pytest.mark.parametrize("page", ["what-not-to-sign.md", "what-not-to-sign.es.md"])
def test_the_page_prints_what_was_kept(page: str) -> None:
    printed = [[cell.split(" (")[0] for cell in row[1:]] for row in rows(page)]
    for kept in KEPT.values():
        if "rejected" in kept:
            assert [f"{share:.3f}" for share in kept["rejected"].values()] in printed
        else:
            sizes = [(row[0], row[-1]) for row in printed]
            assert (f"{100 * kept['size']:.1f} %", str(kept["placebos"])) in sizes


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
