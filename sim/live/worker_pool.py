"""Worker pool: starts the live workers, hands messages on, and replaces a worker that was killed."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection

from sim.live.own_processes import module_command, module_environment
from sim.live.worker_messages import Compiling, Message, Order, Question, Ready

MOST_DEATHS = 3
"""Deaths in a row, without a result between them, after which a worker is not started again."""
_MODULE = "sim.live.worker_process"


class _Worker:
    """A process with its pipe and what is known of it."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(
                module_command(_MODULE, str(theirs.fileno())),
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                env=module_environment(),
            )
        self.pipe: Connection = Connection(ours.detach())
        self.is_ready = False

    def end(self) -> int:
        """End the process, and return its status."""
        self.process.kill()
        return self.process.wait()


class WorkerPool:
    """Some workers, each with a thread that takes what it sends.

    The second starts when the first has loaded the rules: then they are compiled, and the first is ready sooner.

    Parameters
    ----------
    workers : int
        How many.
    receive : callable
        Called with each message, in the thread of the worker that sent it.
    changed : callable
        Called when a worker became ready, was lost or replaced: orders have to be given again.
    """

    def __init__(self, workers: int, receive: Callable[[Message], None], changed: Callable[[], None]) -> None:
        self._size, self._receive, self._changed = workers, receive, changed
        self._lock = threading.RLock()
        self._workers: dict[int, _Worker] = {}
        self._started = self._closed = False
        self.is_compiling = False
        """Whether the rules are being compiled."""
        self.lost = ""
        """Why there is no worker any more, in words; empty while there is one."""

    def start(self) -> None:
        """Start the first worker, if that was not done before."""
        if not self._started:
            self._started = True
            self._start(0)

    def _start(self, place: int) -> None:
        threading.Thread(target=self._attend, args=(place,), name=f"live-{place}", daemon=True).start()

    @property
    def ready(self) -> list[int]:
        """Workers that take orders."""
        with self._lock:
            return [place for place, worker in sorted(self._workers.items()) if worker.is_ready]

    @property
    def processes(self) -> dict[int, int]:
        """Number of the process of each worker."""
        with self._lock:
            return {place: worker.process.pid for place, worker in self._workers.items()}

    def send(self, place: int, message: Order | Question) -> bool:
        """Give a worker something to do; false where it is gone."""
        with self._lock:
            worker = self._workers.get(place)
            if worker is None or not worker.is_ready:
                return False
            try:
                worker.pipe.send(message)
            except OSError:
                return False
            return True

    def _attend(self, place: int) -> None:
        """Start a worker, take its messages, and start it again when it ends."""
        deaths = 0
        while deaths < MOST_DEATHS:
            with self._lock:
                if self._closed:
                    return
                worker = self._workers[place] = _Worker()
            if self._listen(place, worker):
                deaths = 0
            with self._lock:
                status = worker.end()
                worker.pipe.close()
                del self._workers[place]
                if self._closed:
                    return
            deaths += 1
            self._changed()
        if place == 0:
            ended = f"by signal {-status}" if status < 0 else f"with status {status}"
            self.lost = f"the process that runs the model ended {deaths} times, the last time {ended}"
        self._changed()

    def _listen(self, place: int, worker: _Worker) -> bool:
        """Take messages until there are no more; whether any was a result."""
        useful = False
        with contextlib.suppress(EOFError, OSError):
            while True:
                message = worker.pipe.recv()
                if isinstance(message, Compiling):
                    self.is_compiling = True
                elif isinstance(message, Ready):
                    self._note_ready(place, worker)
                else:
                    useful = True
                    self._receive(message)
                    continue
                self._changed()
        return useful

    def _note_ready(self, place: int, worker: _Worker) -> None:
        self.is_compiling = False
        worker.is_ready = True
        following = place + 1
        if following < self._size and following not in self._workers:
            self._start(following)

    def close(self) -> None:
        """End all workers."""
        with self._lock:
            self._closed = True
            for worker in self._workers.values():
                worker.process.kill()
