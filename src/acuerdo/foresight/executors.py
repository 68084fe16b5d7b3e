"""Where blocks are computed: here, in processes, on a Dask cluster. One ``map``; the results do not depend on it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any, final

from acuerdo.core.errors import AcuerdoError, Problem, missing_extra
from acuerdo.core.text import Text
from acuerdo.foresight.block import Job, Key, compute_block
from acuerdo.foresight.reduction import Parts

Done = Iterator[tuple[int, dict[Key, Parts]]]
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
            self.workers, mp_context=get_context("spawn"), initializer=_take, initargs=(job,)
        )
        try:
            waiting: set[Future[tuple[int, dict[Key, Parts]]]] = set()
            queue = iter(blocks)
            while True:
                # A few blocks ahead of the workers, so that results do not pile up
                while len(waiting) < 2 * self.workers and (block := next(queue, None)) is not None:
                    waiting.add(pool.submit(_numbered, block))
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
            from distributed import Client, as_completed
        except ImportError as error:
            raise missing_extra("cluster", _CLUSTER) from error
        try:
            with Client(self.address, timeout="10s", set_as_default=False) as client:
                shared = client.scatter(job, broadcast=True, hash=False)
                futures = client.map(_block_of, [shared] * len(blocks), blocks, pure=False, batch_size=64)
                for _, done in as_completed(futures, loop=client.loop, with_results=True):
                    yield done
        except (OSError, TimeoutError, RuntimeError) as error:
            raise _gone(self.address) from error


def _block_of(job: Job, block: int) -> tuple[int, dict[Key, Parts]]:
    return block, compute_block(job, block)


# The job of a worker process; it is sent once and stays for all of its blocks
_TAKEN: list[Job] = []


def _take(job: Any) -> None:
    _TAKEN[:] = [job]


def _numbered(block: int) -> tuple[int, dict[Key, Parts]]:
    return _block_of(_TAKEN[0], block)


def executor(cluster: str | None = None, *, workers: int = 1) -> AbstractExecutor:
    """The executor for a cluster's address, or for a number of processes here."""
    if cluster is not None:
        return DaskCluster(cluster)
    return Serial() if workers <= 1 else Processes(workers)


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
                "Run it again with the same folder: the blocks that were done are kept.",
                "Ejecútelo de nuevo con la misma carpeta: los bloques terminados se conservan.",
            ),
        )
    )
