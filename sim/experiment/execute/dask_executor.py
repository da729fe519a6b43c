"""Dask executor, for more than one machine: any Dask scheduler, or a local cluster to try it on.

Workers write their chunks themselves, so scheduler and workers must see the results folder under the same
path (a shared file system).  Start workers with one thread each, under a nanny (the usual way), so that one
that a run has killed is replaced.
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from sim.experiment.execute.executor_protocol import ExecutorError, ExecutorLostError, WorkerLostError, usable_cores
from sim.experiment.execute.process_executor import without_interrupts
from sim.experiment.store.optional_packages import install_command

R = TypeVar("R")

_SOCKETS = ("tcp", "tls", "ws", "wss")
"""Schemes of addresses at which a plain connection can be tried."""
LOCAL = "local"
"""Address that stands for a cluster of our own on this machine."""
_HERE = "127.0.0.1"
"""Where a cluster of our own listens: it runs whatever it is sent, so nobody else may reach it."""
_PATIENCE = 30
"""Seconds to wait for a scheduler to answer, and for a first worker."""
_PATIENT = {"distributed.deploy.lost-worker-timeout": "1 day"}
"""A local cluster dismisses a worker some seconds after a death if it dies again; we need it."""
_HANDING_OVER = 10
"""Seconds that an answer which is ready may take to come here."""
_GLANCE = 0.01
"""Seconds between two looks for an answer."""
_LOOK = 5
"""Seconds without an answer after which it is asked, again and again, whether any worker is busy."""
_FORGOTTEN = 3
"""Looks in a row that found workers and none of them busy, after which the scheduler has lost a task."""

_LEAVING = 0.2
"""Seconds to take leave of a cluster that is gone or was stopped."""


class DaskExecutor:
    """Workers of a Dask scheduler, as an executor.

    Parameters
    ----------
    address : str
        As ``tcp://host:8786``; or ``local``.
    workers : int, optional
        Processes of a local cluster; as many as there are cores by default.

    Raises
    ------
    ExecutorError
        If Dask is not installed, no scheduler answers, or there are no workers.
    """

    def __init__(self, address: str, workers: int | None = None) -> None:
        self._opened = contextlib.ExitStack()
        self._cluster: Any = None
        self._stopped = False
        self.address = address
        # A thread does it, because the signals that end a command must not reach the processes that are started
        # from here, and the caller must get them while it waits.
        threads = _in_thread(lambda: self._open(address, workers or usable_cores()))
        self.workers = max(sum(threads.values()), 1)
        # A worker of one thread does nothing beside our run, so it may end itself.
        self.isolated = all(count == 1 for count in threads.values())
        self._given: dict[Future[Any], Any] = {}
        self._closed = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def _open(self, address: str, workers: int) -> dict[str, int]:
        """Connect, or begin a cluster; return the threads of each worker."""
        try:
            with without_interrupts(terminate=False):
                self.client = self._connected(address, workers)
            return self._threads()
        except BaseException:
            self._opened.close()
            raise

    def _connected(self, address: str, workers: int) -> Any:
        try:
            import dask
            import distributed
        except ImportError:
            raise ExecutorError(f"Dask is not installed: {install_command('cluster')}") from None
        # What Dask says of lost workers is for its developers; we report what became of the runs.
        _silence()
        try:
            if address == LOCAL:
                self._opened.enter_context(dask.config.set(_PATIENT))
                options = {"host": _HERE, "dashboard_address": f"{_HERE}:0", "silence_logs": 50}
                cluster = distributed.LocalCluster(n_workers=workers, threads_per_worker=1, processes=True, **options)
                address = self._cluster = self._opened.enter_context(cluster)
            else:
                _knock(address)
            client = distributed.Client(address, timeout=_PATIENCE, set_as_default=False)
            return self._opened.enter_context(client)
        except RuntimeError as error:
            if address != LOCAL:
                raise
            # Dask's processes import the main script again, and cannot when it begins a cluster of its own there.
            raise ExecutorError(
                f"the local Dask cluster did not start ({error}); a script that asks for one keeps its own work "
                "under: if __name__ == '__main__':"
            ) from None
        except (OSError, ValueError, TimeoutError) as error:
            raise ExecutorError(f"no Dask scheduler answers at {address} ({type(error).__name__}: {error})") from None

    def _threads(self) -> dict[str, int]:
        """Threads of each worker, once there is one."""
        try:
            self.client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError:
            raise ExecutorError(f"the Dask scheduler has had no worker for {_PATIENCE} seconds") from None
        except OSError as error:
            raise ExecutorError(f"the Dask scheduler at {self.address} has ended ({error})") from None
        threads: dict[str, int] = self.client.nthreads()
        return threads

    def submit(self, fn: Callable[..., Any], /, *args: Any) -> Future[Any]:
        """Have a function called by a worker of the cluster."""
        self._raise_if_lost()
        self._stopped = False
        future: Future[Any] = Future()
        # Not pure: a task that is given again after a death is another one.
        try:
            self._given[future] = self.client.submit(fn, *args, pure=False)
        except Exception:
            # Dask refuses with whatever it has at hand once it has noticed that the scheduler is gone.
            self._raise_if_lost()
            raise
        return future

    def _watch(self) -> None:
        """Pass on the answers of tasks that have ended."""
        heard, idle = time.monotonic(), 0
        while not self._closed.wait(_GLANCE):
            if self._is_lost():
                self._fail_all()
                continue
            ended = [future for future, task in list(self._given.items()) if task.done() or future.cancelled()]
            if not ended and self._given and time.monotonic() - heard > _LOOK:
                heard = time.monotonic()
                idle = idle + 1 if self._stands_idle() else 0
                # Dask may lose sight of a task whose worker died; it would wait for it for good.
                ended = list(self._given)[: idle == _FORGOTTEN]
            for future in ended:
                heard, idle = time.monotonic(), 0
                task = self._given.pop(future)
                if not future.set_running_or_notify_cancel():
                    task.cancel(force=True)
                    continue
                try:
                    future.set_result(_result(task))
                except WorkerLostError as error:
                    future.set_exception(self._gone() if self._is_silent() else error)
                except Exception as error:
                    future.set_exception(error)

    def _stands_idle(self) -> bool:
        """Whether there are workers and none has anything to do; while they start again, tasks may well wait."""
        try:
            return bool(self.client.nthreads()) and not any(self.client.processing().values())
        except OSError:
            return False

    def _is_lost(self) -> bool:
        """Whether the scheduler has gone; Dask would try for long to have it back, and has forgotten all tasks."""
        return self.client.status not in ("running", "newly-created")

    def _is_silent(self) -> bool:
        """Whether nobody listens any more where the scheduler was; Dask itself takes a while to notice."""
        if self._is_lost():
            return True
        try:
            _knock(self.client.scheduler.address)
        except (OSError, ValueError):
            return True
        return False

    def _gone(self) -> ExecutorLostError:
        return ExecutorLostError(f"the Dask scheduler at {self.address} has ended, or cannot be reached any more")

    def _raise_if_lost(self) -> None:
        if self._is_lost():
            raise self._gone()

    def _fail_all(self) -> None:
        """Say of everything in progress that the scheduler is gone."""
        for future in list(self._given):
            del self._given[future]
            if future.set_running_or_notify_cancel():
                future.set_exception(self._gone())

    def stop_running(self) -> None:
        """End the workers of a cluster of our own, which are replaced; those of another finish what they are doing."""
        self._stopped = True
        for worker in getattr(self._cluster, "workers", {}).values():
            process = getattr(getattr(worker, "process", None), "process", None)
            if process is not None and process.pid is not None:
                with contextlib.suppress(OSError):
                    os.kill(process.pid, signal.SIGKILL)

    def shutdown(self) -> None:
        """Leave the cluster; one of our own ends."""
        gone = self._stopped or self._is_lost()
        self._closed.set()
        closing = threading.Thread(target=self._opened.close, daemon=True)
        closing.start()
        # A scheduler that is gone, and workers that were ended, are not waited for.
        closing.join(_LEAVING if gone else None)


def _silence() -> None:
    """Let libraries log nothing but what ends the program; Dask gives many of its loggers levels of their own."""
    below = [name for name in logging.root.manager.loggerDict if name.startswith("distributed.")]
    for name in ("distributed", "tornado", "asyncio", *below):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def _in_thread(function: Callable[[], R]) -> R:
    """Call a function in a thread that does not keep the process, and wait for its result."""
    future: Future[R] = Future()

    def call() -> None:
        try:
            future.set_result(function())
        except BaseException as error:
            future.set_exception(error)

    threading.Thread(target=call, daemon=True).start()
    return future.result()


def _result(task: Any) -> Any:
    """The result of a task that has ended, or was lost.

    Raises
    ------
    WorkerLostError
        If its workers died.
    Exception
        What the function raised.
    """
    from distributed.client import CancelledError
    from distributed.scheduler import KilledWorker

    error = task.exception() if task.status == "error" else None
    if isinstance(error, KilledWorker):
        # Dask itself gives up after a few deaths, of whichever run; the chunk knows which.
        raise WorkerLostError("was killed", error.allowed_failures + 1)
    if error is not None:
        raise error
    if task.done():
        # The function raised nothing: an OSError is of the connection over which the answer should have come.
        with contextlib.suppress(TimeoutError, CancelledError, KilledWorker, OSError):
            return task.result(timeout=_HANDING_OVER)
    # Its worker has died with the answer, and Dask's own attempts to have it again may never end.
    with contextlib.suppress(OSError):
        task.cancel(force=True)
    raise WorkerLostError("was lost")


def _knock(address: str) -> None:
    """See whether a program listens at an address: Dask itself would go on trying for a long while.

    Raises
    ------
    OSError, ValueError
        If none does, or it is no address.
    """
    from distributed.comm import get_address_host_port, parse_address

    scheme, _ = parse_address(address)
    if scheme == "inproc":
        return
    where = get_address_host_port(address, strict=True)
    if scheme in _SOCKETS:
        with socket.create_connection(where, timeout=_PATIENCE):
            pass
