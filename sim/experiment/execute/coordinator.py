"""Coordinator: has the chunks of a folder done until nothing is left to do.

All that is done lies in the folder, so a run or sweep that was interrupted, killed, or has failed is continued by
the same command: finished chunks are neither done twice nor lost.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sim.experiment.execute import precision_check
from sim.experiment.execute.chunk_job import Assignment, Job, load_rules
from sim.experiment.execute.executor_protocol import MOST_DEATHS, Executor, Lost, WorkerLostError, completed
from sim.experiment.execute.pending_interrupts import interrupts_noted, raise_if_interrupted
from sim.experiment.execute.pilot_estimate import USUAL_WORK
from sim.experiment.store.atomic_files import StoreError
from sim.experiment.store.batches import Batch, Chunk
from sim.experiment.store.folder_lock import Shard
from sim.experiment.store.manifest import RUN, Manifest, is_ours
from sim.experiment.store.progress_count import Progress
from sim.experiment.store.results_folder import Receipt

if TYPE_CHECKING:
    from sim.experiment.design.checked_design import Design
    from sim.experiment.execute.progress_reporter import ProgressReporter

_SPARE = 4
"""Runs' worth of deaths that a chunk may see beside those of its own runs."""


@dataclass
class Report:
    """Progress of a run or sweep when it stops.

    Attributes
    ----------
    status : str
        ``complete``; ``failed``: all is done, and some runs failed; ``stopped``: too many did;
        ``interrupted`` by Ctrl-C; ``unfinished``: what was asked for is done, and other runs are still to be.
    runs, done, failed : int
        Runs of the folder (of the shard), those on the disk, and those that failed.
    computed : int
        Runs that were done this time.
    wide : int
        Points whose interval is wider than the experiment asks for, with as many replications as it allows.
    repaired : list of str
        Files that were missing or damaged, so that their chunks were done again.
    """

    status: str = "complete"
    runs: int = 0
    done: int = 0
    failed: int = 0
    computed: int = 0
    wide: int = 0
    repaired: list[str] = field(default_factory=list)


@dataclass
class Coordinator:
    """A run or sweep in progress.

    Attributes
    ----------
    design : Design
        What is run.
    manifest : Manifest
        The manifest of its folder, which is locked by us.
    executor_for : callable
        From the work that is left, in agencies times quarters, to the executor that does it.
    reporter : ProgressReporter
        Is called as runs get on.
    shard : (int, int), optional
        Do only every n-th chunk, beginning with the i-th.
    """

    design: Design
    manifest: Manifest
    executor_for: Callable[[int], Executor]
    reporter: ProgressReporter
    shard: Shard | None = None
    report: Report = field(default_factory=Report)

    def __post_init__(self) -> None:
        self.folder = self.manifest.folder

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
        self._tidy()
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
        while True:
            self._do_all(list(self._left(again)))
            if self.report.status != "complete" or again:
                return
            batch = self._further()
            if batch is None:
                return
            self.manifest.add(batch)
            self._count()

    def _further(self) -> Batch | None:
        """What is to be done behind all that was ordered."""
        if self.manifest.kind == RUN:
            return self._further_replications()
        found = precision_check.next_round(self.design, self.manifest)
        self.report.wide = found.wide
        return found.batch

    def _further_replications(self) -> Batch | None:
        """Replications of a run behind the first, whose work says how to cut the others into chunks."""
        manifest, wanted = self.manifest, self.design.file.replications or 1
        there = manifest.replications
        if wanted <= there:
            return None
        manifest.values["work"] = manifest.values["work"] or self.folder.receipt(0).work or USUAL_WORK
        return Batch.product([(0, 0)], there, wanted - 1, manifest.next_chunk, manifest.size_for(wanted - there))

    def _left(self, again: bool) -> Iterator[tuple[Batch, int]]:
        done = self.folder.done()
        for batch in self.manifest.batches:
            for number in batch.numbers if batch.picked or not again else ():
                if number not in done and is_ours(number, self.shard):
                    yield batch, number

    def _do_all(self, left: list[tuple[Batch, int]]) -> None:
        """Have chunks done until there are no more, or too many runs failed."""
        if not left:
            return
        work = sum(batch.runs_in(number) for batch, number in left) * int(self.manifest.values["work"])
        executor = self.executor_for(work)
        self._compile(executor)
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
                self._note(receipt)
                failed += receipt.failed
                if failed >= self.design.file.failures.stop_after:
                    self.report.status = "stopped"
                    return

    def _compile(self, executor: Executor) -> None:
        """Have the rules compiled by one worker, where they are not, before several would compile them."""
        from sim.engine.rules_cache import is_compiled, mark_compiled

        if is_compiled():
            return
        with self.reporter.compiling(), contextlib.suppress(WorkerLostError):
            executor.submit(load_rules).result()
            mark_compiled()

    def _job(self, isolated: bool) -> Job:
        # A run of one scenario takes as long as it takes.
        limit = None if self.manifest.kind == RUN else self.design.file.failures.time_limit
        manifest = self.manifest
        return Job(self.design, self.folder, manifest.seed, manifest.series, manifest.tables, limit, isolated)

    def _note(self, receipt: Receipt) -> None:
        self.report.done += receipt.done
        self.report.failed += receipt.failed
        self.report.computed += receipt.done + receipt.failed
        self.reporter.done(receipt.done + receipt.failed)

    def progress(self) -> Progress:
        """Count what there is to do and what is done, from the folder; note it in the report."""
        progress = self.manifest.progress(self.manifest.receipts(), self.shard)
        if self.manifest.kind == RUN:
            # Those behind the first are ordered when that is done.
            progress = progress._replace(runs=max(progress.runs, self.design.file.replications or 1))
        self.report.runs, self.report.done, self.report.failed = progress
        return progress

    def _count(self) -> None:
        progress = self.progress()
        self.reporter.expect(progress.runs, progress.done + progress.failed)

    def _close(self) -> None:
        """Count once more (what was tried again may have succeeded), and write it down."""
        self._tidy()
        progress = self.progress()
        if self.report.status == "complete" and (progress.open or progress.failed):
            self.report.status = "unfinished" if progress.open else "failed"
        self.manifest.close("complete" if self.report.status in ("unfinished", "failed") else self.report.status)

    def _tidy(self) -> None:
        self.folder.tidy(lambda chunk: is_ours(chunk, self.shard), alone=self.shard is None)

    @contextlib.contextmanager
    def _noting_interrupts(self) -> Iterator[None]:
        try:
            with interrupts_noted():
                yield
        except KeyboardInterrupt:
            self.report.status = "interrupted"
