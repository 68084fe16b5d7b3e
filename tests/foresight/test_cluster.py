"""Real clusters, Dask's and Ray's: the same bytes as one process, whatever happens to workers and schedulers."""

from __future__ import annotations

import logging
import os
import re
import signal
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.foresight.test_run import REDUCE, same_bytes

from acuerdo.core.errors import AcuerdoError
from acuerdo.foresight import executors
from acuerdo.foresight.block import BLOCK, Job
from acuerdo.foresight.draws import Draws
from acuerdo.foresight.executors import (
    AbstractExecutor,
    DaskCluster,
    Processes,
    RayCluster,
    Serial,
    executor,
)
from acuerdo.foresight.library import model
from acuerdo.foresight.results import Run
from acuerdo.foresight.run import Progress, Setup, simulate
from acuerdo.foresight.scenario import BASELINE

ONE, DRAWS = model("cartel_participation"), Draws(count=12 * BLOCK)


def run(
    where: AbstractExecutor, *, advance: Callable[[Progress], None] | None = None, keep: Path | None = None
) -> Run:
    setup = Setup(
        backend="numpy", span=104.0, step=0.5, every=4.0, executor=where, advance=advance, keep=keep
    )
    return simulate(ONE, draws=DRAWS, reduce=REDUCE, setup=setup)


@pytest.fixture(scope="module")
def serial() -> Run:
    return run(Serial())


class KillsOnce:
    """Kills a process once, when a few blocks are done."""

    def __init__(self, pid: Callable[[], int]) -> None:
        self.pid = pid
        self.killed = 0

    def __call__(self, progress: Progress) -> None:
        if not self.killed and progress.done >= 2 * BLOCK:
            self.killed = self.pid()
            os.kill(self.killed, signal.SIGKILL)


@contextmanager
def dask_cluster(workers: int) -> Iterator[Any]:
    from distributed import LocalCluster

    local: Any = LocalCluster
    with (
        warnings.catch_warnings(),
        local(
            n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
        ) as cluster,
    ):
        warnings.simplefilter("ignore")
        yield cluster


@pytest.mark.slow
def test_a_worker_of_dask_killed_in_the_middle_changes_no_byte(serial) -> None:
    with dask_cluster(3) as cluster:
        kills = KillsOnce(lambda: next(iter(cluster.workers.values())).pid)
        found = run(DaskCluster(cluster.scheduler_address), advance=kills)
    assert kills.killed
    assert found.done == DRAWS.count
    assert same_bytes(serial, found)


@contextmanager
def processes_of_dask() -> Iterator[tuple[str, int]]:
    """A scheduler and a worker in processes of their own: the scheduler's address and process."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True}
    command = [sys.executable, "-W", "ignore", "-m", "distributed.cli.dask_scheduler"]
    options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
    with subprocess.Popen([*command, *options], **quiet) as scheduler:
        assert scheduler.stderr is not None
        lines = iter(scheduler.stderr.readline, "")
        address = next(found[0] for line in lines if (found := re.search(r"tcp://[\d.:]+", line)))
        command[-1] = "distributed.cli.dask_worker"
        with subprocess.Popen(
            [*command, address, "--nthreads", "1", "--no-dashboard", "--no-nanny"], **quiet
        ) as worker:
            yield address, scheduler.pid
            worker.kill()
        scheduler.kill()


@pytest.mark.slow
def test_a_scheduler_killed_in_the_middle_loses_nothing(serial, tmp_path: Path) -> None:
    with warnings.catch_warnings(), processes_of_dask() as (address, pid):
        warnings.simplefilter("ignore")
        kills = KillsOnce(lambda: pid)
        with pytest.raises(AcuerdoError, match=r"The workers are gone(.|\n)*blocks that were done are kept"):
            run(DaskCluster(address), advance=kills, keep=tmp_path)
    assert kills.killed
    again: list[Progress] = []
    resumed = run(Serial(), advance=again.append, keep=tmp_path)
    assert again[0].done >= 3 * BLOCK
    assert len(again) <= 10
    assert same_bytes(serial, resumed)


@pytest.mark.slow
def test_a_cluster_that_is_not_there_is_told() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with pytest.raises(AcuerdoError, match=r"The workers are gone(.|\n)*blocks that were done are kept"):
            run(DaskCluster("tcp://127.0.0.1:9"))


@pytest.mark.slow
def test_a_worker_of_ray_killed_in_the_middle_changes_no_byte(serial, tmp_path: Path, monkeypatch) -> None:
    import psutil
    import ray

    monkeypatch.setenv("HOME", str(tmp_path))
    for name, value in (("RAY_AUTH_MODE", "disabled"), ("RAY_USAGE_STATS_ENABLED", "0")):
        monkeypatch.setenv(name, value)

    def busy() -> int:
        working = (one for one in psutil.process_iter(["cmdline"]) if one.info["cmdline"])
        return next(
            one.pid for one in working if one.info["cmdline"][0].startswith(("ray::_block_of", "ray::IDLE"))
        )

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level=logging.ERROR)
        try:
            kills = KillsOnce(busy)
            found = run(RayCluster(), advance=kills)
            # What was begun elsewhere goes on
            assert ray.is_initialized()
        finally:
            ray.shutdown()
    assert kills.killed
    assert found.done == DRAWS.count
    assert same_bytes(serial, found)


@pytest.mark.slow
def test_a_process_killed_in_the_middle_changes_no_byte(serial) -> None:
    import psutil

    def child() -> int:
        mine = psutil.Process().children()
        return next(one.pid for one in mine if "spawn_main" in " ".join(one.cmdline()))

    kills = KillsOnce(child)
    found = run(Processes(2), advance=kills)
    assert kills.killed
    assert same_bytes(serial, found)


def test_an_address_says_whose_cluster_it_is() -> None:
    assert executor("tcp://10.0.0.1:8786") == DaskCluster("tcp://10.0.0.1:8786")
    assert executor("ray://10.0.0.1:10001") == RayCluster("ray://10.0.0.1:10001")
    assert executor("ray") == RayCluster()
    assert executor("3") == Processes(3)
    assert executor() == Serial()


def test_a_worker_with_another_model_refuses() -> None:
    job = Job(
        model=ONE, structures=({},), scenarios=(BASELINE,), draws=Draws(count=3), reductions=REDUCE,
        outcomes=("members",), span=4.0, every=4.0, steps=(4.0,), backend="numpy",
    )  # fmt: skip
    number, parts = executors._block_of((job, job.digest), 0)
    assert number == 0
    assert parts
    with pytest.raises(AcuerdoError, match="A worker has another 'cartel_participation'"):
        executors._block_of((job, "of another file"), 0)
