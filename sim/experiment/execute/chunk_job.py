"""The job of a chunk: run its runs, write what they came to, and leave a receipt.

A job is idempotent: whoever does it again, anywhere, writes the same bytes over the same files.
"""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.experiment.execute.batches import Chunk, Run
from sim.experiment.execute.result_collector import ResultCollector
from sim.experiment.execute.rule_loading import load_rules
from sim.experiment.execute.run_monitor import RunMonitor
from sim.experiment.store.sweep_folder import Archive

if TYPE_CHECKING:
    from sim.experiment.design import Design
    from sim.run import RunResult

SLICE = 4
"""Quarters between two looks at the clock where nobody else may stop a run."""


@dataclass(frozen=True)
class Receipt:
    """What a worker says when a chunk is on the disk.

    Attributes
    ----------
    chunk : int
        Its number.
    done, failed : int
        Runs.
    written : int
        Bytes.
    work : int
        Agencies times quarters of the first run that ended.
    """

    chunk: int
    done: int
    failed: int
    written: int = 0
    work: int = 0


@dataclass(frozen=True)
class Assignment:
    """A chunk with the values of its points, as it is sent to a worker.

    Attributes
    ----------
    chunk : Chunk
        Number and runs.
    rows : dict of int to dict
        Point -> its row of the design.
    """

    chunk: Chunk
    rows: dict[int, dict[str, Any]]


@dataclass(frozen=True)
class Job:
    """What a worker does with a chunk.

    Attributes
    ----------
    design : Design
        Makes the scenario of a point.
    archive : Archive
        Where to write.
    seed : int
        Seed of the experiment.
    series, tables : tuple of str
        Outcomes whose trajectories are kept, and tables that are kept whole.
    time_limit : float or None
        Seconds that a run may take.
    isolated : bool
        Whether it is done by processes of our own, which may be ended to stop a run.
    """

    design: Design
    archive: Archive
    seed: int
    series: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    time_limit: float | None = None
    isolated: bool = False

    def __call__(self, assignment: Assignment) -> Receipt:
        """Do a chunk.  An error in a run is noted; an error in writing is raised."""
        if self.time_limit is not None:
            load_rules()
        notes = self.archive.notes(assignment.chunk.number)
        found = self.harvest()
        with RunMonitor(notes, len(assignment.chunk.runs), self.time_limit, self.isolated) as flight:
            for number, run in enumerate(assignment.chunk.runs):
                self._try(number, run, assignment.rows[run[0]], flight, found)
            written = self.archive.write_chunk(assignment.chunk.number, found.arrow(), found.failures)
        flight.forget()
        return Receipt(assignment.chunk.number, len(found.runs), len(found.failures), written, found.work)

    def harvest(self) -> ResultCollector:
        """What the runs of a chunk will come to."""
        return ResultCollector(self.design, self.seed, self.series, self.tables)

    def give_up(self, assignment: Assignment, reason: str) -> Receipt:
        """Write off a chunk that nobody could do: every run of it is a failure."""
        found = self.harvest()
        for run in assignment.chunk.runs:
            found.fail(run, assignment.rows[run[0]], None, reason, "")
        written = self.archive.write_chunk(assignment.chunk.number, found.arrow(), found.failures)
        return Receipt(assignment.chunk.number, 0, len(found.failures), written)

    def _try(self, number: int, run: Run, row: dict[str, Any], flight: RunMonitor, found: ResultCollector) -> None:
        """Do one run, or note why not."""
        verdict = flight.verdict(number)
        if verdict is not None:
            found.fail(run, row, verdict.quarter, verdict.error, verdict.traceback)
            return
        record: RunResult | None = None
        try:
            with flight.run(number):
                record = found.initialise(run, row)
                flight.record = record
                self._go(record, flight)
            found.keep(run, record)
        except Exception as error:
            quarter = None if record is None else int(record.world.clock[0].quarter)
            found.fail(run, row, quarter, f"{type(error).__name__}: {error}", traceback.format_exc())

    def _go(self, record: RunResult, flight: RunMonitor) -> None:
        """Run to the end; in somebody else's process look at the clock on the way."""
        end = record.compiled.quarters
        if self.isolated or self.time_limit is None:
            record.run_to(end)
            return
        for quarter in range(SLICE, end + SLICE, SLICE):
            record.run_to(min(quarter, end))
            if flight.over_time():
                raise TimeoutError(flight.too_late)
