"""The conductor: begins a sweep or takes it up again, and goes on until nothing is left to do.

All that is done lies in the folder, so a sweep that was interrupted, killed, or has failed is taken up by the
same command: finished chunks are neither done twice nor lost.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sim.experiment.execute import precision_check as precision
from sim.experiment.execute.batches import Chunk
from sim.experiment.execute.chunk_job import Assignment, Job, Receipt
from sim.experiment.execute.executor_protocol import Engine, Lost
from sim.experiment.execute.run_monitor import MOST_DEATHS
from sim.experiment.store.atomic_files import StoreError
from sim.experiment.store.sweep_folder import Archive
from sim.experiment.store.sweep_manifest import SweepManifest

if TYPE_CHECKING:
    import pyarrow as pa

    from sim.experiment.design import Design
    from sim.experiment.execute.progress_reporter import ProgressReporter


_SPARE = 4
"""Runs' worth of deaths that a chunk may see beside those of its own runs."""


@dataclass
class Report:
    """How a sweep stands when it stops.

    Attributes
    ----------
    status : str
        ``complete``; ``failed``: all is done, and some runs failed; ``stopped``: too many did;
        ``interrupted`` by Ctrl-C; ``unfinished``: what was asked for is done, and other runs are still to be.
    runs, done, failed : int
        Runs of the sweep (of the shard), those on the disk, and those in the failure book.
    computed : int
        Runs that were done this time.
    wide : int
        Points whose interval is wider than the experiment asks for, with as many replications as it allows.
    """

    status: str = "complete"
    runs: int = 0
    done: int = 0
    failed: int = 0
    computed: int = 0
    wide: int = 0


@dataclass
class SweepCoordinator:
    """A sweep at work.

    Attributes
    ----------
    design : Design
        What is run.
    archive : Archive
        Where it is kept; locked by us.
    logbook : SweepManifest
        The manifest.
    engine : Engine
        Who does the work.
    watcher : ProgressReporter
        Who is told.
    """

    design: Design
    archive: Archive
    manifest: SweepManifest
    engine: Engine
    watcher: ProgressReporter
    report: Report = field(default_factory=Report)

    def conduct(self, *, again: bool = False) -> Report:
        """Do what is left to do, and write down how it ended.

        Parameters
        ----------
        again : bool
            Whether to do only what is tried again.

        Raises
        ------
        StoreError
            If the folder cannot be written; what is done stays.
        """
        self.archive.tidy()
        self._count()
        try:
            with self._noting_interrupts():
                self._work(again)
        except BaseException:
            self.report.status = "broken"
            with contextlib.suppress(StoreError):
                self._close()
            raise
        self._close()
        return self.report

    def _work(self, again: bool) -> None:
        points = self.archive.design()
        while True:
            self._all(self._left(again), points)
            if self.report.status != "complete" or again:
                return
            exact = precision.look(self.design, self.archive, self.manifest)
            if exact.batch is None:
                self.report.wide = exact.wide
                return
            self.manifest.add(exact.batch)
            self._count()

    def _left(self, again: bool) -> Iterator[Chunk]:
        done = self.archive.done()
        for batch in self.manifest.batches:
            for number in batch.numbers if batch.picked or not again else ():
                if number not in done and self.manifest.is_ours(number):
                    yield batch.chunk_at(number)

    def _all(self, chunks: Iterator[Chunk], points: pa.Table) -> None:
        """Have chunks done until there are no more, or too many runs failed."""
        job = self.job()
        most = self.design.file.failures.stop_after
        failed = 0
        # Chunks know which of their runs workers die of; an engine's own count is only there to come to an end, and a
        # cluster's counts workers that died of other chunks too.
        most_deaths = (MOST_DEATHS + 1) * (max(batch.size for batch in self.manifest.batches) + _SPARE)
        assignments = (assignment(chunk, points) for chunk in chunks)
        with contextlib.closing(self.engine.answers(job, assignments, most_deaths)) as answers:
            for given, answer in answers:
                receipt = job.give_up(given, answer.reason) if isinstance(answer, Lost) else answer
                self._note(receipt)
                failed += receipt.failed
                if failed >= most:
                    self.report.status = "stopped"
                    return

    def job(self) -> Job:
        """The job of every chunk."""
        return Job(
            self.design,
            self.archive,
            self.manifest.seed,
            self.manifest.series,
            self.manifest.tables,
            self.design.file.failures.time_limit,
            self.engine.isolated,
        )

    def _note(self, receipt: Receipt) -> None:
        self.report.done += receipt.done
        self.report.failed += receipt.failed
        self.report.computed += receipt.done + receipt.failed
        self.watcher.done(receipt.done + receipt.failed)

    def _count(self) -> None:
        """Count what there is to do and what is done, from the folder."""
        standing = self.manifest.standing()
        self.report = replace(self.report, runs=standing.runs, done=standing.done, failed=standing.failed)
        self.watcher.expect(standing.runs, standing.done + standing.failed)

    def _close(self) -> None:
        """Count once more (what was tried again may have succeeded), and write it down."""
        self.archive.tidy()
        standing = self.manifest.standing()
        self.report = replace(self.report, done=standing.done, failed=standing.failed)
        if self.report.status == "complete" and standing.done + standing.failed < standing.runs:
            self.report.status = "unfinished"
        elif self.report.status == "complete" and standing.failed:
            self.report.status = "failed"
        self.manifest.close(self.report.status, self.report.runs, self.report.done, self.report.failed)

    @contextlib.contextmanager
    def _noting_interrupts(self) -> Iterator[None]:
        try:
            yield
        except KeyboardInterrupt:
            self.report.status = "interrupted"


def assignment(chunk: Chunk, points: pa.Table) -> Assignment:
    """A chunk with the rows of its points."""
    rows: dict[int, dict[str, Any]] = {}
    for point, _ in chunk.runs:
        if point not in rows:
            rows[point] = points.slice(point, 1).to_pylist()[0]
    return Assignment(chunk, rows)
