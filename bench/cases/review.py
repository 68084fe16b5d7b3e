"""The review of the Bicentennial Framework from the packaged evidence: time, memory, and an unchanged rebuild."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from measuring import Figure

RUNS = 3
BYTES_PER_RSS_UNIT = 1 if sys.platform == "darwin" else 1024


def figures(data: Path, work: Path) -> Iterator[Figure]:
    del data
    out = work / "review"
    built: list[tuple[float, float]] = []
    rebuilt: list[float] = []
    for _ in range(RUNS):
        shutil.rmtree(out, ignore_errors=True)
        built.append(_review(out, work))
        rebuilt.append(_review(out, work)[0])
    took = statistics.median(seconds for seconds, _ in built)
    most = max(megabytes for _, megabytes in built)
    again = statistics.median(rebuilt)
    yield Figure(name="the review, time", value=took, unit="s", bound=12, ours=took, runs=RUNS)
    yield Figure(name="the review, peak memory", value=most, unit="MB", bound=1000, ours=most, runs=RUNS)
    yield Figure(name="the review again, unchanged", value=again, unit="s", bound=2, ours=again, runs=RUNS)


def _review(out: Path, work: Path) -> tuple[float, float]:
    """Seconds, and megabytes at the peak, of one run in a process of its own."""
    words = [sys.executable, "-m", "acuerdo", "review", "us_mx_bicentennial", "--out", str(out)]
    begun = time.perf_counter()
    # An empty store of its own, so that the figure is of the packaged evidence alone
    own = os.environ | {"ACUERDO_STORE": str(work / "no_store")}
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, env=own)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, words)
    return time.perf_counter() - begun, usage.ru_maxrss * BYTES_PER_RSS_UNIT / 1e6
