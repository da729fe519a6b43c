"""The engine that the user asked for."""

from __future__ import annotations

from sim.experiment.engines import Engine
from sim.experiment.engines.local import Processes, Serial


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
    EngineError
        If the cluster cannot be had.
    """
    if dask is not None:
        from sim.experiment.engines.cluster import Cluster

        return Cluster(dask, workers)
    return Serial() if workers == 0 else Processes(workers)
