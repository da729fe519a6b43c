"""Run questions: what is asked of single runs, kept until it is answered, and asked again of a new worker."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from typing import Any

from sim.live.wish import Wish
from sim.live.worker_messages import Answer, Question
from sim.live.worker_pool import WorkerPool


class LiveError(RuntimeError):
    """A question about a run has no answer; the message says why."""


class RunQuestions:
    """Questions of one session.

    Parameters
    ----------
    channel : str
        Name of the session.
    pool : WorkerPool
        The workers; the first that is ready answers all questions, so that it has the run at hand.
    """

    def __init__(self, channel: str, pool: WorkerPool) -> None:
        self._channel, self._pool = channel, pool
        self._lock = threading.Lock()
        self._waiting: dict[int, tuple[Question, Future[Any]]] = {}
        self._number = 0

    def ask(self, wish: Wish | None, replication: int, name: str, arguments: tuple[Any, ...]) -> Future[Any]:
        """Ask something; the future raises `LiveError` where there is no answer."""
        answer: Future[Any] = Future()
        if wish is None or self._pool.lost:
            answer.set_exception(LiveError(self._pool.lost or "nothing has been run yet"))
            return answer
        with self._lock:
            self._number += 1
            question = Question(self._channel, self._number, wish, replication, name, arguments)
            self._waiting[self._number] = question, answer
        self._send(question)
        return answer

    def _send(self, question: Question) -> None:
        for place in self._pool.ready[:1]:
            self._pool.send(place, question)

    def take(self, answer: Answer) -> None:
        """Take an answer; one that was given twice counts once."""
        with self._lock:
            found = self._waiting.pop(answer.number, None)
        if found is None or not found[1].set_running_or_notify_cancel():
            return
        if answer.error:
            found[1].set_exception(LiveError(answer.error))
        else:
            found[1].set_result(answer.result)

    def ask_again(self) -> None:
        """Ask again what was not answered, as the worker that had it may be gone; give up where none will come."""
        with self._lock:
            waiting = list(self._waiting.values())
        for question, _ in waiting:
            if self._pool.lost:
                self.take(Answer(question.channel, question.number, error=self._pool.lost))
            else:
                self._send(question)
