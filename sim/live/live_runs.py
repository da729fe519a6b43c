"""Live runs of several users: one pool of workers, and a session for each user who shares it.

>>> from sim.live.wish import Wish
>>> with LiveRuns(workers=1) as live:
...     session = live.session("mine")
...     session.ask(Wish("beijing-2010", {"payment.delay": 3}, replications=2, quarters=4))
...     session.wait(300), session.values().outcome("agencies").shape
(True, (2, 4))
"""

from __future__ import annotations

import threading
from types import TracebackType

from sim.experiment.execute.executor_protocol import usable_cores
from sim.live.live_session import LiveSession
from sim.live.worker_messages import Answer, Begun, Message, Refused, RunDone, RunFailed
from sim.live.worker_pool import WorkerPool

_MOST_WORKERS = 4
"""Twenty runs of a city are done in a fraction of a second; more workers cost memory and start-up for little."""


class LiveRuns:
    """The workers and the sessions that share them; ends its workers when it is closed.

    Parameters
    ----------
    workers : int, optional
        Processes; as many as there are cores by default, at most four.
    """

    def __init__(self, workers: int | None = None) -> None:
        self._lock = threading.Lock()
        self._sessions: dict[str, LiveSession] = {}
        self.pool = WorkerPool(workers or min(usable_cores(), _MOST_WORKERS), self._receive, self._workers_changed)

    def session(self, channel: str) -> LiveSession:
        """The session of a name; a new one where there is none. The first starts the workers."""
        with self._lock:
            self.pool.start()
            if channel not in self._sessions:
                self._sessions[channel] = LiveSession(channel, self.pool)
            return self._sessions[channel]

    def forget(self, channel: str) -> None:
        """End a session; what it wished for is not run any more."""
        with self._lock:
            session = self._sessions.pop(channel, None)
        if session is not None:
            session.stop()

    def _receive(self, message: Message) -> None:
        if isinstance(message, Begun | RunDone | RunFailed | Refused | Answer):
            with self._lock:
                session = self._sessions.get(message.channel)
            if session is not None:
                session.receive(message)

    def _workers_changed(self) -> None:
        with self._lock:
            sessions = list(self._sessions.values())
        for session in sessions:
            session.workers_changed()

    def close(self) -> None:
        """End the workers."""
        self.pool.close()

    def __enter__(self) -> LiveRuns:
        """Return itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End the workers."""
        self.close()
