"""Coordinator: has the chunks of a folder done until nothing is left to do.

All that is done lies in the folder, so a run or sweep that was interrupted, killed, or has failed is continued by
the same command: finished chunks are neither done twice nor lost.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sim.experiment.execute import precision_check
from sim.experiment.execute.chunk_job import Assignment, Job, compile_rules
from sim.experiment.execute.executor_protocol import MOST_DEATHS, Executor, Lost, completed
from sim.experiment.execute.pending_interrupts import interrupts_noted, raise_if_interrupted
from sim.experiment.execute.pilot_estimate import USUAL_WORK
from sim.experiment.store.atomic_files import StoreError
from sim.experiment.store.batches import Batch, Chunk
from sim.experiment.store.folder_lock import Shard, is_ours
from sim.experiment.store.manifest import RUN, Manifest
from sim.experiment.store.receipts import Progress

if TYPE_CHECKING:
    from sim.experiment.design.checked_design import Design
    from sim.experiment.execute.progress_reporter import ProgressReporter

_SPARE = 4
"""Runs' worth of deaths that a chunk may see beside those of its own runs."""


@dataclass(frozen=True)
class Context:
    """Where runs are computed, and what is called as they get on.

    Attributes
    ----------
    executor : Executor
        Computes.
    reporter : ProgressReporter
        Is called.
    """

    executor: Executor
    reporter: ProgressReporter

    def executor_for(self, work: int) -> Executor:
        """The executor for so much work, in agencies times quarters."""
        return self.executor

    def warm_up(self) -> None:
        """Let the executor get ready, while we go on."""
        getattr(self.executor, "warm_up", lambda: None)()


@dataclass
class Report:
    """Progress of a run or sweep when it stops.

    Attributes
    ----------
    status : str
        ``complete``; ``failed``: all is done, and some runs failed; ``stopped``: too many did;
        ``interrupted`` by a signal; ``unfinished``: what was asked for is done, and other runs are still to be.
    runs, done, failed : int
        Runs of the folder (of the shard), those on the disk, and those that failed.
    computed : int
        Runs that were done this time.
    wide : int
        Points whose interval is wider than the experiment asks for, with as many replications as it allows.
    defined : str
        In how many runs the outcome is defined that shall be exact, in words, where not in all.
    repaired : list of str
        Files that were missing or damaged, so that their chunks were done again.
    read_only : bool
        Whether the folder cannot be written, and was complete.
    """

    status: str = "complete"
    runs: int = 0
    done: int = 0
    failed: int = 0
    computed: int = 0
    wide: int = 0
    defined: str = ""
    repaired: list[str] = field(default_factory=list)
    read_only: bool = False


@dataclass
class Coordinator:
    """A run or sweep in progress.

    Attributes
    ----------
    design : Design
        What is run.
    manifest : Manifest
        The manifest of its folder, which is locked by us.
    context : Context
        Where it is computed, and what is called as it gets on.
    shard : (int, int), optional
        Do only every n-th chunk, beginning with the i-th.
    """

    design: Design
    manifest: Manifest
    context: Context
    shard: Shard | None = None
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
        self.manifest.folder.tidy(self.shard)
        self._expect()
        try:
            with interrupts_noted():
                self._work(again)
        except KeyboardInterrupt:
            self.report.status = "interrupted"
        except BaseException:
            self.report.status = "broken"
            with contextlib.suppress(StoreError):
                self._close()
            raise
        self._close()
        return self.report

    def _work(self, again: bool) -> None:
        while True:
            self._do_all(list(self._left(again)))
            if self.report.status != "complete" or again:
                return
            batch = self._further()
            if batch is None:
                return
            self.manifest.add(batch)
            self._expect()

    def _further(self) -> Batch | None:
        """What is to be done behind all that was ordered."""
        if self.manifest.kind == RUN:
            return self._further_replications()
        found = precision_check.next_round(self.design, self.manifest)
        self.report.wide, self.report.defined = found.wide, found.defined
        return found.batch

    def _further_replications(self) -> Batch | None:
        """Replications of a run behind the first, whose work says how to cut the others into chunks."""
        manifest, wanted = self.manifest, self.design.file.replications or 1
        there = manifest.replications
        if wanted <= there:
            return None
        manifest.values["work"] = manifest.values["work"] or manifest.folder.receipt(0).work or USUAL_WORK
        return manifest.behind(Batch.product([(0, 0)], there, wanted - 1))

    def _left(self, again: bool) -> Iterator[tuple[Batch, int]]:
        done = self.manifest.folder.done()
        for batch in self.manifest.batches:
            for number in batch.numbers if batch.picked or not again else ():
                if number not in done and is_ours(number, self.shard):
                    yield batch, number

    def _do_all(self, left: list[tuple[Batch, int]]) -> None:
        """Have chunks done until there are no more, or too many runs failed."""
        if not left:
            return
        work = sum(batch.runs_in(number) for batch, number in left) * int(self.manifest.values["work"])
        executor = self.context.executor_for(work)
        compile_rules(executor, self.context.reporter)
        job = self._job(bool(getattr(executor, "isolated", False)))
        points = self.manifest.read_points()
        # Chunks know which of their runs workers die of; this count is only there to come to an end, and a
        # cluster's counts workers that died of other chunks too.
        most_deaths = (MOST_DEATHS + 1) * (max(batch.size for batch, _ in left) + _SPARE)
        chunks: Iterator[Chunk] = (batch.chunk_at(number) for batch, number in left)
        assignments = (Assignment.of(chunk, points) for chunk in chunks)
        failed = 0
        with contextlib.closing(completed(executor, job, assignments, most_deaths)) as answers:
            for given, answer in answers:
                raise_if_interrupted()
                receipt = job.give_up(given, answer.reason) if isinstance(answer, Lost) else answer
                self.report.computed += receipt.done + receipt.failed
                self.context.reporter.done(receipt.done + receipt.failed)
                failed += receipt.failed
                if failed >= self.design.file.failures.stop_after:
                    self.report.status = "stopped"
                    return

    def _job(self, isolated: bool) -> Job:
        # A run of one scenario takes as long as it takes.
        limit = None if self.manifest.kind == RUN else self.design.file.failures.time_limit
        return Job(self.design, self.manifest.folder, limit, isolated)

    def _count(self) -> Progress:
        """Count the runs of the folder (of the shard)."""
        progress = self.manifest.progress(self.manifest.receipts(), self.shard)
        self.report.runs, self.report.done, self.report.failed = progress
        return progress

    def _expect(self) -> None:
        progress = self._count()
        self.context.reporter.expect(progress.runs, progress.done + progress.failed)

    def _close(self) -> None:
        """Count once more (what was tried again may have succeeded), and write it down."""
        self.manifest.folder.tidy(self.shard)
        ending = self.report.status
        self.report.status = self._count().status(ending)
        self.manifest.close(ending)
