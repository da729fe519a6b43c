"""Executor protocol: where chunks are computed.  Anything that follows `concurrent.futures.Executor` will do.

`submit` and `shutdown` are all that is needed, so an executor of another library serves as it is, for instance
``mpi4py.futures.MPIPoolExecutor``.  A future whose worker died raises `WorkerLostError`, or a
`concurrent.futures.BrokenExecutor`; its chunk is then submitted again.
"""

from __future__ import annotations

import concurrent.futures
import os
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future
from typing import Any, NamedTuple, Protocol, TypeVar

from sim.experiment.execute.process_environment import can_start_workers

T = TypeVar("T")
R = TypeVar("R")

MOST_DEATHS = 3
"""Workers that a task may cost before it is given up, where nothing else is said."""
_AHEAD = 2
"""Tasks submitted per worker: one in progress and one waiting, never a long queue."""


class ExecutorError(Exception):
    """The executor cannot be had: a package is missing, or no scheduler answers; the message is one line."""


class ExecutorLostError(ExecutorError):
    """The executor is gone with what it was computing (its scheduler has ended); what is done stays."""


class WorkerLostError(Exception):
    """The worker that a task was given to ended without an answer; the message says how.

    Attributes
    ----------
    deaths : int
        Workers that the task has cost.
    """

    def __init__(self, message: str, deaths: int = 1) -> None:
        super().__init__(message, deaths)
        self.deaths = deaths

    def __str__(self) -> str:
        return str(self.args[0])


class Lost(NamedTuple):
    """The answer for a task that was given up."""

    reason: str


class Executor(Protocol):
    """Computes functions, here or elsewhere.

    An executor may also say in `workers` how many tasks it computes at a time, in `isolated` whether its processes
    do nothing else, so that one may be ended to stop a run, and offer `stop_running` to end what is in progress.
    """

    def submit(self, fn: Callable[..., Any], /, *args: Any) -> Future[Any]:
        """Have a function called; the future has its result."""

    def shutdown(self) -> None:
        """Let go of everything; workers end."""


class SerialExecutor:
    """Computes in this process, at once: for a debugger, a notebook, or a few runs."""

    isolated = False
    workers = 1

    def submit(self, fn: Callable[..., Any], /, *args: Any) -> Future[Any]:
        """Call the function here."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args))
        except Exception as error:
            future.set_exception(error)
        return future

    def shutdown(self) -> None:
        """Nothing was opened."""


def usable_cores() -> int:
    """Cores that this process may use; one where worker processes are not supported."""
    if not can_start_workers():
        return 1
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS
        return os.cpu_count() or 1


def workers_of(executor: Executor) -> int:
    """How many tasks an executor computes at a time; as many as there are cores here where it does not say."""
    return int(getattr(executor, "workers", None) or usable_cores())


def completed(
    executor: Executor, function: Callable[[T], R], tasks: Iterable[T], most_deaths: int = MOST_DEATHS
) -> Generator[tuple[T, R | Lost]]:
    """Have a function called for every task; close the generator to stop what is in progress.

    Parameters
    ----------
    executor : Executor
        Where.
    function : callable
        Computes one task; may be called for it more than once, and must give the same result.
    tasks : iterable
        What to do; taken when a worker is free, so that it may be long.
    most_deaths : int
        Workers that a task may cost before it is answered with `Lost`.

    Yields
    ------
    task, answer
        In order of completion.

    Raises
    ------
    Exception
        What the function raised; tasks in progress are abandoned.
    """
    fresh, again = ((task, 0) for task in tasks), deque[tuple[T, int]]()
    pending: dict[Future[R], tuple[T, int]] = {}
    workers = workers_of(executor)
    most = workers * _AHEAD if workers > 1 else 1
    try:
        while True:
            while len(pending) < most and (given := again.popleft() if again else next(fresh, None)) is not None:
                pending[_submitted(executor, function, given[0])] = given
            if not pending:
                return
            for future in concurrent.futures.wait(pending, return_when=FIRST_COMPLETED).done:
                task, deaths = pending.pop(future)
                try:
                    yield task, future.result()
                except (WorkerLostError, BrokenExecutor) as lost:
                    deaths += getattr(lost, "deaths", 1)
                    if deaths < most_deaths:
                        again.append((task, deaths))
                    else:
                        yield task, Lost(f"{deaths} workers died of it; the last {lost}")
    finally:
        for future in pending:
            future.cancel()
        if pending and hasattr(executor, "stop_running"):
            executor.stop_running()


def _submitted(executor: Executor, function: Callable[[T], R], task: T) -> Future[R]:
    try:
        return executor.submit(function, task)
    except BrokenExecutor as error:
        raise ExecutorLostError(
            f"the executor is broken ({error}); what is done stays, and a new one goes on"
        ) from error
