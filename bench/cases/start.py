"""How long ``acuerdo --help`` takes, next to a Python that does nothing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from measuring import Figure, in_turns

RUNS = 21


def figures(data: Path, work: Path) -> Iterator[Figure]:
    del data, work
    mine, bare = in_turns(lambda: _run("-m", "acuerdo", "--help"), lambda: _run("-c", "pass"), runs=RUNS)
    yield Figure(
        name="acuerdo --help",
        rival="python -c pass",
        value=mine / bare,
        bound=2.5,
        ours=mine,
        theirs=bare,
        runs=RUNS,
    )


def _run(*words: str) -> None:
    subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL)
