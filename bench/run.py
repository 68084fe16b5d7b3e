"""Measures what is promised, each figure beside its rival in the same run; misses are printed first.

    python bench/run.py [--data FOLDER] [--only WORD]

A figure is the median of several runs in which the two sides take turns, so that whatever else the machine does
falls on both. ``bench/results.json`` keeps the last run.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import subprocess
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import duckdb
from measuring import Figure, Table

import acuerdo

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    default = Path(os.environ.get("ACUERDO_REAL_DATA") or ROOT.parent / "shared" / "data")
    parser.add_argument("--data", type=Path, default=default, help="the publishers' own files")
    parser.add_argument("--only", default="", help="only the cases whose name contains this")
    arguments = parser.parse_args()
    work = ROOT / "build" / "bench"
    work.mkdir(parents=True, exist_ok=True)
    failed: list[str] = []
    found = list(_measured(arguments.data, work, only=arguments.only, failed=failed))
    figures = [one for one in found if isinstance(one, Figure)]
    _print(figures, failed)
    results = {
        "machine": _machine(),
        "figures": [one.as_record() for one in figures],
        "tables": [one.as_record() for one in found if isinstance(one, Table)],
    }
    if not arguments.only and not failed:
        path = ROOT / "bench" / "results.json"
        path.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _measured(data: Path, work: Path, *, only: str, failed: list[str]) -> Iterator[Figure | Table]:
    for name in _cases():
        if only not in name:
            continue
        # In a process of its own: memory is told by its peak, which a process takes over from the one it starts in
        with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as own:
            found, fault = own.submit(_case, name, data, work).result()
        yield from found
        if fault is not None:
            failed.append(f"{name}: {fault}")


def _case(name: str, data: Path, work: Path) -> tuple[list[Figure | Table], str | None]:
    """What one case measures, and what kept it from measuring the rest."""
    found: list[Figure | Table] = []
    try:
        for figure in importlib.import_module(f"cases.{name}").figures(data, work):
            print(f"  {figure.line()}", flush=True)
            found.append(figure)
    except (OSError, RuntimeError, subprocess.CalledProcessError) as error:
        return found, str(error)
    return found, None


def _cases() -> list[str]:
    """Every file of ``bench/cases``; adding a measurement is adding one."""
    return sorted(path.stem for path in Path(__file__).with_name("cases").glob("[a-z]*.py"))


def _print(figures: list[Figure], failed: list[str]) -> None:
    print()
    for line in failed:
        print(f"FAIL  {line}")
    for one in sorted(figures, key=lambda figure: figure.met):
        print(f"{'met ' if one.met else 'MISS'}  {one.line()}")


def _machine() -> dict[str, str | int | float | None]:
    return {
        # Above the number of processors, others were at work: ratios hold, seconds do not
        "load": round(os.getloadavg()[0], 1),
        "processors": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "duckdb": duckdb.__version__,
        "acuerdo": acuerdo.__version__,
    }


if __name__ == "__main__":
    main()
