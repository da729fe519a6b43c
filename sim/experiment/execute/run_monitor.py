"""Run monitor: which run of a chunk is in progress, readable after the process is gone.

An executor only knows that a worker died, and beyond one machine not even that.  So the job of a chunk keeps a
little file beside the results, mapped into memory: writing to it costs nothing, and the system keeps it when
the process is killed.  The next attempt at the chunk sees which run its predecessor died of, and passes over a
run that took `MOST_DEATHS` workers along, or longer than it may.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.experiment.execute.executor_protocol import MOST_DEATHS
from sim.experiment.store.atomic_files import make_folder, writing

if TYPE_CHECKING:
    from sim.run import RunResult

_LOOK = 0.25
"""Seconds between two looks of the watchdog."""
_TOO_LATE = 3
"""Exit status of a worker that ends itself because a run takes too long."""

_PAGE = np.dtype([("started", "i8"), ("deaths", "i8"), ("late", "i8"), ("quarter", "i8")])


class SkipReason(NamedTuple):
    """Why a run is passed over: the last quarter that was seen, what happened, and where."""

    quarter: int | None
    error: str
    traceback: str


class RunMonitor:
    """Notes of one chunk's runs; a context manager around the work.

    Parameters
    ----------
    path : Path
        Its file; notes that an earlier attempt left there are taken up.
    runs : int
        Runs of the chunk.
    time_limit : float or None
        Seconds that a run may take.
    isolated : bool
        Whether this process is a worker's, which may be ended to stop a run.  Otherwise it has other work,
        and `over_time` has to be asked.
    """

    def __init__(self, path: Path, runs: int, time_limit: float | None, isolated: bool) -> None:
        self.path = path
        self.trace = path.with_suffix(".trace")
        self.time_limit = time_limit
        self.isolated = isolated
        self.runs = runs
        self.now = -1
        self.began = 0.0
        self.result: RunResult | None = None
        self._done = threading.Event()
        self._watchdog: threading.Thread | None = None

    def __enter__(self) -> RunMonitor:
        self._open()
        if self.isolated:
            self._trace_file = self.trace.open("ab")
            faulthandler.enable(self._trace_file)
            self._watchdog = threading.Thread(target=self._watch, daemon=True)
            self._watchdog.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._done.set()
        self.result = None
        if self._watchdog is not None:
            self._watchdog.join()
            faulthandler.disable()
            self._trace_file.close()
        del self.pages

    def _open(self) -> None:
        """Map the file, and note the death that an unfinished run in it means."""
        size = self.runs * _PAGE.itemsize
        make_folder(self.path.parent)
        with writing(self.path), self.path.open("a+b") as file:
            if os.fstat(file.fileno()).st_size != size:
                file.truncate(0)
                # Real bytes, no hole: a map of a file that a full disk cannot fill kills who writes to it.
                file.write(bytes(size))
                file.flush()
            self.pages: Any = np.memmap(file, _PAGE, "r+")
        for unfinished in np.flatnonzero(self.pages["started"]).tolist():
            self.pages["deaths"][unfinished] += 1
            self.pages["started"][unfinished] = 0
            with contextlib.suppress(OSError):
                os.replace(self.trace, self._trace_of(unfinished))

    @contextlib.contextmanager
    def run(self, number: int) -> Iterator[None]:
        """Note that a run of the chunk is under way."""
        self.pages["quarter"][number] = -1
        self.began = time.monotonic()
        self.now = number
        self.pages["started"][number] = 1
        try:
            yield
        finally:
            self.now = -1
            self.result = None
            self.pages["started"][number] = 0

    def over_time(self) -> bool:
        """Whether the run under way takes longer than it may."""
        return self.time_limit is not None and time.monotonic() - self.began > self.time_limit

    def skip_reason(self, number: int) -> SkipReason | None:
        """Why a run must be passed over, or None if it may be tried."""
        page = self.pages[number]
        quarter = int(page["quarter"]) if page["quarter"] >= 0 else None
        if page["late"]:
            return SkipReason(quarter, self.too_late, self._traceback(number))
        if page["deaths"] >= MOST_DEATHS:
            return SkipReason(quarter, f"{MOST_DEATHS} workers died of it", self._traceback(number))
        return None

    @property
    def too_late(self) -> str:
        """What is said of a run that takes too long."""
        return f"it took longer than {self.time_limit:g} s"

    def _trace_of(self, number: int) -> Path:
        """Where the trace of a run that its worker died of is kept until the chunk is done."""
        return self.trace.with_suffix(f".trace-{number}")

    def _traceback(self, number: int) -> str:
        try:
            return self._trace_of(number).read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""

    def _watch(self) -> None:
        """Note now and then how far the run is, and end this process when a run takes too long."""
        while not self._done.wait(_LOOK):
            number, result = self.now, self.result
            if number < 0:
                continue
            if result is not None:
                self.pages["quarter"][number] = int(result.world.clock[0].quarter)
            if self.over_time() and self.now == number:
                self.pages["late"][number] = 1
                faulthandler.dump_traceback(self._trace_file)
                os._exit(_TOO_LATE)

    def forget(self) -> None:
        """Remove the notes of a chunk that is done; call it after the work."""
        for path in (self.path, *self.path.parent.glob(f"{self.trace.name}*")):
            with contextlib.suppress(OSError):
                path.unlink()
