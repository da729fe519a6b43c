"""Executor choice: the one that the user asked for."""

from __future__ import annotations

import contextlib
import multiprocessing
from collections.abc import Iterator
from numbers import Integral

from sim.experiment.execute.executor_protocol import Executor, SerialExecutor
from sim.experiment.execute.process_environment import can_start_workers
from sim.experiment.execute.process_executor import ProcessExecutor
from sim.experiment.store.part_reader import QueryError


@contextlib.contextmanager
def opened_executor(workers: int | None = None, dask: str | None = None) -> Iterator[Executor]:
    """An executor that is shut down at the end.

    Parameters
    ----------
    workers : int, optional
        Worker processes; 0 does everything in this process; every core by default.
    dask : str, optional
        Address of a Dask scheduler, or ``local``.

    Raises
    ------
    QueryError
        If `workers` is no number of processes, or more than one inside a worker of another pool.
    ExecutorError
        If the cluster cannot be had.
    """
    check_workers(workers)
    executor: Executor
    if dask is not None:
        from sim.experiment.execute.dask_executor import DaskExecutor

        executor = DaskExecutor(dask, workers)
    else:
        executor = local_executor(workers)
    try:
        yield executor
    finally:
        executor.shutdown()


def local_executor(workers: int | None) -> Executor:
    """An executor of this machine: worker processes, or this process where it may not start any.

    A worker of another program's pool (`multiprocessing.Pool`, a worker of Dask) may not: one worker, or none asked
    for, is this process then.

    Raises
    ------
    QueryError
        If such a process is to start several workers.
    """
    if workers == 0 or not can_start_workers():
        return SerialExecutor()
    if not multiprocessing.current_process().daemon:
        return ProcessExecutor(workers)
    if workers is not None and workers > 1:
        raise QueryError(
            f"{workers} workers cannot start here: this process is itself a worker of a pool, which may have none; "
            "use workers=1 or 0, or a concurrent.futures.ProcessPoolExecutor for the pool"
        )
    return SerialExecutor()


def check_workers(workers: object) -> None:
    """See that this is a number of processes, or None.

    Raises
    ------
    QueryError
        If it is not.
    """
    if workers is not None and (not isinstance(workers, Integral) or int(workers) < 0):
        raise QueryError(f"expected a number of worker processes, a whole number from 0; found {workers!r}")
