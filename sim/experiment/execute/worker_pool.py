"""Worker processes that may die without taking the work with them.

The bare pools of the standard library lose everything when one worker is killed (by the system for want of
memory, by an operator), cannot tell which piece of work killed it, and leave workers behind when the parent
is killed.  Here each worker has a pipe of its own, so that it is known what it was busy with: a dead worker
is replaced, its chunk tried again, and given up after `MOST_DEATHS`.  A worker ends with its parent, however
that ended.

A chunk must be repeatable: whoever does it a second time does the same and writes over it.
"""

from __future__ import annotations

import contextlib
import importlib
import multiprocessing
import os
import pickle
import signal
import threading
import traceback
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from multiprocessing import connection
from typing import Any, Generic, NamedTuple, TypeVar

from sim.experiment.execute.process_environment import can_start_workers, leave_pandas_out
from sim.experiment.execute.worker_start import deaf_to_interrupts, warm_up, without_main

C = TypeVar("C")
R = TypeVar("R")

MOST_DEATHS = 3
"""Workers that a chunk may cost before it is given up."""


class WorkerDiedError(Exception):
    """A worker ended without an answer; the message says how."""


class Lost(NamedTuple):
    """The answer for a chunk that was given up."""

    reason: str


def usable_cores() -> int:
    """Cores that this process may use; one where worker processes are not supported."""
    if not can_start_workers():
        return 1
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS
        return os.cpu_count() or 1


def work_off(
    task: Callable[[C], R], chunks: Iterable[C], workers: int, most_deaths: int = MOST_DEATHS
) -> Generator[tuple[C, R | Lost]]:
    """Do a task for every chunk, in this process or in several.

    Parameters
    ----------
    task : callable
        Does one chunk; with more than one worker it and its answers are pickled.
    chunks : iterable
        What to do; taken one by one, as workers become free.
    workers : int
        Processes; with 1 the work is done here.
    most_deaths : int
        Workers that a chunk may cost before it is given up.

    Yields
    ------
    chunk, answer
        In order of completion.  The answer is `Lost` when the chunk cost too many workers.

    Raises
    ------
    Exception
        What the task raised; chunks under way are abandoned.
    """
    if workers <= 1:
        for chunk in chunks:
            yield chunk, task(chunk)
        return
    yield from work_off_apart(task, chunks, workers, most_deaths)


def work_off_apart(
    task: Callable[[C], R], chunks: Iterable[C], workers: int, most_deaths: int = MOST_DEATHS
) -> Generator[tuple[C, R | Lost]]:
    """Do the same in processes of our own always, also where it is one; nothing that a task does harms ours."""
    warm_up()
    with contextlib.closing(_Crew(task, chunks, workers, most_deaths)) as crew:
        yield from crew.answers()


class Worker(Generic[C, R]):
    """A process that does a task for one chunk at a time.

    Parameters
    ----------
    task : callable
        Does one chunk.
    method : str
        How the process starts: ``forkserver`` is quick once the server is warm, ``spawn`` waits for nobody.
    loads : sequence of str
        Modules that the process imports at once, before there is anything to do.
    """

    def __init__(self, task: Callable[[C], R], method: str = "forkserver", loads: Sequence[str] = ()) -> None:
        if method not in multiprocessing.get_all_start_methods():
            method = "spawn"
        context: Any = multiprocessing.get_context(method)
        self.pipe, theirs = multiprocessing.Pipe()
        self.process = context.Process(target=_serve, args=(task, theirs, loads), daemon=True)
        with deaf_to_interrupts(), without_main():
            self.process.start()
        # Only the worker may hold its end, so that its death shows as the end of the pipe.
        theirs.close()

    def give(self, chunk: C) -> None:
        """Hand over a chunk."""
        # If the worker is already dead, `take` will say so.
        with contextlib.suppress(OSError):
            self.pipe.send(chunk)

    def take(self) -> R:
        """Wait for the answer to the chunk.

        Raises
        ------
        WorkerDiedError
            If the process ended first.
        Exception
            What the task raised.
        """
        try:
            answer, error = self.pipe.recv()
        except (EOFError, OSError):
            self.process.join(timeout=5)
            raise WorkerDiedError(_ending(self.process.exitcode)) from None
        if error is not None:
            raise error
        result: R = answer
        return result

    def dismiss(self) -> None:
        """End the process; one that is not busy has nothing to lose."""
        self.process.kill()
        self.process.join()
        self.process.close()
        self.pipe.close()


class _Crew(Generic[C, R]):
    """Workers, what each is busy with, and what is still to do."""

    def __init__(self, task: Callable[[C], R], chunks: Iterable[C], workers: int, most_deaths: int) -> None:
        self.task = task
        self.fresh = iter(chunks)
        self.again: deque[tuple[C, int]] = deque()
        self.size = workers
        self.most_deaths = most_deaths
        self.busy: dict[Any, tuple[Worker[C, R], C, int]] = {}

    def answers(self) -> Iterator[tuple[C, R | Lost]]:
        """Keep every worker busy until nothing is left to do."""
        while len(self.busy) < self.size and self.employ(None):
            pass
        while self.busy:
            for pipe in connection.wait(list(self.busy)):
                worker, chunk, deaths = self.busy.pop(pipe)
                try:
                    answer: R | Lost = worker.take()
                except WorkerDiedError as death:
                    worker.dismiss()
                    deaths += 1
                    if deaths < self.most_deaths:
                        self.again.append((chunk, deaths))
                        self.employ(None)
                        continue
                    answer = Lost(f"{deaths} workers died of it; the last {death}")
                    self.employ(None)
                except BaseException:
                    worker.dismiss()
                    raise
                else:
                    self.employ(worker)
                yield chunk, answer

    def employ(self, worker: Worker[C, R] | None) -> bool:
        """Give a worker the next chunk, or its leave; a new one is called only where there is work."""
        given = self.again.popleft() if self.again else None
        if given is None:
            for chunk in self.fresh:
                given = (chunk, 0)
                break
        if given is None:
            if worker is not None:
                worker.dismiss()
            return False
        worker = worker or Worker(self.task)
        self.busy[worker.pipe] = (worker, *given)
        worker.give(given[0])
        return True

    def close(self) -> None:
        """Dismiss whoever is still there."""
        while self.busy:
            self.busy.popitem()[1][0].dismiss()


def _serve(task: Callable[[Any], Any], pipe: connection.Connection, loads: Sequence[str]) -> None:
    """Live a worker's life: take a chunk, do it, answer; until the parent is gone."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    leave_pandas_out()
    for name in loads:
        importlib.import_module(name)
    while True:
        try:
            chunk = pipe.recv()
        except EOFError:
            return
        answer: tuple[Any, Exception | None]
        try:
            answer = (task(chunk), None)
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
    """Return the error itself if it survives the way to the parent, else one that tells the same."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError("".join(traceback.format_exception(error)))
    return error


def _ending(code: int | None) -> str:
    if code is not None and code < 0:
        return f"was killed by {signal.Signals(-code).name}"
    return "did not answer" if code is None else f"ended with status {code}"
