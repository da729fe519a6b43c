"""Worlds progress: one bar over the sweeps of all worlds, instead of one for each."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.experiment.execute.progress_reporter import ProgressReporter


class WorldsProgress:
    """Passes on what a sweep reports, as a part of all that is to be done.

    Parameters
    ----------
    reporter : ProgressReporter
        Shows it.
    runs, done : int
        Runs of all worlds, and how many of them are there already.
    """

    def __init__(self, reporter: ProgressReporter, runs: int, done: int) -> None:
        self.reporter = reporter
        self.runs = runs
        self.there = done
        self._begun = False

    def compiling(self) -> AbstractContextManager[object]:
        """Pass on that the rules are compiled."""
        return self.reporter.compiling()

    def expect(self, runs: int, done: int) -> None:
        """Say once how much there is to do; how much of it a sweep has is known before."""
        if not self._begun:
            self._begun = True
            self.reporter.expect(self.runs, self.there)

    def done(self, runs: int) -> None:
        """Pass on that so many more runs are there."""
        self.reporter.done(runs)
