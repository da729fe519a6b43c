"""Engines of this machine: this process itself, and worker processes."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from typing import TypeVar

from sim.experiment.execute.worker_pool import Lost, usable_cores, work_off_apart
from sim.experiment.execute.worker_start import warm_up

C = TypeVar("C")
R = TypeVar("R")


class Serial:
    """Work in this process: for a debugger, a notebook, or a few runs.  A run that ends the process ends the sweep."""

    isolated = False
    workers = 1

    def warm_up(self) -> None:
        """Nothing is to be made ready."""

    def answers(self, task: Callable[[C], R], chunks: Iterable[C], most_deaths: int) -> Generator[tuple[C, R | Lost]]:
        """Do a task for every chunk, here, one after the other."""
        for chunk in chunks:
            yield chunk, task(chunk)

    def close(self) -> None:
        """Nothing was opened."""


class Processes:
    """Worker processes of this machine.

    Parameters
    ----------
    workers : int, optional
        How many; as many as there are cores by default.
    """

    isolated = True

    def __init__(self, workers: int | None = None) -> None:
        self.workers = workers or usable_cores()

    def warm_up(self) -> None:
        """Start the server that workers are forked from."""
        warm_up()

    def answers(self, task: Callable[[C], R], chunks: Iterable[C], most_deaths: int) -> Generator[tuple[C, R | Lost]]:
        """Do a task for every chunk, each worker one at a time."""
        yield from work_off_apart(task, chunks, self.workers, most_deaths)

    def close(self) -> None:
        """Workers have left when the answers ended."""
