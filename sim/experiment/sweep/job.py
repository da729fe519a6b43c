"""The job of a chunk: run its runs, write what they came to, and leave a receipt.

A job is idempotent: whoever does it again, anywhere, writes the same bytes over the same files.
"""

from __future__ import annotations

import traceback
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.experiment.chunk import replication_seed
from sim.experiment.sweep.archive import SERIES, SUMMARY, Archive
from sim.experiment.sweep.batches import Chunk, Run
from sim.experiment.sweep.failures import Failure
from sim.experiment.sweep.flight import FlightRecorder
from sim.experiment.sweep.reduce import REDUCTIONS, column, reduce
from sim.outcomes import SECTOR

if TYPE_CHECKING:
    import pyarrow as pa

    from sim.build import Blueprint
    from sim.experiment.design import Design
    from sim.record import Record

SLICE = 4
"""Quarters between two looks at the clock where nobody else may stop a run."""
DETAILED = ("agencies", "money")
"""Tables for which a run must keep its panel and ledger."""
COLUMNS = tuple(column(outcome.name, each.name) for each in REDUCTIONS for outcome in SECTOR)
"""Columns of the summary, behind `point`, `replication` and `seed`."""


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
        notes = self.archive.notes(assignment.chunk.number)
        found = _Found(self)
        with FlightRecorder(notes, len(assignment.chunk.runs), self.time_limit, self.isolated) as flight:
            for number, run in enumerate(assignment.chunk.runs):
                self._try(number, run, assignment.rows[run[0]], flight, found)
            written = self.archive.write_chunk(assignment.chunk.number, found.arrow(), found.failures)
        flight.forget()
        return Receipt(assignment.chunk.number, len(found.runs), len(found.failures), written, found.work)

    def give_up(self, assignment: Assignment, reason: str) -> Receipt:
        """Write off a chunk that nobody could do: every run of it is a failure."""
        found = _Found(self)
        for run in assignment.chunk.runs:
            found.fail(run, assignment.rows[run[0]], None, reason, "")
        written = self.archive.write_chunk(assignment.chunk.number, found.arrow(), found.failures)
        return Receipt(assignment.chunk.number, 0, len(found.failures), written)

    def _try(self, number: int, run: Run, row: dict[str, Any], flight: FlightRecorder, found: _Found) -> None:
        """Do one run, or note why not."""
        verdict = flight.verdict(number)
        if verdict is not None:
            found.fail(run, row, verdict.quarter, verdict.error, verdict.traceback)
            return
        quarter: int | None = None
        try:
            with flight.run(number):
                record = found.begin(run, row)
                quarter = 0
                flight.record = record
                try:
                    self._go(record, flight)
                finally:
                    quarter = int(record.world.clock[0].quarter)
            found.keep(run, record)
        except Exception as error:
            found.fail(run, row, quarter, f"{type(error).__name__}: {error}", traceback.format_exc())

    def _go(self, record: Record, flight: FlightRecorder) -> None:
        """Run to the end; in somebody else's process look at the clock on the way."""
        end = record.blueprint.quarters
        if self.isolated or self.time_limit is None:
            record.run_to(end)
            return
        for quarter in range(SLICE, end + SLICE, SLICE):
            record.run_to(min(quarter, end))
            if flight.over_time():
                raise TimeoutError(flight.too_late)


@dataclass
class _Found:
    """What the runs of a chunk came to, so far."""

    job: Job
    runs: list[Run] = field(default_factory=list)
    reduced: list[np.ndarray] = field(default_factory=list)
    trajectories: list[np.ndarray] = field(default_factory=list)
    starts: list[tuple[int, str]] = field(default_factory=list)
    kept: dict[str, list[pa.Table]] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    work: int = 0
    _point: int = -1
    _blueprint: Blueprint | None = None
    _record: Record | None = None

    @cached_property
    def places(self) -> list[int]:
        """Columns of the outcomes whose series are kept."""
        names = [outcome.name for outcome in SECTOR]
        return [names.index(name) for name in self.job.series]

    def begin(self, run: Run, row: dict[str, Any]) -> Record:
        """The world of a run at its first quarter; the blueprint of a point is made once."""
        from sim.record import Record, begin

        if run[0] != self._point or self._blueprint is None:
            self._blueprint, self._record, self._point = None, None, run[0]
            self._blueprint = self.job.design.blueprint(row)
        blueprint = self._blueprint
        detailed = any(name in DETAILED for name in self.job.tables)
        seed = replication_seed(self.job.seed, run[1])
        into = None if self._record is None else self._record.world
        self._record = None
        return Record(blueprint, seed, begin(blueprint, seed, into, detailed))

    def keep(self, run: Run, record: Record) -> None:
        """Take in a run that ended."""
        values = np.array(record.world.outcome_values)
        self._record = record
        self.runs.append(run)
        self.reduced.append(reduce(values).ravel())
        self.work = self.work or int(np.nansum(values[:, 0]))
        if self.places:
            self.trajectories.append(values[:, self.places])
            self.starts.append((len(values), str(record.blueprint.start)))
        if self.job.tables:
            tables = record.tables(run[1])
            for name in self.job.tables:
                self.kept.setdefault(name, []).append(_at_point(tables[name], run[0]))

    def fail(self, run: Run, row: dict[str, Any], quarter: int | None, error: str, trace: str) -> None:
        """Write a run into the book."""
        # What is left of its world is nothing to build on.
        self._record = None
        values = {name: value for name, value in row.items() if name not in ("point", "scenario", "variant")}
        seed = replication_seed(self.job.seed, run[1])
        self.failures.append(
            Failure(run[0], run[1], seed, row["scenario"], row["variant"], values, quarter, error, trace)
        )

    def arrow(self) -> dict[str, pa.Table]:
        """Everything as Arrow tables by name."""
        import pyarrow as pa

        tables = {SUMMARY: summary_table(self.job.seed, self.runs, self.reduced)}
        if self.trajectories:
            tables[SERIES] = series_table(self.job.series, self.runs, self.trajectories, self.starts)
        return tables | {name: pa.concat_tables(parts) for name, parts in self.kept.items()}


def _at_point(table: pa.Table, point: int) -> pa.Table:
    from sim.arrow import numbers

    return table.add_column(0, "point", numbers(np.full(table.num_rows, point, np.int32)))


def summary_table(seed: int, runs: list[Run], reduced: list[np.ndarray]) -> pa.Table:
    """A row per run: point, replication, seed, and every outcome reduced."""
    import pyarrow as pa

    from sim.arrow import numbers

    pairs = np.array(runs, dtype=np.int32).reshape(-1, 2)
    seeds = np.array([replication_seed(seed, r) for _, r in runs], dtype=np.int64)
    values = np.array(reduced, dtype=np.float64).reshape(len(runs), len(COLUMNS))
    columns = {"point": pairs[:, 0], "replication": pairs[:, 1], "seed": seeds}
    columns |= {name: values[:, n] for n, name in enumerate(COLUMNS)}
    return pa.table({name: numbers(np.ascontiguousarray(array)) for name, array in columns.items()})


def series_table(
    outcomes: tuple[str, ...], runs: list[Run], trajectories: list[np.ndarray], starts: list[tuple[int, str]]
) -> pa.Table:
    """A row per run and quarter: the kept outcomes."""
    import pyarrow as pa

    from sim.arrow import coded, numbers
    from sim.scenario.calendar import Quarter

    lengths = [length for length, _ in starts]
    words: dict[str, int] = {}
    codes = [
        words.setdefault(str(Quarter.parse(start) + n), len(words)) for length, start in starts for n in range(length)
    ]
    pairs = np.repeat(np.array(runs, dtype=np.int32).reshape(-1, 2), lengths, axis=0)
    values = np.concatenate(trajectories)
    columns: dict[str, Any] = {
        "point": numbers(np.ascontiguousarray(pairs[:, 0])),
        "replication": numbers(np.ascontiguousarray(pairs[:, 1])),
        "quarter": coded(np.array(codes), list(words)),
    }
    columns |= {name: numbers(np.ascontiguousarray(values[:, n])) for n, name in enumerate(outcomes)}
    return pa.table(columns)
