"""Executor choice: the one that the user asked for."""

from __future__ import annotations

import contextlib
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
        If `workers` is no number of processes.
    ExecutorError
        If the cluster cannot be had.
    """
    check_workers(workers)
    executor: Executor
    if dask is not None:
        from sim.experiment.execute.dask_executor import DaskExecutor

        executor = DaskExecutor(dask, workers)
    else:
        executor = SerialExecutor() if workers == 0 or not can_start_workers() else ProcessExecutor(workers)
    try:
        yield executor
    finally:
        executor.shutdown()


def check_workers(workers: object) -> None:
    """See that this is a number of processes, or None.

    Raises
    ------
    QueryError
        If it is not.
    """
    if workers is not None and (not isinstance(workers, Integral) or int(workers) < 0):
        raise QueryError(f"expected a number of worker processes, a whole number from 0; found {workers!r}")
