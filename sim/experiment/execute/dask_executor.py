"""The engine beyond one machine: any Dask scheduler, or a local cluster to try it on.

Workers write their chunks themselves, so scheduler and workers must see the results folder under the same
path (a shared file system).  Start workers with one thread each, under a nanny (the usual way), so that one
that a run has killed is replaced.
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import socket
import time
from collections.abc import Callable, Generator, Iterable
from typing import Any, TypeVar

from sim.experiment.execute.executor_protocol import EngineError
from sim.experiment.execute.worker_pool import Lost, usable_cores

C = TypeVar("C")
R = TypeVar("R")

_SOCKETS = ("tcp", "tls", "ws", "wss")
"""Schemes of addresses at which a plain connection can be tried."""
LOCAL = "local"
"""Address that stands for a cluster of our own on this machine."""
_PATIENCE = 30
"""Seconds to wait for a scheduler to answer, and for a first worker."""
_PATIENT = {"distributed.deploy.lost-worker-timeout": "1 day"}
"""A local cluster dismisses who is away some seconds after a death, and a worker that dies again is; we need it."""
_HANDING_OVER = 10
"""Seconds that an answer which is ready may take to come here."""
_GLANCE = 0.01
"""Seconds between two looks for an answer."""
_LOOK = 5
"""Seconds without an answer after which it is asked, again and again, whether anybody is at work."""
_FORGOTTEN = 3
"""Looks in a row that found workers and none of them at work, after which a task has been lost sight of."""
_AHEAD = 2
"""Chunks that are handed out per worker: one under way and one waiting, never a long queue in the scheduler."""


class Cluster:
    """Workers of a Dask scheduler.

    Parameters
    ----------
    address : str
        As ``tcp://host:8786``; or ``local``.
    workers : int, optional
        Processes of a local cluster; as many as there are cores by default.

    Raises
    ------
    EngineError
        If Dask is not installed, nobody answers, or there are no workers.
    """

    def __init__(self, address: str, workers: int | None = None) -> None:
        self._open = contextlib.ExitStack()
        try:
            self.client = self._connected(address, workers or usable_cores())
            threads = self._threads()
        except BaseException:
            self._open.close()
            raise
        self.workers = sum(threads.values())
        # A worker of one thread does nothing beside our run, so it may end itself.
        self.isolated = all(count == 1 for count in threads.values())

    def _connected(self, address: str, workers: int) -> Any:
        try:
            import dask
            import distributed
        except ImportError:
            raise EngineError(
                "Dask is not installed; install the extra: pip install 'social-work-sim[cluster]'"
            ) from None
        # What Dask says of lost workers is for its developers; we tell what became of the runs.
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        try:
            if address == LOCAL:
                self._open.enter_context(dask.config.set(_PATIENT))
                cluster = distributed.LocalCluster(
                    n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=":0", silence_logs=50
                )
                address = self._open.enter_context(cluster)
            else:
                _knock(address)
            client = distributed.Client(address, timeout=_PATIENCE, set_as_default=False)
            return self._open.enter_context(client)
        except RuntimeError as error:
            if address != LOCAL:
                raise
            # Dask's processes import the main script again, and cannot when it begins a cluster of its own there.
            raise EngineError(
                f"the local Dask cluster did not start ({error}); a script that asks for one keeps its own work "
                "under: if __name__ == '__main__':"
            ) from None
        except (OSError, ValueError, TimeoutError) as error:
            raise EngineError(f"no Dask scheduler answers at {address} ({type(error).__name__}: {error})") from None

    def _threads(self) -> dict[str, int]:
        """Threads of each worker, once there is one."""
        try:
            self.client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError:
            raise EngineError(f"the Dask scheduler has had no worker for {_PATIENCE} seconds") from None
        threads: dict[str, int] = self.client.nthreads()
        return threads

    def warm_up(self) -> None:
        """Workers are there already."""

    def answers(self, task: Callable[[C], R], chunks: Iterable[C], most_deaths: int) -> Generator[tuple[C, R | Lost]]:
        """Do a task for every chunk on the cluster."""
        fresh = iter(chunks)
        given: dict[Any, tuple[C, int]] = {}

        def give(chunk: C, deaths: int) -> None:
            # Not pure: a chunk that is given again after a death is another task.
            given[self.client.submit(task, chunk, pure=False)] = (chunk, deaths)

        for chunk in itertools.islice(fresh, _AHEAD * max(self.workers, 1)):
            give(chunk, 0)
        try:
            while given:
                future = self._next(given)
                chunk, deaths = given.pop(future)
                answer, died = _taken(future)
                if died and deaths + died < most_deaths:
                    give(chunk, deaths + died)
                    continue
                yield chunk, Lost(f"{deaths + died} workers died of it") if died else answer
                for another in itertools.islice(fresh, 1):
                    give(another, 0)
        finally:
            self.client.cancel(list(given), force=True)

    def _next(self, given: Iterable[Any]) -> Any:
        """A task that has ended; or, where workers have stood idle for a while, one that must be given again."""
        looked, idle = time.monotonic(), 0
        while True:
            for future in given:
                if future.done():
                    return future
            time.sleep(_GLANCE)
            if time.monotonic() - looked > _LOOK:
                looked = time.monotonic()
                idle = idle + 1 if self._stands_idle() else 0
                # Dask may lose sight of a task whose worker died; it would wait for it for good.
                if idle == _FORGOTTEN:
                    return next(iter(given))

    def _stands_idle(self) -> bool:
        """Whether there are workers and none has anything to do; while they start again, tasks may well wait."""
        return bool(self.client.nthreads()) and not any(self.client.processing().values())

    def close(self) -> None:
        """Leave the cluster; one of our own ends."""
        self._open.close()


def _taken(future: Any) -> tuple[Any, int]:
    """The answer of a task that has ended, and how many workers died before there was one.

    Raises
    ------
    Exception
        What the task raised.
    """
    from distributed.client import CancelledError
    from distributed.scheduler import KilledWorker

    error = future.exception() if future.status == "error" else None
    if isinstance(error, KilledWorker):
        # Dask itself gives up after a few deaths, of whichever run; the chunk knows which.
        return None, error.allowed_failures + 1
    if error is not None:
        raise error
    if not future.done():
        future.cancel(force=True)
        return None, 1
    try:
        return future.result(timeout=_HANDING_OVER), 0
    except (TimeoutError, CancelledError, KilledWorker):
        # Its worker has died with the answer, and Dask's own attempts to have it again may never end.
        future.cancel(force=True)
        return None, 1


def _knock(address: str) -> None:
    """See whether somebody listens at an address: Dask itself would go on trying for a long while.

    Raises
    ------
    OSError, ValueError
        If nobody does, or it is no address.
    """
    from distributed.comm import get_address_host_port, parse_address

    scheme, _ = parse_address(address)
    if scheme == "inproc":
        return
    where = get_address_host_port(address, strict=True)
    if scheme in _SOCKETS:
        with socket.create_connection(where, timeout=_PATIENCE):
            pass
