"""Who is told how the runs of an order or a sweep get on."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol


class ProgressReporter(Protocol):
    """Who is told."""

    def compiling(self) -> AbstractContextManager[object]:
        """Enter while the rules are compiled for the first time."""

    def expect(self, runs: int, done: int) -> None:
        """Note how many runs there are now, and how many of them are on the disk."""

    def done(self, runs: int) -> None:
        """Note that so many more runs are on the disk."""
