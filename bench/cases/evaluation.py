"""All evaluation contracts with their robustness sets, from the packaged evidence: time and memory of one process."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from measuring import Figure

BYTES_PER_RSS_UNIT = 1 if sys.platform == "darwin" else 1024
# The kept calibrations are read, not made again: they belong to the signing, not to the run
PROGRAM = """
from pathlib import Path
import sys
from acuerdo.evaluation import kept
from acuerdo.evaluation.load import CONTRACTS, contracts
from acuerdo.evaluation.running import run
from acuerdo.workspace import Workspace
store = Workspace.open(Path(sys.argv[1])).store
for key, one in contracts().items():
    run(one, store, calibration=kept.read(kept.calibration_of(CONTRACTS.file(key))))
"""
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1"}


def figures(data: Path, work: Path) -> Iterator[Figure]:
    del data
    words = [sys.executable, "-c", PROGRAM, str(work / "no_store")]
    begun = time.perf_counter()
    process = subprocess.Popen(words, env=os.environ | ONE_THREAD)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, words)
    took = time.perf_counter() - begun
    most = usage.ru_maxrss * BYTES_PER_RSS_UNIT / 1e6
    yield Figure(
        name="all contracts with their robustness sets, time",
        value=took,
        unit="s",
        bound=90,
        ours=took,
        runs=1,
    )
    yield Figure(name="all contracts, peak memory", value=most, unit="MB", bound=2000, ours=most, runs=1)
