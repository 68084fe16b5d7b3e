"""The same trajectories by the program in ``recruitment.c``, compiled for this machine."""

from __future__ import annotations

import ctypes
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np

SOURCE = Path(__file__).with_name("recruitment.c")


def compiled(work: Path) -> Callable[..., None]:
    """The compiled function.

    Raises:
        OSError, subprocess.CalledProcessError: If there is no C compiler.
    """
    library = work / "recruitment.so"
    subprocess.run(["gcc", "-O3", "-march=native", "-shared", "-fPIC", SOURCE, "-o", library], check=True)
    return ctypes.CDLL(str(library)).simulate


def simulate(
    function: Callable[..., None], params: np.ndarray, network: tuple[np.ndarray, ...], *, weeks: int
) -> np.ndarray:
    """Members and deaths a week, shape (2, weeks + 1, draws).

    Args:
        function: The compiled function.
        params: Rate, arrests, lethality, saturation and starting size, shape (5, draws); draws in eights.
        network: Shares, row pointers, columns, weights and scales.
        weeks: How many steps of a week.
    """
    out = np.empty((2, weeks + 1, params.shape[1]))

    def pointer(array: np.ndarray) -> ctypes.c_void_p:
        return array.ctypes.data_as(ctypes.c_void_p)

    function(
        ctypes.c_size_t(params.shape[1]),
        pointer(params),
        weeks,
        ctypes.c_double(1.0),
        *map(pointer, network),
        pointer(out),
    )
    return out
