"""Where blocks are computed: here, in processes, on a Dask or a Ray cluster.

One ``map``; the results do not depend on it. Workers get the job once, by its model's name, and refuse it where that
name stands for other equations, data or another version than it does here.
"""

from __future__ import annotations

import os
import signal
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from typing import final

from acuerdo.core.errors import AcuerdoError, Problem, missing_extra
from acuerdo.core.text import Text
from acuerdo.foresight.block import Job, Key, compute_block
from acuerdo.foresight.reduction import Parts

Block = tuple[int, dict[Key, Parts]]
Done = Iterator[Block]
RAY = "ray"
_RETRIES = 3
_CLUSTER = Text("Computing on a cluster", "Calcular en un clúster")


class AbstractExecutor(ABC):
    """Computes blocks, in any order."""

    @abstractmethod
    def map(self, job: Job, blocks: Sequence[int]) -> Done:
        """Each block's number and contribution, as it is done."""


@final
@dataclass(frozen=True, slots=True)
class Serial(AbstractExecutor):
    """One after another, in this process."""

    def map(self, job: Job, blocks: Sequence[int]) -> Done:
        """In order."""
        for block in blocks:
            yield block, compute_block(job, block)


@final
@dataclass(frozen=True, slots=True)
class Processes(AbstractExecutor):
    """Several processes of this machine.

    Attributes:
        workers: How many.
    """

    workers: int

    def map(self, job: Job, blocks: Sequence[int]) -> Done:
        """As they are done; the blocks of a process that died are computed again.

        Raises:
            AcuerdoError: If processes keep dying.
        """
        left = list(blocks)
        for _ in range(_RETRIES):
            try:
                for block, parts in self._once(job, tuple(left)):
                    left.remove(block)
                    yield block, parts
            except BrokenProcessPool:
                continue
            return
        raise _gone(f"{self.workers}")

    def _once(self, job: Job, blocks: Sequence[int]) -> Done:
        pool = ProcessPoolExecutor(
            self.workers, mp_context=get_context("spawn"), initializer=_begin, initargs=((job, job.digest),)
        )
        try:
            waiting: set[Future[Block]] = set()
            queue = iter(blocks)
            while True:
                # A few blocks ahead of the workers, so that results do not pile up
                while len(waiting) < 2 * self.workers and (block := next(queue, None)) is not None:
                    waiting.add(pool.submit(_next, block))
                if not waiting:
                    return
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for future in done:
                    yield future.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


@final
@dataclass(frozen=True, slots=True)
class DaskCluster(AbstractExecutor):
    """The workers of a Dask cluster.

    Attributes:
        address: The scheduler's address, such as ``tcp://10.0.0.1:8786``.
    """

    address: str

    def map(self, job: Job, blocks: Sequence[int]) -> Done:
        """As they are done; Dask itself computes again what a lost worker held.

        Raises:
            MissingExtra: If Dask is not installed.
            AcuerdoError: If the cluster cannot be reached, or goes away.
        """
        try:
            from distributed import Client, KilledWorker, as_completed
        except ImportError as error:
            raise missing_extra("cluster", _CLUSTER) from error
        try:
            with Client(self.address, timeout="10s", set_as_default=False) as client:
                shared = client.scatter((job, job.digest), broadcast=True, hash=False)
                futures = client.map(_block_of, [shared] * len(blocks), blocks, pure=False, batch_size=64)
                for _, done in as_completed(futures, loop=client.loop, with_results=True):
                    # A scheduler that is gone cancels what it was asked for, and gives the cancellation as the result
                    if isinstance(done, CancelledError):
                        raise _gone(self.address) from done
                    yield done
        except (OSError, TimeoutError, RuntimeError, CancelledError, KilledWorker) as error:
            raise _gone(self.address) from error


@final
@dataclass(frozen=True, slots=True)
class RayCluster(AbstractExecutor):
    """The workers of a Ray cluster.

    Attributes:
        address: Its address, such as ``ray://10.0.0.1:10001``; ``ray`` for the one that this process has begun, or
            else begins on this machine.
    """

    address: str = RAY

    def map(self, job: Job, blocks: Sequence[int]) -> Done:
        """As they are done; Ray itself computes again what a lost worker held.

        Raises:
            MissingExtra: If Ray is not installed.
            AcuerdoError: If the cluster cannot be reached, or goes away.
        """
        try:
            import ray
            from ray import exceptions
        except ImportError as error:
            raise missing_extra("ray", _CLUSTER) from error
        # Nobody else is told that, or how, this is used
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        begins = not ray.is_initialized()
        try:
            if begins:
                ray.init(
                    None if self.address == RAY else self.address,
                    include_dashboard=False,
                    log_to_driver=False,
                )
            shared, task = ray.put((job, job.digest)), ray.remote(_block_of)
            waiting = [task.remote(shared, block) for block in blocks]
            while waiting:
                done, waiting = ray.wait(waiting)
                yield from ray.get(done)
        except exceptions.RayTaskError as error:
            raise error.cause from error
        except (exceptions.RayError, OSError, TimeoutError, RuntimeError) as error:
            raise _gone(self.address) from error
        finally:
            if begins:
                ray.shutdown()


def executor(where: str | None = None) -> AbstractExecutor:
    """The executor for ``tcp://…`` (Dask), ``ray://…`` (Ray), or a number of processes here; this process if none."""
    if where is None:
        return Serial()
    if where.isdecimal():
        return Processes(max(int(where), 1))
    return RayCluster(where) if where.partition(":")[0] == RAY else DaskCluster(where)


def _block_of(sent: tuple[Job, str], block: int) -> Block:
    return block, compute_block(_taken(*sent), block)


# The job that this worker was last sent; what was traced and checked for one block serves the others
_TAKEN: dict[str, Job] = {}


def _taken(job: Job, digest: str) -> Job:
    """The job, if it is here what it was where it was sent from: its model came by name, not by content."""
    if digest not in _TAKEN:
        if job.digest != digest:
            raise _other(job.model.id)
        _TAKEN.clear()
        _TAKEN[digest] = job
    return _TAKEN[digest]


def _begin(sent: tuple[Job, str]) -> None:
    # Ctrl-C reaches every process of the terminal; it is for the one that asked to stop them
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _BEGUN[:] = [sent]


_BEGUN: list[tuple[Job, str]] = []


def _next(block: int) -> Block:
    return _block_of(_BEGUN[0], block)


def _gone(where: str) -> AcuerdoError:
    return AcuerdoError(
        Problem(
            what=Text("The workers are gone.", "Los procesos de cálculo ya no están."),
            where=where,
            why=Text(
                "They cannot be reached, or were stopped while they computed.",
                "No se puede llegar a ellos, o se detuvieron mientras calculaban.",
            ),
            fix=Text(
                "Ask the same again: the blocks that were done are kept.",
                "Pida lo mismo otra vez: los bloques terminados se conservan.",
            ),
        )
    )


def _other(model_id: str) -> AcuerdoError:
    return AcuerdoError(
        Problem(
            what=Text(
                f"A worker has another '{model_id}', or another version of the software, than this process.",
                f"Un proceso de cálculo tiene otro '{model_id}', u otra versión del programa, que este.",
            ),
            where=model_id,
            fix=Text(
                "Install the same version on every worker, and give each the same model files.",
                "Instale la misma versión en cada uno y deles los mismos archivos de modelo.",
            ),
        )
    )
