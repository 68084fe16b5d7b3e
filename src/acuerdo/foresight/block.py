"""One block of draws: every scenario and structure for the same draws, reduced at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any, final

import numpy as np
from numpy.typing import NDArray

import acuerdo
from acuerdo.core.result import fingerprint
from acuerdo.foresight.backends import Backend, Compute, compute_with, events_with
from acuerdo.foresight.draws import Draws
from acuerdo.foresight.library import is_declared
from acuerdo.foresight.library import model as find
from acuerdo.foresight.model import Floats, Model
from acuerdo.foresight.noise import Noise
from acuerdo.foresight.reduction import AbstractReduction, Kind, Parts
from acuerdo.foresight.room import Room
from acuerdo.foresight.scenario import Scenario
from acuerdo.foresight.timeline import Timeline, timeline
from acuerdo.foresight.tracing import System, trace

# Draws computed together: few enough that their outcomes fit in memory many times over
BLOCK = 2048
# A long run has larger blocks, of several such parts, so that little of its time goes into sending and merging them
_BLOCKS_OF_A_RUN, _PARTS_OF_A_BLOCK = 32, 16
Key = tuple[str, str, Kind, str, str]


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Job:
    """Everything that a block needs; the same for all blocks of a run.

    Attributes:
        model: The model.
        structures: Alternatives of each structure that is run.
        scenarios: The scenarios; contrasts are against the first.
        draws: The draws of the whole run.
        reductions: What is kept of them, by name.
        outcomes: Which outcomes are computed.
        span: How long each trajectory is, in the model's unit.
        every: The spacing of the reported times.
        steps: The longest step under each structure.
        backend: What computes.
        noise: What is left to chance; nothing if None.
    """

    model: Model
    structures: tuple[Mapping[str, str], ...]
    scenarios: tuple[Scenario, ...]
    draws: Draws
    reductions: Mapping[str, AbstractReduction]
    outcomes: tuple[str, ...]
    span: float
    every: float
    steps: tuple[float, ...]
    backend: Backend
    noise: Noise | None = None

    def __getstate__(self) -> dict[str, Any]:
        # A model that has a file travels by its name: its functions need not be sent
        state = {one.name: getattr(self, one.name) for one in fields(self)}
        return state | {"model": self.model.id if is_declared(self.model) else self.model}

    def __setstate__(self, state: dict[str, Any]) -> None:
        sent = state["model"]
        for name, value in (state | {"model": find(sent) if isinstance(sent, str) else sent}).items():
            object.__setattr__(self, name, value)

    @property
    def blocks(self) -> int:
        """How many blocks the draws make."""
        return -(-self.draws.count // self.size)

    @property
    def size(self) -> int:
        """How many draws a block has; made of the number of draws alone, never of who computes them."""
        parts = self.draws.count // (BLOCK * _BLOCKS_OF_A_RUN)
        return BLOCK * min(max(parts, 1), _PARTS_OF_A_BLOCK)

    @property
    def systems(self) -> tuple[System, ...]:
        """The traced equations of each structure."""
        return _systems(self)

    def course(self, place: int, scenario: Scenario) -> Timeline:
        """The timeline of a scenario under the structure at a place."""
        return timeline(
            self.model,
            scenario,
            span=self.span,
            every=self.every,
            step=self.steps[place],
            cut="reported" if self.noise else "longest",
        )

    def bounds(self, block: int) -> tuple[int, int]:
        """The first draw of a block, and the first one after it."""
        return block * self.size, min((block + 1) * self.size, self.draws.count)

    @property
    def digest(self) -> str:
        """Equal for runs whose blocks can stand for one another."""
        scenarios = [one.identity() for one in self.scenarios]
        parameters = [[one.name, one.value, one.low, one.high, one.spread] for one in self.model.parameters]
        constants = [[one.name, one.value] for one in self.model.constants]
        levers = [[one.name, one.default, one.impulse] for one in self.model.levers]
        inputs = [[one.name, one.value] for one in self.model.inputs]
        reductions = {name: repr(one) for name, one in self.reductions.items()}
        return fingerprint(
            [acuerdo.__version__, [one.fingerprint() for one in self.systems], scenarios, parameters, constants, levers,
             inputs, self.draws.identity(),
             reductions, self.span, self.every, list(self.steps), self.backend, repr(self.noise), BLOCK]
        )  # fmt: skip


# A worker computes many blocks of a job, and few jobs
@lru_cache(maxsize=4)
def _systems(job: Job) -> tuple[System, ...]:
    return tuple(trace(job.model, structure).narrowed(job.outcomes).guarded() for structure in job.structures)


@lru_cache(maxsize=128)
def _whole(job: Job, place: int, *, number: int) -> Timeline:
    """The timeline that all draws share."""
    return job.course(place, job.scenarios[number])


def compute_block(job: Job, block: int) -> dict[Key, Parts]:
    """What one block contributes: structure, scenario, kind, outcome, reduction → its parts.

    Under the reduction ``failed`` and the outcome ``""`` stands, for each structure and scenario, how many draws did
    not stay finite; they are left out of everything else.
    """
    low, high = job.bounds(block)
    # Contrasts need the first scenario's outcomes beside another's
    rooms = Room(), Room()
    parts = [
        _part(job, first, last=min(first + BLOCK, high), rooms=rooms) for first in range(low, high, BLOCK)
    ]
    return joined(job, parts)


def joined(job: Job, several: Sequence[dict[Key, Parts]]) -> dict[Key, Parts]:
    """What several contributions give together, given in their order."""
    if len(several) == 1:
        return several[0]
    return {
        key: {"count": np.array(sum(int(one[key]["count"]) for one in several))}
        if key[-1] == "failed"
        else job.reductions[key[-1]].merged([one[key] for one in several])
        for key in several[0]
    }


def _part(job: Job, first: int, *, last: int, rooms: tuple[Room, Room]) -> dict[Key, Parts]:
    params = job.draws.block(job.model, first=first, last=last)
    found: dict[Key, Parts] = {}
    for place, system in enumerate(job.systems):
        base: Floats | None = None
        for number, scenario in enumerate(job.scenarios):
            some = scenario.part(first, last)
            course = _whole(job, place, number=number) if some is scenario else job.course(place, some)
            compute = _computing(job, first=first, room=rooms[base is not None])
            out = compute(system, params, course)
            base = out if base is None else base
            found |= _reduced(job, out, base=base, key=(system.label, scenario.id))
    return found


def _computing(job: Job, *, first: int, room: Room) -> Compute:
    if job.noise is None:
        return compute_with(job.backend, room=room)
    events = events_with(job.backend)
    return lambda system, params, course: events(system, params, course=course, noise=job.noise, first=first)


def _reduced(job: Job, out: Floats, *, base: Floats, key: tuple[str, str]) -> dict[Key, Parts]:
    fine = _finite(out)
    found: dict[Key, Parts] = {(*key, "level", "", "failed"): {"count": np.array((~fine).sum())}}
    paired = fine & _finite(base)
    for row, outcome in enumerate(job.systems[0].outcomes):
        kinds: dict[Kind, Floats] = {"level": out[row]}
        if base is not out:
            with np.errstate(all="ignore"):
                kinds |= {"difference": out[row] - base[row], "relative": _relative(out[row], base[row])}
        for kind, values in kinds.items():
            ok = fine if kind == "level" else np.asarray(paired & np.isfinite(values).all(axis=0))
            for name, reduction in job.reductions.items():
                found[*key, kind, outcome, name] = reduction.block(values, ok, kind=kind)
    return found


def _finite(out: Floats) -> NDArray[np.bool_]:
    """Which draws are finite throughout: what is not makes their sum so."""
    with np.errstate(all="ignore"):
        return np.isfinite(out.sum(axis=(0, 1)))


def _relative(new: Floats, old: Floats) -> Floats:
    """The relative difference; none where both are the same, zero included."""
    return np.where(new == old, 0.0, new / old - 1.0)
