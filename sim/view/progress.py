"""What is seen while a run goes on: a note for the first compilation, then a bar with the time left.

Everything goes to the error stream, so that the table on the output stream can be piped.  Where that stream
is no terminal, only plain lines are written.
"""

from __future__ import annotations

import contextlib
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

COMPILING = "Compiling the rules for the first time; about 45 seconds, once."


class ScreenWatcher:
    """Shows how a run gets on; a context manager around the run.

    Parameters
    ----------
    replications : int
        How many there will be.
    console : Console
        Where to show it.
    """

    def __init__(self, replications: int, console: Console) -> None:
        self.console = console
        self.bar = Progress(
            TextColumn("Replications"),
            BarColumn(bar_width=40),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            TextColumn("left"),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self.task = self.bar.add_task("", total=replications)

    def __enter__(self) -> ScreenWatcher:
        self.bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.bar.stop()

    @contextlib.contextmanager
    def compiling(self) -> Iterator[None]:
        """Say that the rules are being compiled, and for how long already."""
        if not self.console.is_terminal:
            self.console.print(COMPILING)
            yield
            return
        # A terminal can show one live display at a time.
        self.bar.stop()
        with Progress(
            SpinnerColumn(), TextColumn(COMPILING), TimeElapsedColumn(), console=self.console, transient=True
        ) as note:
            note.add_task("", total=None)
            yield
        self.bar.reset(self.task)
        self.bar.start()

    def done(self, replications: int) -> None:
        """Move the bar on."""
        self.bar.advance(self.task, replications)
