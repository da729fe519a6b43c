"""Process executor: worker processes of this machine that may die without taking other work with them.

The pool of the standard library loses everything when one worker is killed (by the system for want of memory,
by an operator) and leaves workers behind when the parent is killed.  Pebble replaces workers, but they share one
pipe under one lock: a worker that is killed while it holds the lock, which happens with tasks of some size at the
first kill or the second, blocks all others for good (tried with 5.2).  Here each worker has a pipe of its own: a
dead one costs the task that it had, and is replaced.  A worker ends with its parent, however that ended.
"""

from __future__ import annotations

import contextlib
import importlib
import multiprocessing
import os
import pickle
import signal
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing import connection, forkserver, resource_tracker
from types import ModuleType
from typing import Any

from sim.experiment.execute.executor_protocol import WorkerLostError, usable_cores
from sim.experiment.execute.process_environment import leave_pandas_out
from sim.experiment.store.atomic_files import StoreError, reason

_GLANCE = 0.001
"""Seconds between two looks whether workers have ended."""
_PRELOADED = ["sim.experiment.execute.worker_preload"]
"""What the fork server imports once, so that its workers need not."""
_one_at_a_time = threading.Lock()
Task = tuple[Callable[..., Any], tuple[Any, ...]]


class ProcessExecutor:
    """Worker processes of this machine, as an executor.

    Parameters
    ----------
    workers : int, optional
        How many at most; as many as there are cores by default.  Each starts when there is work for it.
    """

    isolated = True

    def __init__(self, workers: int | None = None) -> None:
        self.workers = workers or usable_cores()
        # Each thread waits for a worker of its own; a thread starts when no other is free.
        self._threads = ThreadPoolExecutor(self.workers)
        self._by_thread: dict[int, Worker] = {}
        self._busy: set[int] = set()

    def warm_up(self) -> None:
        """Start the server that workers are forked from; it imports the model while the caller goes on.

        Raises
        ------
        StoreError
            If the system has no room for it.
        """
        if "forkserver" in multiprocessing.get_all_start_methods():
            forkserver.set_forkserver_preload(_PRELOADED)
            try:
                with without_interrupts():
                    forkserver.ensure_running()
            except OSError as error:
                where = tempfile.gettempdir()
                raise StoreError(
                    f"cannot start worker processes, which need a file in {where}: {reason(error)}"
                ) from error

    def submit(self, fn: Callable[..., Any], /, *args: Any) -> Future[Any]:
        """Have a function called by a worker; it, its arguments and its result are pickled."""
        return self._threads.submit(self._done, (fn, args))

    def _done(self, task: Task) -> Any:
        """Have a task done by the worker of this thread, which is replaced after its death."""
        thread = threading.get_ident()
        self._busy.add(thread)
        try:
            if thread not in self._by_thread:
                self.warm_up()
                self._by_thread[thread] = Worker()
            worker = self._by_thread[thread]
            worker.give(task)
            return worker.take()
        except WorkerLostError:
            self._by_thread.pop(thread).dismiss()
            raise
        finally:
            self._busy.remove(thread)

    def stop_running(self) -> None:
        """End the workers that are busy, and those that are just started to be; their tasks fail."""
        while self._busy:
            for worker in filter(None, map(self._by_thread.get, list(self._busy))):
                # It may just have been dismissed.
                with contextlib.suppress(ValueError):
                    worker.process.kill()
            time.sleep(_GLANCE)

    def shutdown(self) -> None:
        """End all workers."""
        self.stop_running()
        self._threads.shutdown()
        while self._by_thread:
            self._by_thread.popitem()[1].dismiss()


class Worker:
    """A process that does one task at a time.

    Parameters
    ----------
    method : str
        How the process starts: ``forkserver`` is quick once the server is warm, ``spawn`` waits for nothing.
    loads : sequence of str
        Modules that the process imports at once, before there is anything to do.
    """

    def __init__(self, method: str = "forkserver", loads: Sequence[str] = ()) -> None:
        if method not in multiprocessing.get_all_start_methods():
            method = "spawn"
        context: Any = multiprocessing.get_context(method)
        self.pipe, theirs = multiprocessing.Pipe()
        self.process = context.Process(target=_work, args=(theirs, loads), daemon=True)
        with without_interrupts(), without_main():
            self.process.start()
        # Only the worker may hold its end, so that its death shows as the end of the pipe.
        theirs.close()

    def give(self, task: Task) -> None:
        """Hand over a function and its arguments."""
        # If the worker is already dead, `take` will say so.
        with contextlib.suppress(OSError):
            self.pipe.send(task)

    def take(self) -> Any:
        """Wait for the result.

        Raises
        ------
        WorkerLostError
            If the process ended first.
        Exception
            What the function raised.
        """
        try:
            answer, error = self.pipe.recv()
        except (EOFError, OSError):
            self.process.join(timeout=5)
            raise WorkerLostError(_ending(self.process.exitcode)) from None
        if error is not None:
            raise error
        return answer

    def dismiss(self) -> None:
        """End the process."""
        self.process.kill()
        self.process.join()
        self.process.close()
        self.pipe.close()


def _work(pipe: connection.Connection, loads: Sequence[str]) -> None:
    """What a worker does: take a task, do it, answer, until the parent is gone."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    leave_pandas_out()
    for name in loads:
        importlib.import_module(name)
    while True:
        try:
            function, arguments = pipe.recv()
        except EOFError:
            return
        answer: tuple[Any, Exception | None]
        try:
            answer = (function(*arguments), None)
        except Exception as error:
            answer = (None, _portable(error))
        pipe.send(answer)


def _end_with_parent() -> None:
    """Wait until the parent has ended, however it did, and end too."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _portable(error: Exception) -> Exception:
    """Return the error itself if it can be sent to the parent, else one with the same text."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError("".join(traceback.format_exception(error)))
    return error


def _ending(code: int | None) -> str:
    if code is not None and code < 0:
        return f"was killed by {signal.Signals(-code).name}"
    return "did not answer" if code is None else f"ended with status {code}"


@contextlib.contextmanager
def without_main() -> Iterator[None]:
    """Start processes that do not import the main script again.

    All that our workers do stands in modules of ours.  A script of a user's would at best cost each of them its
    imports, and where it begins a sweep without asking whether it is the main one, each worker would begin it too.
    """
    with _one_at_a_time:
        main = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main


@contextlib.contextmanager
def without_interrupts(*, terminate: bool = True) -> Iterator[None]:
    """Start processes that never get Ctrl-C, nor what else ends a command: the parent decides what becomes of them.

    Parameters
    ----------
    terminate : bool
        Whether SIGTERM is kept from them too; Dask ends its own with that.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # Its start would lift our block again, so it must be running before.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(
        signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP} | ({signal.SIGTERM} if terminate else set())
    )
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
