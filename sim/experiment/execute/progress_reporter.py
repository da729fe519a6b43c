"""Progress reporter: what is called as runs are done, so that progress can be shown."""

from __future__ import annotations

import contextlib
from contextlib import AbstractContextManager
from typing import Protocol


class ProgressReporter(Protocol):
    """Is called as runs get on."""

    def compiling(self) -> AbstractContextManager[object]:
        """Enter while the rules are compiled for the first time."""

    def expect(self, runs: int, done: int) -> None:
        """Note how many runs there are now, and how many of them are on the disk."""

    def done(self, runs: int) -> None:
        """Note that so many more runs are on the disk."""


class NullProgress:
    """Shows nothing, for notebooks and tests."""

    def compiling(self) -> AbstractContextManager[object]:
        """Show nothing of the compilation."""
        return contextlib.nullcontext()

    def expect(self, runs: int, done: int) -> None:
        """Show nothing of what is expected."""

    def done(self, runs: int) -> None:
        """Show nothing of what is done."""
