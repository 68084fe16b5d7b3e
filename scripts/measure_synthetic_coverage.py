"""Measures how often the intervals of the synthetic controls hold the truth, and keeps the table of the docs.

Usage: python scripts/measure_synthetic_coverage.py [--panels 1000] [--only METHOD]
"""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path
from typing import Any

for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ.setdefault(threads, "1")

from acuerdo.evaluation.inference.coverage import coverage  # noqa: E402 (threads are counted when NumPy is first imported)

KEPT = Path(__file__).resolve().parents[1] / "docs" / "explanation" / "synthetic-coverage.json"
SEED, EFFECT, LEVEL = 2026, 3.0, 0.9
# Row: method, made panels, settings beside the level
ROWS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "conformal": ("synthetic_control", "sharing_factors", {"leave_one_out": False, "interval": "conformal"}),
    "placebo": ("synthetic_control", "sharing_factors", {"leave_one_out": False, "interval": "placebo"}),
    "penalised": ("penalised_synthetic_control", "sharing_factors", {"leave_one_out": False}),
    "pooled": ("pooled_synthetic_control", "three_sharing_factors", {"sets": 199}),
    "differences": ("synthetic_difference_in_differences", "sharing_factors", {}),
    "demeaned": ("demeaned_synthetic_control", "sharing_factors", {"leave_one_out": False}),
    "augmented": ("augmented_synthetic_control", "sharing_factors", {"leave_one_out": False}),
    "prediction": (
        "synthetic_control", "sharing_factors", {"leave_one_out": False, "interval": "prediction", "draws": 50},
    ),
}  # fmt: skip


def main() -> None:
    """Measures every row, and keeps each as soon as it is there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--panels", type=int, default=1000)
    parser.add_argument("--only", default="")
    given = parser.parse_args()
    for name, (method, design, settings) in ROWS.items():
        if given.only not in name:
            continue
        found = coverage(
            method,
            design,
            effect=EFFECT,
            settings={"level": LEVEL} | settings,
            panels=given.panels,
            seed=SEED,
        )
        kept: dict[str, Any] = json.loads(KEPT.read_text("utf-8")) if KEPT.is_file() else {}
        kept[name] = {
            "method": method, "panels": given.panels, "silent": found.silent, "covered": round(found.covered, 4),
            "bias": round(found.bias, 4), "deviation": round(found.deviation, 4),
        }  # fmt: skip
        print(name, kept[name], flush=True)
        KEPT.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
