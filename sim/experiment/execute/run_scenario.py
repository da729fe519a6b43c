"""The runner: replications of one scenario, from the checked file to a folder of results.

The first replication is run here, by the parent: it compiles the rules where that is still to be done, so
that workers find them on the disk, and its size tells how to cut the rest into chunks.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sim.experiment.execute.run_chunk import Chunk, Failure, Receipt, Replicate, Task, cut, replication_seed
from sim.experiment.execute.worker_pool import Lost, work_off
from sim.experiment.execute.worker_start import warm_up
from sim.experiment.store import run_manifest as manifest
from sim.experiment.store.atomic_files import StoreError
from sim.experiment.store.run_folder import COLUMNS, MANIFEST, Folder, Results
from sim.experiment.store.run_manifest import Order

if TYPE_CHECKING:
    from sim.experiment.execute.progress_reporter import ProgressReporter

WORTH_A_POOL = 24
"""Replications from which starting workers can pay; below, they are not even warmed up."""
_ROWS_WORTH_A_POOL = 1_000_000
"""Rows (a second or two of work) from which it does."""


@dataclass
class Report:
    """How a run ended.

    Attributes
    ----------
    status : str
        ``complete``; ``interrupted`` by Ctrl-C; ``failed`` when some replications raised errors.
    finished : list of int
        Replications that are on the disk.
    failures : list of Failure
        Replications that are not, for an error of their own.
    rows : int
        Rows written.
    """

    status: str = "complete"
    finished: list[int] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    rows: int = 0

    def add(self, receipt: Receipt) -> None:
        """Take in a finished chunk."""
        failed = {failure.replication for failure in receipt.failures}
        chunk = receipt.chunk
        self.finished.extend(i for i in range(chunk.first, chunk.last + 1) if i not in failed)
        self.failures.extend(receipt.failures)
        self.rows += receipt.rows


def expects_pool(order: Order) -> bool:
    """Whether several processes may be used, as far as can be said before the first replication."""
    return order.workers > 1 and order.replications >= WORTH_A_POOL


def run(order: Order, folder: Folder, watcher: ProgressReporter) -> tuple[Report, Results]:
    """Run all replications of an order and write their tables and the manifest.

    Parameters
    ----------
    order : Order
        What to run.
    folder : Folder
        Where to; empty.
    watcher : ProgressReporter
        Who is told.

    Returns
    -------
    report, results
        How it ended, also after Ctrl-C; and the folder, to read.

    Raises
    ------
    StoreError
        If the folder cannot be written; whole chunks stay, and the manifest says which if it still can.
    """
    if expects_pool(order):
        warm_up()
    opened = manifest.opening(order)
    folder.write_json(MANIFEST, opened)
    report = Report()
    try:
        with _noting_interrupts(report):
            _work(order, folder, watcher, report)
    except Exception as error:
        report.status = "failed"
        with contextlib.suppress(StoreError):
            _close(folder, opened, report)
        if isinstance(error, StoreError):
            kept = f"{len(report.finished):,} of {order.replications:,} replications are kept"
            raise StoreError(f"{error}; {kept}") from error
        raise
    if report.failures and report.status == "complete":
        report.status = "failed"
    return report, Results(folder.path, _close(folder, opened, report))


def _work(order: Order, folder: Folder, watcher: ProgressReporter, report: Report) -> None:
    from sim.model.setup.compiled_scenario import CompiledScenario

    watcher.expect(order.replications, 0)
    compiled = CompiledScenario.of(order.loaded.scenario, quarters=order.quarters)
    folder.write_json(COLUMNS, column_notes(compiled.names["field"]))
    task = Replicate(compiled, order.seed, folder)
    first = _first(task, watcher)
    _note(first, report, watcher)
    chunks = cut(order.replications, first.rows)[1:]
    enough = expects_pool(order) and first.rows * order.replications > _ROWS_WORTH_A_POOL
    with contextlib.closing(work_off(task, chunks, order.workers if enough else 1)) as answers:
        for chunk, answer in answers:
            receipt = _lost(chunk, answer, order.seed) if isinstance(answer, Lost) else answer
            _note(receipt, report, watcher)


def _first(task: Task, watcher: ProgressReporter) -> Receipt:
    """Do the first replication, and say so if it takes long because the rules are compiled."""
    from sim.engine.rules_cache import is_compiled, mark_compiled

    chunk = Chunk(0, 0, 0)
    if is_compiled():
        return task(chunk)
    with watcher.compiling():
        receipt = task(chunk)
    if receipt.done:
        mark_compiled()
    return receipt


def _note(receipt: Receipt, report: Report, watcher: ProgressReporter) -> None:
    report.add(receipt)
    watcher.done(receipt.chunk.last - receipt.chunk.first + 1)


def _lost(chunk: Chunk, lost: Lost, seed: int) -> Receipt:
    """Write the receipt of a chunk that was given up."""
    numbers = range(chunk.first, chunk.last + 1)
    return Receipt(chunk, 0, 0, tuple(Failure(i, replication_seed(seed, i), lost.reason) for i in numbers))


@contextlib.contextmanager
def _noting_interrupts(report: Report) -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        report.status = "interrupted"


def _close(folder: Folder, opened: dict[str, Any], report: Report) -> dict[str, Any]:
    """Tidy the folder and write the final manifest."""
    folder.sweep()
    report.finished.sort()
    closed = manifest.closing(
        opened, status=report.status, finished=report.finished, failures=report.failures, rows=report.rows
    )
    folder.write_json(MANIFEST, closed)
    return closed


def column_notes(fields: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """Tell unit, meaning and values of every column of every table, for `columns.json`."""
    from sim.output.table_columns import TABLES, notes

    return {table: notes(columns, fields) for table, columns in TABLES.items()}
