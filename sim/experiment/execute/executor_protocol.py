"""Where runs are done: in this process, in processes of our own, or on a cluster.

An engine does a task for each chunk and hands back the answers as they come.  That is all: what a chunk is,
whether it was done before, and where its results go are other rooms' business.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from typing import Protocol, TypeVar

from sim.experiment.execute.worker_pool import Lost

C = TypeVar("C")
R = TypeVar("R")


class EngineError(Exception):
    """The engine cannot be had: a package is missing, or nobody answers; the message is one line."""


class Engine(Protocol):
    """Who does the work.

    Attributes
    ----------
    isolated : bool
        Whether tasks are done by processes that exist for them alone and may be ended.
    workers : int
        How many chunks are done at a time.
    """

    isolated: bool
    workers: int

    def warm_up(self) -> None:
        """Begin to get ready, while the caller goes on."""

    def answers(self, task: Callable[[C], R], chunks: Iterable[C], most_deaths: int) -> Generator[tuple[C, R | Lost]]:
        """Do a task for every chunk.

        Parameters
        ----------
        task : callable
            Does one chunk; a chunk may be done more than once, and must come to the same.
        chunks : iterable
            What to do; taken when somebody is free, so that it may be long.
        most_deaths : int
            Workers that a chunk may cost before it is answered with `Lost`.  A cluster counts deaths of chunks that
            waited at the same worker too, so ask for several times as many there.

        Yields
        ------
        chunk, answer
            In order of completion.

        Raises
        ------
        Exception
            What the task raised; chunks under way are abandoned.
        """

    def close(self) -> None:
        """Let go of everything; workers end."""


__all__ = ["Engine", "EngineError", "Lost"]
