"""Progress display: a note for the first compilation, then a bar with the time left.

Everything goes to the error stream, so that the table on the output stream can be piped.  Where that stream
is no terminal, only plain lines are written.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from types import TracebackType

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

EVERY = 30.0
"""Seconds between two lines where there is no bar, as in the log of a batch job."""
COMPILING = "Compiling the rules for the first time; a minute or two, once."


class RichProgress:
    """Shows the progress of runs: how many are done, how many a second, time left; a context manager around the work.

    Parameters
    ----------
    console : Console
        Where to show it.  Where that is no terminal, a line now and then is written instead of a bar.
    unit : str
        What is counted, in the plural.
    """

    def __init__(self, console: Console, unit: str = "runs") -> None:
        self.console = console
        self.unit = unit
        self.bar = Progress(
            TextColumn(unit.capitalize()),
            BarColumn(bar_width=40),
            MofNCompleteColumn(),
            TextColumn("{task.fields[speed]}"),
            TimeRemainingColumn(),
            TextColumn("left"),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self.task = self.bar.add_task("", total=None, speed="", visible=False)
        self.runs = self.there = self.now = 0
        self.began = self.reported = time.monotonic()

    def __enter__(self) -> RichProgress:
        self.bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.bar.stop()

    @contextlib.contextmanager
    def compiling(self) -> Iterator[None]:
        """Say that the rules are being compiled, and for how long already; that time is no part of the runs'."""
        with compiling(self.bar, self.console):
            yield
        if self.runs:
            self.expect(self.runs, self.there + self.now)

    def expect(self, runs: int, done: int) -> None:
        """Take note of how many runs there are, and how many were there before."""
        self.runs, self.there, self.now = runs, done, 0
        self.began = self.reported = time.monotonic()
        self.bar.reset(self.task, total=runs, completed=done, visible=True, speed="")

    def done(self, runs: int) -> None:
        """Move the bar on."""
        self.now += runs
        seconds = time.monotonic() - self.began
        speed = f"{self.now / max(seconds, 1e-9):,.0f} {self.unit}/s"
        self.bar.update(self.task, completed=self.there + self.now, speed=speed)
        if not self.console.is_terminal and time.monotonic() - self.reported > EVERY:
            self.reported = time.monotonic()
            left = (self.runs - self.there - self.now) * seconds / max(self.now, 1)
            self.console.print(f"{self.there + self.now:,} of {self.runs:,} {self.unit}, {speed}, {left:,.0f} s left")


@contextlib.contextmanager
def compiling(bar: Progress, console: Console) -> Iterator[None]:
    """Say that the rules are being compiled; a terminal can show one live display at a time."""
    if not console.is_terminal:
        console.print(COMPILING)
        yield
        return
    bar.stop()
    with Progress(SpinnerColumn(), TextColumn(COMPILING), TimeElapsedColumn(), console=console, transient=True) as note:
        note.add_task("", total=None)
        yield
    bar.start()
