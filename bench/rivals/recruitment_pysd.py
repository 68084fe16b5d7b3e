"""The model of cartel recruitment as a Vensim file, run by PySD; as one who has PySD would do it.

PySD is not among the pinned parts: it is installed, at the version below, into an environment of its own under the
bench's work folder. Where that fails, the comparison is left out and the bench says so.
"""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from pathlib import Path

import numpy as np

VERSION = "3.14.3"
WEEKS = 260
_RUNNER = """
import json, sys, time, pysd
model = pysd.read_vensim(sys.argv[1])
rates = json.loads(sys.argv[2])
model.run(return_columns=["members", "deaths"])
best = None
for rate in rates:
    begun = time.process_time()
    out = model.run(params={"rho": rate}, return_columns=["members", "deaths"])
    took = time.process_time() - begun
    best = took if best is None else min(best, took)
print(json.dumps([best, float(out["members"].iloc[-1]), float(out["deaths"].iloc[-1])]))
"""


def seconds_a_run(
    work: Path, matrix: np.ndarray, *, start: np.ndarray, fixed: dict[str, float], rates: list[float]
) -> tuple[float, float, float]:
    """Processor seconds of one run, and members and deaths a week at the end of the last one.

    Raises:
        OSError, subprocess.CalledProcessError: If PySD cannot be installed or run.
    """
    folder = work / "pysd"
    python = folder / "bin" / "python"
    if not python.is_file():
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", f"pysd=={VERSION}"], check=True)
    path = work / "recruitment.mdl"
    path.write_text(_vensim(matrix, start, fixed=fixed), encoding="utf-8")
    done = subprocess.run(
        [python, "-W", "ignore", "-c", _RUNNER, path, json.dumps(rates)],
        check=True,
        capture_output=True,
        text=True,
    )
    took, members, deaths = json.loads(done.stdout.splitlines()[-1])
    return took, members, deaths


def _vensim(matrix: np.ndarray, start: np.ndarray, *, fixed: dict[str, float]) -> str:
    rows = ";".join(",".join(f"{value:.17g}" for value in row) for row in matrix)
    numbers = "\n".join(f"{name}= {value:.17g} ~~|" for name, value in fixed.items())
    return f"""{{UTF-8}}
group: (g1-g{start.size}) ~~|
other <-> group ~~|
{numbers}
at start[group]= {",".join(f"{value:.17g}" for value in start)} ~~|
weight[group,other]= {rows}; ~~|
members= SUM(size[group!]) ~~|
pressure[group]= SUM(weight[group,other!]*size[other!]) ~~|
size[group]= INTEG(size[group]*(rho-eta/members-theta*pressure[group]-omega*size[group]), at start[group]) ~~|
deaths= theta*SUM(size[group!]*pressure[group!]) ~~|
INITIAL TIME= 0 ~~|
FINAL TIME= {WEEKS} ~~|
TIME STEP= 1 ~~|
SAVEPER= TIME STEP ~~|
"""


if __name__ == "__main__":
    sys.exit("run by bench/cases/foresight.py")
