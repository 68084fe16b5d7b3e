"""Runs: a model under scenarios, structures and many draws, reduced as it goes.

run = simulate(model, scenarios=(BASELINE, more_arrests), draws=Draws(count=100_000))
run.quantile("more_arrests", "deaths", 0.5)
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import final

from acuerdo.core.errors import NotFound
from acuerdo.core.text import Text
from acuerdo.foresight.backends import Backend, chosen, compute_with
from acuerdo.foresight.block import Job, Key, joined
from acuerdo.foresight.draws import Draws
from acuerdo.foresight.executors import AbstractExecutor, Serial
from acuerdo.foresight.faults import unknown_word
from acuerdo.foresight.keeping import Keeping
from acuerdo.foresight.model import Model
from acuerdo.foresight.noise import Noise
from acuerdo.foresight.progress import Advance, Progress, Watch
from acuerdo.foresight.reduction import AbstractReduction, Moments, Parts, Quantiles
from acuerdo.foresight.results import Run
from acuerdo.foresight.scenario import BASELINE, Scenario
from acuerdo.foresight.stepping import Step, find_step, step_error
from acuerdo.foresight.tracing import trace

_OUTCOME = Text("an outcome", "un resultado")
_PILOT = 64
TOLERANCE = 1e-8


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """How a run is computed.

    Attributes:
        span: How long trajectories are, in the model's unit; its own default if None.
        every: The spacing of reported times; the model's default if None.
        outcomes: Which outcomes are computed; all if None.
        tolerance: Relative error allowed; decides the step.
        step: The longest step, where it is not to be found.
        backend: What computes.
        noise: What is left to chance; its step is then the step of all.
        executor: Where.
        keep: A folder in which finished blocks are kept, and found again by a later run of the same.
        advance: Called after each block.
    """

    span: float | None = None
    every: float | None = None
    outcomes: tuple[str, ...] | None = None
    tolerance: float = TOLERANCE
    step: float | None = None
    backend: Backend = "auto"
    noise: Noise | None = None
    executor: AbstractExecutor = field(default_factory=Serial)
    keep: Path | None = None
    advance: Advance | None = None


def simulate(
    model: Model,
    *,
    scenarios: Sequence[Scenario] = (BASELINE,),
    structures: Sequence[Mapping[str, str]] = ({},),
    draws: Draws | None = None,
    reduce: Mapping[str, AbstractReduction] | None = None,
    setup: Setup | None = None,
) -> Run:
    """Runs a model.

    Args:
        model: The model.
        scenarios: What is done with its levers; contrasts are against the first.
        structures: Alternatives of the mechanisms in dispute; ``{}`` is the published model.
        draws: Of the parameters; one draw at the central values if not given.
        reduce: What is kept, by name; ``moments`` and ``quantiles`` if not given.
        setup: How it is computed.

    Returns:
        What was kept. If it was interrupted, of the blocks that were done by then, and it says so.

    Raises:
        UsageError: If a scenario, structure or draw does not fit the model.
        KeyboardInterrupt: If it was interrupted before the first block was done.
    """
    setup, draws = setup or Setup(), draws or Draws.central()
    draws.check(model)
    for scenario in scenarios:
        scenario.check(model)
    steps = _steps(model, scenarios, structures=structures, draws=draws, setup=setup)
    job = Job(
        model=model,
        structures=tuple(structures),
        scenarios=tuple(scenarios),
        draws=draws,
        reductions=reduce if reduce is not None else {"moments": Moments(), "quantiles": Quantiles()},
        outcomes=_outcomes(model, setup),
        span=_span(model, setup),
        every=_every(model, setup),
        steps=tuple(step.length for step in steps),
        backend=chosen(setup.backend),
        noise=setup.noise,
    )
    done, merged = _computed(job, setup)
    return Run(job=job, parts=merged, done=done, errors=tuple(step.error for step in steps))


def shares_of(setup: Setup, counts: Sequence[int]) -> list[Setup]:
    """The setups of several runs of so many draws each, done one after another, that tell their progress as one."""
    return [
        replace(setup, advance=_told_as_one(setup.advance, before=sum(counts[:place]), total=sum(counts)))
        for place in range(len(counts))
    ]


def _told_as_one(advance: Advance | None, *, before: int, total: int) -> Advance | None:
    if advance is None:
        return None

    def tell(progress: Progress) -> None:
        done = before + progress.done
        left = (total - done) / progress.rate if progress.rate else None
        advance(progress._replace(done=done, total=total, left=left))

    return tell


def _computed(job: Job, setup: Setup) -> tuple[int, dict[Key, Parts]]:
    """Draws done and their merged contributions, in order of blocks whatever the order they came in."""
    keeping = Keeping(setup.keep, job.digest) if setup.keep is not None else None
    found = {block: keeping.read(block) for block in range(job.blocks)} if keeping else {}
    ready = {block: parts for block, parts in found.items() if parts is not None}
    missing = [block for block in range(job.blocks) if block not in ready]
    watch = Watch(job.draws.count, setup.advance, found=sum(_size(job, block) for block in ready))
    merging = _Merging(job, ready)
    coming = setup.executor.map(job, missing) if missing else iter(())
    try:
        for block, parts in coming:
            if keeping:
                keeping.write(block, parts)
            merging.add(block, parts)
            watch.tick(_size(job, block))
    except KeyboardInterrupt:
        if not merging.next:
            raise
    return min(merging.next * _size(job, 0), job.draws.count), merging.merged


@final
class _Merging:
    """Merges blocks in their order; those that come early wait."""

    def __init__(self, job: Job, ready: dict[int, dict[Key, Parts]]) -> None:
        self.job = job
        self.waiting = ready
        self.merged: dict[Key, Parts] = {}
        self.next = 0
        self._drain()

    def add(self, block: int, parts: dict[Key, Parts]) -> None:
        self.waiting[block] = parts
        self._drain()

    def _drain(self) -> None:
        while self.next in self.waiting:
            parts = self.waiting.pop(self.next)
            self.merged = joined(self.job, [self.merged, parts]) if self.merged else parts
            self.next += 1


def _steps(
    model: Model,
    scenarios: Sequence[Scenario],
    *,
    structures: Sequence[Mapping[str, str]],
    draws: Draws,
    setup: Setup,
) -> list[Step]:
    if setup.noise is not None:
        for structure in structures:
            setup.noise.check(trace(model, structure))
        # The error of a leap is not that of a Runge-Kutta step, and chance hides it
        return [Step(setup.noise.step, math.nan)] * len(structures)
    count = min(_PILOT, draws.count)
    pilot = draws.block(model, first=0, last=count)
    shown = [one.part(0, count) for one in scenarios]
    grid, compute = (_span(model, setup), _every(model, setup)), compute_with(setup.backend)
    found = []
    for structure in structures:
        system = trace(model, structure).narrowed(_outcomes(model, setup))
        if setup.step is None:
            found.append(
                find_step(system, shown, params=pilot, grid=grid, tolerance=setup.tolerance, compute=compute)
            )
            continue
        errors = [
            step_error(system, one, params=pilot, grid=grid, length=setup.step, compute=compute)
            for one in shown
        ]
        found.append(Step(setup.step, max(errors)))
    return found


def _outcomes(model: Model, setup: Setup) -> tuple[str, ...]:
    known = [one.name for one in model.outcomes]
    wanted = known if setup.outcomes is None else setup.outcomes
    problems = [
        unknown_word(_OUTCOME, name, known=known, where=model.id) for name in wanted if name not in known
    ]
    if problems:
        raise NotFound(problems)
    return tuple(wanted)


def _span(model: Model, setup: Setup) -> float:
    return model.span if setup.span is None else setup.span


def _every(model: Model, setup: Setup) -> float:
    return model.report_every if setup.every is None else setup.every


def _size(job: Job, block: int) -> int:
    first, last = job.bounds(block)
    return last - first
