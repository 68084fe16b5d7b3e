"""Trajectories of the model of cartel recruitment: 150 groups, 260 weeks, weekly output, five random parameters."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from measuring import Figure, in_turns
from rivals import recruitment_c, recruitment_pysd, recruitment_scipy

from acuerdo.foresight.draws import Draws, uniforms
from acuerdo.foresight.kernel.compile import with_numba
from acuerdo.foresight.library import model
from acuerdo.foresight.scenario import BASELINE
from acuerdo.foresight.timeline import Timeline, timeline
from acuerdo.foresight.tracing import trace

WEEKS, RUNS = 260, 5
# Enough that a run takes tens of milliseconds on either side
OURS, SCIPY = 4096, 96
NAMES = ("recruitment_rate", "arrest_flow", "lethality", "saturation", "starting_size")
LOW = np.array([0.8 * 2.527474e-3, 88.0, 0.8 * 1.549231e-8, 0.02e-6, 160_000.0])
HIGH = np.array([1.2 * 2.527474e-3, 132.0, 1.2 * 1.549231e-8, 0.08e-6, 185_000.0])

# Draws in a process of their own, so that their memory is their own; workers compute, this one merges. A first run of
# few draws tells how long it takes to begin: to start the workers, which import all they need, and to compute little.
MANY = """
import json, resource, sys, time
from contextlib import nullcontext
from acuerdo.foresight.draws import Draws
from acuerdo.foresight.executors import DaskCluster, Processes
from acuerdo.foresight.library import model
from acuerdo.foresight.run import Setup, simulate
FEW = 4096
count, workers, kind = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
varied = ("recruitment_rate", "arrest_flow", "lethality", "saturation", "starting_size")
def seconds(where, count):
    setup = Setup(span=260.0, every=1.0, outcomes=("members", "deaths"), executor=where)
    begun = time.perf_counter()
    found = simulate(model("cartel_recruitment"), draws=Draws(count=count, vary=varied), setup=setup)
    assert found.done == count and found.quantile("baseline", "deaths", 0.5).size == 261
    return time.perf_counter() - begun
def local():
    if kind != "dask":
        return nullcontext()
    from distributed import LocalCluster
    return LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None, silence_logs=50)
with local() as cluster:
    where = DaskCluster(cluster.scheduler_address) if cluster else Processes(workers)
    few, many = seconds(where, FEW), seconds(where, count)
mine, theirs = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(json.dumps([many, few, mine + workers * theirs]))
"""


def figures(data: Path, work: Path) -> Iterator[Figure]:
    del data
    params = np.stack([
        low + (high - low) * uniforms(f"bench/{name}", first=0, last=OURS)
        for name, low, high in zip(NAMES, LOW, HIGH, strict=True)
    ])  # fmt: skip
    yield from _trajectories(params, work)
    yield from _millions()


def _trajectories(params: np.ndarray, work: Path) -> Iterator[Figure]:
    one = model("cartel_recruitment")
    system = trace(one).narrowed(("members", "deaths"))
    whole = Draws.of(dict(zip(NAMES, params, strict=True))).block(one, first=0, last=OURS)
    matrix = system.data.matrices["conflict"]
    share, dense = system.data.vectors["share"].values, matrix.dense()
    weekly, long, exact = (
        timeline(one, BASELINE, span=float(WEEKS), every=1.0, step=step) for step in (1.0, 13.0, 0.25)
    )

    def ours(course: Timeline) -> Callable[[], np.ndarray]:
        return lambda: with_numba(system, whole, course)

    few = np.ascontiguousarray(params[:, :SCIPY])
    rows = np.concatenate([[0], np.cumsum(np.bincount(matrix.rows, minlength=150))]).astype(np.uint32)
    network = (share, rows, matrix.columns.astype(np.uint32), matrix.values, matrix.scale)
    by_hand = recruitment_c.compiled(work)
    quick, slow = (
        with_numba(system, whole, weekly),
        recruitment_scipy.simulate(few, dense, share=share, weeks=WEEKS),
    )
    _same(quick, recruitment_c.simulate(by_hand, params, network, weeks=WEEKS), within=1e-10)
    _same(quick[:, :, :SCIPY], slow, within=1e-5)
    mine, longer, scipy, hand = in_turns(
        ours(weekly), ours(long), lambda: recruitment_scipy.simulate(few, dense, share=share, weeks=WEEKS),
        lambda: recruitment_c.simulate(by_hand, params, network, weeks=WEEKS), runs=RUNS,
    )  # fmt: skip
    mine, longer, scipy, hand = mine / OURS, longer / OURS, scipy / SCIPY, hand / OURS
    yield _ratio(
        "a trajectory by weekly steps", "SciPy solve_ivp", scipy / mine, bound=8, sides=(mine, scipy)
    )
    yield _ratio(
        "a trajectory by steps of 13 weeks",
        "SciPy solve_ivp",
        scipy / longer,
        bound=60,
        sides=(longer, scipy),
    )
    error = _apart(with_numba(system, whole, long), with_numba(system, whole, exact))
    yield Figure(
        name="error of steps of 13 weeks",
        value=error * 1e9,
        unit="billionths",
        bound=10,
        ours=error * 1e9,
        runs=1,
    )
    yield Figure(
        name="a trajectory by weekly steps",
        rival="C by hand",
        value=mine / hand,
        bound=2.5,
        ours=mine,
        theirs=hand,
        runs=RUNS,
    )
    fixed = dict(
        zip(("rho", "eta", "theta", "omega"), (2.527474e-3, 110.0, 1.549231e-8, 0.04e-6), strict=True)
    )
    rates = [2.4e-3, 2.5e-3, 2.527474e-3]
    try:
        pysd, members, _ = recruitment_pysd.seconds_a_run(
            work, dense, start=115_000.0 * share, fixed=fixed, rates=rates
        )
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"  PySD cannot be had here, so it is not compared: {error}")
        return
    # Its steps of a week are Euler's, so it is off by about one in ten thousand
    _same(np.array(members), np.array(140_782.9), within=2e-4)
    yield _ratio("a trajectory by weekly steps", "PySD", pysd / mine, bound=1000, sides=(mine, pysd))


def _millions() -> Iterator[Figure]:
    took, _, memory = _many(1_000_000, workers=2)
    yield Figure(
        name="a million draws with weekly quantiles, two workers",
        value=took,
        unit="s",
        bound=90,
        ours=took,
        runs=1,
    )
    yield Figure(name="their peak memory", value=memory, unit="MB", bound=1500, ours=memory, runs=1)
    sides = [
        tuple(_once_begun(1_000_000, workers=workers, kind=kind) for workers, kind in _SIDES)
        for _ in range(3)
    ]
    one, two, dask = (statistics.median(side) for side in zip(*sides, strict=True))
    yield Figure(
        name="two workers, once begun",
        rival="one worker",
        value=one / two,
        bound=1.8,
        at_least=True,
        ours=two,
        theirs=one,
        runs=3,
    )
    yield Figure(
        name="two workers of Dask, once begun",
        rival="two processes",
        value=dask / two,
        bound=1.15,
        ours=dask,
        theirs=two,
        runs=3,
    )


_SIDES = ((1, "processes"), (2, "processes"), (2, "dask"))


def _once_begun(count: int, *, workers: int, kind: str) -> float:
    """The seconds of a run without those of its beginning, which grow with nothing that is measured here."""
    many, few, _ = _many(count, workers=workers, kind=kind)
    return many - few


def _many(count: int, *, workers: int, kind: str = "processes") -> tuple[float, float, float]:
    """Seconds for so many draws, seconds for few of them, and the peak memory of all processes in MB."""
    quiet = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", MANY, str(count), str(workers), kind],
        check=True, capture_output=True, text=True, env={**os.environ, **quiet},
    )  # fmt: skip
    many, few, memory = json.loads(done.stdout.splitlines()[-1])
    return many, few, memory


def _ratio(name: str, rival: str, value: float, *, bound: float, sides: tuple[float, float]) -> Figure:
    return Figure(
        name=name,
        rival=rival,
        value=value,
        bound=bound,
        at_least=True,
        ours=sides[0],
        theirs=sides[1],
        runs=RUNS,
    )


def _same(one: np.ndarray, other: np.ndarray, *, within: float) -> None:
    if not _apart(one, other) <= within:
        raise RuntimeError(f"the two sides computed different things: {_apart(one, other):g} apart")


def _apart(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.max(np.abs(one / other - 1.0)))
