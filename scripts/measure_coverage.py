"""Measures how often each method's interval holds the truth, and writes the table of the docs.

Usage: python scripts/measure_coverage.py [--panels 1000] [--only METHOD | --dates]; what was measured before is kept.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from pathlib import Path
from typing import Any

for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ.setdefault(threads, "1")

from acuerdo.evaluation.inference.coverage import coverage, date_coverage  # noqa: E402 (threads are counted when NumPy is first imported)

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "docs" / "explanation" / "differences-coverage.json"
SEED = 2026
# Method, design, effect, settings: every one is a row of the table
ROWS: tuple[tuple[str, str, float, dict[str, Any]], ...] = (
    ("two_way_fixed_effects", "together", 1.0, {}),
    ("two_way_fixed_effects", "few_clusters", 1.0, {}),
    ("two_way_fixed_effects", "few_clusters", 1.0, {"inference": "wild", "draws": 399}),
    ("two_way_fixed_effects", "over_distance", 1.0, {}),
    ("two_way_fixed_effects", "over_distance", 1.0, {"inference": "spatial", "cutoff_km": 120.0}),
    ("callaway_santanna", "staggered", 1.0, {}),
    ("callaway_santanna", "staggered", 1.0, {"controls": "not_yet_treated", "aggregation": "event"}),
    ("sun_abraham", "staggered", 1.0, {}),
    ("borusyak_jaravel_spiess", "staggered", 1.0, {}),
    ("de_chaisemartin_dhaultfoeuille", "ending", 1.0, {}),
    ("event_study", "together", 1.0, {}),
    ("event_study", "counted", 0.3, {"family": "poisson"}),
    ("poisson_fixed_effects", "counted", 0.3, {}),
    ("rambachan_roth", "bent", 1.0, {"restriction": "smoothness", "bound": 0.0, "leads": 6, "lags": 2}),
    ("spillover_rings", "in_rings", 1.0, {"edges_km": (60.0, 120.0)}),
    ("segmented_regression", "line", 1.0, {"change": "step", "errors": "newey_west", "lags": 6}),
    ("segmented_regression", "line", 1.0, {"change": "step", "errors": "autoregressive", "lags": 1}),
    ("structural_time_series", "wandering", 2.0, {}),
    ("change_points", "changing", 2.0, {"count": 1, "draws": 199}),
    ("concentration", "shared_out", 0.1, {"draws": 399}),
)


HEADS = {
    "differences.md": ("method", "made panels", "settings", "holds", "bias", "spread", "stated error"),
    "differences.es.md": (
        "método",
        "paneles fabricados",
        "ajustes",
        "acierta",
        "sesgo",
        "dispersión",
        "error declarado",
    ),
}


# Sizes of a change of level, in standard deviations of the noise
SHIFTS = (1.0, 1.5, 2.0, 3.0)
DATE_HEADS = {
    "differences.md": ("size of the change", "series", "holds"),
    "differences.es.md": ("tamaño del cambio", "series", "acierta"),
}


def table(rows: list[dict[str, Any]], heads: tuple[str, ...]) -> str:
    """The rows as Markdown."""
    lines = [" | ".join(heads), "---|---|---|" + "--:|" * 3 + "--:"]
    for row in rows:
        settings = ", ".join(f"`{key}: {value}`" for key, value in row["settings"].items())
        stated = "" if row["stated"] is None else f"{row['stated']:.3f}"
        lines.append(
            f"`{row['method']}` | `{row['design']}` | {settings} | {100 * row['covered']:.1f} % | {row['bias']:+.3f} | "
            f"{row['deviation']:.3f} | {stated}"
        )
    return "\n".join(f"| {line} |" if "---" not in line else f"|{line}|" for line in lines)


def write(mark: str, tables: dict[str, str]) -> None:
    """Puts a table between its marks on both pages."""
    for name, made in tables.items():
        page = KEPT.parent / name
        before, _, rest = page.read_text("utf-8").partition(f"<!-- {mark} -->")
        after = rest.partition(f"<!-- /{mark} -->")[2]
        page.write_text(f"{before}<!-- {mark} -->\n\n{made}\n\n<!-- /{mark} -->{after}", "utf-8")


def measure_dates(panels: int) -> None:
    """How often the interval for the date of a change holds it, by the size of the change."""
    settings = {"draws": 199}
    held = {shift: date_coverage(shift, settings=settings, panels=panels, seed=SEED) for shift in SHIFTS}
    lines = [f"| {shift:g} | {panels:,} | {100 * share:.1f} % |" for shift, share in held.items()]
    tables = {
        name: "\n".join([f"| {' | '.join(heads)} |", "|--:|--:|--:|", *lines])
        for name, heads in DATE_HEADS.items()
    }
    write("dates", tables)


def main() -> None:
    """Measures every row, and keeps each as soon as it is there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--panels", type=int, default=1000)
    parser.add_argument("--only", default="")
    parser.add_argument("--dates", action="store_true")
    given = parser.parse_args()
    if given.dates:
        measure_dates(given.panels)
        return
    kept = json.loads(KEPT.read_text("utf-8")) if KEPT.is_file() else []
    rows = {(row["method"], row["design"], json.dumps(row["settings"])): row for row in kept}
    for method, design, effect, settings in ROWS:
        if given.only not in method:
            continue
        begun = time.perf_counter()
        found = coverage(method, design, effect=effect, settings=settings, panels=given.panels, seed=SEED)
        row = {
            "method": method, "design": design, "effect": effect, "settings": settings, "panels": found.panels,
            "silent": found.silent, "covered": round(found.covered, 4), "bias": round(found.bias, 4),
            "deviation": round(found.deviation, 4), "stated": None if found.stated is None else round(found.stated, 4),
        }  # fmt: skip
        rows[method, design, json.dumps(settings)] = row
        print(f"{time.perf_counter() - begun:6.1f} s  {row}", flush=True)
        ordered = [rows[key] for one in ROWS if (key := (one[0], one[1], json.dumps(one[3]))) in rows]
        KEPT.write_text(json.dumps(ordered, indent=1) + "\n", "utf-8")
        write("coverage", {name: table(ordered, heads) for name, heads in HEADS.items()})


if __name__ == "__main__":
    main()
