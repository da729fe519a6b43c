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
import queue
import signal
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from multiprocessing import connection
from typing import Any

from sim.experiment.execute.executor_protocol import WorkerLostError, usable_cores
from sim.experiment.execute.process_environment import leave_pandas_out
from sim.experiment.execute.worker_start import deaf_to_interrupts, warm_up, without_main

_GLANCE = 0.001
"""Seconds between two looks whether workers have ended."""
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
        self._tasks: queue.SimpleQueue[tuple[Future[Any], Task] | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._running: dict[int, Worker] = {}
        self._unfinished = 0
        self._lock = threading.Lock()

    def warm_up(self) -> None:
        """Start the server that workers are forked from, while the caller goes on."""
        warm_up()

    def submit(self, fn: Callable[..., Any], /, *args: Any) -> Future[Any]:
        """Have a function called by a worker; it, its arguments and its result are pickled."""
        future: Future[Any] = Future()
        future.add_done_callback(self._count_down)
        with self._lock:
            self._unfinished += 1
            missing = len(self._threads) < min(self._unfinished, self.workers)
        self._tasks.put((future, (fn, args)))
        if missing:
            warm_up()
            thread = threading.Thread(target=self._serve, args=(Worker(),), daemon=True)
            self._threads.append(thread)
            thread.start()
        return future

    def _count_down(self, _future: Future[Any]) -> None:
        with self._lock:
            self._unfinished -= 1

    def _serve(self, worker: Worker | None) -> None:
        """Hand tasks to one worker, and replace it when it dies."""
        while (item := self._tasks.get()) is not None:
            future, task = item
            if not future.set_running_or_notify_cancel():
                continue
            try:
                worker = worker or Worker()
                self._running[id(worker)] = worker
                worker.give(task)
                result, error = worker.take(), None
            except BaseException as raised:
                result, error = None, raised
            self._running.pop(id(worker), None)
            if worker is not None and isinstance(error, WorkerLostError):
                worker.dismiss()
                worker = None
            if error is None:
                future.set_result(result)
            else:
                future.set_exception(error)
        if worker is not None:
            worker.dismiss()

    def stop_running(self) -> None:
        """End the workers that are busy; their tasks fail, and others take their place."""
        for worker in list(self._running.values()):
            # It may just have been dismissed.
            with contextlib.suppress(ValueError):
                worker.process.kill()
        while self._running:
            time.sleep(_GLANCE)

    def shutdown(self) -> None:
        """End all workers."""
        self.stop_running()
        for _ in self._threads:
            self._tasks.put(None)
        for thread in self._threads:
            thread.join()
        self._threads.clear()


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
        with deaf_to_interrupts(), without_main():
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
