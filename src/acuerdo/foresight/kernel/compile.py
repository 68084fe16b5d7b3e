"""Printed kernels, compiled once per machine and kept.

A kernel is kept under a name made of its own text and of what compiles it, so a changed model or a new numba finds
another name. The folder is ``$ACUERDO_KERNELS``, or ``acuerdo/kernels`` in the user's cache.
"""

from __future__ import annotations

import hashlib
import importlib.util
import sys
from functools import cache
from importlib.machinery import SourceFileLoader
from pathlib import Path
from tempfile import NamedTemporaryFile
from types import ModuleType
from typing import Any

import numpy as np

from acuerdo.foresight.cells import routes_of
from acuerdo.foresight.kernel.printing import events_text, kernel_text
from acuerdo.foresight.kernel.program import Program, program_of
from acuerdo.foresight.kernel.templates import WIDTH
from acuerdo.foresight.model import Floats
from acuerdo.foresight.noise import Noise
from acuerdo.foresight.own import own_folder
from acuerdo.foresight.room import Room
from acuerdo.foresight.timeline import Timeline
from acuerdo.foresight.tracing import System

FOLDER_VARIABLE = "ACUERDO_KERNELS"
# What a kernel imports is compiled into it, and numba does not look there again
_USED = tuple(
    Path(__file__).parent / name for name in ("lanes.py", "chance.py", "templates.py", "../noise.py")
)


def installed() -> bool:
    """Whether the quick back end can be used here."""
    return importlib.util.find_spec("numba") is not None


def with_numba(system: System, params: Floats, course: Timeline, /, *, room: Room | None = None) -> Floats:
    """The outcomes of a timeline at its reported times, by the compiled kernel.

    Args:
        system: The traced model.
        params: Parameters in the model's order, shape (parameters, draws).
        course: Steps, levers and inputs.
        room: Memory for the answer, which the next answer in the same room overwrites.

    Returns:
        Shape (outcomes, reported, draws).
    """
    program = _program(system)
    kernel = _kernel(kernel_text(program, drawn=course.inputs.ndim == 4))
    return _computed(kernel, program, params=params, course=course, room=room or Room())


def events_with_numba(
    system: System, params: Floats, *, course: Timeline, noise: Noise, first: int
) -> Floats:
    """The same with every flow left to chance; see :func:`acuerdo.foresight.events.events_with_numpy`."""
    program = _program(system)
    kernel = _kernel(events_text(program, drawn=course.inputs.ndim == 4))
    more = (noise.key(system), first, noise.start, noise.exact_below, routes_of(system))
    return _computed(kernel, program, params=params, course=course, room=Room(), more=more)


def _computed(
    kernel: ModuleType,
    program: Program,
    *,
    params: Floats,
    course: Timeline,
    room: Room,
    more: tuple[Any, ...] = (),
) -> Floats:
    padded = _padded(params)
    outcomes, draws = len(program.system.outcomes), padded.shape[1]
    at_nodes = room.array("nodes", (outcomes, course.nodes, draws))
    kernel.simulate(
        padded,
        course.levers.ravel(),
        (_padded(course.inputs) if course.inputs.ndim == 4 else course.inputs).ravel(),
        course.impulses.ravel(),
        course.jumps,
        course.steps,
        course.begins,
        course.ends,
        program.data,
        program.index,
        at_nodes,
        *more,
    )
    out = room.array("reported", (outcomes, course.times.size, draws))
    kernel.report(at_nodes, course.stencils, course.weights, out)
    return out[:, :, : params.shape[1]]


@cache
def _program(system: System) -> Program:
    return program_of(system)


@cache
def _kernel(text: str) -> ModuleType:
    path = _kept(text)
    loader = SourceFileLoader(path.stem, str(path))
    module = ModuleType(path.stem)
    module.__file__ = str(path)
    sys.modules[path.stem] = module
    loader.exec_module(module)
    return module


def _kept(text: str) -> Path:
    """The file with a kernel's text, written if it is not there; whole, whoever else writes it too."""
    import numba

    used = [path.read_bytes() for path in _USED]
    digest = hashlib.sha256(b"\0".join([text.encode(), *used, numba.__version__.encode()])).hexdigest()
    folder = own_folder("kernels", variable=FOLDER_VARIABLE)
    path = folder / f"kernel_{digest[:32]}.py"
    if not path.is_file():
        with NamedTemporaryFile("w", dir=folder, suffix=".part", delete=False, encoding="utf-8") as part:
            part.write(text)
        Path(part.name).replace(path)
    return path


def _padded(array: Floats) -> Floats:
    """The array with its last axis filled up to whole vectors, by repeating the last draw."""
    missing = -array.shape[-1] % WIDTH
    widths = [(0, 0)] * (array.ndim - 1) + [(0, missing)]
    return np.ascontiguousarray(np.pad(array, widths, mode="edge") if missing else array)
