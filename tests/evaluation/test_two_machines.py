"""Two machines give the same bytes: the kept answers come out again on another processor, in another place.

The other machine is this one, told to be older and elsewhere: NumPy without the instructions that it found here,
OpenBLAS with the kernels of an early processor, compiled code for any processor, another hash seed, time zone and
language.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from acuerdo.core.result import Result
from acuerdo.evaluation import kept
from acuerdo.evaluation.load import CONTRACTS, contracts

pytest.importorskip("pyfixest", reason="acuerdo[evaluation] is not installed")
ANSWERED = sorted(one.id for one in contracts().values() if one.plan is not None)
AGAIN = """
import sys
from pathlib import Path
from acuerdo.evaluation import kept
from acuerdo.evaluation.load import CONTRACTS, contract
from acuerdo.evaluation.running import run
from acuerdo.workspace import Workspace

folder = Path(sys.argv[1])
store = Workspace.open(folder / "store").store
for name in sys.argv[2:]:
    calibration = kept.read(kept.calibration_of(CONTRACTS.file(name)))
    run(contract(name), store, calibration=calibration).write(folder / f"{name}.json")
"""


def elsewhere(folder: Path) -> dict[str, str]:
    """The environment of the other machine."""
    found: list[str] = np.show_config(mode="dicts")["SIMD Extensions"]["found"]  # pyright: ignore[reportOptionalSubscript]
    return os.environ | {
        "NPY_DISABLE_CPU_FEATURES": " ".join(found),
        "OPENBLAS_CORETYPE": "Prescott",
        "NUMBA_CPU_NAME": "generic",
        "NUMBA_CACHE_DIR": str(folder / "compiled"),
        "PYTHONHASHSEED": "7",
        "TZ": "Asia/Tokyo",
        "LC_ALL": "C",
        **{f"{one}_NUM_THREADS": "1" for one in ("OPENBLAS", "OMP", "NUMBA")},
    }


def as_kept() -> bool:
    """Whether the libraries here are those of the kept answers."""
    earlier = kept.read(kept.result_of(CONTRACTS.file(ANSWERED[0])))
    return earlier is not None and earlier.answer["environment"] == kept.environment()


@pytest.mark.slow
@pytest.mark.skipif(not as_kept(), reason="kept with other versions of the libraries")
def test_every_kept_answer_comes_out_on_another_machine_to_the_byte(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-c", AGAIN, str(tmp_path), *ANSWERED], env=elsewhere(tmp_path), check=True
    )
    pairs = {name: (_kept(name), Result.read(tmp_path / f"{name}.json")) for name in ANSWERED}
    assert [name for name, (then, now) in pairs.items() if _written(then) != _written(now)] == []
    # A packed file has another name once what it tells its reader is worded otherwise; its publisher's bytes stay
    assert [name for name, (then, now) in pairs.items() if kept.changed(then, now.inputs)] == []


def _kept(name: str) -> Result:
    return Result.read(kept.result_of(CONTRACTS.file(name)))


def _written(result: Result) -> str:
    return json.dumps(result.answer, sort_keys=True)
