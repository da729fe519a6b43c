"""The engine that the user asked for."""

from __future__ import annotations

from numbers import Integral

from sim.experiment.execute.executor_protocol import Engine
from sim.experiment.execute.local_executors import Processes, Serial
from sim.experiment.execute.process_environment import can_start_workers
from sim.experiment.store.sweep_parts import QueryError


def engine(workers: int | None = None, dask: str | None = None) -> Engine:
    """Choose an engine.

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
    EngineError
        If the cluster cannot be had.
    """
    check_workers(workers)
    if dask is not None:
        from sim.experiment.execute.dask_executor import Cluster

        return Cluster(dask, workers)
    return Serial() if workers == 0 or not can_start_workers() else Processes(workers)


def check_workers(workers: object) -> None:
    """See that this is a number of processes, or None.

    Raises
    ------
    QueryError
        If it is not.
    """
    if workers is not None and (not isinstance(workers, Integral) or int(workers) < 0):
        raise QueryError(f"workers are so many processes, a whole number from 0; found {workers!r}")
