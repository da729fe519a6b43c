"""Progress count: how many runs there are, are done, and failed, from batches and receipts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from sim.experiment.store.batches import Batch, Run
from sim.experiment.store.failure_records import Failure
from sim.experiment.store.results_folder import Receipt


class Progress(NamedTuple):
    """Runs in all, done, and failed without having succeeded later."""

    runs: int
    done: int
    failed: int

    @property
    def open(self) -> int:
        """Runs that are still to be done."""
        return self.runs - self.done - self.failed


def counted(batches: Sequence[Batch], receipts: Mapping[int, Receipt], chunks: Collection[int]) -> Progress:
    """Count the runs of some chunks.

    Parameters
    ----------
    batches : sequence of Batch
        All that was ordered.
    receipts : mapping of int to Receipt
        Receipts of the chunks that are done.
    chunks : collection of int
        Chunks that count.
    """
    # Runs that are tried again were counted when they were ordered first.
    first = [batch for batch in batches if not batch.picked]
    runs = sum(batch.runs_in(number) for batch in first for number in batch.numbers if number in chunks)
    ours = {number: receipt for number, receipt in receipts.items() if number in chunks}
    return Progress(runs, sum(receipt.done for receipt in ours.values()), len(open_failures(batches, ours)))


def open_failures(batches: Sequence[Batch], receipts: Mapping[int, Receipt]) -> list[Failure]:
    """Failures of runs that did not succeed at a later try, in order of point and replication."""
    again = {number: batch for batch in batches if batch.picked for number in batch.numbers}
    found: dict[Run, Failure] = {}
    for number in sorted(receipts):
        for run in again[number].chunk_at(number).runs if number in again else ():
            found.pop(run, None)
        found |= {(failure.point, failure.replication): failure for failure in receipts[number].failures}
    return [found[run] for run in sorted(found)]


def waiting_retries(batches: Sequence[Batch], done: Collection[int]) -> set[Run]:
    """Failed runs whose next try is ordered and not yet done."""
    again = ((batch, number) for batch in batches if batch.picked for number in batch.numbers)
    return {run for batch, number in again if number not in done for run in batch.chunk_at(number).runs}
