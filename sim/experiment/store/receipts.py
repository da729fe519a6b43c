"""What came of chunks: their receipts, the runs that failed, and counts of runs over all that was ordered."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sim.experiment.store.batches import Batch, Run
from sim.experiment.store.file_checks import FileRecord


@dataclass(frozen=True)
class Failure:
    """A run that raised an error, killed its worker, or took too long.

    Attributes
    ----------
    point, replication, seed : int
        Which run.
    scenario, variant : str
        What was run at that point.
    values : dict
        Axis -> value at that point.
    quarter : int or None
        Quarters that were done, counted from the start; None where it never began.  Exact for an error; for
        a worker's death what was seen a quarter of a second before.
    error : str
        What happened, in one line.
    traceback : str
        Where, in the program; empty when the worker was killed from outside.
    """

    point: int
    replication: int
    seed: int
    scenario: str
    variant: str
    values: dict[str, Any]
    quarter: int | None
    error: str
    traceback: str = ""

    def words(self) -> str:
        """One line: which run, and what happened.

        >>> Failure(3, 0, 77, "town", "", {"drive": 0.5}, 8, "ValueError: no").words()
        'point 3 (drive 0.5), replication 0, in its quarter 9: ValueError: no'
        """
        levels = ", ".join(f"{name} {value}" for name, value in self.values.items())
        where = f"point {self.point}{f' ({levels})' if levels else ''}, replication {self.replication}"
        when = "" if self.quarter is None else f", in its quarter {self.quarter + 1}"
        return f"{where}{when}: {self.error}"


@dataclass(frozen=True)
class Receipt:
    """What came of a chunk.

    Attributes
    ----------
    chunk : int
        Its number.
    done : int
        Runs that ended.
    failures : tuple of Failure
        Runs that did not.
    work : int
        Agencies times quarters of the first run that ended.
    files : dict of str to FileRecord
        Table -> its part file; no table of a chunk in which every run failed.
    """

    chunk: int
    done: int
    failures: tuple[Failure, ...] = ()
    work: int = 0
    files: Mapping[str, FileRecord] = field(default_factory=dict)

    @property
    def failed(self) -> int:
        """Runs that failed."""
        return len(self.failures)


class Progress(NamedTuple):
    """Runs in all, done, and failed without having succeeded later."""

    runs: int
    done: int
    failed: int

    @property
    def open(self) -> int:
        """Runs that are still to be done."""
        return self.runs - self.done - self.failed

    def status(self, ending: str) -> str:
        """What has become of these runs when work ends so: ``complete`` holds only where all are done."""
        if ending != "complete" or not (self.open or self.failed):
            return ending
        return "unfinished" if self.open else "failed"


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
    ours = {number: receipts[number] for number in receipts if number in chunks}
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
