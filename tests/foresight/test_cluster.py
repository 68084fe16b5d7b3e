"""A real Dask cluster: the same bytes as one process, whatever happens to its workers."""

from __future__ import annotations

import os
import signal
import warnings
from typing import Any

import pytest
from tests.foresight.test_run import REDUCE, same_bytes

from acuerdo.core.errors import AcuerdoError
from acuerdo.foresight.block import BLOCK
from acuerdo.foresight.draws import Draws
from acuerdo.foresight.executors import DaskCluster, Serial
from acuerdo.foresight.library import model
from acuerdo.foresight.run import Progress, Setup, simulate


@pytest.mark.slow
def test_a_worker_killed_in_the_middle_changes_no_byte() -> None:
    from distributed import LocalCluster

    local: Any = LocalCluster
    one, draws = model("cartel_participation"), Draws(count=12 * BLOCK)

    def setup(executor, advance=None) -> Setup:
        return Setup(backend="numpy", span=104.0, step=4.0, every=4.0, executor=executor, advance=advance)

    serial = simulate(one, draws=draws, reduce=REDUCE, setup=setup(Serial()))
    with (
        warnings.catch_warnings(),
        local(
            n_workers=3, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
        ) as cluster,
    ):
        warnings.simplefilter("ignore")
        killed: list[int] = []

        def kill(progress: Progress) -> None:
            if not killed and progress.done >= 2 * BLOCK:
                killed.append(next(iter(cluster.workers.values())).pid)
                os.kill(killed[0], signal.SIGKILL)

        found = simulate(
            one, draws=draws, reduce=REDUCE, setup=setup(DaskCluster(cluster.scheduler_address), kill)
        )
        assert killed
    assert found.done == draws.count
    assert same_bytes(serial, found)


def test_a_cluster_that_is_not_there_is_told() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with pytest.raises(AcuerdoError, match=r"The workers are gone(.|\n)*blocks that were done are kept"):
            simulate(
                model("cartel_participation"),
                setup=Setup(backend="numpy", span=8.0, executor=DaskCluster("tcp://127.0.0.1:9")),
            )
